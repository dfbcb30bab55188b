/// The working day that counts as the day of opening, and why it is that one.
public enum OpeningDay: Hashable, Sendable {
  /// It was opened on a working day, by the cut-off hour: that day.
  case itself(CivilDate)
  /// It was opened on a working day, after the cut-off hour: the next one.
  case afterCutOff(CivilDate)
  /// It was opened on a day that is no working day, at whatever hour: the next one.
  case notWorkingDay(CivilDate)

  /// The day that counts.
  public var date: CivilDate {
    switch self {
    case .itself(let date), .afterCutOff(let date), .notWorkingDay(let date): date
    }
  }
}

extension ClockPolicy {
  /// Finds the day that counts as the day of opening.
  ///
  /// It is the day itself up to the cut-off hour, that moment included; otherwise, and on a day
  /// that is no working day, the next working day.
  public func openingDay(_ openedAt: Instant) -> OpeningDay {
    let date = GBTime.civil(at: openedAt).date
    guard calendars.isWorkingDay(date) else {
      return .notWorkingDay(calendars.workingDay(0, after: date))
    }
    let cutOff = GBTime.startOfDay(date)
      .advanced(byMilliseconds: Int64(cutOffHour) * ClockTime.hour)
    return openedAt > cutOff
      ? .afterCutOff(calendars.workingDay(1, after: date)) : .itself(date)
  }
}
