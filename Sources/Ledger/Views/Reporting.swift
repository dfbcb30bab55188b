public import Corrections
internal import EventLog
internal import Foundation
internal import GRDB

/// A month's report with what it was counted from.
public struct Reported: Sendable {
  /// The figures.
  public let report: MonthlyReport
  /// The position of the log that it rests on.
  public let position: Int
  /// The moment at which it was counted.
  public let knownAt: Instant
  /// The RFC 6962 root of the log there, base64.
  public let root: String
  /// Requests judged in the month: how many were returned each code.
  public let requests: [String: Int]
  /// Further reports that were taken into a correction in the month.
  public let joined: Int
  /// Corrections reopened in the month, each time counted.
  public let reopened: Int
}

extension Ledger {
  /// Counts a month, from the views as of now.
  ///
  /// The views are caught up first. While the month runs it is counted up to now, by the policy
  /// in force then; else by that in force at its end. Each day counts by its own calendar.
  public func report(_ month: Month) throws -> Reported {
    let terms = try terms()
    let moment = now()
    let clock = terms.clock(at: min(month.end.advanced(byMilliseconds: -1), moment))
    let (cases, requests, counted, position) = try readViews {
      db -> ([MonthlyReport.Case], [String: Int], [String: Int], Int) in
      (
        try self.cases(touching: month, db), try counts("judged", "code", "requests", month, db),
        try counts("counted", "what", "events", month, db),
        try Int.fetchOne(db, sql: "SELECT position FROM view_state") ?? 0
      )
    }
    let root = try log.root(at: position)
    return Reported(
      report: MonthlyReport(month, cases: cases, clock: clock, asOf: moment), position: position,
      knownAt: moment, root: Data(root.bytes).base64EncodedString(), requests: requests,
      joined: counted["joined"] ?? 0, reopened: counted["reopened"] ?? 0)
  }

  private func counts(
    _ table: String, _ name: String, _ number: String, _ month: Month, _ db: Database
  ) throws -> [String: Int] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT \(name), \(number) FROM \(table) WHERE month = ?",
      arguments: [month.description])
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
  }

  /// Corrections opened, ended or open in the month.
  private func cases(touching month: Month, _ db: Database) throws -> [MonthlyReport.Case] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT * FROM correction WHERE opened_at < ?
          AND (resolved_at IS NULL OR resolved_at >= ? OR confirmed_at >= ?)
          AND (closed_at IS NULL OR closed_at >= ?) ORDER BY correction
        """,
      arguments: [
        month.end.stored, month.start.stored, month.start.stored, month.start.stored,
      ])
    return try rows.compactMap { row in
      let number: Int = row["correction"]
      let turns = try Row.fetchAll(
        db, sql: "SELECT * FROM correction_turn WHERE correction = ? ORDER BY seq",
        arguments: [number])
      let resolutions = try Row.fetchAll(
        db, sql: "SELECT * FROM correction_resolution WHERE correction = ? ORDER BY seq",
        arguments: [number])
      guard let type = DeviceType(rawValue: row["device_type"]),
        let state = Correction.State(rawValue: row["state"]),
        let openedAt = Instant(stored: row["opened_at"])
      else { return nil }
      return MonthlyReport.Case(
        deviceType: type, requester: row["requester"],
        firstCode: row["first_code"], state: state, openedAt: openedAt,
        resolutions: resolutions.compactMap(resolution), closedAt: time(row["closed_at"]),
        turns: turns.compactMap(turn))
    }
  }

  private func time(_ text: String?) -> Instant? { text.flatMap(Instant.init(stored:)) }

  private func resolution(_ row: Row) -> Correction.Resolution? {
    time(row["resolved_at"]).map { at in
      Correction.Resolution(
        at: at, route: (row["route"] as String?).flatMap(Route.init(rawValue:)),
        handovers: row["handovers"], confirmedAt: time(row["confirmed_at"]),
        reopenedAt: time(row["reopened_at"]))
    }
  }

  private func turn(_ row: Row) -> Turn? {
    guard let holder = Holder(rawValue: row["holder"]), let from = time(row["began"]) else {
      return nil
    }
    return Turn(holder: holder, party: row["party"], from: from, to: time(row["ended"]))
  }
}
