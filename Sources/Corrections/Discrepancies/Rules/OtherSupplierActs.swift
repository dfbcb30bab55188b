extension DiscrepancyCheck {
  /// Asks whether the party that acts on a device is the one registered for its meter point.
  ///
  /// Who acts is inferred: the user that took the device over last, else whose installation of it
  /// succeeded. Only what it did since the registration began counts; a switch may be on its way, so it
  /// is a possible error.
  static let otherSupplierActs = DiscrepancyCheck(.otherSupplierActs) { facts in
    guard let acting = facts.acting, let place = facts.place(.importMPxN),
      let row = RegistrationAnswer(rows: place.rows, at: facts.at).registration,
      let registered = facts.parties[row.supplier], registered != acting.party,
      acting.since.from >= row.from
    else { return [] }
    let source = Fact.Source.position(acting.since.position)
    return [
      facts.suspicion(
        .otherSupplierActs, .possible, of: place,
        facts: facts.facts(about: row) + [
          Fact(.actingParty, .text(acting.party), from: source),
          Fact(.actingSince, .time(acting.since.from), from: source),
        ])
    ]
  }
}
