extension DiscrepancyCheck {
  /// Asks whether the registrations name a meter point at all.
  ///
  /// Asked only where registrations are held; it is the SMI or the registration data that lacks it.
  static let notRegistered = DiscrepancyCheck(.notRegistered) { facts in
    guard let imported = facts.registrations else { return [] }
    return facts.places.filter { $0.value != nil && $0.rows.isEmpty }.map { place in
      facts.suspicion(
        .notRegistered, .likely, of: place,
        facts: [Fact(.registration, .text("notHeld"), from: .registrations(imported))])
    }
  }
}
