public import Corrections
internal import GRDB

/// One page of a list of discrepancies, in the order of their numbers.
public struct DiscrepancyRows: Sendable {
  /// What is on it.
  public let discrepancies: [Discrepancy]
  /// As of which position.
  public let position: Int
  /// Whether more follows.
  public let hasMore: Bool
}

extension Ledger {
  /// A page of the discrepancies that a filter lets through, after a number, as they stood at one position;
  /// without a position it is the newest, and the page says which.
  ///
  /// Candidates are those that the views name now, and those that changed since the position; each is
  /// folded from the log up to the position and asked again, so nothing is missed or shown twice while a
  /// run goes on.
  public func discrepancyPage(
    _ filter: DiscrepancyFilter, after last: Int, limit: Int, position known: Int? = nil
  ) throws -> DiscrepancyRows {
    var found: [Discrepancy] = []
    var after = last
    var position = known
    while true {
      let (numbers, read) = try readViews { db -> ([Int], Int) in
        let (sql, arguments) = filter.condition()
        let numbers = try Int.fetchAll(
          db,
          sql: """
            SELECT discrepancy FROM discrepancy WHERE ((\(sql)) OR position > ?) AND discrepancy > ?
              ORDER BY discrepancy LIMIT 500
            """, arguments: arguments + [known ?? Int.max, after])
        return (numbers, try Int.fetchOne(db, sql: "SELECT position FROM view_state") ?? 0)
      }
      let upTo = position ?? read
      position = upTo
      for number in numbers {
        after = number
        guard let one = try discrepancy(DiscrepancyID(number: number), upTo: upTo),
          filter.takes(one)
        else { continue }
        guard found.count < limit else {
          return DiscrepancyRows(discrepancies: found, position: upTo, hasMore: true)
        }
        found.append(one)
      }
      guard numbers.count == 500 else {
        return DiscrepancyRows(discrepancies: found, position: upTo, hasMore: false)
      }
    }
  }
}
