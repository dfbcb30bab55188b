extension DiscrepancyCheck {
  /// Asks whether somebody is registered for a meter point now, or will be.
  static let registrationEnded = DiscrepancyCheck(.registrationEnded) { facts in
    facts.places.compactMap { place in
      guard case .nobody(next: nil, _) = RegistrationAnswer(rows: place.rows, at: facts.at),
        let last = place.rows.max(by: { $0.from < $1.from })
      else { return nil }
      return facts.suspicion(
        .registrationEnded, .likely, of: place, facts: facts.facts(about: last),
        route: .registration)
    }
  }
}
