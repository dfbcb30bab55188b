extension DiscrepancyCheck {
  /// Asks whether a commissioned twin-element meter has its second meter point.
  ///
  /// Source: a variant that begins with B is a twin element (MIF 145). That every such meter has two
  /// meter points is inferred. Asked only where the place was seen to be empty.
  static let secondaryMissing = DiscrepancyCheck(.secondaryMissing) { facts in
    let device = facts.device
    guard device.type == .esme, device.currentStatus?.value == .commissioned,
      device.details.esmeVariant?.isTwinElement == true,
      let first = facts.place(.importMPxN),
      let second = device.history(.secondaryImportMPAN).current, second.value == nil
    else { return [] }
    return [
      facts.suspicion(
        .secondaryMissing, .likely, field: .secondaryImportMPAN, mpxns: [first.held.value],
        facts: facts.variantFacts + [
          first.fact,
          Fact(
            .emptyPlace, .text(MPxNField.secondaryImportMPAN.rawValue),
            from: .position(second.position)),
        ])
    ]
  }
}
