extension Rule {
  /// E080415 asks whether the sender is the Registered Supplier of the new MPxN.
  ///
  /// Source: DP213. Judged at the request's time, on the registrations held then.
  static let e080415 = Rule(
    .e080415,
    mpxn: { facts in
      let value = Fact(.wantedMPxN, .token(facts.wanted))
      guard facts.device != nil else {
        return .unknown(.deviceNotKnown, [value], missing: .device)
      }
      switch facts.wantedRegistration {
      case .notHeld:
        return .unknown(.registrationNotHeld, [value], missing: .registration)
      case .disagree(let rows):
        return .unknown(
          .registrationsDisagree,
          [value] + rows.flatMap { facts.facts(about: $0, next: nil) }, missing: .registration)
      case .nobody(let next, _):
        return .fails(
          .nobodyIsRegistered, [value] + (next.map(facts.facts(aboutNext:)) ?? []),
          retry: facts.senderRegistered(in: facts.wantedRows).map(Finding.Retry.from) ?? .no)
      case .registered(let registration, let next):
        let evidence = [value] + facts.facts(about: registration, next: next)
        guard facts.user != nil else {
          return .unknown(.senderNotKnown, evidence, missing: .sender)
        }
        if facts.isSender(registration) {
          return .holds(.senderIsRegistered, evidence + facts.senderFacts)
        }
        return .fails(
          .anotherIsRegistered, evidence + facts.senderFacts,
          retry: facts.senderRegistered(in: facts.wantedRows).map(Finding.Retry.from) ?? .no)
      }
    })
}
