extension Rule {
  /// E080410, for an MPxN, asks whether the sender is the Registered Supplier of the MPxN now in
  /// the same field, where there is one.
  ///
  /// Source: DP213. An empty field holds; a field of which nothing has been said is unknown. Rows
  /// held but none in force: nobody is the Registered Supplier, so the check holds (inferred from
  /// "where there is one").
  static let e080410 = Rule(.e080410) { facts in
    guard facts.device != nil else { return .unknown(.deviceNotKnown, missing: .device) }
    guard let place = facts.place else {
      return .unknown(.placeNotKnown, missing: .heldMPxN)
    }
    guard let held = facts.held else {
      let seen = Fact(
        .emptyPlace, .text(facts.field.rawValue), from: .position(place.position))
      return .holds(.placeIsEmpty, [seen])
    }
    let value = Fact(.heldMPxN, .token(held.value), from: .position(held.position))
    switch facts.heldRegistration {
    case .notHeld:
      return .unknown(.registrationNotHeld, [value], missing: .registration)
    case .disagree(let rows):
      return .unknown(
        .registrationsDisagree,
        [value] + rows.flatMap { facts.facts(about: $0, next: nil) }, missing: .registration)
    case .nobody(let next, _):
      return .holds(
        .nobodyIsRegistered, [value] + (next.map(facts.facts(aboutNext:)) ?? []), inferred: true)
    case .registered(let registration, let next):
      let evidence = [value] + facts.facts(about: registration, next: next)
      guard let user = facts.user else {
        return .unknown(.senderNotKnown, evidence, missing: .sender)
      }
      guard user.status == .active else {
        return .fails(.senderNotActive, evidence + facts.senderFacts, inferred: true)
      }
      if facts.isSender(registration) {
        return .holds(.senderIsRegistered, evidence + facts.senderFacts)
      }
      return .fails(
        .anotherIsRegistered, evidence + facts.senderFacts,
        retry: facts.senderRegistered(in: facts.heldRows).map(Finding.Retry.from) ?? .no)
    }
  }
}
