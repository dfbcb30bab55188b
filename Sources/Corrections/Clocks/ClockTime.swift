/// How long something took: wall time, and the part of it that lies on working days.
///
/// Both are whole milliseconds and nothing is rounded, so the times of parts add up to the time of
/// the whole exactly. Rounding is for showing; rounded parts may differ from a rounded whole by one
/// in the last place.
public struct ClockTime: Hashable, Sendable {
  /// Wall time.
  public let elapsedMilliseconds: Int64
  /// The part on working days, local midnight to local midnight.
  public let workingMilliseconds: Int64

  /// No time at all.
  public static let zero = ClockTime(elapsedMilliseconds: 0, workingMilliseconds: 0)

  init(elapsedMilliseconds: Int64, workingMilliseconds: Int64) {
    self.elapsedMilliseconds = elapsedMilliseconds
    self.workingMilliseconds = workingMilliseconds
  }

  /// Measures from one moment to another; nothing when the second isn't later.
  public init(from start: Instant, to end: Instant, calendars: CalendarHistory) {
    elapsedMilliseconds = max(0, end.milliseconds - start.milliseconds)
    workingMilliseconds = calendars.workingMilliseconds(from: start, to: end)
  }

  /// Wall time in hundredths of an hour, half a hundredth rounded up.
  public var elapsedHoursInHundredths: Int {
    ClockTime.hundredths(of: elapsedMilliseconds, unit: ClockTime.hour)
  }

  /// Working time in hundredths of a working day of 24 hours, half a hundredth rounded up.
  public var workingDaysInHundredths: Int {
    ClockTime.hundredths(of: workingMilliseconds, unit: ClockTime.day)
  }

  /// Adds two times.
  public static func + (left: ClockTime, right: ClockTime) -> ClockTime {
    ClockTime(
      elapsedMilliseconds: left.elapsedMilliseconds + right.elapsedMilliseconds,
      workingMilliseconds: left.workingMilliseconds + right.workingMilliseconds)
  }

  /// Adds a time to this one.
  public static func += (left: inout ClockTime, right: ClockTime) { left = left + right }
}

extension ClockTime {

  /// An hour in milliseconds.
  public static let hour: Int64 = 3_600_000
  /// A working day in milliseconds: they are counted from midnight to midnight.
  public static let day: Int64 = 24 * hour

  /// Milliseconds as hundredths of a unit, half a hundredth rounded up.
  ///
  /// For medians and percentiles of milliseconds too: pass an hour, or a day of 24 hours.
  public static func hundredths(of milliseconds: Int64, unit: Int64) -> Int {
    let (whole, rest) = milliseconds.quotientAndRemainderFlooring(by: unit)
    return Int(whole * 100 + (rest * 100 + unit / 2) / unit)
  }

  /// `3.25`: hundredths as text with two decimals.
  public static func text(hundredths: Int) -> String {
    let (sign, value) = (hundredths < 0 ? "-" : "", hundredths.magnitude)
    let decimals = value % 100
    return "\(sign)\(value / 100).\(decimals < 10 ? "0" : "")\(decimals)"
  }
}

extension CalendarHistory {
  /// The milliseconds between two moments that lie on working days, local midnight to midnight.
  ///
  /// Never negative: nothing when the second isn't later. A day of 23 or 25 hours counts as many
  /// hours as it has; since clocks change on Sundays, every working day has 24.
  public func workingMilliseconds(from start: Instant, to end: Instant) -> Int64 {
    guard start < end else { return 0 }
    let first = GBTime.civil(at: start).date
    let last = GBTime.civil(at: end).date
    if first == last {
      return isWorkingDay(first) ? end.milliseconds - start.milliseconds : 0
    }
    let second = first.adding(days: 1)
    let head = GBTime.startOfDay(second).milliseconds - start.milliseconds
    let tail = end.milliseconds - GBTime.startOfDay(last).milliseconds
    return (isWorkingDay(first) ? head : 0) + (isWorkingDay(last) ? tail : 0)
      + Int64(workingDayCount(from: second, upTo: last)) * ClockTime.day
  }
}
