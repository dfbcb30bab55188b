extension DiscrepancyCheck {
  /// Asks whether one supplier is registered for a meter point, and not two at one time.
  ///
  /// The newest start counts for the rules of SR 8.4; that the earlier one should have ended is inferred.
  static let registrationsOverlap = DiscrepancyCheck(.registrationsOverlap) { facts in
    facts.places.compactMap { place in
      let twice = place.rows.overlapping(at: facts.at)
      guard !twice.isEmpty else { return nil }
      return facts.suspicion(
        .registrationsOverlap, .likely, of: place, facts: twice.flatMap(facts.facts(about:)),
        route: .registration)
    }
  }
}
