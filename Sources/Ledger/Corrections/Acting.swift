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
  /// Propose the fix by hand, and say why it is right where another device holds the value.
  case propose(explanation: String?)
  /// Approve the proposed fix, as another person than its proposer.
  case approve
  /// Decline the proposed fix, and say why.
  case decline(reason: String)
  /// Make the approved change, if everything still stands.
  case apply
  /// Say, at the DSP, that the approved change can't be made, and why.
  case fail(reason: String)
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
  /// Ask a party something; nil is the requester.
  case ask(of: String?, question: String)
  /// Answer what was asked.
  case inform(answer: String)
  /// Say that the customer has a resolution plan.
  case plan
  /// Want another value of the same field.
  case change(WantedValue, reason: String?)
  /// End it in another correction of the same fault, and say why.
  case merge(into: CorrectionID, reason: String)
  /// Take it to an Incident, and say why.
  case escalate(reason: String)
  /// Say that the Incident is closed, and what came of it.
  case closeIncident(outcome: String)
  /// Give it a category, 1 to 5.
  case categorise(Int)
  /// Write down the number that another system has for it.
  case reference(ReferenceSystem, String)
}

/// What an action recorded.
public struct Acted: Sendable {
  /// The correction after the action; before it, when nothing was recorded.
  public let correction: Correction
  /// What happened, in order; empty when there was nothing to change.
  public let events: [Event]
  /// The first event recorded; nil when nothing was, or nothing was to be.
  public let position: Int?
  /// Done before under the same key: this is what was recorded then, and nothing was recorded now.
  public var repeated = false
}

/// How an action is made safe to repeat, and bound to what was read.
public struct ActGuard: Sendable {
  /// The correction's last position that the caller has read; nil where any will do.
  public var expected: Int?
  /// The name under which the party does this once.
  public var key: String?

  /// Binds an action to nothing.
  public init(expected: Int? = nil, key: String? = nil) {
    self.expected = expected
    self.key = key
  }
}

/// A correction has moved on since the caller read it; nothing was recorded.
public struct MovedOn: Error, Sendable {
  /// The correction.
  public let id: CorrectionID
  /// Its last position that the caller had read.
  public let expected: Int
  /// Its last position now.
  public let found: Int
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
  /// It is decided on what is held now, whatever time it is said to be true at; with it for those
  /// that make a ring with it, where the command is for all of them. Without a time it is true when it
  /// is recorded, after whatever others did meanwhile. Durable on return, all of it or none. When
  /// somebody else acted meanwhile it is decided anew on what stands then.
  ///
  /// - Throws: ``NoSuchCorrection``, or ``Refusal`` when it makes no sense now or the user may not;
  ///   nothing is recorded then. ``LogError`` when the log can't be read or written.
  public func act(
    _ action: Action, on id: CorrectionID, by user: User, via: Via, at given: Instant? = nil,
    dryRun: Bool = false, guarded: ActGuard = ActGuard()
  ) throws -> Acted {
    let key = guarded.key.map { AppendKey(kind: "action", within: user.party, value: $0) }
    let content = action.content(on: id)
    return try retrying {
      if let key, !dryRun, let first = try outcome(of: key, content, on: id) { return first }
      let position = try head()
      let terms = try terms(upTo: position)
      let correction = try existing(id, upTo: position)
      if let expected = guarded.expected, expected != correction.position {
        throw MovedOn(id: id, expected: expected, found: correction.position)
      }
      let prepared = try prepare(action, on: correction, upTo: position)
      let group = try group(
        of: correction, wanting: prepared.wanted, for: prepared.command, under: terms,
        upTo: position)
      let time = given ?? group.reduce(now()) { max($0, $1.correction.lastStepAt) }
      let who = CorrectionActor(user: user.id, party: user.party, roles: user.roles)
      let events = try Correction.decide(prepared.command, on: group, by: who, at: time)
      guard !events.isEmpty, !dryRun else {
        return Acted(correction: correction, events: events, position: nil)
      }
      let name = prepared.command.name
      let actor = Corrections.Actor(
        user: user.id, party: user.party,
        role: correction.role(for: name, by: who)?.rawValue, via: via)
      let tags = group.flatMap { [Tag.correction($0.correction.id)] + self.tags(of: $0.facts) }
      let appended = try append(
        AppendRequest(
          condition: AppendCondition(
            noEventTagged: Set(tags + prepared.tags + [Tag.user(user.id)]).sorted(),
            after: position), key: key, content: key == nil ? [] : content,
          subjects: prepared.wanted?.subjects ?? [],
          documents: prepared.documents
        ) { context in
          Ledger.drafts(
            events, by: actor, at: time, cause: correction.cause(of: name, by: who), in: context)
        })
      // What else kept an agreed change waiting may be gone now, such as a question.
      _ = try changeAgreed(id)
      // Who made a ring with it may not any more, and what it changed may heal another field's.
      let changed = try Set(events.flatMap(\.changedEntries)).sorted().flatMap {
        try device($0)?.watchedCorrections ?? []
      }
      reviewAfterwards(correction.linked + changed.filter { $0 != id })
      return Acted(
        correction: try existing(id), events: events, position: appended.positions.lowerBound)
    }
  }

