extension Correction {
  func assign(_ owner: String, _ reason: String?, by actor: CorrectionActor) throws(Refusal)
    -> [Event]
  {
    try actor.mustHave(.dcc, to: .assign)
    guard let current = self.owner else {
      return [.ownerAssigned(OwnerAssigned(correction: id, deviceID: deviceID, owner: owner))]
    }
    guard current != owner else { throw .ownedAlready(id, owner: owner) }
    guard let reason else { throw .reasonNeeded(.assign) }
    return [
      .ownershipTransferred(
        OwnershipTransferred(
          correction: id, deviceID: deviceID, from: current, to: owner, reason: reason))
    ]
  }

  func propose(by actor: CorrectionActor, given facts: MPxNFacts) throws(Refusal) -> [Event] {
    try actor.mustHave(.dcc, to: .propose)
    guard facts.place != nil else { throw .valueNotKnown(id, field: field) }
    let held = facts.held?.value
    if held == requested { throw .alreadyHeld(deviceID: deviceID, field: field) }
    // Where somebody agreed to let a value go, that is the value.
    for consent in consents where consent.answer.stands && consent.side == .held {
      try standsAsExpected(consent.mpxn, facts)
    }
    return [
      .manualFixProposed(
        ManualFixProposed(
          correction: id, deviceID: deviceID, field: field, expected: held, new: requested))
    ]
  }

  func approve(by actor: CorrectionActor) throws(Refusal) -> [Event] {
    try actor.mustHave(.dcc, to: .approve)
    guard let proposal else { return [] }
    if actor.user.map({ $0.uppercased() }) == proposal.proposedBy?.uppercased() {
      throw .proposerCannotApprove(user: actor.user ?? actor.party)
    }
    return [
      .manualFixApproved(
        ManualFixApproved(correction: id, deviceID: deviceID, proposal: proposal.position))
    ]
  }

  func decline(by actor: CorrectionActor, _ reason: String) throws(Refusal) -> [Event] {
    guard let proposal else { return [] }
    if !actor.roles.contains(.dsp) { try actor.mustHave(.dcc, to: .decline) }
    return [
      .manualFixDeclined(
        ManualFixDeclined(
          correction: id, deviceID: deviceID, proposal: proposal.position, reason: reason))
    ]
  }

  /// Compare-and-set: the SMI still holds what the proposal saw, every consent still names the
  /// Registered Supplier, each Registered Supplier has agreed, and type and status still allow it.
  func apply(by actor: CorrectionActor, given facts: MPxNFacts) throws(Refusal) -> [Event] {
    try actor.mustHave(.dsp, to: .apply)
    guard let proposal else { return [] }
    try standsAsExpected(proposal.expected, facts)
    for rule in [Rule.e080413, .e080414] {
      let finding = rule.finding(given: facts)
      guard finding.answer == .holds else { throw .checkFails(id, finding) }
    }
    try mustStillBeAgreed(given: facts)
    let applied = Event.manualFixApplied(
      ManualFixApplied(correction: id, deviceID: deviceID, proposal: proposal.position))
    switch facts.mode {
    case .observer: return [applied]
    case .authority:
      return [
        applied,
        .mpxnUpdated(
          MPxNUpdated(
            deviceID: deviceID, field: field, from: proposal.expected, to: proposal.new,
            basis: .manual, requestID: nil, correction: id)),
      ]
    }
  }

  /// The route still ends in a fix by hand, and everybody whose agreement it needs has agreed.
  private func mustStillBeAgreed(given facts: MPxNFacts) throws(Refusal) {
    for consent in consents where consent.answer.stands {
      guard facts.supplier(consent.side) == consent.party else {
        throw .consentLapsed(id, party: consent.party, side: consent.side)
      }
    }
    guard let advice = RouteAdvice(forRequester: requester, given: facts) else {
      throw .routeChanged(id, nil)
    }
    switch advice.route {
    case .twoSupplier where advice.consents.isEmpty: throw .routeChanged(id, advice.route)
    case .twoSupplier, .manual: break
    case .selfServe, .installingSupplier, .preNotifier, .registration, .incident:
      throw .routeChanged(id, advice.route)
    }
    for needed in advice.consents {
      guard consents.contains(where: { $0.answer.stands && $0.answers(needed) }) else {
        throw .consentMissing(id, party: needed.party, side: needed.side)
      }
    }
  }

  /// Looks at what the inventory said after the fix was applied.
  func verify(by actor: CorrectionActor, given facts: MPxNFacts) throws(Refusal) -> [Event] {
    try actor.mustHave(.dcc, to: .verify)
    let applied = proposal?.applied ?? 0
    guard let said = facts.device?.history(field).lastSaidAt, said > applied else {
      throw .notSeenSince(id, position: applied)
    }
    guard let found = facts.held, found.value == requested else {
      return [
        .fixNotFound(
          FixNotFound(
            correction: id, deviceID: deviceID, field: field, found: facts.held?.value,
            evidence: said))
      ]
    }
    return [
      .fixVerified(
        FixVerified(
          correction: id, deviceID: deviceID, field: field, found: found.value, evidence: said)),
      .correctionResolved(
        CorrectionResolved(correction: id, deviceID: deviceID, how: .manualFix, evidence: said)),
    ]
  }

  private func standsAsExpected(_ expected: Token?, _ facts: MPxNFacts) throws(Refusal) {
    guard facts.held?.value == expected else {
      throw .movedOn(id, field: field, expected: expected, found: facts.held?.value)
    }
  }
}

extension MPxNFacts {
  /// The party that is Registered Supplier of the value held or wanted, where one is.
  fileprivate func supplier(_ side: ConsentSide) -> String? {
    let answer =
      switch side {
      case .held: heldRegistration
      case .wanted: wantedRegistration
      }
    return answer.registration.map(party(of:))
  }
}
