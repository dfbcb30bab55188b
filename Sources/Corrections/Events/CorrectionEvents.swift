/// A correction was opened: one field of one device, from report to confirmed fix.
public struct CorrectionRequested: Hashable, Sendable {
  /// The number that it was given.
  public let correction: CorrectionID
  /// The device whose entry is wrong.
  public let deviceID: EUI64
  /// Its type, as the SMI showed it.
  public let deviceType: DeviceType
  /// What of the entry is wrong.
  public let field: CorrectionField
  /// What the SMI held when it was opened; nil when nothing was known of it.
  public let current: EntryValue?
  /// What the SMI should hold.
  public let requested: EntryValue
  /// The party that asks.
  public let party: String
  /// The refused request that it takes up, when it does.
  public let requestID: RequestID?
  /// The code that request was refused with.
  public let firstCode: String?
  /// The label by which many that were opened at once are found again.
  public let batch: String?

  /// Makes the event that opens a correction; a second one for the same number changes nothing.
  public init(
    correction: CorrectionID, deviceID: EUI64, deviceType: DeviceType, field: CorrectionField,
    current: EntryValue?, requested: EntryValue, party: String, requestID: RequestID?,
    firstCode: String?, batch: String? = nil
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
    self.batch = batch
  }
}

/// A second report of the same fault was taken into the open correction.
public struct CorrectionJoined: Hashable, Sendable {
  /// The correction that was open.
  public let correction: CorrectionID
  /// The device that it is about.
  public let deviceID: EUI64
  /// The party that asked for the correction first: the event is on its timeline.
  public let requester: String
  /// The party that reports.
  public let party: String
  /// The refused request that it comes from, where it comes from one.
  public let requestID: RequestID?
  /// What this report wants; differs from the correction's own when two parties disagree.
  public let requested: EntryValue

  /// Makes the event of its parts.
  public init(
    correction: CorrectionID, deviceID: EUI64, requester: String, party: String,
    requestID: RequestID?, requested: EntryValue
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.requester = requester
    self.party = party
    self.requestID = requestID
    self.requested = requested
  }
}

/// The shortest way that is open was worked out from the facts.
public struct RouteAdvised: Hashable, Sendable {
  /// The correction that is advised on.
  public let correction: CorrectionID
  /// The device that it is about.
  public let deviceID: EUI64
  /// The party that asked for the correction first: the event is on its timeline.
  public let requester: String
  /// The route, why it is this one, and who must agree.
  public let advice: RouteAdvice
  /// The position up to which the facts were taken.
  public let factsUpTo: Int
  /// The newest registration import at that position; nil when there was none.
  public let registrations: Int?
  /// The user who had it worked out; nil when a report did.
  public let askedBy: String?

  /// Makes the event of an advice and the position that its facts rest on.
  public init(
    correction: CorrectionID, deviceID: EUI64, requester: String, advice: RouteAdvice,
    factsUpTo: Int,
    registrations: Int?, askedBy: String?
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.requester = requester
    self.advice = advice
    self.factsUpTo = factsUpTo
    self.registrations = registrations
    self.askedBy = askedBy
  }
}

/// One team or person at the DCC took the correction, and keeps it from start to end.
public struct OwnerAssigned: Hashable, Sendable {
  /// The correction that had no owner.
  public let correction: CorrectionID
  /// The device that it is about.
  public let deviceID: EUI64
  /// The party that asked for the correction first: the event is on its timeline.
  public let requester: String
  /// The party that did it.
  public let party: String
  /// A staff or team code.
  public let owner: String

  /// Makes the event of its parts; the first owner is no handover.
  public init(
    correction: CorrectionID, deviceID: EUI64, requester: String, party: String, owner: String
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.requester = requester
    self.party = party
    self.owner = owner
  }
}

/// The owner changed: a handover, and counted as one.
public struct OwnershipTransferred: Hashable, Sendable {
  /// The correction that is handed over.
  public let correction: CorrectionID
  /// The device that it is about.
  public let deviceID: EUI64
  /// The party that asked for the correction first: the event is on its timeline.
  public let requester: String
  /// The party that did it.
  public let party: String
  /// The staff or team code of the owner until now.
  public let from: String
  /// The staff or team code of the owner from now on.
  public let to: String
  /// The document that holds the reason.
  public let reason: String

