import Corrections
import GRDB

extension ReportFilter {
  /// The filter as a condition on `correction c`: the same that it says of a case.
  ///
  /// Of several resolutions the last one for which `isBefore` holds says the route.
  func condition(_ isBefore: String) -> (sql: String, arguments: StatementArguments) {
    let sql = """
      (:party IS NULL OR c.requester = :party) AND (:type IS NULL OR c.device_type = :type)
        AND (:route IS NULL OR :route = coalesce(
          (SELECT route FROM correction_resolution x
            WHERE x.correction = c.correction AND \(isBefore) ORDER BY seq DESC LIMIT 1),
          c.route))
      """
    return (
      sql, ["party": party, "type": deviceType?.rawValue, "route": route?.rawValue]
    )
  }
}

/// Some months beside each other, read from the times that the views keep.
struct MonthsBeside {
  let filter: ReportFilter

  /// The figures of months that follow each other, counted as ``ResolutionReport`` counts each.
  ///
  /// Costs by what was opened and resolved in them; without a filter by the rows of two indexes.
  func figures(of months: [Month], _ db: Database) throws -> [MonthFigures] {
    guard let first = months.first, let last = months.last else { return [] }
    let working = try working(first, last, db)
    let opened = try opened(first, last, db)
    return months.map { month in
      MonthFigures(
        month: month, opened: opened[month.description] ?? 0,
        working: ResolutionReport.Spread(working[month.description] ?? []))
    }
  }

  private func working(_ first: Month, _ last: Month, _ db: Database) throws -> [String: [Int64]] {
    let (condition, arguments) = condition("x.month <= r.month")
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT r.month, r.working_ms FROM correction_resolution r \(condition.join)
        WHERE r.month BETWEEN :first AND :last
          AND (r.reopened_month IS NULL OR r.reopened_month > r.month) AND \(condition.holds)
        """, arguments: arguments + ["first": first.description, "last": last.description])
    var times: [String: [Int64]] = [:]
    while let row = try rows.next() { times[row[0], default: []].append(row[1]) }
    return times
  }

  private func opened(_ first: Month, _ last: Month, _ db: Database) throws -> [String: Int] {
    let (condition, arguments) = condition("x.month <= c.opened_month")
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT c.opened_month, count(*) FROM correction c
        WHERE c.opened_month BETWEEN :first AND :last AND \(condition.holds)
        GROUP BY c.opened_month
        """, arguments: arguments + ["first": first.description, "last": last.description])
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
  }

  /// What has to hold of a correction, and how a resolution finds its own; nothing without a filter.
  private func condition(
    _ isBefore: String
  ) -> ((join: String, holds: String), StatementArguments) {
    guard !filter.isEmpty else { return (("", "true"), []) }
    let (sql, arguments) = filter.condition(isBefore)
    return (("JOIN correction c USING (correction)", sql), arguments)
  }
}
