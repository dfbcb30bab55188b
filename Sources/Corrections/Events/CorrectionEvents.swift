/// A correction was opened: one field of one device, from report to confirmed fix.
public struct CorrectionRequested: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  public let deviceType: DeviceType
  public let field: MPxNField
  /// What the SMI held when it was opened; nil when the place was empty.
  public let current: Token?
  public let requested: Token
  /// The party that asks.
  public let party: String
  /// The refused request that it takes up, when it does.
  public let requestID: RequestID?
  /// The code that request was refused with.
  public let firstCode: RuleCode?

  public init(
    correction: CorrectionID, deviceID: EUI64, deviceType: DeviceType, field: MPxNField,
    current: Token?, requested: Token, party: String, requestID: RequestID?, firstCode: RuleCode?
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.deviceType = deviceType
    self.field = field
    self.current = current
    self.requested = requested
    self.party = party
    self.requestID = requestID
    self.firstCode = firstCode
  }
}

/// A second report of the same fault was taken into the open correction.
public struct CorrectionJoined: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  public let party: String
  public let requestID: RequestID?
  /// What this report wants; differs from the correction's own when two parties disagree.
  public let requested: Token

  public init(
    correction: CorrectionID, deviceID: EUI64, party: String, requestID: RequestID?,
    requested: Token
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.party = party
    self.requestID = requestID
    self.requested = requested
  }
}

/// The shortest way that is open was worked out from the facts.
public struct RouteAdvised: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  public let advice: RouteAdvice

  public init(correction: CorrectionID, deviceID: EUI64, advice: RouteAdvice) {
    self.correction = correction
    self.deviceID = deviceID
    self.advice = advice
  }
}

/// One team or person at the DCC took the correction, and keeps it from start to end.
public struct OwnerAssigned: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  /// A staff or team code.
  public let owner: String

  public init(correction: CorrectionID, deviceID: EUI64, owner: String) {
    self.correction = correction
    self.deviceID = deviceID
    self.owner = owner
  }
}

/// The owner changed: a handover, and counted as one.
public struct OwnershipTransferred: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  public let from: String
  public let to: String
  /// The document that holds the reason.
  public let reason: String

  public init(
    correction: CorrectionID, deviceID: EUI64, from: String, to: String, reason: String
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.from = from
    self.to = to
    self.reason = reason
  }
}

/// On which value of the change a consent bears.
public enum ConsentSide: String, CaseIterable, Hashable, Sendable {
  /// The value that the SMI holds.
  case held
  /// The value that it should hold.
  case wanted
}

/// A Registered Supplier was asked to agree.
public struct ConsentRequested: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  public let party: String
  public let side: ConsentSide
  public let mpxn: Token
  /// The registration import that named the party.
  public let registrations: Int

  public init(
    correction: CorrectionID, deviceID: EUI64, party: String, side: ConsentSide, mpxn: Token,
    registrations: Int
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.party = party
    self.side = side
    self.mpxn = mpxn
    self.registrations = registrations
  }
}

/// A Registered Supplier agreed.
public struct ConsentGiven: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  public let party: String
  public let side: ConsentSide
  public let mpxn: Token
  /// The registration import that named the party.
  public let registrations: Int
  /// Agreed by being the one who asks.
  public let byAsking: Bool

  public init(
    correction: CorrectionID, deviceID: EUI64, party: String, side: ConsentSide, mpxn: Token,
    registrations: Int, byAsking: Bool
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.party = party
    self.side = side
    self.mpxn = mpxn
    self.registrations = registrations
    self.byAsking = byAsking
  }
}

/// A Registered Supplier did not agree.
public struct ConsentRefused: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  public let party: String
  public let side: ConsentSide
  /// The document that holds the reason.
  public let reason: String

  public init(
    correction: CorrectionID, deviceID: EUI64, party: String, side: ConsentSide, reason: String
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.party = party
    self.side = side
    self.reason = reason
  }
}

