extension MPxNFacts {
  /// Whether the sender's party is the Registered Supplier of a meter point, which E080410 asks of the
  /// one held and E080415 of the one wanted.
  ///
  /// `nobody` says what it means when rows are held and none is in force.
  func senderIsSupplier(
    by answer: RegistrationAnswer, of rows: [Registration], evidence value: Fact,
    nobody: (_ evidence: [Fact], _ retry: Finding.Retry) -> Verdict
  ) -> Verdict {
    let retry = senderRegistered(in: rows).map(Finding.Retry.from) ?? .no
    switch answer {
    case .notHeld: return .unknown(.registrationNotHeld, [value], missing: .registration)
    case .disagree(let rows):
      return .unknown(
        .registrationsDisagree, [value] + rows.flatMap { facts(about: $0, next: nil) },
        missing: .registration)
    case .nobody(let next, _):
      return nobody([value] + (next.map(facts(aboutNext:)) ?? []), retry)
    case .registered(let registration, let next):
      let evidence = [value] + facts(about: registration, next: next)
      guard user != nil else { return .unknown(.senderNotKnown, evidence, missing: .sender) }
      return isSender(registration)
        ? .holds(.senderIsRegistered, evidence + senderFacts)
        : .fails(.anotherIsRegistered, evidence + senderFacts, retry: retry)
    }
  }
}
