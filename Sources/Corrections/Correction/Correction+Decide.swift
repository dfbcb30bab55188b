extension Correction {
  /// Decides what a command causes; changes nothing.
  ///
  /// The facts are those of now: what somebody says about an earlier day makes no older facts good.
  /// `time` is when the command is true in the world; without one it is the time of the facts. Throws
  /// the ``Refusal`` that says why the command makes no sense.
  public func decide(
    _ command: Command, by actor: CorrectionActor, at time: Instant? = nil,
    given facts: CorrectionFacts
  ) throws(Refusal) -> [Event] {
    guard possible.contains(command.name) else {
      if let ticket, !ticket.hasDevice { throw .noDevice(id) }
      throw .notInThisState(command.name, self, can: possible)
    }
    let time = time ?? facts.at
    if time < lastStepAt { throw .timeOutOfOrder(id, given: time, last: lastStepAt) }
    switch command {
    case .advise: return try readvise(by: actor, given: facts)
    case .consent: return try consent(by: actor, given: facts)
    case .refuse(let reason): return try refuse(by: actor, reason)
    case .assign(let owner, let reason): return try assign(owner, reason, by: actor)
    case .propose(let explanation):
      return try propose(by: actor, explaining: explanation, given: facts)
    case .approve: return try approve(by: actor, given: facts)
    case .decline(let reason): return try decline(by: actor, reason)
    case .apply: return try apply(by: actor, at: time, given: facts)
    case .fail(let reason): return try fail(by: actor, reason)
    case .verify: return try verify(by: actor, given: facts)
    case .resolve(let how): return try resolve(how, by: actor, given: facts)
    case .confirm: return try confirm(by: actor)
    case .reopen(let reason): return try reopen(by: actor, reason, given: facts)
    case .reject(let reason): return try reject(by: actor, reason)
    case .withdraw(let reason): return try withdraw(by: actor, reason)
    case .note(let note):
      return [
        .noteAdded(
          NoteAdded(
            correction: id, deviceID: knownDevice, requester: requester, party: actor.party,
            note: note
          ))
      ]
    case .ask(let party, let question): return try ask(party, question, by: actor)
    case .inform(let answer): return try inform(answer, by: actor)
    case .plan: return try plan(by: actor)
    case .change(let reason): return try change(by: actor, reason, given: facts)
    case .merge(let other, let reason): return try merge(into: other, by: actor, reason)
    case .escalate(let reason): return try escalate(by: actor, reason)
    case .closeIncident(let outcome): return try closeIncident(by: actor, outcome, given: facts)
    case .categorise(let category): return try categorise(category, by: actor)
    case .reference(let system, let document): return try refer(system, document, by: actor)
    }
  }

  /// The event that a command answers, where it answers one.
  public func cause(of command: CommandName, by actor: CorrectionActor) -> Int? {
    switch command {
    case .consent, .refuse: pendingConsents.first { $0.party == actor.party }?.asked
    case .approve, .decline, .apply, .fail: proposal?.position
    case .verify: proposal?.applied
    case .inform: question?.position
    case .escalate: isEscalated ? incident?.position : nil
    case .open, .advise, .assign, .propose, .resolve, .confirm, .reopen, .reject, .withdraw, .note,
      .plan, .change, .merge, .categorise, .reference:
      nil
    }
  }

  /// The role without which nobody may give a command; nil where the party decides.
  ///
  /// A fix is declined by the DCC, or by the DSP that was to apply it.
  public func role(for command: CommandName, by actor: CorrectionActor) -> UserRole? {
    switch command {
    case .assign, .propose, .approve, .verify, .resolve, .reject, .merge, .categorise: .dcc
    case .apply, .fail: .dsp
    case .decline: actor.roles.contains(.dcc) ? .dcc : .dsp
    case .open, .advise, .consent, .refuse, .confirm, .reopen, .withdraw, .note, .inform, .plan,
      .change, .escalate, .reference:
      nil
    }
  }

  /// The commands that make sense now, the most likely first.
  ///
  /// A question or an Incident keeps nobody from agreeing or refusing meanwhile.
  public var possible: [CommandName] {
    if let ticket, !ticket.hasDevice { return isOpen ? [.reject, .note] : [.note] }
    return switch state {
    case .open:
      (advice?.route == .incident ? [.escalate, .advise] : [.advise, .escalate])
        + Correction.asides + Correction.keeping
    case .awaitingRequest, .awaitingRegistration:
      [.advise, .escalate] + Correction.asides + Correction.keeping
    case .awaitingConsent:
      [.consent, .refuse, .advise, .escalate] + Correction.asides + Correction.keeping
    case .awaitingInformation:
      (pendingConsents.isEmpty ? [.inform] : [.inform, .consent, .refuse])
        + [.escalate, .resolve] + leaving + Correction.keeping
    case .awaitingFix:
      fixing + [.advise, .escalate] + (isWithDSP ? [] : Correction.asides) + Correction.keeping
    case .escalated:
      (requested.isValue ? fixing : []) + (pendingConsents.isEmpty ? [] : [.consent, .refuse])
        + [.escalate, .advise] + (isWithDSP && question == nil ? [] : [.inform])
        + (isWithDSP ? [] : [.resolve]) + leaving + Correction.keeping
    case .awaitingVerification: [.verify] + Correction.keeping
    case .resolved: [.confirm, .reopen] + Correction.keeping
    case .confirmed: [.reopen, .reference, .note]
    case .rejected, .withdrawn, .merged: [.note]
    }
  }

  /// The next step of a fix by hand.
  private var fixing: [CommandName] {
    switch (proposal, proposal?.approver) {
    case (nil, _): [.propose]
    case (_?, nil): [.approve, .decline]
    case (_?, _?): [.apply, .decline, .fail]
    }
  }

  /// Whether the DSP may be making the change.
  private var isWithDSP: Bool { proposal?.approver != nil }

  /// To end it without a fix: not while the DSP may be making the change.
  private var leaving: [CommandName] { isWithDSP ? [] : [.withdraw, .reject] }

  private static let asides: [CommandName] = [
    .resolve, .inform, .change, .merge, .withdraw, .reject,
  ]

  /// What changes nobody's turn.
  private static let keeping: [CommandName] = [.assign, .plan, .categorise, .reference, .note]
}
