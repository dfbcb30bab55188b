extension Correction {
  /// The parties that reported the fault and want this value.
  var agreeing: [String] {
    reporters.filter { party in
      party == requester || !disputes.contains { $0.party == party }
    }
  }

  func confirm(by actor: CorrectionActor) throws(Refusal) -> [Event] {
    try actor.mustBe(oneOf: agreeing, to: .confirm)
    return [
      .correctionConfirmed(
        CorrectionConfirmed(
          correction: id, deviceID: deviceID, requester: requester, party: actor.party))
    ]
  }

  /// Opens it again, unless the field has another correction that is open.
  func reopen(
    by actor: CorrectionActor, _ reason: String, given facts: MPxNFacts
  ) throws(Refusal) -> [Event] {
    if !actor.roles.contains(.dcc) { try actor.mustBe(oneOf: reporters, to: .reopen) }
    if let other = facts.device?.openCorrection(of: field), other != id {
      throw .anotherIsOpen(id, other)
    }
    let current = consents.filter { $0.answer.stands || $0.answer == .asked }
    return [
      .correctionReopened(
        CorrectionReopened(
          correction: id, deviceID: deviceID, requester: requester, party: actor.party,
          reason: reason))
    ] + lapse(current, given: facts) { _ in .reopened }
      + Correction.advise(
        id, deviceID, requester: requester, asking: actor.party, by: actor.user, standing: [],
        given: facts)
  }

  func reject(by actor: CorrectionActor, _ reason: String) throws(Refusal) -> [Event] {
    try actor.mustHave(.dcc, to: .reject)
    return [
      .correctionRejected(
        CorrectionClosed(
          correction: id, deviceID: deviceID, requester: requester, party: actor.party,
          reason: reason))
    ]
  }

  /// Only who asked can take it back, and not while others wait for the same fix.
  func withdraw(by actor: CorrectionActor, _ reason: String) throws(Refusal) -> [Event] {
    try actor.mustBe(oneOf: [requester], to: .withdraw)
    let others = agreeing.filter { $0 != requester }
    guard others.isEmpty else { throw .othersReported(id, others) }
    return [
      .correctionWithdrawn(
        CorrectionClosed(
          correction: id, deviceID: deviceID, requester: requester, party: actor.party,
          reason: reason))
    ]
  }

  func resolve(
    _ how: CorrectionResolved.How, by actor: CorrectionActor, given facts: MPxNFacts
  ) throws(Refusal) -> [Event] {
    try actor.mustHave(.dcc, to: .resolve)
    let evidence: Int?
    switch how {
    case .serviceRequest, .manualFix:
      guard facts.held?.value == requested else { throw .notHeldYet(id, field: field) }
      evidence = facts.held?.position
    case .registration, .noFault: evidence = nil
    }
    return [
      .correctionResolved(
        CorrectionResolved(
          correction: id, deviceID: deviceID, requester: requester, how: how, evidence: evidence))
    ]
  }

  /// What an accepted request that brings the wanted value means for this thread.
  ///
  /// `position` is that of the update.
  public func healed(by update: MPxNUpdated, at position: Int) -> [Event] {
    guard isOpen, state != .awaitingVerification, update.deviceID == deviceID,
      update.field == field, update.to == requested
    else { return [] }
    return [
      .correctionResolved(
        CorrectionResolved(
          correction: id, deviceID: deviceID, requester: requester, how: .serviceRequest,
          evidence: position))
    ]
  }
}
