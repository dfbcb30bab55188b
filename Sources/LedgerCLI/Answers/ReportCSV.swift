import Corrections
import Ledger
import Wire

extension ReportAnswer {
  /// A month's figures as rows for a spreadsheet: one value a row, under the names that JSON uses.
  var csv: String {
    var table = Table(["month", "figure", "of", "value"])
    func add(_ figure: String, _ of: String = "", _ value: String) {
      table.add([report.month.description, figure, of, value])
    }
    func add(_ figure: String, _ counts: [String: Int]) {
      for (of, count) in counts.sorted(by: { $0.key < $1.key }) { add(figure, of, String(count)) }
    }
    func add(_ figure: String, _ spread: MonthlyReport.Spread?, _ unit: Int64) {
      func text(_ value: Int64) -> String {
        ClockTime.text(hundredths: ClockTime.hundredths(of: value, unit: unit))
      }
      add(figure, "n", String(spread?.n ?? 0))
      add(figure, "median", spread.map { text($0.median) } ?? "")
      add(figure, "p90", spread.map { text($0.p90) } ?? "")
      add(figure, "max", spread.map { text($0.max) } ?? "")
    }
    for (figure, count) in [
      ("opened", report.opened), ("joined", reported.joined), ("resolved", report.resolved),
      ("confirmed", report.confirmed), ("reopened", reported.reopened), ("merged", reported.merged),
      ("escalated", reported.escalated),
      ("rejected", report.rejected), ("withdrawn", report.withdrawn),
      ("stillOpen", report.stillOpen),
    ] {
      add(figure, "", String(count))
    }
    add("elapsedHours", report.elapsed, ReportAnswer.hour)
    add("workingDays", report.working, ReportAnswer.day)
    add("workingDaysExcludingRequester", report.workingExcludingRequester, ReportAnswer.day)
    add("handovers", "total", String(report.handovers.total))
    add("handovers", "max", String(report.handovers.max))
    add("requests", reported.requests)
    add("byCode", report.byCode)
    add("byRoute", report.byRoute)
    add("byParty", report.byParty)
    for holder in Holder.allCases {
      guard let time = report.byHolder[holder] else { continue }
      add("byHolder", holder.rawValue, ClockTime.text(hundredths: time.workingDaysInHundredths))
    }
    add("byDeviceType", report.byDeviceType)
    add("byFuel", report.byFuel)
    for band in report.ageBands { add("ageBands", band.band, String(band.count)) }
    for (figure, text) in [
      ("calendar", report.calendar), ("policy", String(report.policy)),
      ("rule", MonthlyReport.rule), ("knownAt", reported.knownAt.stored),
      ("position", String(reported.position)), ("root", reported.root),
    ] {
      add(figure, "", text)
    }
    return table.csv()
  }
}
