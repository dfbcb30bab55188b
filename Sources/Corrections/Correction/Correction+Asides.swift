extension Correction {
  /// A step of this thread.
  func step(_ what: CorrectionStep.What, by party: String) -> Event {
    .correctionStep(
      CorrectionStep(
        correction: id, deviceID: deviceID, requester: requester, party: party, what: what))
  }

  /// The DCC, or a party that has to do with it, asks another one something.
  func ask(
    _ party: String?, _ question: String, by actor: CorrectionActor
  ) throws(Refusal) -> [Event] {
    if !actor.roles.contains(.dcc) { try actor.mustBe(oneOf: parties.sorted(), to: .inform) }
    if let pending = self.question { throw .askedAlready(id, party: pending.of) }
    let party = party ?? requester
    guard party != actor.party, parties.contains(party) else {
      throw .notInvolved(id, party: party, involved: parties.subtracting([actor.party]).sorted())
    }
    return [step(.informationRequested(of: party, question: question), by: actor.party)]
  }

  func inform(_ answer: String, by actor: CorrectionActor) throws(Refusal) -> [Event] {
    guard let question else { throw .nothingAsked(id) }
    // Whoever asked, or the DCC, can let a question go.
    if !actor.roles.contains(.dcc) {
      try actor.mustBe(oneOf: [question.of, question.by], to: .inform)
    }
    return [step(.informationSupplied(answer: answer), by: actor.party)]
  }

  /// A supplier that reported it says that its customer has a plan: the first time counts.
  func plan(by actor: CorrectionActor) throws(Refusal) -> [Event] {
    try actor.mustBe(oneOf: reporters, to: .plan)
    guard actor.roles.contains(where: \.isOfDUIS) else {
      throw .roleNeeded(.plan, .importSupplier, of: actor.user ?? actor.party)
    }
    return plan == nil ? [step(.planGiven, by: actor.party)] : []
  }

  /// Another value is wanted: who agreed to the old one is asked anew where it is needed still.
  func change(
    by actor: CorrectionActor, _ reason: String?, given facts: CorrectionFacts
  ) throws(Refusal) -> [Event] {
    if !actor.roles.contains(.dcc) { try actor.mustBe(oneOf: [requester], to: .change) }
    guard facts.wanted != requested else { return [] }
    if let held = facts.heldValue, held.brings(facts.wanted) {
      throw .alreadyHeld(deviceID: deviceID, field: field)
    }
    let changed = step(
      .requestedValueChanged(from: requested, to: facts.wanted, reason: reason), by: actor.party)
    return [changed] + parted(given: facts)
      + lapse(lastingConsents, given: facts) { _ in .valueChanged }
      + advised(asking: actor.party, by: actor.user, standing: [], given: facts)
  }

  /// The DCC found that two corrections are about one fault; the other one goes on.
  func merge(
    into other: Correction, by actor: CorrectionActor, _ reason: String
  ) throws(Refusal) -> [Event] {
    try actor.mustHave(.dcc, to: .merge)
    guard other.id != id, other.isOpen else { throw .notOpen(other.id, other.state) }
    guard other.knownDevice == deviceID else { throw .otherDevice(id, other.id) }
    guard field == other.field || field == .other else { throw .otherField(id, field) }
    return [
      step(
        .merged(into: other.id, reporters: reporters, requests: requests, reason: reason),
        by: actor.party)
    ]
  }

  func escalate(by actor: CorrectionActor, _ reason: String) throws(Refusal) -> [Event] {
    if !actor.roles.contains(.dcc) { try actor.mustBe(oneOf: parties.sorted(), to: .escalate) }
    guard !isEscalated else { throw .escalatedAlready(id) }
    return [step(.incidentRaised(because: .asked, reason: reason), by: actor.party)]
  }

  /// The Incident is closed without a fix: the route is worked out anew.
  ///
  /// What was proposed stays where it needs no Incident and nothing has changed: the DSP may be making
  /// the change.
  func closeIncident(
    by actor: CorrectionActor, _ outcome: String, given facts: CorrectionFacts
  ) throws(Refusal) -> [Event] {
    try actor.mustHave(.dcc, to: .escalate)
    guard isEscalated else { throw .notEscalated(id) }
    let closed = step(.incidentClosed(outcome: outcome), by: actor.party)
    guard let advice = RouteAdvice(forRequester: requester, given: facts) else { return [closed] }
    let isByHand = [.twoSupplier, .manual].contains(advice.route)
    if proposal != nil, isByHand, isWhereItLed(advice, given: facts) { return [closed] }
    return [closed] + led(by: advice, asking: nil, by: actor.user, given: facts)
  }

  func categorise(_ number: Int, by actor: CorrectionActor) throws(Refusal) -> [Event] {
    try actor.mustHave(.dcc, to: .categorise)
    return number == category ? [] : [step(.categorySet(number), by: actor.party)]
  }

  func refer(
    _ system: ReferenceSystem, _ document: String, by actor: CorrectionActor
  ) throws(Refusal) -> [Event] {
    if !actor.roles.contains(.dcc) { try actor.mustBe(oneOf: parties.sorted(), to: .reference) }
    return [step(.referenceAdded(system, reference: document), by: actor.party)]
  }
}
