/// Neighbouring days that count, or don't, for one reason: a piece of a counted interval.
///
/// Its ends are local midnights but where the interval begins or ends within a day.
public struct CountedStretch: Hashable, Sendable {
  /// Why the time in it counts as working time, or doesn't.
  public enum Reason: Hashable, Sendable {
    /// Working days of a calendar; provisional where their year has no official list of holidays.
    case workingDays(of: WorkingCalendar, isProvisional: Bool)
    /// Saturday, Sunday or both.
    case weekend
    /// One bank holiday of a calendar; provisional where it is computed by rule.
    case bankHoliday(CivilDate, of: WorkingCalendar, isProvisional: Bool)
  }

  /// Where it begins.
  public let from: Instant
  /// Where it ends, which is where the next one begins.
  public let to: Instant
  /// Why it counts, or doesn't.
  public let reason: Reason

  /// Whether it counts as working time.
  public var isWorking: Bool {
    switch reason {
    case .workingDays: true
    case .weekend, .bankHoliday: false
    }
  }

  /// What it adds to the interval's time.
  public var time: ClockTime {
    let elapsed = to.milliseconds - from.milliseconds
    return ClockTime(
      elapsedMilliseconds: elapsed, workingMilliseconds: isWorking ? elapsed : 0)
  }
}

extension CalendarHistory {
  /// Why a day counts, or doesn't.
  public func reason(on date: CivilDate) -> CountedStretch.Reason {
    let calendar = calendar(on: date)
    let isProvisional = calendar.isProvisional(date.year)
    if date.weekday > 5 { return .weekend }
    return calendar.isWorkingDay(date)
      ? .workingDays(of: calendar, isProvisional: isProvisional)
      : .bankHoliday(date, of: calendar, isProvisional: isProvisional)
  }

  /// The stretches that the time between two moments is made of; none when the second isn't later.
  ///
  /// In order and without gaps, so that they cover the time exactly and their times add up to it.
  /// Working days and weekends are merged with their like, each bank holiday stands alone.
  public func stretches(from start: Instant, to end: Instant) -> [CountedStretch] {
    var stretches: [CountedStretch] = []
    var (from, date) = (start, GBTime.civil(at: start).date)
    while from < end {
      let reason = reason(on: date)
      repeat { date = date.adding(days: 1) } while self.reason(on: date) == reason
      let to = min(GBTime.startOfDay(date), end)
      stretches.append(CountedStretch(from: from, to: to, reason: reason))
      from = to
    }
    return stretches
  }
}

extension HolderClock {
  /// The stretches that a counted interval is made of.
  public func stretches(of interval: CountedInterval) -> [CountedStretch] {
    calendars.stretches(from: interval.from, to: interval.to)
  }
}
