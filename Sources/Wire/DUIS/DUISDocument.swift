public import Corrections

/// What one DUIS file turned out to be.
public enum DUISDocument: Hashable, Sendable {
  /// A Service Request, read in full as far as its service is known.
  case request(ServiceRequest)
  /// A response of the DCC: who answered what, with which code and content.
  case response(ReceivedResponse)
  /// A device or DCC alert: what was told of which device.
  case alert(ReceivedAlert)
}

/// A response that the DCC sent, or the decoded form of one.
public struct ReceivedResponse: Hashable, Sendable {
  /// The request it answers; where only a ResponseID is there, that with its parts changed over.
  public let requestID: RequestID?
  /// `target:originator:counter`; absent from acknowledgements and rejections.
  public let responseID: RequestID?
  /// Whether RequestID and ResponseID, where both are there, are of one request.
  public let identitiesAgree: Bool
  /// Such as `I99` or `E080415`; a decoded form carries none and stands for `I0`.
  public let code: String
  /// `ResponseDateTime`; nil for a decoded form without a time stamp.
  public let at: Instant?
  /// Whether the time had no zone and was taken as UTC.
  public let zoneWasMissing: Bool
  /// Nil for a response whose body is of another form than `ResponseMessage`.
  public let serviceReference: String?
  /// Nil where `serviceReference` is.
  public let serviceReferenceVariant: String?
  /// The element that holds the content, such as `DSPInventory`; nil when only a code came back.
  public let element: String?
  /// What is read of the content.
  public let content: ResponseContent
  /// Whether it is the decoded form (`GBCSResponse`) of what a device answered.
  public let isDecoded: Bool
  /// The DUIS version the sender names.
  public let schemaVersion: String
  /// The content without the accidents of its spelling, to tell the same response sent again from
  /// another one.
  ///
  /// It may hold meter points.
  public let canonical: [UInt8]

  /// Makes a response of parts that were read.
  public init(
    requestID: RequestID?, responseID: RequestID?, identitiesAgree: Bool, code: String,
    at: Instant?, zoneWasMissing: Bool, serviceReference: String?,
    serviceReferenceVariant: String?, element: String?, content: ResponseContent,
    isDecoded: Bool, schemaVersion: String, canonical: [UInt8]
  ) {
    self.requestID = requestID
    self.responseID = responseID
    self.identitiesAgree = identitiesAgree
    self.code = code
    self.at = at
    self.zoneWasMissing = zoneWasMissing
    self.serviceReference = serviceReference
    self.serviceReferenceVariant = serviceReferenceVariant
    self.element = element
    self.content = content
    self.isDecoded = isDecoded
    self.schemaVersion = schemaVersion
    self.canonical = canonical
  }
}

/// What the content of a response says, as far as it is read.
public enum ResponseContent: Hashable, Sendable {
  /// Only a code came back.
  case none
  /// The devices of a premises (SR 8.2): one to seventeen.
  case inventory([InventoryRow])
  /// What a device holds of meter points (decoded SR 6.2.7): nil in it for a place not told of.
  case onDevice(MPxNs<MPxNOrEmpty>)
  /// The firmware that a device runs (decoded SR 11.2, and 11.3 where it names a version).
  case firmwareVersion(String)
  /// A decoded answer that says whether the command succeeded, and nothing that is read.
  case outcome(succeeded: Bool)
  /// Content that is not read, such as a GBCS payload.
  case unread
}

/// A meter point that a device holds, or nothing.
public enum MPxNOrEmpty: Hashable, Sendable {
  /// The place holds nothing.
  case empty
  /// The place holds this meter point.
  case mpxn(MPxN)
}

/// An alert that the DCC or a device sent.
public struct ReceivedAlert: Hashable, Sendable {
  /// Who sent it.
  public let source: AlertSource
  /// `sender:receiver:counter`, where the alert has one.
  public let responseID: RequestID?
  /// The `ResponseCode` of the header.
  public let code: String
  /// `ResponseDateTime`.
  public let at: Instant
  /// Whether the time had no zone and was taken as UTC.
  public let zoneWasMissing: Bool
  /// Such as `N1`, or four hex digits in upper case of a device; nil when it names none.
  public let alertCode: String?
  /// What a DCC alert tells, such as `DeviceStatusChangeEvent`.
  public let element: String?
  /// What is read of it.
  public let content: AlertContent
  /// The device that the alert is about, or the first that it names.
  public let deviceID: EUI64?
  /// The DUIS version the sender names.
  public let schemaVersion: String
  /// The content without the accidents of its spelling.
  ///
  /// It may hold meter points.
  public let canonical: [UInt8]

  /// Makes an alert of parts that were read.
  public init(
    source: AlertSource, responseID: RequestID?, code: String, at: Instant, zoneWasMissing: Bool,
    alertCode: String?, element: String?, content: AlertContent, deviceID: EUI64?,
    schemaVersion: String, canonical: [UInt8]
  ) {
    self.source = source
    self.responseID = responseID
    self.code = code
    self.at = at
    self.zoneWasMissing = zoneWasMissing
    self.alertCode = alertCode
    self.element = element
    self.content = content
    self.deviceID = deviceID
    self.schemaVersion = schemaVersion
    self.canonical = canonical
  }
}
