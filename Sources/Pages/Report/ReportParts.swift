internal import Corrections
internal import Ledger
internal import Wire

/// The parts of a report's page: each a picture with its data, or tables alone.
struct ReportParts {
  let reported: Reported
  var report: ResolutionReport { reported.report }
  var says: ReportSentences { ReportSentences(reported) }

  init(_ reported: Reported) { self.reported = reported }

  static let spreadColumns = ["n", "median", "90th percentile", "longest"]

  /// How long it took.
  var times: ReportPage.Section {
    var section = ReportPage.Section(
      id: "times", title: "How long it took", sentences: [says.targets.capitalised + "."])
    let table = TableView(
      "From opening to resolution", ["measure"] + Self.spreadColumns,
      says.spreads.map { [$0.name] + says.cells($0.spread, $0.unit) })
    guard let working = report.working else {
      section.layout = "columns"
      section.tables = [table]
      return section
    }
    let values = report.resolved.map { days($0.clock.total.workingMilliseconds) }
    var marks = [("median \(says.days(working.median))", days(working.median), "solid")]
    if !working.isFew {
      marks.append(("90th percentile \(says.days(working.p90))", days(working.p90), "dashed"))
    }
    section.histogram = Histogram(
      id: "times-picture",
      title: "Corrections by working days from opening to resolution; the table beside it has the "
        + "numbers", unit: "working days", values: values, marks: marks)
    let bands = zip(Histogram.bands, Histogram.counts(of: values)).map { [$0, String($1)] }
    section.tables = [
      TableView("Corrections resolved", ["working days", "n"], bands), table,
    ]
    return section
  }

  /// Where the time went.
  var holders: ReportPage.Section? {
    guard !report.byHolder.isEmpty else { return nil }
    let table = ReportTables(reported).holders
    return ReportPage.Section(
      id: "holders", title: "Where the time went",
      sentences: [
        "Whose turn it was, over \(Wording.count(report.resolved.count, "correction")) resolved."
      ],
      bars: Bars(
        id: "holders-picture", title: "Working days by holder",
        Holder.allCases.compactMap { holder in
          report.byHolder[holder].map {
            Bars.Entry(
              name: PageWords.holder(holder), length: Double($0.workingMilliseconds),
              value: ClockTime.text(hundredths: $0.workingDaysInHundredths))
          }
        }),
      tables: [
        TableView(
          table.title, ["whose turn", "working days", "elapsed hours"],
          table.rows.map {
            [Holder(rawValue: $0[0]).map(PageWords.holder) ?? $0[0]] + $0.dropFirst()
          })
      ])
  }

  /// What is open, by age.
  var ages: ReportPage.Section {
    ReportPage.Section(
      id: "ages", title: "Still open by age",
      sentences: [
        "Open corrections are running still; none of them is in the times above."
      ],
      bars: Bars(
        id: "ages-picture", title: "Open corrections by age in working days",
        report.ageBands.map {
          Bars.Entry(
            name: "\($0.band) working days", length: Double($0.count), value: String($0.count))
        }),
      tables: [
        TableView(
          "Still open", ["age in working days", "corrections"],
          report.ageBands.map { [$0.band, String($0.count)] })
      ])
  }

  /// Month over month.
  var months: ReportPage.Section? {
    guard reported.months.contains(where: { $0.opened > 0 || $0.working != nil }) else {
      return nil
    }
    return ReportPage.Section(
      id: "months", title: "Month over month",
      sentences: [
        "Working days from opening to resolution of what was resolved in each whole month, as known "
          + "at position \(reported.position)."
      ],
      months: MonthLines(
        id: "months-picture",
        title: "Median and 90th percentile of each month; the table beside it has the numbers",
        reported.months),
      tables: [
        TableView(
          "Each month", ["month", "opened", "resolved", "median", "90th percentile"],
          reported.months.map {
            [
              $0.month.description + ($0.month.end > reported.countedTo ? " so far" : ""),
              String($0.opened),
            ]
              + says.cells($0.working, ClockTime.day).prefix(3)
          })
      ])
  }

  /// What became of requests.
  var requests: ReportPage.Section {
    let table = ReportTables(reported).requests
    let refused = table.rows.filter { !Judgement.isSuccess($0[0]) }
    return ReportPage.Section(
      id: "requests", title: "Requests: SR 8.4",
      sentences: ["\(says.acceptance.capitalised)\(says.everyType)."],
      layout: refused.isEmpty ? "columns" : "beside",
      bars: refused.isEmpty
        ? nil
        : Bars(
          id: "requests-picture", title: "Refused requests by code",
          refused.map {
            Bars.Entry(name: $0[0], length: Double($0[1]) ?? 0, value: $0[1])
          }),
      tables: [
        TableView(
          table.title, ["code", "requests", "of them first tries"],
          table.rows.isEmpty ? [["none", "0", "0"]] : table.rows)
      ])
  }

  func days(_ milliseconds: Int64) -> Double { Double(milliseconds) / Double(ClockTime.day) }
}
