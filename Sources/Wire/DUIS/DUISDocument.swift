public import Corrections

/// What one DUIS file turned out to be.
public enum DUISDocument: Hashable, Sendable {
  /// A Service Request, read in full as far as its service is known.
  case request(ServiceRequest)
  /// A response of the DCC: who answered what, with which code.
  case response(ResponseSummary)
  /// A device or DCC alert: what was told of which device.
  case alert(AlertSummary)
}

/// The header facts of a response that the DCC sent.
public struct ResponseSummary: Hashable, Sendable {
  /// The request it answers; optional in the schema.
  public let requestID: RequestID?
  /// `target:originator:counter`; absent from acknowledgements and rejections.
  public let responseID: RequestID?
  /// Such as `I99` or `E080415`.
  public let code: String
  /// `ResponseDateTime`.
  public let at: Instant
  /// Whether the time had no zone and was taken as UTC.
  public let zoneWasMissing: Bool
  /// Empty for a response whose body is of another form than `ResponseMessage`.
  public let serviceReference: String
  /// Empty where `serviceReference` is.
  public let serviceReferenceVariant: String
  /// The element that holds the content, such as `DSPInventory`; nil when only a code came back.
  public let content: String?
  /// The DUIS version the sender names.
  public let schemaVersion: String
}

/// The header facts of an alert that the DCC or a device sent.
public struct AlertSummary: Hashable, Sendable {
  /// Who sent it.
  public let source: Source
  /// `target:originator:counter`, where the alert has one.
  public let responseID: RequestID?
  /// The `ResponseCode` of the header.
  public let code: String
  /// `ResponseDateTime`.
  public let at: Instant
  /// Whether the time had no zone and was taken as UTC.
  public let zoneWasMissing: Bool
  /// Such as `N1`; nil when the message of a device names none outside its payload.
  public let alertCode: String?
  /// What a DCC alert tells, such as `DeviceStatusChangeEvent`.
  public let content: String?
  /// The first device that the alert names.
  public let deviceID: EUI64?
  /// The DUIS version the sender names.
  public let schemaVersion: String

  /// Who sent an alert.
  public enum Source: Hashable, Sendable { case dcc, device }
}
