import Corrections
import Ledger
import Wire

extension ReportAnswer {
  /// The figures for people: what happened, how long it took, where the time went, what is open.
  var text: String {
    var lines = [headline, times.text(indent: 2), "  " + happened, "  " + targets]
    lines.append("  " + requestsLine)
    if !report.resolved.isEmpty {
      lines += ["", "Working days by what they have in common (* fewer than 10: read each case)"]
      lines.append(groups.text(indent: 2))
      lines += ["", "Where the time went, in working days", holders.text(indent: 2)]
    }
    lines += ["", "Still open by age in working days", "  " + ages]
    if !report.running.isEmpty { lines.append(running.text(indent: 2)) }
    lines += [""] + notes
    return lines.joined(separator: "\n")
  }

  private var headline: String {
    let what = "\(report.period)" + (filterText.map { ", \($0)" } ?? "")
    guard !report.resolved.isEmpty else {
      return "\(what): no correction was resolved in this \(period)."
    }
    let median = report.working.map { days($0.median) } ?? "–"
    return "\(what): \(Wording.count(report.resolved.count, "correction")) resolved, median "
      + "\(median) working days."
  }

  private var period: String { report.period.month == nil ? "period" : "month" }

  private var filterText: String? {
    let parts = [
      report.filter.party.map { "of \($0)" }, report.filter.deviceType.map { "of \($0.rawValue)" },
      report.filter.route.map { "by route \($0.rawValue)" },
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private var times: Table {
    var table = Table(
      ["", "n", "median", "90th percentile", "longest"], rightAligned: [1, 2, 3, 4])
    for (name, spread, unit) in [
      ("elapsed hours", report.elapsed, ReportAnswer.hour),
      ("working days", report.working, ReportAnswer.day),
      (
        "working days without the requester's", report.workingExcludingRequester, ReportAnswer.day
      ),
    ] {
      table.add(row(name, spread, unit))
    }
    return table
  }

  private var groups: Table {
    var table = Table(
      ["", "", "n", "median", "90th percentile", "longest"], rightAligned: [2, 3, 4, 5])
    for grouping in ResolutionReport.Grouping.allCases {
      for (index, group) in report.groups(grouping).enumerated() {
        var cells = row(group.name, group.working, ReportAnswer.day)
        if group.working.isFew { cells[1] += "*" }
        table.add([index == 0 ? name(of: grouping) : ""] + cells)
      }
    }
    return table
  }

  private func name(of grouping: ResolutionReport.Grouping) -> String {
    switch grouping {
    case .byCode: "first code"
    case .byRoute: "route"
    case .byParty: "asked by"
    case .byDeviceType: "device type"
    case .byFuel: "fuel"
    case .byTwoSupplier: "two suppliers"
    case .byOrigin: "tracked in"
    }
  }

  private var holders: Table {
    var table = Table(["", ""], rightAligned: [1])
    for holder in Holder.allCases {
      guard let time = report.byHolder[holder] else { continue }
      table.add([holder.rawValue, ClockTime.text(hundredths: time.workingDaysInHundredths)])
    }
    return table
  }

  private var running: Table {
    var table = Table(["oldest", "age", "turn"], rightAligned: [1])
    for one in report.running.prefix(5) {
      table.add([one.item.id.description, String(one.age), one.holder.rawValue])
    }
    return table
  }

  private var happened: String {
    func step(_ what: ReportCase.Step.What) -> Int { report.steps[what] ?? 0 }
    return "opened \(report.opened), joined \(step(.joined)), resolved \(report.resolved.count), "
      + "confirmed \(report.confirmed), reopened \(step(.reopened)), merged \(step(.merged)), "
      + "escalated \(step(.escalated)), rejected \(report.rejected), withdrawn "
      + "\(report.withdrawn), still open \(report.running.count)"
  }

  private var targets: String {
    let target = report.withinTarget
    let within =
      target.of == 0
      ? "none of them has a category with a target"
      : "within target \(target.n) of \(target.of)"
        + (target.isVerified ? "" : " [targets not verified]")
    return within + "; handovers \(report.handovers.total), at most \(report.handovers.max) in one"
      + (report.bundled == 0 ? "" : "; \(report.bundled) of bundled old tickets")
  }

  private var requestsLine: String {
    let refused = reported.requests.filter { !Judgement.isSuccess($0.key) }
    let number = refused.values.reduce(0, +)
    let codes = refused.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return "SR 8.4 accepted \(accepted) of \(accepted + number)"
      + (codes.isEmpty ? "" : "; refused " + codes.joined(separator: ", "))
      + (report.filter.deviceType == nil && report.filter.route == nil
        ? "" : " (of every type and route)")
  }

  private var ages: String {
    report.ageBands.map { "\($0.band): \($0.count)" }.joined(separator: ", ")
  }

  private var notes: [String] {
    var notes = [
      "Rule \(ResolutionReport.rule): times are of what was resolved in the \(period); what is open "
        + "counts as still running.",
      "Calendar \(report.calendar); policy \(report.policy). The 90th percentile is a real case "
        + "(nearest rank).",
    ]
    if !reported.late.isEmpty {
      let who = reported.late.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      notes.append(
        "Recorded after the \(period)'s end: \(who.joined(separator: ", ")); a report made before "
          + "may differ: --compare.")
    }
    notes.append(
      "Position \(reported.position), root \(reported.root), \(Wording.time(reported.knownAt)).")
    return notes
  }

  private func row(
    _ name: String, _ spread: ResolutionReport.Spread?, _ unit: Int64
  ) -> [String] {
    guard let spread else { return [name, "0", "–", "–", "–"] }
    func text(_ value: Int64) -> String {
      ClockTime.text(hundredths: ClockTime.hundredths(of: value, unit: unit))
    }
    return [
      name, String(spread.n), text(spread.median), spread.isFew ? "–" : text(spread.p90),
      text(spread.max),
    ]
  }

  private func days(_ milliseconds: Int64) -> String {
    ClockTime.text(hundredths: ClockTime.hundredths(of: milliseconds, unit: ReportAnswer.day))
  }
}
