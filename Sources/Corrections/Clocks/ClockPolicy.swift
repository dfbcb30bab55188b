/// How working days are counted: the calendars and the hour after which a day no longer counts.
///
/// It is a value with a version, set by an event: a figure names the policy it was counted with,
/// and can be counted again with it. That 17:00 is the cut-off is inferred from other British
/// codes.
public struct ClockPolicy: Hashable, Sendable {
  /// The number the figures name.
  public let version: Int
  /// Which days are working days.
  public let calendars: CalendarHistory
  /// Local hour, 0–24; 24 means that a working day counts to its end.
  public let cutOffHour: Int

  /// What counts until a policy is set.
  public static let standard = ClockPolicy(version: 1, calendars: .standard, checkedHour: 17)

  /// Makes a policy, or nil when the version is below 1 or the hour isn't 0–24.
  public init?(version: Int, calendars: CalendarHistory, cutOffHour: Int = 17) {
    guard version >= 1, (0...24).contains(cutOffHour) else { return nil }
    self.init(version: version, calendars: calendars, checkedHour: cutOffHour)
  }

  private init(version: Int, calendars: CalendarHistory, checkedHour: Int) {
    self.version = version
    self.calendars = calendars
    cutOffHour = checkedHour
  }

  /// The working day that counts as the day of opening; ``openingDay(_:)`` says why.
  public func dayOfOpening(_ openedAt: Instant) -> CivilDate { openingDay(openedAt).date }

  /// Whole working days that have ended since the day of opening, which doesn't count itself.
  ///
  /// It grows by one at each local midnight that ends a working day, so it reaches n at the very
  /// moment that ``dueAt(openedAt:workingDays:)`` gives for n.
  public func ageInWorkingDays(openedAt: Instant, at moment: Instant) -> Int {
    let firstCounted = dayOfOpening(openedAt).adding(days: 1)
    return calendars.workingDayCount(from: firstCounted, upTo: GBTime.civil(at: moment).date)
  }

  /// The local midnight that ends the nth working day after the day of opening.
  public func dueAt(openedAt: Instant, workingDays: Int) -> Instant {
    let day = calendars.workingDay(workingDays, after: dayOfOpening(openedAt))
    return GBTime.startOfDay(day.adding(days: 1))
  }
}
