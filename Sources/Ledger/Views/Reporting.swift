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
  /// Corrections that ended in another one in the month.
  public let merged: Int
  /// Incidents raised in the month.
  public let escalated: Int
}

/// What a month's report is counted from.
private struct Figures {
  let cases: [MonthlyReport.Case]
  let requests: [String: Int]
  let counted: [String: Int]
  let position: Int
}

extension Ledger {
  /// Counts a month, as of now or as it was known at a position.
  ///
  /// The views are caught up first; for an earlier position they are made up to there, in a file
  /// without a name. While the month runs it is counted up to the moment, by the policy in force
  /// then; else by that in force at its end. Each day counts by its own calendar. The same position
  /// gives the same figures.
  ///
  /// - Throws: ``NotKnownYet`` for a position that isn't there, or ``LogError``.
  public func report(_ month: Month, knownAt known: Int? = nil) throws -> Reported {
    guard let known else { return try report(month, at: now()) { try readViews($0) } }
    let views = try PassingViews(self, upTo: known)
    return try report(month, at: try recordedAt(known)) { try views.store.queue.read($0) }
  }

  private func report(
    _ month: Month, at moment: Instant, _ read: ((Database) throws -> Figures) throws -> Figures
  ) throws -> Reported {
    let figures = try read { db in
      Figures(
        cases: try self.cases(touching: month, db),
        requests: try counts("judged", "code", "requests", month, db),
        counted: try counts("counted", "what", "events", month, db),
        position: try Int.fetchOne(db, sql: "SELECT position FROM view_state") ?? 0)
    }
    let clock = try terms(upTo: figures.position).clock(
      at: min(month.end.advanced(byMilliseconds: -1), moment))
    let root = try log.root(at: figures.position)
    return Reported(
      report: MonthlyReport(month, cases: figures.cases, clock: clock, asOf: moment),
      position: figures.position, knownAt: moment, root: Data(root.bytes).base64EncodedString(),
      requests: figures.requests, joined: figures.counted["joined"] ?? 0,
      reopened: figures.counted["reopened"] ?? 0, merged: figures.counted["merged"] ?? 0,
      escalated: figures.counted["escalated"] ?? 0)
  }

  private func counts(
    _ table: String, _ name: String, _ number: String, _ month: Month, _ db: Database
  ) throws -> [String: Int] {
    let rows = try Row.fetchAll(
      // What was counted and then annulled counts nothing.
      db, sql: "SELECT \(name), \(number) FROM \(table) WHERE month = ? AND \(number) > 0",
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
      let type = (row["device_type"] as String?).flatMap(DeviceType.init(rawValue:))
      guard let state = Correction.State(rawValue: row["state"]),
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
