extension DiscrepancyCheck {
  /// Asks whether a meter point is of the fuel of its meter.
  ///
  /// Source: an ESME is at an MPAN, a GSME at an MPRN (SEC glossary: SMI content).
  static let mpxnFuel = DiscrepancyCheck(.mpxnFuel) { facts in
    facts.places.compactMap { place in
      guard let value = place.value, value.isOfOtherFuel(than: facts.device.type) else {
        return nil
      }
      return facts.suspicion(.mpxnFuel, .certain, of: place)
    }
  }
}
