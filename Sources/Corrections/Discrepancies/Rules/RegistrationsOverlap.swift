extension DiscrepancyCheck {
  /// Asks whether one supplier is registered for a meter point, and not two at one time.
  ///
  /// The newest start counts for the rules of SR 8.4; that the earlier one should have ended is inferred.
  static let registrationsOverlap = DiscrepancyCheck(.registrationsOverlap) { facts in
    facts.places.compactMap { place in
      let inForce = place.rows.filter { $0.isInForce(at: facts.at) }
        .sorted { ($0.from, $0.supplier) < ($1.from, $1.supplier) }
      let twice = inForce.filter { row in inForce.count { $0.kind == row.kind } > 1 }
      guard !twice.isEmpty else { return nil }
      return facts.suspicion(
        .registrationsOverlap, .likely, of: place, facts: twice.flatMap(facts.facts(about:)),
        route: .registration)
    }
  }
}
