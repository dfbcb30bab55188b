/// A step of a thread beside those that have a type of their own: each stored under its own name.
public struct CorrectionStep: Hashable, Sendable {
  /// The correction whose step it is.
  public let correction: CorrectionID
  /// The device that it is about.
  public let deviceID: EUI64
  /// The party that asked for the correction first: the event is on its timeline.
  public let requester: String
  /// The party that did it; `ledger` where the program worked it out.
  public let party: String
  /// What happened.
  public let what: What

  /// Makes the event of its parts.
  public init(
    correction: CorrectionID, deviceID: EUI64, requester: String, party: String, what: What
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.requester = requester
    self.party = party
    self.what = what
  }

  /// What happened; texts are names of stored documents.
  public enum What: Hashable, Sendable {
    /// `InformationRequested`: a party is asked something, and it is its turn.
    case informationRequested(of: String, question: String)
    /// `InformationSupplied`: the party that was asked has answered.
    case informationSupplied(answer: String)
    /// `RequestedValueChanged`: another value is wanted; consents given end.
    case requestedValueChanged(from: EntryValue, to: EntryValue, reason: String?)
    /// `HeldValueChanged`: the inventory says something else of the field than it said before.
    case heldValueChanged(to: EntryValue, evidence: Int)
    /// `CorrectionMerged`: it ended in another one, which takes over its reporters and requests.
    case merged(into: CorrectionID, reporters: [String], requests: [RequestID], reason: String)
    /// `CorrectionsLinked`: with the others it makes a ring, each wanting what the next one holds.
    case linked([CorrectionID])
    /// `CorrectionsUnlinked`: the ring with these is none any more; it goes on by itself.
    case unlinked(from: [CorrectionID])
    /// `CategorySet`: 1 (worst) to 5.
    case categorySet(Int)
    /// `PlanGiven`: the supplier gave its customer a resolution plan.
    case planGiven
    /// `ReminderSent`: the turn of these parties is overdue.
    case reminderSent(holder: Holder, parties: [String], dueAt: Instant)
    /// `ManualFixFailed`: the DSP could not make the change.
    case manualFixFailed(proposal: Int, reason: String)
    /// `ConfirmationLapsed`: nobody said within the time that it is not right.
    case confirmationLapsed
    /// `IncidentRaised`: it goes the way of SEC Appendix AG.
    case incidentRaised(because: IncidentCause, reason: String?)
    /// `IncidentClosed`: it goes on here.
    case incidentClosed(outcome: String)
    /// `ReferenceAdded`: the number that another system has for it.
    case referenceAdded(ReferenceSystem, reference: String)
  }

  /// Whether the program works it out by itself.
  public var isWorkedOut: Bool {
    switch what {
    case .heldValueChanged, .linked, .unlinked, .reminderSent, .confirmationLapsed: true
    case .incidentRaised(let because, _): because == .silence
    case .informationRequested, .informationSupplied, .requestedValueChanged, .merged,
      .categorySet, .planGiven, .manualFixFailed, .incidentClosed, .referenceAdded:
      false
    }
  }
}

/// Why a correction went to an Incident.
public enum IncidentCause: String, CaseIterable, Hashable, Sendable {
  /// Somebody said so.
  case asked
  /// Whoever had the turn was reminded and did not answer.
  case silence
}

/// A system that has its own number for the same fault.
public enum ReferenceSystem: String, CaseIterable, Hashable, Sendable {
  /// The DCC's Incident Management Log.
  case dccIncident
  /// A case of the Retail Energy Code.
  case rec
  /// A case in ECOES.
  case ecoes
  /// An exchange on the Secure Data Exchange Portal.
  case sdep
  /// Any other.
  case other
}
