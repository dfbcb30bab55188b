@testable import Corrections

/// SR 8.4, branch `mpxn`.
extension Situations {
  static let mpxn: [Situation] = {
    let place = Situation.Place.branch(.mpxn)
    func row(
      _ name: String, _ facts: MPxNFacts, variant: Int = 8, _ authority: String,
      _ observer: String?
    ) -> Situation {
      Situation(place, name, RequestFacts(facts, commandVariant: variant), authority, observer)
    }
    let singleElement = device(.esme, .suspended, variant: .A, in: .secondaryImportMPAN)
    return [
      row("everything holds", facts(), "I99", "I99"),
      row(
        "an empty field of the right device", facts(device: device(holding: nil), held: []),
        "I99", "I99"),
      row(
        "nobody is registered for the value held",
        facts(held: [registration(heldMPxN, "SUPB", to: The.now)]), "I99", "I99"),
    ] + senders(place) { RequestFacts(facts(by: $0)) }
      + variants(place) { RequestFacts(facts(), commandVariant: $0) } + [
        row("a wrong variant, and no such device", facts(device: nil), variant: 1, "E12", "E12"),
        row(
          "another is registered for the value held",
          facts(held: [registration(heldMPxN, "SUPB")]), "E080410", "E080410"),
        row(
          "everything fails",
          facts(
            device: singleElement, field: .secondaryImportMPAN,
            held: [registration(heldMPxN, "SUPB")], wanted: [registration(wantedMPxN, "SUPB")]),
          "E080410", "E080410"),
        row("no registration of the held value", facts(held: []), "E080410", nil),
        row(
          "no registration held, and the status forbids",
          facts(device: device(.esme, .pending), held: []), "E080410", "E080414"),
        row("an import on a PPMID", facts(device: device(.ppmid)), "E080413", "E080413"),
        row(
          "type, status and new MPxN fail",
          facts(
            device: singleElement, field: .secondaryImportMPAN,
            wanted: [registration(wantedMPxN, "SUPB")]), "E080413", "E080413"),
        row(
          "the variant isn't known",
          facts(device: device(in: .secondaryImportMPAN), field: .secondaryImportMPAN),
          "E080413", nil),
        row("no such device", facts(device: nil), "E080414", "E080414"),
        row("Pending", facts(device: device(.esme, .pending)), "E080414", "E080414"),
        row(
          "status and new MPxN fail",
          facts(device: device(.esme, .pending), wanted: [registration(wantedMPxN, "SUPB")]),
          "E080414", "E080414"),
        row("no status is known", facts(device: device(.esme, nil)), "E080414", nil),
        row(
          "another is registered for the new MPxN",
          facts(wanted: [registration(wantedMPxN, "SUPB")]), "E080415", "E080415"),
        row(
          "nobody is registered for the new MPxN yet",
          facts(wanted: [registration(wantedMPxN, "SUPA", from: local("2026-04-01"))]),
          "E080415", "E080415"),
        row("no registration of the wanted value", facts(wanted: []), "E080415", nil),
      ]
  }()
}

/// One row of registration data, by a name that the rows of a table leave free.
private func registration(
  _ mpxn: Token, _ supplier: String, from: Instant = local("2024-06-01"), to: Instant? = nil
) -> Registration {
  row(mpxn, supplier, from: from, to: to)
}
