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
  /// The moment at which it was counted.
  public let knownAt: Instant
  /// The RFC 6962 root of the log there, base64.
  public let root: String
  /// SR 8.4 requests answered in the period: how many were returned each code.
  ///
  /// Of the party only where the report is of one; of every type of device and route.
  public let requests: [String: Int]
  /// Steps that were true in the period and recorded after its end: who recorded them, how many.
  public let late: [String: Int]
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
  /// - Throws: ``NotKnownYet`` for a position that isn't there, or ``LogError``.
  public func report(
    _ period: ReportPeriod, of filter: ReportFilter = ReportFilter(), knownAt known: Int? = nil
  ) throws -> Reported {
    try reports([period], of: filter, knownAt: known)[0]
  }

  /// The same of several periods, each counted at the same position.
  public func reports(
    _ periods: [ReportPeriod], of filter: ReportFilter = ReportFilter(), knownAt known: Int? = nil
  ) throws -> [Reported] {
    guard let known else {
      let now = now()
      return try readViews { db in
        try periods.map { try report($0, of: filter, at: now, db) }
      }
    }
    let views = try PassingViews(self, upTo: known)
    let moment = try recordedAt(known)
    return try views.store.queue.read { db in
      try periods.map { try report($0, of: filter, at: moment, db) }
    }
  }

  private func report(
    _ period: ReportPeriod, of filter: ReportFilter, at moment: Instant, _ db: Database
  ) throws -> Reported {
    let position = try Int.fetchOne(db, sql: "SELECT position FROM view_state") ?? 0
    let terms = try terms(upTo: position)
    var reading = try ReportCases(db, period, terms)
    let cases = try reading.all()
    let clock = terms.clock(at: min(period.end.advanced(byMilliseconds: -1), moment))
    let root = try log.root(at: position)
    return Reported(
      report: ResolutionReport(period, cases: cases, clock: clock, asOf: moment, filter: filter),
      position: position, knownAt: moment, root: Data(root.bytes).base64EncodedString(),
      requests: try requests(in: period, of: filter.party, db), late: try late(in: period, db))
  }

  private func requests(
    in period: ReportPeriod, of party: String?, _ db: Database
  ) throws -> [String: Int] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT code, sum(requests) FROM judged
          WHERE day BETWEEN ? AND ? AND (?3 IS NULL OR party = ?3)
          GROUP BY code HAVING sum(requests) > 0
        """,
      arguments: [period.first.description, period.last.description, party])
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
  }

  /// What was recorded only after the period's end, by the party that recorded it.
  private func late(in period: ReportPeriod, _ db: Database) throws -> [String: Int] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT party, count(*) FROM late WHERE at >= ? AND at < ? AND recorded_at >= ?
          GROUP BY party
        """,
      arguments: [period.start.stored, period.end.stored, period.end.stored])
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
  }
}
