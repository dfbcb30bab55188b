package import Corrections
package import Ledger
internal import Wire

/// What stands open of the discrepancies, as one page: by rule, supplier and age.
package struct DiscrepancyPage {
  let title = "Discrepancies of the Smart Metering Inventory"
  let days: String
  let headline: String
  let style = Templates.style
  let tiles: [ReportPage.Tile]
  let sections: [ReportPage.Section]
  let notes: [String]

  /// Puts the page together of what was counted at a moment.
  package init(_ counts: DiscrepancyCounts, at moment: Instant) {
    func total(_ state: Discrepancy.State) -> Int {
      counts.byRule.values.reduce(0) { $0 + ($1[state] ?? 0) }
    }
    let open = total(.open)
    days = "As known at position \(counts.position), \(Wording.time(moment))"
    headline =
      open == 0
      ? "No discrepancy is open."
      : "\(Wording.grouped(open)) \(open == 1 ? "discrepancy is" : "discrepancies are") open."
    tiles = [("open", open), ("dismissed", total(.dismissed)), ("gone", total(.cleared))].map {
      ReportPage.Tile(name: $0, value: Wording.grouped($1))
    }
    sections = [
      DiscrepancyPage.rules(counts), DiscrepancyPage.parties(counts), DiscrepancyPage.ages(counts),
    ].compactMap { $0 }
    notes = [
      "A discrepancy is a suspected error that a rule found and nobody reported; each rule says how sure it is. "
        + "smi-ledger discrepancy rules lists them with their sources.",
      "One that concerns two suppliers counts for both. Ages are whole days since it was first found.",
    ]
  }

  private static func rules(_ counts: DiscrepancyCounts) -> ReportPage.Section? {
    let rules = DiscrepancyRule.allCases.compactMap { rule in
      counts.byRule[rule].map { (rule, $0) }
    }.sorted { ($0.1[.open] ?? 0) > ($1.1[.open] ?? 0) }
    guard !rules.isEmpty else { return nil }
    return ReportPage.Section(
      id: "rules", title: "By rule",
      bars: Bars(
        id: "rules-picture",
        title: "Open discrepancies by rule; the table beside it has the numbers",
        rules.filter { $0.1[.open] != nil }.map { rule, states in
          Bars.Entry(
            name: rule.title, length: Double(states[.open] ?? 0),
            value: Wording.grouped(states[.open] ?? 0))
        }),
      tables: [
        TableView(
          "Discrepancies by rule", ["rule", "open", "dismissed", "gone"],
          rules.map { rule, states in
            [rule.rawValue]
              + [Discrepancy.State.open, .dismissed, .cleared].map {
                Wording.grouped(states[$0] ?? 0)
              }
          })
      ])
  }

  private static func parties(_ counts: DiscrepancyCounts) -> ReportPage.Section? {
    var rows = counts.byParty.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { ($0.key, $0.value) }
    if counts.ofNobody > 0 { rows.append(("nobody known", counts.ofNobody)) }
    guard !rows.isEmpty else { return nil }
    return ReportPage.Section(
      id: "parties", title: "Whom they concern",
      bars: Bars(
        id: "parties-picture", title: "Open discrepancies by supplier",
        rows.prefix(20).map {
          Bars.Entry(name: $0.0, length: Double($0.1), value: Wording.grouped($0.1))
        }),
      tables: [
        TableView(
          "Open, by supplier", ["party", "open"], rows.map { [$0.0, Wording.grouped($0.1)] })
      ])
  }

  private static func ages(_ counts: DiscrepancyCounts) -> ReportPage.Section? {
    guard !counts.byAge.isEmpty else { return nil }
    let bands = DiscrepancyCounts.bands
    let totals = bands.indices.map { band in counts.byAge.values.reduce(0) { $0 + $1[band] } }
    return ReportPage.Section(
      id: "ages", title: "How long they have been known",
      bars: Bars(
        id: "ages-picture", title: "Open discrepancies by days since they were first found",
        zip(bands, totals).map {
          Bars.Entry(name: "\($0) days", length: Double($1), value: Wording.grouped($1))
        }),
      tables: [
        TableView(
          "Open, by rule and days", ["rule"] + bands,
          DiscrepancyRule.allCases.compactMap { rule in
            counts.byAge[rule].map { [rule.rawValue] + $0.map { Wording.grouped($0) } }
          })
      ])
  }

  /// The page; the same counts give the same bytes.
  package var html: String { Templates.render(self, "report") }
}
