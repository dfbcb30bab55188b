extension DiscrepancyCheck {
  /// Asks whether a commissioned meter has a meter point at all.
  ///
  /// Source: the SMI holds the MPAN or MPRN of an installed meter (SEC glossary: SMI content). Where
  /// nobody has looked at its places it is only possible.
  static let meterWithoutMPxN = DiscrepancyCheck(.meterWithoutMPxN) { facts in
    let device = facts.device
    guard device.type == .esme || device.type == .gsme,
      device.currentStatus?.value == .commissioned, facts.places.isEmpty
    else { return [] }
    let place = device.history(.importMPxN).current
    return [
      facts.suspicion(
        .meterWithoutMPxN, place == nil ? .possible : .likely, field: .importMPxN,
        facts: facts.statusFacts
          + (place.map {
            [
              Fact(
                .emptyPlace, .text(MPxNField.importMPxN.rawValue), from: .position($0.position))
            ]
          } ?? []))
    ]
  }
}
