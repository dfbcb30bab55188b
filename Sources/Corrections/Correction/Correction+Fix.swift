extension Correction {
  func propose(by actor: CorrectionActor, given facts: MPxNFacts) throws(Refusal) -> [Event] {
    try actor.mustHave(.dcc, to: .propose)
    guard let held = facts.heldValue else { throw .valueNotKnown(id, field: field) }
    if held.mpxn == requested { throw .alreadyHeld(deviceID: deviceID, field: field) }
    try mustBeAgreed(given: facts)
    return [
      .manualFixProposed(
        ManualFixProposed(
          correction: id, deviceID: deviceID, requester: requester, party: actor.party,
          field: field, expected: held,
          new: requested))
    ]
  }

  func approve(by actor: CorrectionActor, given facts: MPxNFacts) throws(Refusal) -> [Event] {
    try actor.mustHave(.dcc, to: .approve)
    guard let proposal else { return [] }
    if actor.isUser(proposal.proposedBy) {
      throw .proposerCannotApprove(user: actor.user ?? actor.party)
    }
    try mustStandAsExpected(proposal, given: facts)
    try mustBeAgreed(given: facts)
    return [
      .manualFixApproved(
        ManualFixApproved(
          correction: id, deviceID: deviceID, requester: requester, party: actor.party,
          proposal: proposal.position))
    ]
  }

  func decline(by actor: CorrectionActor, _ reason: String) throws(Refusal) -> [Event] {
    guard let proposal else { return [] }
    if !actor.roles.contains(.dsp) { try actor.mustHave(.dcc, to: .decline) }
    return [
      .manualFixDeclined(
        ManualFixDeclined(
          correction: id, deviceID: deviceID, requester: requester, party: actor.party,
          proposal: proposal.position,
          reason: reason))
    ]
  }

  /// Compare-and-set by a third person: the SMI still holds what the proposal saw, type and status
  /// still allow it, the route still ends in a fix by hand, and everybody it needs has agreed.
  func apply(by actor: CorrectionActor, given facts: MPxNFacts) throws(Refusal) -> [Event] {
    try actor.mustHave(.dsp, to: .apply)
    guard let proposal else { return [] }
    if actor.isUser(proposal.proposedBy) || actor.isUser(proposal.approvedBy) {
      throw .anotherPersonApplies(user: actor.user ?? actor.party)
    }
    try mustStandAsExpected(proposal, given: facts)
    for rule in [Rule.e080413, .e080414] {
      let finding = rule.finding(given: facts)
      guard finding.answer == .holds else { throw .checkFails(id, finding) }
    }
    try mustBeAgreed(given: facts)
    let applied = Event.manualFixApplied(
      ManualFixApplied(
        correction: id, deviceID: deviceID, requester: requester, party: actor.party,
        proposal: proposal.position))
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

  /// Looks at what the inventory says of a time when the fix had been applied.
  ///
  /// In an authority that is the ledger's own entry; an observer needs a look that came after.
  func verify(by actor: CorrectionActor, given facts: MPxNFacts) throws(Refusal) -> [Event] {
    try actor.mustHave(.dcc, to: .verify)
    let applied = proposal?.applied ?? 0
    let since = proposal?.appliedAt ?? openedAt
    guard let said = facts.device?.history(field).said(since: since, after: applied) else {
      throw .notSeenSince(id, position: applied)
    }
    guard let found = facts.held, found.value == requested else {
      return [
        .fixNotFound(
          FixNotFound(
            correction: id, deviceID: deviceID, requester: requester, party: actor.party,
            field: field,
            found: facts.heldValue, evidence: said))
      ]
    }
    return [
      .fixVerified(
        FixVerified(
          correction: id, deviceID: deviceID, requester: requester, party: actor.party,
          field: field,
          found: found.value, evidence: said)),
      .correctionResolved(
        CorrectionResolved(
          correction: id, deviceID: deviceID, requester: requester, how: .manualFix,
          evidence: said)),
    ]
  }

  private func mustStandAsExpected(
    _ proposal: Proposal, given facts: MPxNFacts
  ) throws(Refusal) {
    guard facts.heldValue == proposal.expected else {
      throw .movedOn(
        id, field: field, expected: proposal.expected.mpxn, found: facts.held?.value)
    }
  }

  /// The route still ends in a fix by hand, and everybody whose agreement it needs has agreed.
  private func mustBeAgreed(given facts: MPxNFacts) throws(Refusal) {
    for consent in consents where consent.answer.stands && consent.side == .held {
      guard facts.held?.value == consent.mpxn else {
        throw .movedOn(id, field: field, expected: consent.mpxn, found: facts.held?.value)
      }
    }
    for consent in consents where consent.answer.stands {
      guard facts.suppliers(consent.side).contains(consent.party) else {
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
}

extension CorrectionActor {
  /// Whether it is that user, in whatever letters the id is written.
  func isUser(_ id: String?) -> Bool {
    guard let id, let user else { return false }
    return id.uppercased() == user.uppercased()
  }
}

extension MPxNFacts {
  /// The parties that the registrations in force name for the value held or wanted.
  func suppliers(_ side: ConsentSide) -> [String] {
    let answer =
      switch side {
      case .held: heldRegistration
      case .wanted: wantedRegistration
      }
    return switch answer {
    case .registered(let row, _): [party(of: row)]
    case .disagree(let rows): rows.map(party(of:))
    case .notHeld, .nobody: []
    }
  }
}
