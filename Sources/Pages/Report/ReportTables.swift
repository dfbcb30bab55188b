internal import Corrections
package import Ledger
internal import Wire

/// The figures of a report as tidy tables: one subject each, a row each, the same words in every form.
package struct ReportTables {
  /// A table with a name that stays.
  package struct Named {
    /// The name of its file, without the ending.
    package let name: String
    /// What it shows, in a few words.
    package let title: String
    package let columns: [String]
    /// How many columns say which row it is; the others hold its values.
    package var keys = 1
    package let rows: [[String]]
  }

  private let reported: Reported
  private var report: ResolutionReport { reported.report }

  package init(_ reported: Reported) { self.reported = reported }

  /// All of them.
  package var all: [Named] { summaries + [running, resolved] }

  /// Those that count, and list no correction.
  package var summaries: [Named] {
    [figures, times, groups, holders, ages, months, requests, late]
  }

  /// What is counted.
  package var figures: Named {
    let steps = report.steps
    func step(_ what: ReportCase.Step.What) -> Int { steps[what] ?? 0 }
    let counts: [(String, Int)] = [
      ("opened", report.opened), ("joined", step(.joined)), ("resolved", report.resolved.count),
      ("confirmed", report.confirmed), ("reopened", step(.reopened)), ("merged", step(.merged)),
      ("escalated", step(.escalated)), ("rejected", report.rejected),
      ("withdrawn", report.withdrawn), ("stillOpen", report.running.count),
      ("bundled", report.bundled), ("withinTarget", report.withinTarget.n),
      ("withTarget", report.withinTarget.of), ("handovers", report.handovers.total),
      ("handoversMax", report.handovers.max),
    ]
    return Named(
      name: "figures", title: "What happened in the period", columns: ["figure", "count"],
      rows: counts.map { [$0.0, String($0.1)] })
  }

  /// How long it took.
  package var times: Named {
    Named(
      name: "times", title: "From opening to resolution",
      columns: ["measure", "n", "median", "p90", "max", "few"],
      rows: [
        row("elapsedHours", report.elapsed, ClockTime.hour),
        row("workingDays", report.working, ClockTime.day),
        row("workingDaysExcludingRequester", report.workingExcludingRequester, ClockTime.day),
      ])
  }

  /// How long it took by what the corrections have in common, in working days.
  package var groups: Named {
    Named(
      name: "groups", title: "Working days by group",
      columns: ["grouping", "name", "n", "median", "p90", "max", "few"], keys: 2,
      rows: ResolutionReport.Grouping.allCases.flatMap { grouping in
        report.groups(grouping).map {
          [grouping.rawValue] + row($0.name, $0.working, ClockTime.day)
        }
      })
  }

  /// Where the time went.
  package var holders: Named {
    Named(
      name: "holders", title: "Time of each holder over the corrections resolved",
      columns: ["holder", "workingDays", "elapsedHours"],
      rows: Holder.allCases.compactMap { holder in
        report.byHolder[holder].map {
          [
            holder.rawValue, ClockTime.text(hundredths: $0.workingDaysInHundredths),
            ClockTime.text(hundredths: $0.elapsedHoursInHundredths),
          ]
        }
      })
  }

  /// What is open, by its age.
  package var ages: Named {
    Named(
      name: "ages", title: "Still open by age", columns: ["workingDays", "corrections"],
      rows: report.ageBands.map { [$0.band, String($0.count)] })
  }

  /// Months beside each other, in working days.
  package var months: Named {
    Named(
      name: "months", title: "Month over month",
      columns: ["month", "opened", "n", "median", "p90", "max", "few"],
      rows: reported.months.map { figures in
        let cells = row(figures.month.description, figures.working, ClockTime.day)
        return [cells[0], String(figures.opened)] + cells.dropFirst()
      })
  }

  /// What is open, one by one.
  package var running: Named {
    Named(
      name: "open", title: "Still open, the oldest first",
      columns: ["correction", "openedAt", "ageWorkingDays", "holder", "party", "origin"],
      rows: report.running.map {
        [
          $0.item.id.description, $0.item.openedAt.stored, String($0.age), $0.holder.rawValue,
          $0.item.requester, $0.item.origin.rawValue,
        ]
      })
  }

  /// What was resolved, one by one.
  package var resolved: Named {
    Named(
      name: "resolved", title: "Resolved in the period",
      columns: [
        "correction", "openedAt", "resolvedAt", "workingDays", "elapsedHours", "handovers", "route",
        "firstCode", "party", "deviceType", "origin", "bundled",
      ],
      rows: report.resolved.map { one in
        let time = one.clock.total
        return [
          one.item.id.description, one.item.openedAt.stored, one.resolution.at.stored,
          ClockTime.text(hundredths: time.workingDaysInHundredths),
          ClockTime.text(hundredths: time.elapsedHoursInHundredths),
          String(one.resolution.handovers), one.resolution.route?.rawValue ?? "none",
          one.item.firstCode ?? "none", one.item.requester, one.item.deviceType?.rawValue ?? "none",
          one.item.origin.rawValue, one.item.isBundled ? "true" : "false",
        ]
      })
  }

  /// What became of requests.
  package var requests: Named {
    Named(
      name: "requests", title: "SR 8.4 answered in the period",
      columns: ["code", "requests", "firstTries"],
      rows: reported.requests.sorted { $0.key < $1.key }.map {
        [$0.key, String($0.value), String(reported.firstTries[$0.key] ?? 0)]
      })
  }

  /// What was told late.
  package var late: Named {
    Named(
      name: "late", title: "Steps of the period that were recorded after its end",
      columns: ["party", "steps"],
      rows: reported.late.sorted { $0.key < $1.key }.map { [$0.key, String($0.value)] })
  }

  private func row(
    _ name: String, _ spread: ResolutionReport.Spread?, _ unit: Int64
  ) -> [String] {
    guard let spread else { return [name, "0", "", "", "", "true"] }
    func text(_ value: Int64) -> String {
      ClockTime.text(hundredths: ClockTime.hundredths(of: value, unit: unit))
    }
    return [
      name, String(spread.n), text(spread.median), text(spread.p90), text(spread.max),
      spread.isFew ? "true" : "false",
    ]
  }
}
