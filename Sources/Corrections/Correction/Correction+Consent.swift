extension Correction {
  func consent(by actor: CorrectionActor, given facts: CorrectionFacts) throws(Refusal) -> [Event] {
    let asked = try asked(actor)
    for state in asked where !facts.suppliers(state.side).contains(state.party) {
      throw .consentLapsed(id, party: state.party, side: state.side)
    }
    return asked.map { given($0, byAsking: false) }
  }

  /// That an agreement that was asked for is given.
  func given(_ state: ConsentState, byAsking: Bool) -> Event {
    .consentGiven(
      ConsentGiven(
        correction: id, deviceID: deviceID, requester: requester, consent: state.consent,
        asked: state.asked, byAsking: byAsking))
  }

  func refuse(by actor: CorrectionActor, _ reason: String) throws(Refusal) -> [Event] {
    try asked(actor).compactMap { state in
      state.asked.map { asked in
        .consentRefused(
          ConsentRefused(
            correction: id, deviceID: deviceID, requester: requester, consent: state.consent,
            asked: asked, reason: reason))
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

  /// Works out the route anew for somebody who asks.
  func readvise(by actor: CorrectionActor, given facts: CorrectionFacts) throws(Refusal) -> [Event]
  {
    if !actor.roles.contains(.dcc) { try actor.mustBe(oneOf: reporters, to: .advise) }
    return try anew(asking: actor, by: actor.user, given: facts)
  }

  /// Works out the route anew: consents of parties that are no longer registered lapse, and whoever
  /// is registered now is asked.
  ///
  /// Nothing happens while the facts lead where they led. Who refused is asked again by the DCC
  /// only; without an actor it is the program that looks.
  func anew(
    asking actor: CorrectionActor?, by user: String?, given facts: CorrectionFacts
  ) throws(Refusal) -> [Event] {
    guard let advice = RouteAdvice(forRequester: requester, given: facts) else {
      return leftRing(given: facts)
    }
    let isUnchanged = isWhereItLed(advice, given: facts)
    // Somebody who is needed is asked no more, having refused.
    let isHeldUp = !advice.consents.allSatisfy { needed in
      lastingConsents.contains { $0.answers(needed) }
    }
    guard
      !isUnchanged || !isLinkedAsRing(facts.ring) || (isHeldUp && (actor != nil || !wasRefused))
    else { return [] }
    if isUnchanged, let refused = consents.last(where: { $0.answer == .refused }) {
      guard actor?.roles.contains(.dcc) ?? false else {
        throw .refusedAlready(id, party: refused.party)
      }
    }
    return led(by: advice, asking: actor?.party, by: user, given: facts)
  }

  /// The consents that were given or asked for and have not lapsed.
  var lastingConsents: [ConsentState] {
    consents.filter { $0.answer.stands || $0.answer == .asked }
  }

  /// Whether an advice of now says what the last one said, of the value that is to be replaced and of
  /// everybody who was asked.
  func isWhereItLed(_ advice: RouteAdvice, given facts: CorrectionFacts) -> Bool {
    advice.leadsWhere(self.advice)
      && lastingConsents.allSatisfy { state in
        advice.consents.contains(where: state.answers) && isOwn(state, given: facts)
      }
      && (proposal.map { $0.expected == facts.heldValue } ?? true)
  }

  /// What follows from an advice of now: consents that it no longer needs lapse, and whoever it needs
  /// is asked.
  func led(
    by advice: RouteAdvice, asking: String?, by user: String?, given facts: CorrectionFacts
  ) -> [Event] {
    let still = lastingConsents.filter { state in
      advice.consents.contains(where: state.answers) && isOwn(state, given: facts)
    }
    let gone = lastingConsents.filter { !still.contains($0) }
    return parted(given: facts)
      + lapse(gone, given: facts) { state in
        if !facts.suppliers(state.side).contains(state.party) { return .supplierChanged }
        let value = state.side == .held ? facts.heldValue?.mpxn : facts.wanted.mpxn
        if value != state.mpxn { return .valueChanged }
        return isOwn(state, given: facts) ? .notNeeded : .ringGone
      } + advised(asking: asking, by: user, standing: still, given: facts)
  }

  /// Whether an agreement was given for this correction, or in one that makes a ring with it now.
  func isOwn(_ state: ConsentState, given facts: CorrectionFacts) -> Bool {
    state.answer != .byAsking || reporters.contains(state.party)
      || Ring(facts.ring, closedBy: id).has(agreed: state.consent)
  }

  /// Whether it is linked with those that make a ring with it, and with nobody else.
  func isLinkedAsRing(_ ring: [Correction]) -> Bool { Set(linked) == Set(ring.map(\.id)) }

  /// That it makes a ring with some others no more; they go on by themselves.
  func parted(given facts: CorrectionFacts) -> [Event] {
    let gone = linked.filter { other in !facts.ring.contains { $0.id == other } }
    return gone.isEmpty ? [] : [step(.unlinked(from: gone), by: Actor.ledger.party)]
  }

  /// That, and that what others agreed to in the ring counts no more.
  func leftRing(given facts: CorrectionFacts) -> [Event] {
    parted(given: facts)
      + lapse(lastingConsents.filter { !isOwn($0, given: facts) }, given: facts) { _ in .ringGone }
  }

  /// Lets go of consents that were given or asked for.
  func lapse(
    _ states: [ConsentState], given facts: CorrectionFacts,
    because reason: (ConsentState) -> ConsentLapsed.Because
  ) -> [Event] {
    states.map { state in
      .consentLapsed(
        ConsentLapsed(
          correction: id, deviceID: deviceID, requester: requester, consent: state.consent,
          because: reason(state), asked: state.asked, shownBy: facts.registrations))
    }
  }

  /// The route that the facts leave open for this thread, who is asked, and the ring it closes.
  func advised(
    asking: String?, by user: String?, standing: [ConsentState], given facts: CorrectionFacts
  ) -> [Event] {
    Correction.advise(
      id, deviceID, requester: requester, asking: asking, by: user, standing: standing,
      linked: linked, given: facts)
  }
}

extension Correction.ConsentState {
  /// Whether it is, or when given will be, the agreement that is needed.
  func answers(_ needed: RouteAdvice.Consent) -> Bool {
    party == needed.party && side == needed.side && mpxn == needed.mpxn
  }
}

extension RouteAdvice {
  /// Whether an agreement that was asked for or given is needed still, or may be once it is known who
  /// else must agree.
  func keeps(_ state: Correction.ConsentState) -> Bool {
    because == .supplierPartyNotKnown || consents.contains(where: state.answers)
  }

  /// Whether it says the same of who acts and agrees; a newer import that names the same suppliers
  /// changes nothing.
  func leadsWhere(_ other: RouteAdvice?) -> Bool {
    guard let other else { return false }
    func agreed(_ consents: [Consent]) -> [[String]] {
      consents.map { [$0.side.rawValue, $0.party, $0.mpxn.text] }
    }
    return route == other.route && because == other.because && party == other.party
      && user == other.user && until == other.until && otherDevices == other.otherDevices
      && agreed(consents) == agreed(other.consents)
  }
}
