package import Answers
import Corrections
import Ledger
import Wire

extension ReportAnswer {
  /// A period's figures as rows for a spreadsheet: one value a row, under the names that JSON uses.
  package var csv: String {
    var table = Table(["month", "figure", "of", "value"])
    func add(_ figure: String, _ of: String = "", _ value: String) {
      table.add([report.period.description, figure, of, value])
    }
    func add(_ figure: String, _ counts: [String: Int]) {
      for (of, count) in counts.sorted(by: { $0.key < $1.key }) { add(figure, of, String(count)) }
    }
    func add(_ grouping: ResolutionReport.Grouping) {
      for group in report.groups(grouping) {
        add(grouping.rawValue, group.name, String(group.working.n))
      }
    }
    func add(_ figure: String, _ spread: ResolutionReport.Spread?, _ unit: Int64) {
      func text(_ value: Int64) -> String {
        ClockTime.text(hundredths: ClockTime.hundredths(of: value, unit: unit))
      }
      add(figure, "n", String(spread?.n ?? 0))
      add(figure, "median", spread.map { text($0.median) } ?? "")
      add(figure, "p90", spread.map { text($0.p90) } ?? "")
      add(figure, "max", spread.map { text($0.max) } ?? "")
    }
    for row in ReportTables(reported).figures.rows where !row[0].hasPrefix("handovers") {
      add(row[0], "", row[1])
    }
    add("elapsedHours", report.elapsed, ClockTime.hour)
    add("workingDays", report.working, ClockTime.day)
    add("workingDaysExcludingRequester", report.workingExcludingRequester, ClockTime.day)
    add("handovers", "total", String(report.handovers.total))
    add("handovers", "max", String(report.handovers.max))
    add("requests", reported.requests)
    add("firstTries", reported.firstTries)
    add(.byCode)
    add(.byRoute)
    add(.byParty)
    for holder in Holder.allCases {
      guard let time = report.byHolder[holder] else { continue }
      add("byHolder", holder.rawValue, ClockTime.text(hundredths: time.workingDaysInHundredths))
    }
    for grouping in [.byDeviceType, .byFuel, .byTwoSupplier, .byOrigin]
      as [ResolutionReport.Grouping]
    { add(grouping) }
    add("late", reported.late)
    for band in report.ageBands { add("ageBands", band.band, String(band.count)) }
    for (figure, text) in [
      ("calendar", report.calendar), ("policy", String(report.policy)),
      ("rule", ResolutionReport.rule), ("knownAt", reported.knownAt.stored),
      ("position", String(reported.position)), ("root", reported.root),
    ] + (reported.effectiveAt.map { [("effectiveAt", $0.stored)] } ?? []) {
      add(figure, "", text)
    }
    return table.csv()
  }
}

extension Table {
  /// One of a report's tables.
  package init(_ named: ReportTables.Named) {
    self.init(named.columns)
    for row in named.rows { add(row) }
  }
}
