internal import Corrections
package import Ledger
internal import Wire

/// A month's report among the pages of the server, with another month beside it where that is asked for.
package struct FramedReportPage {
  let frame: Frame
  let over = "Resolution times"
  let heading: String
  let monthForm: FormView
  let asOf: String
  let links: [Link]
  let hasComparison: Bool
  let comparedHeading: String
  let comparison: TableView?
  let report: ReportPage

  struct Link {
    let name: String
    let address: String
    let isFile: Bool
  }

  /// `parameters` are those that narrow it, and go with each of its links.
  package init(
    _ reported: Reported, beside other: Reported?, with typed: String,
    parameters: [(name: String, value: String)], for visitor: Frame.Visitor,
    wrong: [Frame.Wrong] = [], foot: String
  ) {
    report = ReportPage(reported)
    heading = report.title
    frame = Frame(report.title, for: visitor, at: .report, wrong: wrong, foot: foot)
    let month = reported.report.period.description
    monthForm = FormView(
      "/reports", method: "get", hidden: parameters.map { ($0.name, $0.value) },
      [
        FieldView(
          "month", "Month", .month, hint: "Such as 2026-03", value: month, longest: 7),
        FieldView(
          "with", "Beside it", .month, hint: "Another month, or empty", value: typed, longest: 7,
          wrong: wrong.first { $0.wrongField == "with" }?.sentence),
      ], button: "Show", style: "other")
    asOf = "As known at position \(reported.position)."
    let here = Address("/v1/reports/\(month)", parameters)
    links = [
      Link(name: "CSV", address: here.at("/v1/reports/\(month).csv").text, isFile: true),
      Link(name: "JSON", address: here.at("/v1/reports/\(month).json").text, isFile: true),
      Link(
        name: "One page to print or keep", address: here.at("/reports/\(month)/print").text,
        isFile: false),
    ]
    comparison = other.map { FramedReportPage.compare(reported, $0) }
    hasComparison = comparison != nil
    comparedHeading =
      other.map { "Beside \(ReportSentences($0).periodInWords)" } ?? ""
  }

  private static func compare(_ one: Reported, _ other: Reported) -> TableView {
    func cells(_ reported: Reported) -> [[String]] {
      let tables = ReportTables(reported)
      let times = tables.times.rows.first { $0[0] == "workingDays" } ?? []
      return tables.figures.rows.map { [$0[0], $0[1]] }
        + zip(["n", "median", "p90", "max"], times.dropFirst()).map {
          ["working days, \($0)", $1.isEmpty ? "–" : $1]
        }
    }
    let rows = zip(cells(one), cells(other)).map { [$0[0], $0[1], $1[1]] }
    return TableView(
      "The two months beside each other",
      ["figure", one.report.period.description, other.report.period.description], rows)
  }

  package var html: String { Templates.render(self, "report-framed") }
}

extension ReportPage {
  /// The style sheet that stands in the page itself, byte for byte as a browser hashes it.
  package var inlineStyle: String { "\n" + style + "\n" }
}
