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
    if actor.user == proposal.proposedBy {
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
    for consent in consents where consent.answer.stands {
      guard facts.supplier(consent.side) == consent.party else {
        throw .consentLapsed(id, party: consent.party, side: consent.side)
      }
    }
    for (side, value) in [(ConsentSide.held, facts.held?.value), (.wanted, requested)] {
      guard let value, let party = facts.supplier(side) else { continue }
      let hasAgreed = consents.contains {
        $0.answer.stands && $0.party == party && $0.mpxn == value
      }
      if !hasAgreed { throw .consentMissing(id, party: party, side: side) }
    }
    for rule in [Rule.e080413, .e080414] {
      let finding = rule.finding(given: facts)
      guard finding.answer == .holds else { throw .checkFails(id, finding) }
    }
    return [
      .manualFixApplied(
        ManualFixApplied(correction: id, deviceID: deviceID, proposal: proposal.position)),
      .mpxnUpdated(
        MPxNUpdated(
          deviceID: deviceID, field: field, from: proposal.expected, to: proposal.new,
          basis: .manual, requestID: nil, correction: id)),
    ]
  }

  func verify(by actor: CorrectionActor, given facts: MPxNFacts) throws(Refusal) -> [Event] {
    try actor.mustHave(.dcc, to: .verify)
    guard let found = facts.held, found.value == requested else {
      return [
        .fixNotFound(
          FixNotFound(
            correction: id, deviceID: deviceID, field: field, found: facts.held?.value))
      ]
    }
    return [
      .fixVerified(
        FixVerified(
          correction: id, deviceID: deviceID, field: field, found: found.value,
          evidence: found.position)),
      .correctionResolved(
        CorrectionResolved(correction: id, deviceID: deviceID, how: .manualFix)),
    ]
  }

  func resolve(
    _ how: CorrectionResolved.How, by actor: CorrectionActor, given facts: MPxNFacts
  ) throws(Refusal) -> [Event] {
    try actor.mustHave(.dcc, to: .resolve)
    switch how {
    case .serviceRequest, .manualFix:
      guard facts.held?.value == requested else { throw .notHeldYet(id, field: field) }
    case .registration, .noFault: break
    }
    return [.correctionResolved(CorrectionResolved(correction: id, deviceID: deviceID, how: how))]
  }

  /// What an accepted request that brings the wanted value means for this thread.
  public func healed(by update: MPxNUpdated) -> [Event] {
    guard isOpen, update.deviceID == deviceID, update.field == field, update.to == requested
    else { return [] }
    return [
      .correctionResolved(
        CorrectionResolved(correction: id, deviceID: deviceID, how: .serviceRequest))
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
