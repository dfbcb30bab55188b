public import Corrections
internal import EventLog
internal import Foundation
internal import GRDB

/// What a list of discrepancies is narrowed to.
public struct DiscrepancyFilter: Sendable {
  /// Only those of this rule.
  public var rule: DiscrepancyRule?
  /// Only those in this state; nil for all.
  public var state: Discrepancy.State? = .open
  /// Only those that concern this party.
  public var party: String?
  /// Only those about this device, first of all or beside another.
  public var device: EUI64?
  /// Only those that are as sure.
  public var confidence: Confidence?

  /// Makes a filter that lets every open one through.
  public init() {}

  /// Whether it lets one through.
  public func takes(_ discrepancy: Discrepancy) -> Bool {
    let found = discrepancy.suspicion
    return (rule.map { $0 == found.rule } ?? true)
      && (state.map { $0 == discrepancy.state } ?? true)
      && (party.map { found.parties.contains($0) } ?? true)
      && (device.map { $0 == found.device || found.others.contains($0) } ?? true)
      && (confidence.map { $0 == found.confidence } ?? true)
  }

  func condition() -> (sql: String, arguments: StatementArguments) {
    var conditions: [String] = []
    var arguments: [any DatabaseValueConvertible] = []
    func narrow(_ sql: String, _ values: any DatabaseValueConvertible...) {
      conditions.append(sql)
      arguments += values
    }
    if let rule { narrow("rule = ?", rule.rawValue) }
    if let state { narrow("state = ?", state.rawValue) }
    if let confidence { narrow("confidence = ?", confidence.rawValue) }
    if let party {
      narrow(
        "discrepancy IN (SELECT discrepancy FROM discrepancy_party WHERE party = ?)", party)
    }
    if let device {
      narrow(
        "(device = ? OR discrepancy IN (SELECT discrepancy FROM discrepancy_other WHERE device = ?))",
        device.description, device.description)
    }
    return (
      conditions.isEmpty ? "TRUE" : conditions.joined(separator: " AND "),
      StatementArguments(arguments)
    )
  }
}

/// How many discrepancies there are, by what they are looked at.
public struct DiscrepancyCounts: Sendable {
  /// By rule and state.
  public let byRule: [DiscrepancyRule: [Discrepancy.State: Int]]
  /// Open ones by the party that they concern; one that concerns two counts for both.
  public let byParty: [String: Int]
  /// Open ones that concern nobody known.
  public let ofNobody: Int
  /// Open ones by rule and how many whole days ago they were first seen: the bands are ``bands``.
  public let byAge: [DiscrepancyRule: [Int]]
  /// The position that was counted.
  public let position: Int

  /// The last day of each band of ages but the last.
  static let bandEnds = [7, 30, 90, 365]

  /// The bands of ages, in whole days: `0–7`, and so on, the last one `over 365`.
  public static let bands: [String] =
    zip([0] + bandEnds.map { $0 + 1 }, bandEnds).map { "\($0)–\($1)" }
    + bandEnds.suffix(1).map { "over \($0)" }
}

extension Ledger {
  /// Discrepancies in the order of their numbers, as of now or of a position, after one and no more than a
  /// limit; complete at the position that is returned with them.
  ///
  /// Each is folded from the log; the views say which. With a position the log is folded up to there.
  public func discrepancies(
    _ filter: DiscrepancyFilter, after last: DiscrepancyID? = nil, limit: Int = .max,
    knownAt known: Int? = nil
  ) throws -> (discrepancies: [Discrepancy], position: Int) {
    let (numbers, position) = try readViews(knownAt: known) { db -> ([Int], Int) in
      let (sql, arguments) = filter.condition()
      let numbers = try Int.fetchAll(
        db,
        sql: """
          SELECT discrepancy FROM discrepancy WHERE \(sql) AND discrepancy > ?
          ORDER BY discrepancy LIMIT ?
          """, arguments: arguments + [last?.number ?? 0, limit == .max ? -1 : limit])
      return (numbers, try Int.fetchOne(db, sql: "SELECT position FROM view_state") ?? 0)
    }
    let found = try numbers.compactMap {
      try discrepancy(DiscrepancyID(number: $0), upTo: position)
    }
    return (found, position)
  }

  /// How many discrepancies a filter lets through now.
  public func discrepancyCount(_ filter: DiscrepancyFilter) throws -> Int {
    try readViews { db in
      let (sql, arguments) = filter.condition()
      return try Int.fetchOne(
        db, sql: "SELECT count(*) FROM discrepancy WHERE \(sql)", arguments: arguments) ?? 0
    }
  }

  /// How many discrepancies of a filter there are, as of now or of a position; its state is not asked.
  public func discrepancyCounts(
    _ filter: DiscrepancyFilter, knownAt known: Int? = nil, at moment: Instant? = nil
  ) throws -> DiscrepancyCounts {
    let moment = moment ?? now()
    var filter = filter
    filter.state = nil
    return try readViews(knownAt: known) { db in
      let (sql, arguments) = filter.condition()
      var byRule: [DiscrepancyRule: [Discrepancy.State: Int]] = [:]
      for row in try Row.fetchAll(
        db,
        sql: "SELECT rule, state, count(*) FROM discrepancy WHERE \(sql) GROUP BY rule, state",
        arguments: arguments)
      {
        guard let rule = DiscrepancyRule(rawValue: row[0]),
          let state = Discrepancy.State(rawValue: row[1])
        else { continue }
        byRule[rule, default: [:]][state] = row[2]
      }
      var byParty: [String: Int] = [:]
      for row in try Row.fetchAll(
        db,
        sql: """
          SELECT party, count(*) FROM discrepancy_party JOIN discrepancy USING (discrepancy)
          WHERE state = 'open' AND \(sql) GROUP BY party
          """, arguments: arguments)
      {
        byParty[row[0]] = row[1]
      }
      let ofNobody =
        try Int.fetchOne(
          db,
          sql: """
            SELECT count(*) FROM discrepancy WHERE state = 'open' AND \(sql) AND discrepancy NOT IN
              (SELECT discrepancy FROM discrepancy_party)
            """, arguments: arguments) ?? 0
      var byAge: [DiscrepancyRule: [Int]] = [:]
      let bands = DiscrepancyCounts.bands.count
      for row in try Row.fetchAll(
        db,
        sql: """
          SELECT rule, substr(first_seen, 1, 10), count(*) FROM discrepancy
          WHERE state = 'open' AND \(sql) GROUP BY 1, 2
          """, arguments: arguments)
      {
        guard let rule = DiscrepancyRule(rawValue: row[0]),
          let seen = Instant(stored: (row[1] as String) + "T00:00:00.000Z")
        else { continue }
        let days = Int((moment.milliseconds - seen.milliseconds) / 86_400_000)
        let band = DiscrepancyCounts.bandEnds.firstIndex { days <= $0 } ?? bands - 1
        byAge[rule, default: Array(repeating: 0, count: bands)][band] += row[2]
      }
      return DiscrepancyCounts(
        byRule: byRule, byParty: byParty, ofNobody: ofNobody, byAge: byAge,
        position: try Int.fetchOne(db, sql: "SELECT position FROM view_state") ?? 0)
    }
  }
}
