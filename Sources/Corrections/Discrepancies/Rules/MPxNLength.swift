extension DiscrepancyCheck {
  /// Asks whether a meter point has a length that one can have.
  ///
  /// Source: an MPAN has 13 digits and an MPRN up to 10 (DUIS schema), so 11 or 12 are neither:
  /// certain. That an MPRN has at least 6 is remembered, so fewer are only likely to be wrong.
  static let mpxnLength = DiscrepancyCheck(.mpxnLength) { facts in
    facts.places.compactMap { place in
      guard let value = place.value, value.hasUnusualLength else { return nil }
      let count = value.digits.utf8.count
      return facts.suspicion(
        .mpxnLength, count < 6 ? .likely : .certain, of: place,
        facts: [Fact(.digits, .text(String(count)), from: .position(place.held.position))])
    }
  }
}
