extension DiscrepancyCheck {
  /// Asks whether the digits of a meter point can name one.
  ///
  /// Source: the first two digits of an MPAN are those of a distributor; 10 to 38 are known, and the
  /// list is open-ended, so others are possible errors. One digit throughout is a placeholder (inferred).
  static let mpxnDigits = DiscrepancyCheck(.mpxnDigits) { facts in
    facts.places.compactMap { place in
      guard let value = place.value else { return nil }
      if value.isOneDigitThroughout { return facts.suspicion(.mpxnDigits, .likely, of: place) }
      guard value.namesUnknownDistributor else { return nil }
      return facts.suspicion(.mpxnDigits, .possible, of: place)
    }
  }
}
