extension Correction {
  func propose(
    by actor: CorrectionActor, explaining explanation: String?, given facts: CorrectionFacts
  ) throws(Refusal) -> [Event] {
    try actor.mustHave(.dcc, to: .propose)
    guard requested.isValue else { throw .noValue(id) }
    guard let held = facts.heldValue else { throw .valueNotKnown(id, field: field) }
    if held.brings(requested) { throw .alreadyHeld(deviceID: deviceID, field: field) }
    try mustBeAgreed(given: facts)
    try mustBeExplained(explanation, given: facts)
    // What the checks on applying would stop is not proposed.
    _ = try changes(from: held, to: requested, given: facts)
    let elsewhere = facts.heldElsewhere
    return [
      .manualFixProposed(
        ManualFixProposed(
          correction: id, deviceID: deviceID, requester: requester, party: actor.party,
          field: field, expected: held, new: requested, otherDevices: elsewhere,
          explanation: elsewhere.isEmpty ? nil : explanation))
    ]
  }

  func approve(by actor: CorrectionActor, given facts: CorrectionFacts) throws(Refusal) -> [Event] {
    try actor.mustHave(.dcc, to: .approve)
    guard let proposal else { return [] }
    if actor.isUser(proposal.proposer) {
      throw .proposerCannotApprove(user: actor.user ?? actor.party)
    }
    try mustStandAsExpected(proposal, given: facts)
    try mustBeAgreed(given: facts)
    try mustBeExplained(proposal.explanation, given: facts)
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
  /// still allow it, the route still ends in a fix by hand, everybody it needs has agreed, and no
  /// other device has come to hold the value.
  ///
  /// In an authority the change is the ledger's own, so it can't be said of a time before the newest
  /// that is known of the field: it would change nothing.
  func apply(
    by actor: CorrectionActor, at time: Instant, given facts: CorrectionFacts
  ) throws(Refusal) -> [Event] {
    try actor.mustHave(.dsp, to: .apply)
    if facts.mode == .authority, let newest = facts.device?.knownFrom(of: field), time < newest {
      throw .newerIsKnown(id, field: field, given: time, newest: newest)
    }
    guard let proposal else { return [] }
    if actor.isUser(proposal.proposer) || actor.isUser(proposal.approver) {
      throw .anotherPersonApplies(user: actor.user ?? actor.party)
    }
    try mustStandAsExpected(proposal, given: facts)
    let changes = try changes(from: proposal.expected, to: proposal.new, given: facts)
    try mustBeAgreed(given: facts)
    try mustBeExplained(proposal.explanation, given: facts)
    let applied = Event.manualFixApplied(
      ManualFixApplied(
        correction: id, deviceID: deviceID, requester: requester, party: actor.party,
        proposal: proposal.position))
    return facts.mode == .authority ? [applied] + changes : [applied]
  }

  /// What the DSP could not do; the DCC has it again.
  func fail(by actor: CorrectionActor, _ reason: String) throws(Refusal) -> [Event] {
    try actor.mustHave(.dsp, to: .fail)
    guard let proposal else { return [] }
    return [
      step(.manualFixFailed(proposal: proposal.position, reason: reason), by: actor.party)
    ]
  }

  /// The change of the inventory that the fix is, where the checks on it hold.
  func changes(
    from expected: EntryValue, to new: EntryValue, given facts: CorrectionFacts
  ) throws(Refusal) -> [Event] {
    if facts.mpxn?.wantedIsErased == true { throw .wantedErased(id) }
    if let mpxn = facts.mpxn {
      for rule in [Rule.e080413, .e080414] {
        let finding = rule.finding(given: mpxn)
        guard finding.answer == .holds else { throw .checkFails(id, finding) }
      }
    }
    switch (new, field.mpxn) {
    case (.mpxn(let token), let place?):
      return [
        .mpxnUpdated(
          MPxNUpdated(
            deviceID: deviceID, field: place, from: expected.mpxn.map(FieldValue.mpxn) ?? .empty,
            to: token, basis: .manual, requestID: nil, correction: id))
      ]
    case (.empty, let place?):
      return [
        .mpxnCleared(
          MPxNCleared(
            deviceID: deviceID, field: place, from: expected.mpxn.map(FieldValue.mpxn),
            basis: .manual, correction: id))
      ]
    case (.status(let status), _):
      let from: DeviceStatus? = if case .status(let held) = expected { held } else { nil }
      return [
        .deviceStatusChanged(
          DeviceStatusChanged(
            deviceID: deviceID, from: from, to: status, basis: .manual, requestID: nil,
            correction: id))
      ]
    case (.details(let details), _):
      return [
        .deviceDetailsUpdated(
          DeviceDetailsUpdated(
            deviceID: deviceID, details: details, basis: .manual, requestID: nil, correction: id))
      ]
    case (.listed(false), _):
      return [
        .deviceDeleted(
          DeviceDeleted(deviceID: deviceID, basis: .manual, requestID: nil, correction: id))
      ]
    case (.mpxn, nil), (.empty, nil), (.listed(true), _), (.text, _): throw .noValue(id)
    }
  }

  /// Looks at what the inventory says of a time when the fix had been applied.
  ///
  /// In an authority that is the ledger's own entry; an observer needs a look that came after.
  func verify(by actor: CorrectionActor, given facts: CorrectionFacts) throws(Refusal) -> [Event] {
    try actor.mustHave(.dcc, to: .verify)
    let applied = proposal?.applied ?? 0
    let since = proposal?.appliedAt ?? openedAt
    guard let said = facts.device?.said(of: field, since: since, after: applied) else {
      throw .notSeenSince(id, position: applied)
    }
    guard let found = facts.heldValue, found.brings(requested) else {
      let notFound = Event.fixNotFound(
        FixNotFound(
          correction: id, deviceID: deviceID, requester: requester, party: actor.party,
          field: field, found: facts.heldValue, evidence: said))
      // What was found instead may lead elsewhere.
      return [notFound]
        + (try after([notFound], at: facts.at).anew(asking: nil, by: actor.user, given: facts))
    }
    return [
      .fixVerified(
        FixVerified(
          correction: id, deviceID: deviceID, requester: requester, party: actor.party,
          field: field, found: found, evidence: said)), resolved(.manualFix, evidence: said),
    ]
  }

  private func mustStandAsExpected(
    _ proposal: Proposal, given facts: CorrectionFacts
  ) throws(Refusal) {
    guard facts.heldValue == proposal.expected else {
      throw .movedOn(
        id, field: field, expected: proposal.expected, found: facts.heldValue)
    }
  }

  /// Whatever other device holds the wanted value, somebody has said why it is right all the same.
  private func mustBeExplained(
    _ explanation: String?, given facts: CorrectionFacts
  ) throws(Refusal) {
    let elsewhere = facts.heldElsewhere
    if !elsewhere.isEmpty, explanation == nil { throw .heldElsewhere(id, elsewhere) }
  }

  /// The route still ends in a fix by hand, and everybody whose agreement it needs has agreed.
  func mustBeAgreed(given facts: CorrectionFacts) throws(Refusal) {
    for consent in consents where consent.answer.stands && consent.side == .held {
      guard facts.heldValue?.mpxn == consent.mpxn else {
        throw .movedOn(
          id, field: field, expected: .mpxn(consent.mpxn), found: facts.heldValue)
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
    // Somebody is registered, and nobody can be asked.
    if advice.because == .supplierPartyNotKnown { throw .routeChanged(id, advice.route) }
    switch advice.route {
    case .twoSupplier, .manual: break
    // What an Incident was raised for may be done by hand.
    case .installingSupplier, .preNotifier, .incident:
      guard isEscalated else { throw .routeChanged(id, advice.route) }
    // Here a request does it, or a registration is awaited, Incident or not.
    case .selfServe, .registration: throw .routeChanged(id, advice.route)
    }
    for needed in advice.consents {
      guard consents.contains(where: { $0.answer.stands && $0.answers(needed) }) else {
        throw .consentMissing(id, party: needed.party, side: needed.side)
      }
    }
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
