extension DiscrepancyCheck {
  /// Asks whether the check digits of a meter point agree with its other digits.
  ///
  /// Source: see ``CheckDigits``. The DCC's own templates hold wrong ones, so it is likely, not certain.
  static let mpxnCheckDigit = DiscrepancyCheck(.mpxnCheckDigit) { facts in
    facts.places.compactMap { place in
      guard let value = place.value, CheckDigits(of: value) == .wrong else { return nil }
      return facts.suspicion(.mpxnCheckDigit, .likely, of: place)
    }
  }
}
