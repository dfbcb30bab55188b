import Corrections
import GRDB
import Testing

@testable import Ledger

extension TestLedger {
  /// Checks that the SQL views of a month give the figures of its report.
  func expectSQLAgrees(_ month: Month, _ comment: String = "") throws {
    let reported = try ledger.report(month, months: 3)
    let (report, requests) = (reported.report, reported.requests)
    for figures in reported.months {
      let one = try ledger.report(ReportPeriod(figures.month)).report
      #expect(figures.opened == one.opened, "\(figures.month) \(comment)")
      #expect(figures.working == one.working, "\(figures.month) \(comment)")
    }
    try ledger.readViews { db in
      func rows(_ sql: String) throws -> [Row] {
        try Row.fetchAll(db, sql: sql, arguments: [month.description])
      }
      let counts = try rows("SELECT what, n FROM report_counts WHERE month = ?")
        .reduce(into: [String: Int]()) { $0[$1[0], default: 0] += $1[1] }
      var expected = [
        "opened": report.opened, "resolved": report.resolved.count, "confirmed": report.confirmed,
        "rejected": report.rejected, "withdrawn": report.withdrawn,
      ]
      for what in ReportCase.Step.What.allCases {
        expected[what.rawValue] = report.steps[what] ?? 0
      }
      #expect(counts == expected.filter { $0.value > 0 }, "\(month) \(comment)")

      for (measure, spread, unit) in [
        ("elapsedHours", report.elapsed, 3_600_000),
        ("workingDays", report.working, 86_400_000),
        ("workingDaysExcludingRequester", report.workingExcludingRequester, 86_400_000),
      ] as [(String, ResolutionReport.Spread?, Double)] {
        let row = try Row.fetchOne(
          db, sql: "SELECT n, median, p90, max FROM report_times WHERE month = ? AND measure = ?",
          arguments: [month.description, measure])
        #expect((row == nil) == (spread == nil), "\(month) \(measure) \(comment)")
        guard let row, let spread else { continue }
        #expect(row[0] == spread.n)
        for (column, value) in zip(1...3, [spread.median, spread.p90, spread.max]) {
          let found: Double = row[column]
          // A median of an odd sum is cut to a whole millisecond here.
          #expect(abs(found * unit - Double(value)) < 1, "\(month) \(measure) \(column) \(comment)")
        }
      }
      let holders = try rows("SELECT holder, working_days FROM report_holders WHERE month = ?")
        .reduce(into: [String: Double]()) { $0[$1[0]] = $1[1] }.filter { $0.value > 0 }
      let times = report.byHolder.filter { $0.value.workingMilliseconds > 0 }
      #expect(Set(holders.keys) == Set(times.keys.map(\.rawValue)), "\(month) \(comment)")
      for (holder, time) in times {
        let found = holders[holder.rawValue] ?? -1
        #expect(abs(found * 86_400_000 - Double(time.workingMilliseconds)) < 1)
      }
      let codes = try rows("SELECT code, requests FROM report_requests WHERE month = ?")
        .reduce(into: [String: Int]()) { $0[$1[0]] = $1[1] }
      #expect(codes == requests, "\(month) \(comment)")
      let tries = try rows("SELECT code, first_tries FROM report_requests WHERE month = ?")
        .reduce(into: [String: Int]()) { $0[$1[0]] = $1[1] }
      #expect(tries == reported.firstTries, "\(month) \(comment)")
    }
  }

  /// Checks that the SQL view of what is open names what is open, no more.
  func expectSQLOpenAgrees() throws {
    let open = try allCorrections().filter { $0.state != .resolved && !$0.hasEnded }.map(\.id)
    let named = try ledger.readViews {
      try String.fetchAll($0, sql: "SELECT correction FROM report_open ORDER BY correction")
    }
    #expect(named == open.map(\.description).sorted())
  }
}