  /// A correction that must be there.
  func existing(_ id: CorrectionID, upTo position: Int? = nil) throws -> Correction {
    let position = try position ?? head()
    guard let correction = try correction(id, upTo: position) else {
      throw NoSuchCorrection(id: id, position: position)
    }
    return correction
  }

  /// A correction and, for a command that is for all of a ring, the others of its ring.
  private func group(
    of correction: Correction, wanting wanted: StoredValue?, for command: Correction.Command,
    under terms: Terms, upTo position: Int
  ) throws -> [Correction.Member] {
    let now = now()
    let facts = try facts(
      of: correction, wanting: wanted, under: terms, at: now, upTo: position)
    guard command.isForAll else { return [(correction, facts)] }
    return try [(correction, facts)]
      + facts.ring.map {
        ($0, try self.facts(of: $0, under: terms, at: now, upTo: position))
      }
  }

  /// A command with the names of the documents that hold its texts.
  private struct Prepared {
    var command: Correction.Command
    var documents: [Document] = []
    var wanted: StoredValue?
    var tags: [String] = []
  }

  private func prepare(
    _ action: Action, on correction: Correction, upTo position: Int
  ) throws -> Prepared {
    func with(_ text: String, _ command: (String) -> Correction.Command) -> Prepared {
      let document = log.makeDocument(Array(text.utf8))
      return Prepared(command: command(document.name), documents: [document])
    }
    func perhaps(_ text: String?, _ command: (String?) -> Correction.Command) -> Prepared {
      guard let text else { return Prepared(command: command(nil)) }
      return with(text) { command($0) }
    }
    switch action {
    case .advise: return Prepared(command: .advise)
    case .consent: return Prepared(command: .consent)
    case .refuse(let reason): return with(reason) { .refuse(reason: $0) }
    case .assign(let owner, let reason):
      let owner = try self.owner(owner, of: correction.id, upTo: position)
      return perhaps(reason) { .assign(owner: owner, reason: $0) }
    case .propose(let explanation): return perhaps(explanation) { .propose(explanation: $0) }
    case .approve: return Prepared(command: .approve)
    case .decline(let reason): return with(reason) { .decline(reason: $0) }
    case .apply: return Prepared(command: .apply)
    case .fail(let reason): return with(reason) { .fail(reason: $0) }
    case .verify: return Prepared(command: .verify)
    case .resolve(let how): return Prepared(command: .resolve(how))
    case .confirm: return Prepared(command: .confirm)
    case .reopen(let reason): return with(reason) { .reopen(reason: $0) }
    case .reject(let reason): return with(reason) { .reject(reason: $0) }
    case .withdraw(let reason): return with(reason) { .withdraw(reason: $0) }
    case .note(let text): return with(text) { .note($0) }
    case .ask(let party, let question): return with(question) { .ask(of: party, question: $0) }
    case .inform(let answer): return with(answer) { .inform(answer: $0) }
    case .plan: return Prepared(command: .plan)
    case .change(let wanted, let reason):
      guard wanted.field == correction.field else {
        throw Refusal.otherField(correction.id, correction.field)
      }
      let value = try stored(wanted)
      var prepared = perhaps(reason) { .change(reason: $0) }
      prepared.wanted = value
      prepared.documents += value.documents
      return prepared
    case .merge(let other, let reason):
      let into = try existing(other, upTo: position)
      var prepared = with(reason) { .merge(into: into, reason: $0) }
      prepared.tags = [Tag.correction(other)]
      return prepared
    case .escalate(let reason): return with(reason) { .escalate(reason: $0) }
    case .closeIncident(let outcome): return with(outcome) { .closeIncident(outcome: $0) }
    case .categorise(let category): return Prepared(command: .categorise(category))
    case .reference(let system, let text):
      return with(text) { .reference(system, document: $0) }
    }
  }

  /// The owner by the id that is registered: a name or a number that nobody registered would stand
  /// in the record for ever.
  private func owner(
    _ owner: String, of id: CorrectionID, upTo position: Int
  ) throws -> String {
    guard let user = try user(owner, upTo: position), user.status == .active,
      user.roles.contains(.dcc)
    else { throw Refusal.ownerNotKnown(id) }
    return user.id
  }

  /// The text of a document; nil when it was erased.
  public func text(of document: String) throws -> String? {
    try log.document(named: document).map { String(decoding: $0, as: UTF8.self) }
  }

  /// What a token stands for, such as a name or the number of a ticket; nil when it was erased.
  public func value(behind token: Token) throws -> String? { try log.subject(token.text)?.value }

  /// The meter point behind a token; nil when it was erased.
  public func mpxn(_ token: Token) throws -> MPxN? {
    try log.subject(token.text).flatMap { MPxN($0.value) }
  }
}
