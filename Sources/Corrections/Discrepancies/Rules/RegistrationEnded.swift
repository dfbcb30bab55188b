extension DiscrepancyCheck {
  /// Asks whether somebody is registered for a meter point now, or will be.
  static let registrationEnded = DiscrepancyCheck(.registrationEnded) { facts in
    facts.places.compactMap { place in
      guard let last = place.rows.lastOfEnded(at: facts.at) else { return nil }
      return facts.suspicion(
        .registrationEnded, .likely, of: place, facts: facts.facts(about: last),
        route: .registration)
    }
  }
}
