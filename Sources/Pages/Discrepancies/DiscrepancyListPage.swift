package import Answers
internal import Corrections
internal import Wire

/// The list of discrepancies, narrowed by what its address says.
package struct DiscrepancyListPage {
  let frame: Frame
  let heading: String
  let hasFilters: Bool
  let filters: [Frame.Link]
  let filterForm: FormView
  let total: String
  let downloads: [Frame.Link]
  let emptyWords: String?
  let hasRows: Bool
  let rows: [Row]
  let moreAddress: String?

  struct Row {
    let number: String
    let address: String
    let what: String
    let device: String
    let sure: String
    let since: String
    let concerns: String
  }

  /// What the list can be narrowed to.
  package static let filterNames = ["rule", "state", "party", "device", "confidence"]

  /// `total` is how many there are where all were counted.
  package init(
    _ answers: [DiscrepancyAnswer], filters: [(name: String, value: String)], total: Int,
    cursor: String?, for visitor: Frame.Visitor, foot: String
  ) {
    let here = Address("/discrepancies", filters)
    let state = filters.first { $0.name == "state" }?.value ?? Discrepancy.State.open.rawValue
    heading =
      switch Discrepancy.State(rawValue: state) {
      case .open?: "Open discrepancies"
      case .dismissed?: "Dismissed discrepancies"
      case .cleared?: "Discrepancies that are gone"
      case nil: "Discrepancies"
      }
    frame = Frame(heading, for: visitor, at: .discrepancies, foot: foot)
    self.filters = filters.map {
      Frame.Link(name: "\($0.name) \($0.value)", address: here.with($0.name, nil).text)
    }
    hasFilters = !filters.isEmpty
    func value(_ name: String) -> String { filters.first { $0.name == name }?.value ?? "" }
    filterForm = FormView(
      "/discrepancies", method: "get",
      [
        FieldView(
          "rule", "Rule",
          .choice([("", "any")] + DiscrepancyRule.allCases.map { ($0.rawValue, $0.title) }),
          value: value("rule")),
        FieldView(
          "state", "State",
          .choice([
            ("", "open"), ("dismissed", "dismissed"), ("cleared", "gone"), ("all", "all"),
          ]), value: value("state")),
        FieldView(
          "confidence", "How sure",
          .choice([("", "any")] + Confidence.allCases.map { ($0.rawValue, $0.rawValue) }),
          value: value("confidence")),
        FieldView("party", "Party", hint: "Whom it concerns", value: value("party"), longest: 60),
        FieldView("device", "Device", hint: "An EUI-64", value: value("device"), longest: 30),
      ], button: "Filter", style: "other")
    self.total = "\(Wording.grouped(total)) \(total == 1 ? "discrepancy" : "discrepancies")"
    downloads = [
      Frame.Link(name: "CSV", address: here.at("/v1/discrepancies.csv").text),
      Frame.Link(name: "JSON", address: here.at("/v1/discrepancies.json").text),
    ]
    rows = answers.map(Row.init)
    hasRows = !rows.isEmpty
    emptyWords = hasRows ? nil : "There is none."
    moreAddress = cursor.map { here.with("cursor", $0).text }
  }

  package var html: String { Templates.render(self, "discrepancies") }
}

extension DiscrepancyListPage.Row {
  init(_ answer: DiscrepancyAnswer) {
    let found = answer.discrepancy.suspicion
    number = answer.discrepancy.id.description
    address = "/discrepancies/\(answer.discrepancy.id)"
    what = "\(found.rule.title.capitalised): \(answer.wording.because(found))"
    device = found.device.description + (found.field.map { ", \($0.rawValue)" } ?? "")
    sure = found.confidence.rawValue
    since = Wording.date(answer.discrepancy.firstSeen)
    concerns = found.parties.isEmpty ? "nobody known" : found.parties.joined(separator: ", ")
  }
}
