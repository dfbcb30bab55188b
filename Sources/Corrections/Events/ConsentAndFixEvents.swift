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
  public let consent: RouteAdvice.Consent

  public init(correction: CorrectionID, deviceID: EUI64, consent: RouteAdvice.Consent) {
    self.correction = correction
    self.deviceID = deviceID
    self.consent = consent
  }
}

/// A Registered Supplier agreed.
public struct ConsentGiven: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  public let consent: RouteAdvice.Consent
  /// The position of the event that asked; nil when nobody had to.
  public let asked: Int?
  /// Agreed by being one who asks for the change.
  public let byAsking: Bool

  public init(
    correction: CorrectionID, deviceID: EUI64, consent: RouteAdvice.Consent, asked: Int?,
    byAsking: Bool
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.consent = consent
    self.asked = asked
    self.byAsking = byAsking
  }
}

/// A Registered Supplier did not agree.
public struct ConsentRefused: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  public let consent: RouteAdvice.Consent
  /// The position of the event that asked.
  public let asked: Int
  /// The document that holds the reason.
  public let reason: String

  public init(
    correction: CorrectionID, deviceID: EUI64, consent: RouteAdvice.Consent, asked: Int,
    reason: String
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.consent = consent
    self.asked = asked
    self.reason = reason
  }
}

/// A consent, given or asked for, no longer counts: the party is not the Registered Supplier now,
/// or another meter point is meant.
public struct ConsentLapsed: Hashable, Sendable {
  public let correction: CorrectionID
  public let deviceID: EUI64
  public let consent: RouteAdvice.Consent
  /// The position of the event that asked; nil when nobody had to.
  public let asked: Int?
  /// The newest registration import when it lapsed; nil when there was none.
  public let shownBy: Int?

  public init(
    correction: CorrectionID, deviceID: EUI64, consent: RouteAdvice.Consent, asked: Int?,
    shownBy: Int?
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.consent = consent
    self.asked = asked
    self.shownBy = shownBy
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
  /// The position of the event that says so; nil when nothing has been said of the place.
  public let evidence: Int?

  public init(
    correction: CorrectionID, deviceID: EUI64, field: MPxNField, found: Token?, evidence: Int?
  ) {
    self.correction = correction
    self.deviceID = deviceID
    self.field = field
    self.found = found
    self.evidence = evidence
  }
}
