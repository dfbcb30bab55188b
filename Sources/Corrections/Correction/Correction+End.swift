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
    by actor: CorrectionActor, _ reason: String, given facts: CorrectionFacts
  ) throws(Refusal) -> [Event] {
    if !actor.roles.contains(.dcc) { try actor.mustBe(oneOf: reporters, to: .reopen) }
    if field != .other, let other = facts.device?.openCorrection(of: field), other != id {
      throw .anotherIsOpen(id, other)
    }
    return [
      .correctionReopened(
        CorrectionReopened(
          correction: id, deviceID: deviceID, requester: requester, party: actor.party,
          reason: reason))
    ] + parted(given: facts) + lapse(lastingConsents, given: facts) { _ in .reopened }
      + advised(asking: actor.party, by: actor.user, standing: [], given: facts)
  }

  func reject(by actor: CorrectionActor, _ reason: String) throws(Refusal) -> [Event] {
    try actor.mustHave(.dcc, to: .reject)
    return [
      .correctionRejected(
        CorrectionClosed(
          correction: id, deviceID: knownDevice, requester: requester, party: actor.party,
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
          correction: id, deviceID: knownDevice, requester: requester, party: actor.party,
          reason: reason))
    ]
  }

  func resolve(
    _ how: CorrectionResolved.How, by actor: CorrectionActor, given facts: CorrectionFacts
  ) throws(Refusal) -> [Event] {
    try actor.mustHave(.dcc, to: .resolve)
    switch how {
    case .serviceRequest, .manualFix, .observed:
      guard let held = facts.heldValue, held.brings(requested) else {
        throw .notHeldYet(id, field: field)
      }
      return [resolved(how, evidence: facts.device?.lastSaid(of: field))]
    // Nobody but the ledger makes a change by agreement.
    case .agreement: throw .notHeldYet(id, field: field)
    case .incident:
      guard incident != nil else { throw .notEscalated(id) }
      return [resolved(how, evidence: nil)]
    case .registration, .noFault: return [resolved(how, evidence: nil)]
    }
  }
}
