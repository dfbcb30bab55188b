public import Corrections
internal import EventLog
internal import Foundation
internal import GRDB

/// A period's report with what it was counted from.
public struct Reported: Sendable {
  /// The figures.
  public let report: ResolutionReport
  /// The position of the log that it rests on.
  public let position: Int
  /// The moment of what is known.
  public let knownAt: Instant
  /// Until when what counts was true in the world; nil where nobody asked, and all counts.
  public let effectiveAt: Instant?
  /// The moment up to which was counted: clocks run no further than what is known, or was asked for.
  public var countedTo: Instant { effectiveAt.map { min($0, knownAt) } ?? knownAt }
  /// The RFC 6962 root of the log there, base64.
  public let root: String
  /// SR 8.4 requests answered in the period: how many were returned each code.
  ///
  /// Of the party only where the report is of one; of every type of device and route.
  public let requests: [String: Int]
  /// How many of them were a first try, by code: the last 8.4 before about the device was accepted,
  /// or there was none.
  public let firstTries: [String: Int]
  /// What was true in the period and recorded after its end: who recorded it, how many events.
  ///
  /// Steps of corrections, answers to 8.4s (of every type and route), and that one of them was recorded in
  /// error. An opening before the period counts for the period in which it was.
  public let late: [String: Int]
  /// The months up to the one in which the period ends, or of ``countedTo`` while it runs, as many as were
  /// asked for.
  public let months: [MonthFigures]
}

extension Ledger {
  /// Counts a period, as of now or as it was known at a position.
  ///
  /// The views are caught up first; for an earlier position they are made up to there, in a file
  /// without a name. While the period runs it is counted up to the moment, by the policy in force
  /// then; else by that in force at its end. Each day counts by its own calendar. The same position
  /// gives the same figures. What it costs goes by what the period counts and what is open, not by the
  /// log.
  ///
  /// With `months`, so many months up to the one in which the period ends are set beside it. With
  /// `effectiveAt` only what was true by then counts, and clocks stop there: within the period it is a
  /// report so far; after its end only what was said later of a correction as a whole, such as its category,
  /// is left out. The log is folded up to there then, too.
  ///
  /// - Throws: ``NotKnownYet`` for a position that isn't there, or ``LogError``.
  public func report(
    _ period: ReportPeriod, of filter: ReportFilter = ReportFilter(), knownAt known: Int? = nil,
    effectiveAt effective: Instant? = nil, months: Int = 0
  ) throws -> Reported {
    try readViews(knownAt: known, effectiveAt: effective) {
      try report(
        period, of: filter, knownAt: try known.map(recordedAt) ?? now(), effectiveAt: effective,
        months: months, $0)
    }
  }

  private func report(
    _ period: ReportPeriod, of filter: ReportFilter, knownAt: Instant,
    effectiveAt effective: Instant?, months: Int, _ db: Database
  ) throws -> Reported {
    let moment = effective.map { min($0, knownAt) } ?? knownAt
    let position = try Int.fetchOne(db, sql: "SELECT position FROM view_state") ?? 0
    let terms = try terms(upTo: position)
    var reading = try ReportCases(db, period, asOf: moment, terms)
    let cases = try reading.all()
    let clock = terms.clock(at: min(period.end.advanced(byMilliseconds: -1), moment))
    let root = try log.root(at: position)
    let requests = try requests(in: period, of: filter.party, db)
    return Reported(
      report: ResolutionReport(period, cases: cases, clock: clock, asOf: moment, filter: filter),
      position: position, knownAt: knownAt, effectiveAt: effective,
      root: Data(root.bytes).base64EncodedString(),
      requests: requests.mapValues(\.all), firstTries: requests.mapValues(\.firstTries),
      late: try late(in: period, of: filter, db),
      months: try MonthsBeside(filter: filter).figures(
        of: Month.last(months, upTo: min(period.end.advanced(byMilliseconds: -1), moment)), db))
  }

  private func requests(
    in period: ReportPeriod, of party: String?, _ db: Database
  ) throws -> [String: (all: Int, firstTries: Int)] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT code, sum(requests), sum(first_tries) FROM judged
          WHERE day BETWEEN ? AND ? AND (?3 IS NULL OR party = ?3)
          GROUP BY code HAVING sum(requests) > 0
        """,
      arguments: [period.first.description, period.last.description, party])
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], ($0[1], $0[2])) })
  }

  /// What was recorded only after the period's end, by the party that recorded it.
  private func late(
    in period: ReportPeriod, of filter: ReportFilter, _ db: Database
  ) throws -> [String: Int] {
    let (condition, arguments) = filter.condition("x.resolved_at < :end")
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT l.party, count(DISTINCT l.position) FROM late l LEFT JOIN correction c USING (correction)
          WHERE l.at >= :start AND l.at < :end AND l.recorded_at >= :end AND (
            l.correction IS NULL AND (:party IS NULL OR l.sender = :party)
            OR c.correction IS NOT NULL AND \(condition))
          GROUP BY l.party
        """,
      arguments: arguments + ["start": period.start.stored, "end": period.end.stored])
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
  }
}

extension Month {
  /// So many months up to the one of a moment, the oldest first.
  fileprivate static func last(_ count: Int, upTo moment: Instant) -> [Month] {
    var month = Month(of: moment)
    var months: [Month] = []
    for _ in 0..<count {
      months.insert(month, at: 0)
      month = month.previous
    }
    return months
  }
}
