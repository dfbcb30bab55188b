extension DiscrepancyCheck {
  /// Asks whether devices hold one another's meter points.
  ///
  /// Each one's second source (the device itself, else meter technical details) says what the next one
  /// holds, and the last one's what the first holds. One ring makes one discrepancy, of the device with
  /// the lowest id.
  static let crossedMPxNs = DiscrepancyCheck(.crossedMPxNs) { facts in
    guard let first = facts.ring.first,
      facts.ring.allSatisfy({
        ($0.device, $0.field.rawValue) >= (first.device, first.field.rawValue)
      })
    else { return [] }
    let parties = facts.ring.flatMap(\.parties)
    return [
      facts.suspicion(
        .crossedMPxNs, .likely, others: facts.ring.dropFirst().map(\.device),
        field: CorrectionField(first.field), mpxns: facts.ring.map(\.holds), parties: parties,
        facts: facts.ring.flatMap { place in
          [
            Fact(.otherDevice, .text(place.device.description)),
            Fact(.heldMPxN, .token(place.holds)),
          ]
        }, wanted: .mpxn(first.wants),
        route: Set(parties).count > 1 ? .twoSupplier : .selfServe)
    ]
  }
}
