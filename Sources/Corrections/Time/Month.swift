/// A calendar month of Europe/London.
public struct Month: Hashable, Sendable {
  /// 1–9999.
  public let year: Int
  /// 1–12.
  public let month: Int

  /// Reads exactly `YYYY-MM`; anything else gives nil.
  public init?(_ text: String) {
    guard text.utf8.count == 7, let date = CivilDate(text + "-01") else { return nil }
    year = date.year
    month = date.month
  }

  /// The month that a moment lies in, by GB local time.
  public init(of moment: Instant) {
    let date = GBTime.civil(at: moment).date
    year = date.year
    month = date.month
  }

  /// The first moment of the month.
  public var start: Instant { GBTime.startOfDay(firstDay) }

  /// The first moment of the next month.
  public var end: Instant { GBTime.startOfDay(firstDay.adding(days: length)) }

  /// The month after it.
  public var next: Month { Month(of: end) }

  /// The month before it.
  public var previous: Month { Month(of: start.advanced(byMilliseconds: -1)) }

  private var firstDay: CivilDate {
    guard let date = CivilDate(year: year, month: month, day: 1) else {
      preconditionFailure("every month has a first day")
    }
    return date
  }

  private var length: Int { CivilDate.days(inMonth: month, of: year) }
}

extension Month: CustomStringConvertible {
  /// `YYYY-MM`.
  public var description: String { String(firstDay.description.prefix(7)) }
}