  /// Makes the event of its parts.
  public init(
    correction: CorrectionID, deviceID: EUI64, requester: String, party: String, from: String,
    to: String, reason: String
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.requester = requester
    self.party = party
    self.from = from
    self.to = to
    self.reason = reason
  }
}

/// The fault is gone; the requester is asked to confirm.
public struct CorrectionResolved: Hashable, Sendable {
  /// The correction that is resolved.
  public let correction: CorrectionID
  /// The device that it is about.
  public let deviceID: EUI64
  /// The party that asked for the correction first: the event is on its timeline.
  public let requester: String
  /// What made the fault go.
  public let how: How
  /// The position of the event that shows it; nil when it rests on somebody's word.
  public let evidence: Int?

  /// Makes the event of its parts; it can be reopened.
  public init(
    correction: CorrectionID, deviceID: EUI64, requester: String, how: How, evidence: Int?
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.requester = requester
    self.how = how
    self.evidence = evidence
  }

  /// What made the fault go.
  public enum How: String, CaseIterable, Hashable, Sendable {
    /// The DSP made the change.
    case manualFix
    /// An accepted request brought the wanted value.
    case serviceRequest
    /// The registration was put right, or changed.
    case registration
    /// Everybody agreed, and the ledger made the change by itself.
    case agreement
    /// The inventory was seen to hold the wanted value, however it came there.
    case observed
    /// An Incident led to it.
    case incident
    /// The entry turned out to be right.
    case noFault
  }
}

/// The requester says that it is right now.
public struct CorrectionConfirmed: Hashable, Sendable {
  /// The correction that was resolved.
  public let correction: CorrectionID
  /// The device that it is about.
  public let deviceID: EUI64
  /// The party that asked for the correction first: the event is on its timeline.
  public let requester: String
  /// The party that says so.
  public let party: String

  /// Makes the event of its parts; it can be reopened still.
  public init(correction: CorrectionID, deviceID: EUI64, requester: String, party: String) {
    self.correction = correction
    self.deviceID = deviceID
    self.requester = requester
    self.party = party
  }
}

/// The fault is there again, or was never gone.
public struct CorrectionReopened: Hashable, Sendable {
  /// The correction that was resolved or confirmed.
  public let correction: CorrectionID
  /// The device that it is about.
  public let deviceID: EUI64
  /// The party that asked for the correction first: the event is on its timeline.
  public let requester: String
  /// The party that did it.
  public let party: String
  /// Why it is open again.
  public let because: Because
  /// The document that holds the reason, where somebody gave one.
  public let reason: String?
  /// The refused request that it comes from, where it comes from one.
  public let requestID: RequestID?

  /// Makes the event of its parts; consents that stood until now count no longer.
  public init(
    correction: CorrectionID, deviceID: EUI64, requester: String, party: String,
    because: Because = .said, reason: String?, requestID: RequestID? = nil
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.requester = requester
    self.party = party
    self.because = because
    self.reason = reason
    self.requestID = requestID
  }

  /// Why a correction is open again.
  public enum Because: String, CaseIterable, Hashable, Sendable {
    /// A party said so.
    case said
    /// The same fault was reported again within the time that the policy gives.
    case reportedAgain
  }
}

/// The correction ended without a fix: withdrawn by the requester or rejected by the DCC.
public struct CorrectionClosed: Hashable, Sendable {
  /// The correction that ended.
  public let correction: CorrectionID
  /// The device that it is about; nil for an old ticket that names none.
  public let deviceID: EUI64?
  /// The party that asked for the correction first: the event is on its timeline.
  public let requester: String
  /// The party that did it.
  public let party: String
  /// The document that holds the reason.
  public let reason: String

  /// Makes the content of a rejection or a withdrawal.
  public init(
    correction: CorrectionID, deviceID: EUI64?, requester: String, party: String, reason: String
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.requester = requester
    self.party = party
    self.reason = reason
  }
}

/// Somebody wrote something down.
public struct NoteAdded: Hashable, Sendable {
  /// The correction that the note is about.
  public let correction: CorrectionID
  /// The device that it is about; nil for an old ticket that names none.
  public let deviceID: EUI64?
  /// The party that asked for the correction first: the event is on its timeline.
  public let requester: String
  /// The party that wrote it.
  public let party: String
  /// The document that holds the note.
  public let note: String

  /// Makes the event of its parts.
  public init(
    correction: CorrectionID, deviceID: EUI64?, requester: String, party: String, note: String
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.requester = requester
    self.party = party
    self.note = note
  }
}
