import GRDB
import Testing

@testable import Ledger

/// What is done for one thing of many must not look at all of them.
@Suite struct `Statements of the views` {
  /// A table with one row for each of many things, and the column by which rows go.
  private static let deletes = [
    ("device", "device"), ("device_status", "device"), ("device_mpxn", "device"),
    ("last_answer", "device"), ("correction", "correction"), ("correction_turn", "correction"),
    ("correction_resolution", "correction"), ("resolution_time", "correction"),
    ("correction_party", "correction"), ("correction_month", "correction"),
    ("correction_step", "correction"), ("late", "position"),
    ("discrepancy", "discrepancy"), ("discrepancy_party", "discrepancy"),
    ("discrepancy_other", "discrepancy"),
  ]

  private func plan(_ db: Database, _ sql: String) throws -> [String] {
    try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql).map { $0["detail"] }
  }

  @Test func `take out rows of one thing by an index`() throws {
    let test = try TestLedger()
    try test.ledger.readViews { db in
      for (table, column) in Self.deletes {
        let plan = try plan(db, "DELETE FROM \(table) WHERE \(column) = 1")
        #expect(plan.allSatisfy { $0.hasPrefix("SEARCH") }, "\(table): \(plan)")
      }
      let named = Set(Self.deletes.map(\.0)).union(["judged", "divergence", "correction_gone"])
      #expect(Set(ViewSchema.tables) == named, "a new table: by what do its rows go?")
    }
  }

  @Test func `find what a month counts by an index`() throws {
    let test = try TestLedger()
    try test.ledger.readViews { db in
      for sql in [
        "SELECT correction FROM correction_month WHERE month BETWEEN '1' AND '2'",
        "SELECT correction FROM correction WHERE resolved_at IS NULL AND closed_at IS NULL "
          + "AND opened_at < '1'",
        "SELECT month, working_ms FROM correction_resolution r WHERE r.month BETWEEN '1' AND '2' "
          + "AND (r.reopened_month IS NULL OR r.reopened_month > r.month)",
        "SELECT count(*) FROM late WHERE at >= '1' AND at < '2'",
        "SELECT sum(requests) FROM judged WHERE day BETWEEN '1' AND '2'",
        "SELECT count(*) FROM correction c WHERE c.opened_month BETWEEN '1' AND '2' "
          + "GROUP BY c.opened_month",
      ] {
        let plan = try plan(db, sql)
        #expect(plan.allSatisfy { $0.hasPrefix("SEARCH") }, "\(sql): \(plan)")
      }
    }
  }
}
