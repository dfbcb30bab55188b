/// What a report counts: a month, or the days from one to another, of Europe/London.
public struct ReportPeriod: Hashable, Sendable {
  /// The first moment that counts.
  public let start: Instant
  /// The first moment that counts no more.
  public let end: Instant
  /// The month, where it is just one.
  public let month: Month?
  /// The first day.
  public let first: CivilDate
  /// The last day.
  public let last: CivilDate

  /// A whole month.
  public init(_ month: Month) {
    self.month = month
    start = month.start
    end = month.end
    first = GBTime.civil(at: month.start).date
    last = GBTime.civil(at: month.end.advanced(byMilliseconds: -1)).date
  }

  /// The days from one to another, both counted; nil when the second comes before the first.
  public init?(from first: CivilDate, to last: CivilDate) {
    guard first <= last else { return nil }
    start = GBTime.startOfDay(first)
    end = GBTime.startOfDay(last.adding(days: 1))
    self.first = first
    self.last = last
    let month = Month(of: start)
    self.month = month.start == start && month.end == end ? month : nil
  }

  /// Whether a moment lies in it.
  public func contains(_ moment: Instant?) -> Bool {
    moment.map { start <= $0 && $0 < end } ?? false
  }
}

extension ReportPeriod: CustomStringConvertible {
  /// `2026-03`, or `2026-01-05 to 2026-03-20`.
  public var description: String { month?.description ?? "\(first) to \(last)" }
}
