/// One wrong SMI field of one device, tracked from report to confirmed fix: a fold of its events.
public struct Correction: Hashable, Sendable {
  /// Its number, such as `COR-000118`.
  public let id: CorrectionID
  /// The one device whose entry is wrong.
  public let deviceID: EUI64
  /// The type that the device had when it was opened; nil when an old ticket names no device.
  public let deviceType: DeviceType?
  /// The one thing of the entry that is wrong.
  public let field: CorrectionField
  /// What the SMI held when it was opened; nil when nothing was known of it.
  public let current: EntryValue?
  /// What the SMI should hold.
  public internal(set) var requested: EntryValue
  /// The party that asked first.
  public let requester: String
  /// The code that the refused request came back with, where it took one up.
  public let firstCode: String?
  /// When the fault was reported, by effective time.
  public let openedAt: Instant
  /// The position of the event that opened it.
  public let openedAtPosition: Int
  /// The position of the event that opened it last: the first one, or one that reopened it.
  var openSince: Int
  /// When the fault was last said to be there: on opening, or on opening it again.
  var openSinceAt: Instant
  /// Whether somebody has worked on it here; nobody has on an old ticket that was only taken over.
  var isTouched: Bool
  /// The old ticket that it was taken over from.
  public let ticket: Ticket?
  /// The label by which many that were opened at once are found again.
  public let batch: String?
  /// The user that asked first, where one is named.
  public let openedBy: String?
  /// Where it stands but for a question or an Incident.
  var stage: State
  /// The question that waits for its answer.
  public internal(set) var question: Question?
  /// The Incident that it went to last, whether or not that is closed.
  public internal(set) var incident: Incident?
  /// The newest advice; nil until the facts allow one.
  public internal(set) var advice: RouteAdvice?
  /// Every agreement that was asked for or given, in order, lapsed ones too.
  public internal(set) var consents: [ConsentState]
  /// The fix by hand, from its proposal on; nil once it is declined or overtaken.
  public internal(set) var proposal: Proposal?
  /// The staff code of who keeps it at the DCC; nil until somebody is assigned.
  public internal(set) var owner: String?
  /// Changes of owner; the first assignment is none.
  public internal(set) var handovers: Int
  /// Every party that reported the fault, the requester first.
  public internal(set) var reporters: [String]
  /// The requests that were reported with it, in order, each once.
  public internal(set) var requests: [RequestID]
  /// Parties that want another value for the same field.
  public internal(set) var disputes: [Dispute]
  /// What the inventory said of the field last; what it held at opening until it says otherwise.
  public internal(set) var heldNow: EntryValue?
  /// When the inventory last said something else of the field, and the event that says so.
  public internal(set) var heldChanged: HeldChange?
  /// What the field held when it was last resolved, as far as that was known.
  var heldAtEnd: EntryValue?
  /// Corrections that it is settled together with, being a ring; once it is over, those that it was
  /// settled with.
  public internal(set) var linked: [CorrectionID]
  /// The correction that it was merged into.
  public internal(set) var mergedInto: CorrectionID?
  /// Corrections that were merged into it.
  public internal(set) var absorbed: [CorrectionID]
  /// 1 (worst) to 5; nil until somebody says.
  public internal(set) var category: Int?
  /// Numbers that other systems have for it.
  public internal(set) var references: [Reference]
  /// When a supplier said that it gave its customer a plan; the first time counts.
  public internal(set) var plan: Plan?
  /// Reminders in the turn that lasts.
  public internal(set) var reminders: [Reminder]
  /// Every time that it went to an Incident.
  public var escalations: Int { counted.count { $0.what == .escalated } }
  /// How many further reports were taken in.
  public var joined: Int { counted.count { $0.what == .joined } }
  /// How often it was reopened.
  public var reopened: Int { counted.count { $0.what == .reopened } }
  /// When it was last resolved; nil while it is open.
  public internal(set) var resolvedAt: Instant?
  /// What made the fault go; nil while it is open.
  public internal(set) var how: CorrectionResolved.How?
  /// When a reporter confirmed it; nil while none has.
  public internal(set) var confirmedAt: Instant?
  /// When silence ended the waiting for a confirmation.
  public internal(set) var confirmationLapsedAt: Instant?
  /// What happened to it that is counted by itself, in order.
  public internal(set) var counted: [ReportCase.Step]
  /// Every time that it was resolved, in order; what came later of each stands with it.
  public internal(set) var resolutions: [Resolution]
  /// When it ended without a fix.
  public internal(set) var closedAt: Instant?
  /// Every turn from opening to end, without gaps; the last is open while the correction is.
  public internal(set) var turns: [Turn]
  /// Since when whoever has the turn has had what there is to do now.
  public internal(set) var taskSince: Instant
  /// When the last step was true.
  public internal(set) var lastStepAt: Instant
  /// The last event of the thread.
  public internal(set) var position: Int

  /// Where the thread stands.
  public enum State: String, CaseIterable, Hashable, Sendable {
    /// Nothing is advised, a supplier refused, or the advice is one that the DCC must take on.
    case open
    /// Someone must send a Service Request.
    case awaitingRequest
    /// A registration must change, or come into force.
    case awaitingRegistration
    /// At least one Registered Supplier is asked and has not answered.
    case awaitingConsent
    /// The DSP is to make the change: to be proposed, approved or applied.
    case awaitingFix
    /// A party was asked something and has not answered.
    case awaitingInformation
    /// The change was made; somebody must look at what the inventory says since.
    case awaitingVerification
    /// The fault is gone; a reporter is asked to confirm.
    case resolved
    /// A reporter says that it is right; it can still be reopened.
    case confirmed
    /// The DCC ended it without a fix.
    case rejected
    /// The requester took it back.
    case withdrawn
    /// It goes the way of an Incident (SEC Appendix AG).
    case escalated
    /// It ended in another correction of the same fault.
    case merged
  }

