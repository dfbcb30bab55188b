/// On which value of the change a consent bears.
public enum ConsentSide: String, CaseIterable, Hashable, Sendable {
  /// The value that the SMI holds.
  case held
  /// The value that it should hold.
  case wanted
}

/// A Registered Supplier was asked to agree.
public struct ConsentRequested: Hashable, Sendable {
  /// The correction that needs the agreement.
  public let correction: CorrectionID
  /// The device that it is about.
  public let deviceID: EUI64
  /// The party that asked for the correction first: the event is on its timeline.
  public let requester: String
  /// Who is asked, and to let go or take which value.
  public let consent: RouteAdvice.Consent

  /// Makes the event of its parts; its own position is what the answer names as `asked`.
  public init(
    correction: CorrectionID, deviceID: EUI64, requester: String, consent: RouteAdvice.Consent
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.requester = requester
    self.consent = consent
  }
}

/// A Registered Supplier agreed.
public struct ConsentGiven: Hashable, Sendable {
  /// The correction that needs the agreement.
  public let correction: CorrectionID
  /// The device that it is about.
  public let deviceID: EUI64
  /// The party that asked for the correction first: the event is on its timeline.
  public let requester: String
  /// Who agreed, and to let go or take which value.
  public let consent: RouteAdvice.Consent
  /// The position of the event that asked; nil when nobody had to.
  public let asked: Int?
  /// Agreed by being one who asks for the change.
  public let byAsking: Bool

  /// Makes the event of its parts.
  public init(
    correction: CorrectionID, deviceID: EUI64, requester: String, consent: RouteAdvice.Consent,
    asked: Int?,
    byAsking: Bool
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.requester = requester
    self.consent = consent
    self.asked = asked
    self.byAsking = byAsking
  }
}

/// A Registered Supplier did not agree.
public struct ConsentRefused: Hashable, Sendable {
  /// The correction that needs the agreement.
  public let correction: CorrectionID
  /// The device that it is about.
  public let deviceID: EUI64
  /// The party that asked for the correction first: the event is on its timeline.
  public let requester: String
  /// Who did not agree, and to let go or take which value.
  public let consent: RouteAdvice.Consent
  /// The position of the event that asked.
  public let asked: Int
  /// The document that holds the reason.
  public let reason: String

  /// Makes the event of its parts.
  public init(
    correction: CorrectionID, deviceID: EUI64, requester: String, consent: RouteAdvice.Consent,
    asked: Int,
    reason: String
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.requester = requester
    self.consent = consent
    self.asked = asked
    self.reason = reason
  }
}

/// A consent, given or asked for, no longer counts.
public struct ConsentLapsed: Hashable, Sendable {
  /// The correction that needed the agreement.
  public let correction: CorrectionID
  /// The device that it is about.
  public let deviceID: EUI64
  /// The party that asked for the correction first: the event is on its timeline.
  public let requester: String
  /// Whose agreement, as it was asked for or given.
  public let consent: RouteAdvice.Consent
  /// Why it lapsed.
  public let because: Because
  /// The position of the event that asked; nil when nobody had to.
  public let asked: Int?
  /// The newest registration import when it lapsed; nil when there was none.
  public let shownBy: Int?

  /// Makes the event of its parts.
  public init(
    correction: CorrectionID, deviceID: EUI64, requester: String, consent: RouteAdvice.Consent,
    because: Because, asked: Int?,
    shownBy: Int?
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.requester = requester
    self.consent = consent
    self.because = because
    self.asked = asked
    self.shownBy = shownBy
  }

  /// Why a consent lapses.
  public enum Because: String, CaseIterable, Hashable, Sendable {
    /// The party is not the Registered Supplier any more.
    case supplierChanged
    /// Another meter point is in the field, or wanted, than was agreed to.
    case valueChanged
    /// The route of now needs no such agreement.
    case notNeeded
    /// The correction was opened again.
    case reopened
    /// It was given in another correction of a ring that is none any more.
    case ringGone
  }
}

/// The DCC proposed that the DSP replaces one value by another.
public struct ManualFixProposed: Hashable, Sendable {
  /// The correction that it would fix.
  public let correction: CorrectionID
  /// The device whose entry is to change.
  public let deviceID: EUI64
  /// The party that asked for the correction first: the event is on its timeline.
  public let requester: String
  /// The party that did it.
  public let party: String
  /// What of the entry is to change.
  public let field: CorrectionField
  /// The value that must still stand when the fix is applied.
  public let expected: EntryValue
  /// The value that is to stand there.
  public let new: EntryValue
  /// Other devices that hold the wanted meter point.
  public let otherDevices: [EUI64]
  /// The document that says why the change is right although they do.
  public let explanation: String?

