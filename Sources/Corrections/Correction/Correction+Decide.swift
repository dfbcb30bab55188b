extension Correction {
  /// What a person or the program asks of an open thread; texts are names of stored documents.
  public enum Command: Hashable, Sendable {
    /// Work out the route anew.
    case advise
    /// Agree, for the party that is asked.
    case consent
    /// Do not agree, for the party that is asked.
    case refuse(reason: String)
    /// Give it an owner; a reason is needed when it has another already.
    case assign(owner: String, reason: String?)
    /// Propose the fix by hand.
    case propose
    /// Approve the proposed fix, as another person than its proposer.
    case approve
    /// Decline the proposed fix.
    case decline(reason: String)
    /// Make the approved change, if everything still stands.
    case apply
    /// Look at what the inventory has said since.
    case verify
    /// Say that the fault is gone, and how.
    case resolve(CorrectionResolved.How)
    /// Say that it is right now, for a party that reported it and wants this value.
    case confirm
    /// Say that the fault is there again, or still.
    case reopen(reason: String)
    /// End it without a fix, for the DCC.
    case reject(reason: String)
    /// Take it back, for the requester.
    case withdraw(reason: String)
    /// Write something down.
    case note(String)

    /// The name that people type.
    public var name: CommandName {
      switch self {
      case .advise: .advise
      case .consent: .consent
      case .refuse: .refuse
      case .assign: .assign
      case .propose: .propose
      case .approve: .approve
      case .decline: .decline
      case .apply: .apply
      case .verify: .verify
      case .resolve: .resolve
      case .confirm: .confirm
      case .reopen: .reopen
      case .reject: .reject
      case .withdraw: .withdraw
      case .note: .note
      }
    }
  }

  /// Decides what a command causes; changes nothing.
  ///
  /// The facts are those of now: what somebody says about an earlier day makes no older facts good.
  /// `time` is when the command is true in the world; without one it is the time of the facts. Throws
  /// the ``Refusal`` that says why the command makes no sense.
  public func decide(
    _ command: Command, by actor: CorrectionActor, at time: Instant? = nil, given facts: MPxNFacts
  ) throws(Refusal) -> [Event] {
    guard possible.contains(command.name) else {
      throw .notInThisState(command.name, self, can: possible)
    }
    let time = time ?? facts.at
    if time < lastStepAt { throw .timeOutOfOrder(id, given: time, last: lastStepAt) }
    switch command {
    case .advise: return try readvise(by: actor, given: facts)
    case .consent: return try consent(by: actor, given: facts)
    case .refuse(let reason): return try refuse(by: actor, reason)
    case .assign(let owner, let reason): return try assign(owner, reason, by: actor)
    case .propose: return try propose(by: actor, given: facts)
    case .approve: return try approve(by: actor, given: facts)
    case .decline(let reason): return try decline(by: actor, reason)
    case .apply: return try apply(by: actor, given: facts)
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
            correction: id, deviceID: deviceID, requester: requester, party: actor.party, note: note
          ))
      ]
    }
  }

  /// The event that a command answers, where it answers one.
  public func cause(of command: CommandName, by actor: CorrectionActor) -> Int? {
    switch command {
    case .consent, .refuse: pendingConsents.first { $0.party == actor.party }?.asked
    case .approve, .decline, .apply: proposal?.position
    case .verify: proposal?.applied
    case .open, .advise, .assign, .propose, .resolve, .confirm, .reopen, .reject, .withdraw, .note:
      nil
    }
  }

  /// The role without which nobody may give a command; nil where the party decides.
  ///
  /// A fix is declined by the DCC, or by the DSP that was to apply it.
  public func role(for command: CommandName, by actor: CorrectionActor) -> UserRole? {
    switch command {
    case .assign, .propose, .approve, .verify, .resolve, .reject: .dcc
    case .apply: .dsp
    case .decline: actor.roles.contains(.dcc) ? .dcc : .dsp
    case .open, .advise, .consent, .refuse, .confirm, .reopen, .withdraw, .note: nil
    }
  }

  /// The commands that make sense now, the most likely first.
  public var possible: [CommandName] {
    switch state {
    case .open: [.advise, .assign, .resolve, .reject, .withdraw, .note]
    case .awaitingRequest, .awaitingRegistration:
      [.advise, .resolve, .assign, .withdraw, .reject, .note]
    case .awaitingConsent:
      [.consent, .refuse, .advise, .resolve, .assign, .withdraw, .reject, .note]
    case .awaitingFix:
      switch (proposal, proposal?.approvedBy) {
      case (nil, _): [.propose, .advise, .resolve, .assign, .withdraw, .reject, .note]
      case (_?, nil): [.approve, .decline, .advise, .resolve, .assign, .withdraw, .reject, .note]
      case (_?, _?): [.apply, .decline, .advise, .resolve, .assign, .note]
      }
    case .awaitingVerification: [.verify, .assign, .note]
    case .resolved: [.confirm, .reopen, .assign, .note]
    case .confirmed: [.reopen, .note]
    case .rejected, .withdrawn: [.note]
    }
  }
}

/// Who acts on a correction: what the decider needs to know of a user.
public struct CorrectionActor: Hashable, Sendable {
  /// The User ID or staff code; nil when only the party is known.
  public let user: String?
  /// The party acted for.
  public let party: String
  /// The roles held; which one is acted in follows from the command.
  public let roles: [UserRole]

  /// Makes an actor of a user that was looked up.
  public init(user: String?, party: String, roles: [UserRole]) {
    self.user = user
    self.party = party
    self.roles = roles
  }

  func mustHave(_ role: UserRole, to command: CommandName) throws(Refusal) {
    guard roles.contains(role) else {
      throw .roleNeeded(command, role, of: user ?? party)
    }
  }

  func mustBe(oneOf parties: [String], to command: CommandName) throws(Refusal) {
    guard parties.contains(party) else {
      throw .partyNeeded(command, parties, of: party)
    }
  }
}
