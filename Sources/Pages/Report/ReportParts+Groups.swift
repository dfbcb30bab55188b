internal import Corrections
internal import Ledger
internal import Wire

extension ReportParts {
  /// Old tickets beside what was tracked here.
  var origins: ReportPage.Section? {
    let groups = report.groups(.byOrigin)
    guard groups.contains(where: { $0.name == ReportCase.Origin.oldTicket.rawValue }) else {
      return nil
    }
    let entries = groups.flatMap { group -> [Bars.Entry] in
      let style = group.name == ReportCase.Origin.oldTicket.rawValue ? "before" : "bar"
      let name = says.name(ofGroup: group.name, in: .byOrigin)
      var measures = [("median", group.working.median)]
      if !group.working.isFew { measures.append(("90th percentile", group.working.p90)) }
      return measures.map {
        Bars.Entry(
          name: "\(name), \($0.0)", length: days($0.1), value: says.days($0.1), style: style)
      }
    }
    return ReportPage.Section(
      id: "origins", title: "Before and after",
      sentences: [
        "Old tickets as they were taken over, beside corrections that were tracked here. "
          + (report.bundled == 0
            ? ""
            : "\(Wording.count(report.bundled, "old ticket")) stood for more than one fault.")
      ],
      bars: Bars(
        id: "origins-picture", title: "Working days of old tickets and of corrections", entries),
      tables: [table(.byOrigin)])
  }

  /// By what the resolved corrections have in common.
  var groups: ReportPage.Section? {
    guard !report.resolved.isEmpty else { return nil }
    return ReportPage.Section(
      id: "groups", title: "By what they have in common",
      sentences: ["Working days. * fewer than \(ResolutionReport.few): read each case."],
      layout: "columns",
      tables: ResolutionReport.Grouping.allCases.filter { $0 != .byOrigin }.map(table))
  }

  private func table(_ grouping: ResolutionReport.Grouping) -> TableView {
    TableView(
      says.caption(of: grouping), [says.name(of: grouping)] + Self.spreadColumns,
      report.groups(grouping).map { group in
        var cells = says.cells(group.working, ClockTime.day)
        if group.working.isFew { cells[0] += "*" }
        return [says.name(ofGroup: group.name, in: grouping)] + cells
      })
  }

  /// How many of what is open are listed.
  private static let listed = 50

  /// What is open, the oldest first.
  var running: ReportPage.Section? {
    guard !report.running.isEmpty else { return nil }
    let shown = report.running.prefix(Self.listed)
    let rest = report.running.count - shown.count
    return ReportPage.Section(
      id: "open", title: "Still open, the oldest first",
      sentences: rest == 0
        ? []
        : [
          "\(Wording.grouped(rest)) more are in open.csv of --tables and in the JSON form."
        ], layout: "whole",
      tables: [
        TableView(
          "Age in working days; * an old ticket",
          ["correction", "opened", "age", "whose turn", "asked by"], words: [1, 3, 4],
          shown.map {
            [
              $0.item.id.description + ($0.item.origin == .oldTicket ? "*" : ""),
              Wording.date($0.item.openedAt), String($0.age), PageWords.holder($0.holder),
              $0.item.requester,
            ]
          })
      ])
  }

  /// What was told late.
  var late: ReportPage.Section? {
    guard !reported.late.isEmpty else { return nil }
    return ReportPage.Section(
      id: "late", title: "Recorded after the end",
      sentences: [
        "Steps and answers that were true in the period and recorded after it: a report made before "
          + "may differ."
      ], layout: "columns",
      tables: [
        TableView(
          "By who recorded them", ["party", "events"],
          reported.late.sorted { $0.key < $1.key }.map { [$0.key, String($0.value)] })
      ])
  }
}