/// A consent, given or asked for, no longer counts: the party is not the Registered Supplier now.
public struct ConsentLapsed: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  public let party: String
  public let side: ConsentSide
  /// The registration import that shows the change.
  public let registrations: Int

  public init(
    correction: CorrectionID, deviceID: EUI64, party: String, side: ConsentSide,
    registrations: Int
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.party = party
    self.side = side
    self.registrations = registrations
  }
}

/// The DCC proposed that the DSP replaces one value by another.
public struct ManualFixProposed: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  public let field: MPxNField
  /// The value that must still stand when the fix is applied; nil for an empty place.
  public let expected: Token?
  public let new: Token

  public init(
    correction: CorrectionID, deviceID: EUI64, field: MPxNField, expected: Token?, new: Token
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.field = field
    self.expected = expected
    self.new = new
  }
}

/// Another person at the DCC approved the proposed fix.
public struct ManualFixApproved: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  /// The position of the proposal.
  public let proposal: Int

  public init(correction: CorrectionID, deviceID: EUI64, proposal: Int) {
    self.correction = correction
    self.deviceID = deviceID
    self.proposal = proposal
  }
}

/// Another person at the DCC, or the DSP, declined the proposed fix.
public struct ManualFixDeclined: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  /// The position of the proposal.
  public let proposal: Int
  /// The document that holds the reason.
  public let reason: String

  public init(correction: CorrectionID, deviceID: EUI64, proposal: Int, reason: String) {
    self.correction = correction
    self.deviceID = deviceID
    self.proposal = proposal
    self.reason = reason
  }
}

/// The DSP made the approved change.
public struct ManualFixApplied: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  /// The position of the proposal.
  public let proposal: Int

  public init(correction: CorrectionID, deviceID: EUI64, proposal: Int) {
    self.correction = correction
    self.deviceID = deviceID
    self.proposal = proposal
  }
}

/// The inventory was looked at and holds the wanted value.
public struct FixVerified: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  public let field: MPxNField
  public let found: Token
  /// The position of the event that says so.
  public let evidence: Int

  public init(
    correction: CorrectionID, deviceID: EUI64, field: MPxNField, found: Token, evidence: Int
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.field = field
    self.found = found
    self.evidence = evidence
  }
}

/// The inventory was looked at and does not hold the wanted value.
public struct FixNotFound: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  public let field: MPxNField
  /// What it holds instead; nil for an empty place.
  public let found: Token?

  public init(correction: CorrectionID, deviceID: EUI64, field: MPxNField, found: Token?) {
    self.correction = correction
    self.deviceID = deviceID
    self.field = field
    self.found = found
  }
}

/// The fault is gone; the requester is asked to confirm.
public struct CorrectionResolved: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  public let how: How

  public init(correction: CorrectionID, deviceID: EUI64, how: How) {
    self.correction = correction
    self.deviceID = deviceID
    self.how = how
  }

  /// What made the fault go.
  public enum How: String, CaseIterable, Hashable, Sendable {
    case manualFix
    case serviceRequest
    case registration
    /// The entry turned out to be right.
    case noFault
  }
}

/// The requester says that it is right now.
public struct CorrectionConfirmed: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64

  public init(correction: CorrectionID, deviceID: EUI64) {
    self.correction = correction
    self.deviceID = deviceID
  }
}

/// The fault is there again, or was never gone.
public struct CorrectionReopened: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  /// The document that holds the reason.
  public let reason: String

  public init(correction: CorrectionID, deviceID: EUI64, reason: String) {
    self.correction = correction
    self.deviceID = deviceID
    self.reason = reason
  }
}

/// The correction ended without a fix: withdrawn by the requester or rejected by the DCC.
public struct CorrectionClosed: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  /// The document that holds the reason.
  public let reason: String

  public init(correction: CorrectionID, deviceID: EUI64, reason: String) {
    self.correction = correction
    self.deviceID = deviceID
    self.reason = reason
  }
}

/// Somebody wrote something down.
public struct NoteAdded: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  /// The document that holds the note.
  public let note: String

  public init(correction: CorrectionID, deviceID: EUI64, note: String) {
    self.correction = correction
    self.deviceID = deviceID
    self.note = note
  }
}
