/// Local time in Great Britain: GMT in winter, BST (one hour ahead) in summer.
///
/// BST runs from the last Sunday of March, 01:00 UTC, to the last Sunday of October, 01:00 UTC.
/// That rule holds for every year from 1996; for earlier years it is applied all the same and may
/// be wrong in October. Both changes fall at 01:00 UTC, so a local midnight is never missing or
/// doubled.
public enum GBTime {
  /// How far local time is ahead of UTC at that instant: 0 or 60.
  public static func offsetMinutes(at instant: Instant) -> Int {
    let (day, inDay) = instant.milliseconds.quotientAndRemainderFlooring(by: 86_400_000)
    let summer = Summer(ofYear: CivilDate(daysSinceEpoch: Int(day)).year)
    let afterChange = inDay >= 3_600_000
    if Int(day) == summer.firstDay { return afterChange ? 60 : 0 }
    if Int(day) == summer.lastDay { return afterChange ? 0 : 60 }
    return Int(day) > summer.firstDay && Int(day) < summer.lastDay ? 60 : 0
  }

  /// What local clocks show after the time: `GMT` or `BST`.
  public static func abbreviation(at instant: Instant) -> String {
    offsetMinutes(at: instant) == 0 ? "GMT" : "BST"
  }

  /// The instant at which that day begins in Great Britain.
  public static func startOfDay(_ date: CivilDate) -> Instant {
    let day = date.daysSinceEpoch
    let summer = Summer(ofYear: date.year)
    // On the first day midnight is still GMT; on the last day it is still BST.
    let offset = day > summer.firstDay && day <= summer.lastDay ? 60 : 0
    return Instant(milliseconds: (Int64(day) * 1440 - Int64(offset)) * 60_000)
  }

  /// What a calendar and a clock on the wall show in Great Britain at that instant.
  public static func civil(
    at instant: Instant
  ) -> (date: CivilDate, hour: Int, minute: Int, second: Int) {
    let local = instant.milliseconds + Int64(offsetMinutes(at: instant)) * 60_000
    let (day, inDay) = local.quotientAndRemainderFlooring(by: 86_400_000)
    let seconds = Int(inDay) / 1000
    return (
      CivilDate(daysSinceEpoch: Int(day)), seconds / 3600, seconds / 60 % 60, seconds % 60
    )
  }

  /// The two days of a year on which the clocks change, as days since the epoch.
  private struct Summer {
    let firstDay: Int
    let lastDay: Int

    init(ofYear year: Int) {
      firstDay = Summer.lastSunday(ofMonth: 3, year)
      lastDay = Summer.lastSunday(ofMonth: 10, year)
    }

    /// The last Sunday of March or October, which both have 31 days.
    private static func lastSunday(ofMonth month: Int, _ year: Int) -> Int {
      let firstOfMarch = CivilDate.daysBeforeYear(year) + CivilDate.leapDay(year) + 59
      let lastDay = month == 3 ? firstOfMarch + 30 : firstOfMarch + 244
      // 1970-01-01 was a Thursday, so day 3 was a Sunday.
      let sinceSunday = (lastDay - 3) % 7
      return lastDay - (sinceSunday < 0 ? sinceSunday + 7 : sinceSunday)
    }
  }
}

extension CivilDate {
  /// Days from 1970-01-01 to 1 January of that year.
  fileprivate static func daysBeforeYear(_ year: Int) -> Int {
    let before = year - 1
    return before * 365 + floored(before, 4) - floored(before, 100) + floored(before, 400) - 719_162
  }

  /// 1 in a leap year, otherwise 0.
  fileprivate static func leapDay(_ year: Int) -> Int {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 1 : 0
  }

  private static func floored(_ value: Int, _ divisor: Int) -> Int {
    value >= 0 ? value / divisor : (value - divisor + 1) / divisor
  }
}
