public import Corrections
internal import GRDB

/// How often one code came back where another one was predicted.
public struct DivergenceCount: Hashable, Sendable {
  /// The code that the rulebook predicted, or that this ledger answered.
  public let predicted: String
  /// The code that came back.
  public let returned: String
  /// How many responses.
  public let responses: Int
}

/// The divergences of a month, or of all time, with what they were counted from.
public struct Divergences: Sendable {
  /// Most frequent first.
  public let counts: [DivergenceCount]
  /// The position of the log that they rest on.
  public let position: Int
}

extension Ledger {
  /// Counts the responses that differ from what was predicted, from the views as of now: of a month
  /// (Europe/London, by the time of the response), or of all time.
  public func divergences(in month: Month?) throws -> Divergences {
    try readViews { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT codes, sum(responses) FROM divergence WHERE ? IS NULL OR month = ?
          GROUP BY codes ORDER BY sum(responses) DESC, codes
          """, arguments: [month?.description, month?.description])
      let counts = rows.compactMap { row -> DivergenceCount? in
        let codes = (row[0] as String).split(separator: " ")
        guard codes.count == 2 else { return nil }
        return DivergenceCount(
          predicted: String(codes[0]), returned: String(codes[1]), responses: row[1])
      }
      let position = try Int.fetchOne(db, sql: "SELECT position FROM view_state") ?? 0
      return Divergences(counts: counts, position: position)
    }
  }
}
