public import Corrections
internal import EventLog

/// A command on a correction with its texts in clear, as a person gives them.
public enum Action: Sendable {
  /// Work out the route anew.
  case advise
  /// Agree, for the party that is asked.
  case consent
  /// Do not agree, and say why.
  case refuse(reason: String)
  /// Give it an owner, by a registered user of the DCC; a handover needs a reason.
  case assign(owner: String, reason: String?)
  /// Propose the fix by hand.
  case propose
  /// Approve the proposed fix, as another person than its proposer.
  case approve
  /// Decline the proposed fix, and say why.
  case decline(reason: String)
  /// Make the approved change, if everything still stands.
  case apply
  /// Look at what the inventory has said since.
  case verify
  /// Say that the fault is gone, and how.
  case resolve(CorrectionResolved.How)
  /// Say that it is right now.
  case confirm
  /// Say that the fault is there again, or still, and why.
  case reopen(reason: String)
  /// End it without a fix, and say why.
  case reject(reason: String)
  /// Take it back, and say why.
  case withdraw(reason: String)
  /// Write something down.
  case note(String)
}

/// What an action recorded.
public struct Acted: Sendable {
  /// The correction after the action; before it, when nothing was recorded.
  public let correction: Correction
  /// What happened, in order; empty when there was nothing to change.
  public let events: [Event]
  /// The first event recorded; nil when nothing was, or nothing was to be.
  public let position: Int?
}

/// A correction that this ledger does not hold.
public struct NoSuchCorrection: Error, Sendable {
  /// The number that was asked for.
  public let id: CorrectionID
  /// Where the ledger stood.
  public let position: Int

  /// Makes the error of what was asked for and where it was looked for.
  public init(id: CorrectionID, position: Int) {
    self.id = id
    self.position = position
  }
}

extension Ledger {
  /// Does something to a correction, or with `dryRun` only says what would happen.
  ///
  /// It is decided on what is held now, whatever `time` it is said to be true at. Durable on return.
  /// When somebody else acted meanwhile it is decided anew on what stands then.
  ///
  /// - Throws: ``NoSuchCorrection``, or ``Refusal`` when it makes no sense now or the user may not;
  ///   nothing is recorded then. ``LogError`` when the log can't be read or written.
  public func act(
    _ action: Action, on id: CorrectionID, by user: User, via: Via, at time: Instant,
    dryRun: Bool = false
  ) throws -> Acted {
    try retrying {
      let position = try head()
      guard let correction = try correction(id, upTo: position) else {
        throw NoSuchCorrection(id: id, position: position)
      }
      let facts = try mpxnFacts(
        originator: correction.requests.first?.originator, deviceID: correction.deviceID,
        field: correction.field, wanted: correction.requested, at: now(), position: position)
      let (command, documents) = command(for: try named(action, on: id, upTo: position))
      let who = CorrectionActor(user: user.id, party: user.party, roles: user.roles)
      let events = try correction.decide(command, by: who, at: time, given: facts)
      guard !events.isEmpty, !dryRun else {
        return Acted(correction: correction, events: events, position: nil)
      }
      let actor = Corrections.Actor(
        user: user.id, party: user.party,
        role: correction.role(for: command.name, by: who)?.rawValue, via: via)
      let appended = try append(
        AppendRequest(
          condition: AppendCondition(
            noEventTagged: [Tag.correction(id), Tag.device(correction.deviceID), Tag.user(user.id)]
              + tags(of: facts), after: position),
          documents: documents
        ) { context in
          Ledger.drafts(
            events, by: actor, at: time, cause: correction.cause(of: command.name, by: who),
            in: context)
        })
      guard let after = try self.correction(id) else {
        throw LogError.damaged(position: position, what: "expected the timeline of \(id)")
      }
      return Acted(
        correction: after, events: events, position: appended.positions.lowerBound)
    }
  }

  /// The action with its owner by the id that is registered: a name or a number that nobody
  /// registered would stand in the record for ever.
  private func named(
    _ action: Action, on id: CorrectionID, upTo position: Int
  ) throws -> Action {
    guard case .assign(let owner, let reason) = action else { return action }
    guard let user = try user(owner, upTo: position), user.status == .active,
      user.roles.contains(.dcc)
    else { throw Refusal.ownerNotKnown(id) }
    return .assign(owner: user.id, reason: reason)
  }

  /// The command with the names of the documents that hold its texts, and those documents.
  private func command(for action: Action) -> (Correction.Command, [Document]) {
    func stored(_ text: String) -> Document { log.makeDocument(Array(text.utf8)) }
    switch action {
    case .advise: return (.advise, [])
    case .consent: return (.consent, [])
    case .refuse(let reason):
      let document = stored(reason)
      return (.refuse(reason: document.name), [document])
    case .assign(let owner, let reason):
      let document = reason.map(stored)
      return (.assign(owner: owner, reason: document?.name), document.map { [$0] } ?? [])
    case .propose: return (.propose, [])
    case .approve: return (.approve, [])
    case .decline(let reason):
      let document = stored(reason)
      return (.decline(reason: document.name), [document])
    case .apply: return (.apply, [])
    case .verify: return (.verify, [])
    case .resolve(let how): return (.resolve(how), [])
    case .confirm: return (.confirm, [])
    case .reopen(let reason):
      let document = stored(reason)
      return (.reopen(reason: document.name), [document])
    case .reject(let reason):
      let document = stored(reason)
      return (.reject(reason: document.name), [document])
    case .withdraw(let reason):
      let document = stored(reason)
      return (.withdraw(reason: document.name), [document])
    case .note(let text):
      let document = stored(text)
      return (.note(document.name), [document])
    }
  }

  /// The text of a document; nil when it was erased.
  public func text(of document: String) throws -> String? {
    try log.document(named: document).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The meter point behind a token; nil when it was erased.
  public func mpxn(_ token: Token) throws -> MPxN? {
    try log.subject(token.text).flatMap { MPxN($0.value) }
  }
}
