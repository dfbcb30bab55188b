public import Corrections

/// Reads times and dates as files and commands write them.
public enum Times {
  /// Reads an RFC 3339 time with any offset.
  ///
  /// What is finer than a millisecond is cut. A zone is required, and a leap second is refused.
  public static func instant(_ text: String) throws(TimeProblem) -> Instant {
    let (instant, hasZone) = try dateTime(Array(text.utf8)[...])
    guard hasZone else { throw .noZone }
    return instant
  }

  /// Reads an RFC 3339 time or a day, `YYYY-MM-DD`, which is taken as a day in Great Britain.
  public static func instant(
    _ text: String, orDayAs edge: DayEdge, dates: DateOrder = .iso
  ) throws(TimeProblem) -> Instant {
    try instant(Array(text.utf8)[...], orDayAs: edge, dates: dates)
  }

  static func instant(
    _ bytes: ArraySlice<UInt8>, orDayAs edge: DayEdge, dates: DateOrder
  ) throws(TimeProblem) -> Instant {
    if bytes.count > 10, bytes[bytes.startIndex + 10] | 32 == 116 {
      let (instant, hasZone) = try dateTime(bytes)
      guard hasZone else { throw .noZone }
      return instant
    }
    return edge.instant(of: try day(bytes, dates: dates))
  }

  /// Reads `YYYY-MM-DDTHH:MM:SS`, a fraction and a zone, and says whether the zone was there;
  /// without one the time is taken as UTC.
  static func dateTime(
    _ bytes: ArraySlice<UInt8>
  ) throws(TimeProblem) -> (instant: Instant, hasZone: Bool) {
    var digits = Digits(bytes)
    guard let date = try digits.date(), digits.take(84, or: 116) else {
      throw TimeProblem.notATime(bytes)
    }
    guard let hour = digits.number(2), digits.take(58), let minute = digits.number(2),
      digits.take(58), let second = digits.number(2)
    else { throw TimeProblem.notATime(bytes) }
    if second == 60 { throw .leapSecond }
    guard hour < 24, minute < 60, second < 60 else { throw .noSuchTime }
    guard let milliseconds = digits.fraction() else { throw TimeProblem.notATime(bytes) }
    let zone = digits.rest.isEmpty ? 0 : digits.zone()
    guard let zone, digits.rest.isEmpty || digits.zoneWasRead else {
      throw TimeProblem.notATime(bytes)
    }
    let seconds = ((date.daysSinceEpoch * 24 + hour) * 60 + minute - zone) * 60 + second
    let instant = Instant(milliseconds: Int64(seconds) * 1000 + Int64(milliseconds))
    guard Instant.first <= instant, instant <= Instant.last else { throw .noSuchTime }
    return (instant, digits.zoneWasRead)
  }

  /// Reads a day in one of the two orders; ISO is always understood.
  static func day(
    _ bytes: ArraySlice<UInt8>, dates: DateOrder
  ) throws(TimeProblem) -> CivilDate {
    var iso = Digits(bytes)
    if let date = try iso.date(), iso.rest.isEmpty { return date }
    if dates == .dmy {
      let parts = bytes.split(separator: 47, omittingEmptySubsequences: false)
      if parts.count == 3, parts[0].count <= 2, parts[1].count <= 2, parts[2].count == 4,
        let day = Digits.whole(parts[0]), let month = Digits.whole(parts[1]),
        let year = Digits.whole(parts[2])
      {
        guard let date = CivilDate(year: year, month: month, day: day) else { throw .noSuchDay }
        return date
      }
    }
    throw TimeProblem.notADay(bytes, dates: dates)
  }
}

/// Whether a day stands for its beginning or, as the last day of something, for its end.
public enum DayEdge: Hashable, Sendable {
  /// The first moment of the day.
  case start
  /// The day is the last one, inclusive.
  case end

  /// The start of the day, or the instant just after it: the start of the next day in Great
  /// Britain.
  ///
  /// After 9999-12-31 there is no next day; its last millisecond stands for the end.
  public func instant(of date: CivilDate) -> Instant {
    switch self {
    case .start: max(Instant.first, GBTime.startOfDay(date))
    case .end:
      date.year == 9999 && date.month == 12 && date.day == 31
        ? Instant.last : GBTime.startOfDay(date.adding(days: 1))
    }
  }
}

/// How the dates of a file are written.
public enum DateOrder: String, CaseIterable, Hashable, Sendable {
  /// `YYYY-MM-DD`.
  case iso
  /// `DD/MM/YYYY` as well.
  case dmy
}

extension Instant {
  /// 0001-01-01T00:00:00.000Z.
  static let first = Instant(milliseconds: -62_135_596_800_000)
  /// 9999-12-31T23:59:59.999Z.
  static let last = Instant(milliseconds: 253_402_300_799_999)
}
