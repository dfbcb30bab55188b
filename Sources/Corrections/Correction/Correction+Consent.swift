extension Correction {
  func consent(by actor: CorrectionActor, given facts: MPxNFacts) throws(Refusal) -> [Event] {
    let asked = try asked(actor)
    for state in asked where !facts.suppliers(state.side).contains(state.party) {
      throw .consentLapsed(id, party: state.party, side: state.side)
    }
    return asked.map { state in
      .consentGiven(
        ConsentGiven(
          correction: id, deviceID: deviceID, requester: requester, consent: state.consent,
          asked: state.asked, byAsking: false))
    }
  }

  func refuse(by actor: CorrectionActor, _ reason: String) throws(Refusal) -> [Event] {
    try asked(actor).compactMap { state in
      state.asked.map { asked in
        .consentRefused(
          ConsentRefused(
            correction: id, deviceID: deviceID, requester: requester, consent: state.consent,
            asked: asked,
            reason: reason))
      }
    }
  }

  /// The consents that this actor's party is asked for.
  private func asked(_ actor: CorrectionActor) throws(Refusal) -> [ConsentState] {
    let mine = pendingConsents.filter { $0.party == actor.party }
    guard !mine.isEmpty else {
      throw .notAsked(party: actor.party, asked: pendingConsents.map(\.party))
    }
    return mine
  }

  /// Works out the route anew: consents of parties that are no longer registered lapse, and whoever
  /// is registered now is asked.
  ///
  /// Nothing happens while the facts lead where they led. Who refused is asked again by the DCC
  /// only.
  func readvise(by actor: CorrectionActor, given facts: MPxNFacts) throws(Refusal) -> [Event] {
    if !actor.roles.contains(.dcc) { try actor.mustBe(oneOf: reporters, to: .advise) }
    guard let advice = RouteAdvice(forRequester: requester, given: facts) else { return [] }
    let current = consents.filter { $0.answer.stands || $0.answer == .asked }
    let still = current.filter { state in advice.consents.contains(where: state.answers) }
    let isUnchanged =
      advice.leadsWhere(self.advice) && still.count == current.count
      && (proposal.map { $0.expected == facts.heldValue } ?? true)
    let isHeldUp = state == .open && !advice.consents.isEmpty
    guard !isUnchanged || isHeldUp else { return [] }
    if isUnchanged, let refused = consents.last(where: { $0.answer == .refused }) {
      guard actor.roles.contains(.dcc) else { throw .refusedAlready(id, party: refused.party) }
    }
    let gone = current.filter { !still.contains($0) }
    return lapse(gone, given: facts) { state in
      if !facts.suppliers(state.side).contains(state.party) { return .supplierChanged }
      let value = state.side == .held ? facts.held?.value : facts.wanted
      return value == state.mpxn ? .notNeeded : .valueChanged
    }
      + Correction.advise(
        id, deviceID, requester: requester, asking: actor.party, by: actor.user, standing: still,
        given: facts)
  }

  /// Lets go of consents that were given or asked for.
  func lapse(
    _ states: [ConsentState], given facts: MPxNFacts,
    because reason: (ConsentState) -> ConsentLapsed.Because
  ) -> [Event] {
    states.map { state in
      .consentLapsed(
        ConsentLapsed(
          correction: id, deviceID: deviceID, requester: requester, consent: state.consent,
          because: reason(state), asked: state.asked, shownBy: facts.registrations))
    }
  }
}

extension Correction.ConsentState {
  /// Whether it is, or when given will be, the agreement that is needed.
  func answers(_ needed: RouteAdvice.Consent) -> Bool {
    party == needed.party && side == needed.side && mpxn == needed.mpxn
  }
}

extension RouteAdvice {
  /// Whether it says the same of who acts and agrees; a newer import that names the same suppliers
  /// changes nothing.
  func leadsWhere(_ other: RouteAdvice?) -> Bool {
    guard let other else { return false }
    func agreed(_ consents: [Consent]) -> [[String]] {
      consents.map { [$0.side.rawValue, $0.party, $0.mpxn.text] }
    }
    return route == other.route && because == other.because && party == other.party
      && until == other.until && otherDevices == other.otherDevices
      && agreed(consents) == agreed(other.consents)
  }
}