  /// Makes the event of its parts; its own position is what later steps name as `proposal`.
  public init(
    correction: CorrectionID, deviceID: EUI64, requester: String, party: String,
    field: CorrectionField, expected: EntryValue, new: EntryValue, otherDevices: [EUI64] = [],
    explanation: String? = nil
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.requester = requester
    self.party = party
    self.field = field
    self.expected = expected
    self.new = new
    self.otherDevices = otherDevices
    self.explanation = explanation
  }
}

/// Another person at the DCC approved the proposed fix.
public struct ManualFixApproved: Hashable, Sendable {
  /// The correction that it would fix.
  public let correction: CorrectionID
  /// The device that it is about.
  public let deviceID: EUI64
  /// The party that asked for the correction first: the event is on its timeline.
  public let requester: String
  /// The party that did it.
  public let party: String
  /// The position of the proposal.
  public let proposal: Int

  /// Makes the event of its parts; who approved is the actor.
  public init(
    correction: CorrectionID, deviceID: EUI64, requester: String, party: String, proposal: Int
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.requester = requester
    self.party = party
    self.proposal = proposal
  }
}

/// Another person at the DCC, or the DSP, declined the proposed fix.
public struct ManualFixDeclined: Hashable, Sendable {
  /// The correction that it would have fixed.
  public let correction: CorrectionID
  /// The device that it is about.
  public let deviceID: EUI64
  /// The party that asked for the correction first: the event is on its timeline.
  public let requester: String
  /// The party that did it.
  public let party: String
  /// The position of the proposal.
  public let proposal: Int
  /// The document that holds the reason.
  public let reason: String

  /// Makes the event of its parts; who declined is the actor.
  public init(
    correction: CorrectionID, deviceID: EUI64, requester: String, party: String, proposal: Int,
    reason: String
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.requester = requester
    self.party = party
    self.proposal = proposal
    self.reason = reason
  }
}

/// The DSP made the approved change.
public struct ManualFixApplied: Hashable, Sendable {
  /// The correction that it is to fix.
  public let correction: CorrectionID
  /// The device that it is about.
  public let deviceID: EUI64
  /// The party that asked for the correction first: the event is on its timeline.
  public let requester: String
  /// The party that did it.
  public let party: String
  /// The position of the proposal.
  public let proposal: Int

  /// Makes the event of its parts; in an authority an ``MPxNUpdated`` follows it.
  public init(
    correction: CorrectionID, deviceID: EUI64, requester: String, party: String, proposal: Int
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.requester = requester
    self.party = party
    self.proposal = proposal
  }
}

/// The inventory was looked at and holds the wanted value.
public struct FixVerified: Hashable, Sendable {
  /// The correction that is fixed.
  public let correction: CorrectionID
  /// The device that was looked at.
  public let deviceID: EUI64
  /// The party that asked for the correction first: the event is on its timeline.
  public let requester: String
  /// The party that did it.
  public let party: String
  /// What of the entry was looked at.
  public let field: CorrectionField
  /// The value that stands there, which is the wanted one.
  public let found: EntryValue
  /// The position of the event that says so.
  public let evidence: Int

  /// Makes the event of its parts.
  public init(
    correction: CorrectionID, deviceID: EUI64, requester: String, party: String,
    field: CorrectionField, found: EntryValue, evidence: Int
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.requester = requester
    self.party = party
    self.field = field
    self.found = found
    self.evidence = evidence
  }
}

/// The inventory was looked at and does not hold the wanted value.
public struct FixNotFound: Hashable, Sendable {
  /// The correction that is not fixed.
  public let correction: CorrectionID
  /// The device that was looked at.
  public let deviceID: EUI64
  /// The party that asked for the correction first: the event is on its timeline.
  public let requester: String
  /// The party that did it.
  public let party: String
  /// What of the entry was looked at.
  public let field: CorrectionField
  /// What it holds instead; nil when nothing is known of it.
  public let found: EntryValue?
  /// The position of the event that says so; nil when nothing has been said of the place.
  public let evidence: Int?

  /// Makes the event of its parts; a new fix can be proposed.
  public init(
    correction: CorrectionID, deviceID: EUI64, requester: String, party: String,
    field: CorrectionField, found: EntryValue?, evidence: Int?
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.requester = requester
    self.party = party
    self.field = field
    self.found = found
    self.evidence = evidence
  }
}