  /// The device; nil when an old ticket names none.
  public var knownDevice: EUI64? { ticket?.hasDevice ?? true ? deviceID : nil }

  /// Where it stands now.
  public var state: State {
    switch stage {
    case .resolved, .confirmed, .rejected, .withdrawn, .merged, .awaitingVerification: stage
    case .open, .awaitingRequest, .awaitingRegistration, .awaitingConsent, .awaitingFix,
      .awaitingInformation, .escalated:
      isEscalated ? .escalated : question == nil ? stage : .awaitingInformation
    }
  }

  /// Whether nothing but the change itself is left to do, Incident or not.
  public var isReadyForFix: Bool { stage == .awaitingFix && question == nil }

  /// Whether an Incident is open for it.
  var isEscalated: Bool { incident.map { $0.closedAt == nil } ?? false }

  /// Whether it still waits for its fix.
  public var isOpen: Bool {
    switch stage {
    case .open, .awaitingRequest, .awaitingRegistration, .awaitingConsent, .awaitingFix,
      .awaitingInformation, .awaitingVerification, .escalated:
      true
    case .resolved, .confirmed, .rejected, .withdrawn, .merged: false
    }
  }

  /// Whether nobody has anything left to do.
  public var hasEnded: Bool {
    switch stage {
    case .confirmed, .rejected, .withdrawn, .merged: true
    case .resolved: confirmationLapsedAt != nil
    case .open, .awaitingRequest, .awaitingRegistration, .awaitingConsent, .awaitingFix,
      .awaitingInformation, .awaitingVerification, .escalated:
      false
    }
  }

  /// Parties that are asked to agree and have not answered.
  public var pendingConsents: [ConsentState] { consents.filter { $0.answer == .asked } }

  /// When a registration changes that it waits for.
  public var waitsUntil: Instant? { state == .awaitingRegistration ? advice?.until : nil }

  /// The turns as of a moment: from the day on which a registration was to change, what nobody had
  /// is the requester's.
  public func turns(at moment: Instant) -> [Turn] {
    guard let until = waitsUntil, until <= moment else { return turns }
    return Correction.split(turns, at: until, to: requester)
  }

  /// What there is to do at a moment, and since when: the turn that lasts, from when its holder has
  /// had this to do.
  public func task(at moment: Instant) -> Turn? {
    turns(at: moment).last.map { turn in
      Turn(
        holder: turn.holder, party: turn.party, from: max(turn.from, taskSince), to: turn.to)
    }
  }

  /// Every party that has or had to do with it: who reported it, who was asked, whose turn it was.
  public var parties: Set<String> {
    Set(reporters).union(consents.map(\.party)).union(turns.compactMap(\.party))
  }

  /// Every party whose turn it was after the last step; see ``holderParties(at:)``.
  public var holderParties: [String] { holderParties(at: lastStepAt) }

  /// Every party whose turn it is: all that are asked to agree, or the one that holds it.
  ///
  /// A question to somebody takes the turn from nobody else who is asked to agree.
  public func holderParties(at moment: Instant) -> [String] {
    guard [.awaitingConsent, .awaitingInformation].contains(state) else {
      return holder(at: moment).party.map { [$0] } ?? []
    }
    let asked = (question.map { [$0.of] } ?? []) + pendingConsents.map(\.party)
    return asked.reduce(into: []) { parties, party in
      if !parties.contains(party) { parties.append(party) }
    }
  }

  /// Whose turn it was after the last step; see ``holder(at:)``.
  public var holder: (holder: Holder, party: String?) { holder(at: lastStepAt) }

  /// Whose turn it is at a moment after the last step, and the party where that says more; of several
  /// parties the one asked first.
  public func holder(at moment: Instant) -> (holder: Holder, party: String?) {
    switch state {
    // Who had an old ticket before it came here is not known.
    case .open: return (turns.last?.holder == .notKnown ? .notKnown : .dcc, nil)
    case .awaitingRequest:
      guard let advice else { return (.requester, requester) }
      switch advice.route {
      case .installingSupplier, .preNotifier:
        // While nobody knows whose it is, the DCC has to find out.
        return advice.party.map { (holderKind(of: $0), $0) } ?? (.dcc, nil)
      case .selfServe, .twoSupplier, .registration, .manual, .incident:
        guard let party = advice.party else { return (.requester, requester) }
        return (.otherUser, party)
      }
    case .awaitingRegistration:
      return waitsUntil.map { moment < $0 } ?? false ? (.nobody, nil) : (.requester, requester)
    case .awaitingConsent: return (.counterparty, pendingConsents.first?.party)
    case .awaitingInformation:
      guard let question else { return (.dcc, nil) }
      return (holderKind(of: question.of), question.of)
    case .awaitingFix, .escalated:
      if proposal?.approver != nil { return (.dsp, nil) }
      return question.map { (holderKind(of: $0.of), $0.of) } ?? (.dcc, nil)
    case .awaitingVerification: return (.dcc, nil)
    case .resolved:
      return confirmationLapsedAt == nil ? (.requester, requester) : (.nobody, nil)
    case .confirmed, .rejected, .withdrawn, .merged: return (.nobody, nil)
    }
  }

  /// What a party is to this correction.
  private func holderKind(of party: String) -> Holder {
    if party == requester { return .requester }
    return consents.contains { $0.party == party && $0.answer != .lapsed }
      ? .counterparty : .otherUser
  }
}
