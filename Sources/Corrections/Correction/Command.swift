extension Correction {
  /// What a person or the program asks of a thread; texts are names of stored documents.
  public enum Command: Hashable, Sendable {
    /// Work out the route anew.
    case advise
    /// Agree, for the party that is asked.
    case consent
    /// Do not agree, for the party that is asked.
    case refuse(reason: String)
    /// Give it an owner; a reason is needed when it has another already.
    case assign(owner: String, reason: String?)
    /// Propose the fix by hand, and say why it is right where another device holds the value.
    case propose(explanation: String?)
    /// Approve the proposed fix, as another person than its proposer.
    case approve
    /// Decline the proposed fix.
    case decline(reason: String)
    /// Make the approved change, if everything still stands.
    case apply
    /// Say, at the DSP, that the approved change can't be made.
    case fail(reason: String)
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
    /// Ask a party something; nil is the requester.
    case ask(of: String?, question: String)
    /// Answer what was asked.
    case inform(answer: String)
    /// Say that the customer has a resolution plan.
    case plan
    /// Want another value: the one that the facts were gathered for.
    case change(reason: String?)
    /// End it in another correction of the same fault.
    case merge(into: Correction, reason: String)
    /// Take it to an Incident.
    case escalate(reason: String)
    /// Say that the Incident is closed.
    case closeIncident(outcome: String)
    /// Give it a category, 1 to 5.
    case categorise(Int)
    /// Write down the number that another system has for it.
    case reference(ReferenceSystem, document: String)

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
      case .fail: .fail
      case .verify: .verify
      case .resolve: .resolve
      case .confirm: .confirm
      case .reopen: .reopen
      case .reject: .reject
      case .withdraw: .withdraw
      case .note: .note
      case .ask, .inform: .inform
      case .plan: .plan
      case .change: .change
      case .merge: .merge
      case .escalate, .closeIncident: .escalate
      case .categorise: .categorise
      case .reference: .reference
      }
    }
  }
}

/// The commands on a correction, by the names that people type.
public enum CommandName: String, CaseIterable, Hashable, Sendable {
  /// The one that opens or joins, and those on an open thread.
  case open, advise, consent, refuse, assign, propose, approve, decline, apply, fail, verify
  /// Those that ask, change or lead elsewhere.
  case inform, change, merge, escalate
  /// Those that end it or come after its end.
  case resolve, confirm, reopen, reject, withdraw
  /// Those that change nobody's turn.
  case plan, categorise, reference, note
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

  /// Whether it is that user, in whatever letters the id is written.
  func isUser(_ actor: Actor?) -> Bool {
    guard let id = actor?.user, let user else { return false }
    return id.uppercased() == user.uppercased()
  }
}
