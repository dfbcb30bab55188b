/// A Service Request arrived, as sent; its raw text is the document named.
public struct ServiceRequestReceived: Hashable, Sendable {
  public let requestID: RequestID
  /// The party that the originator belongs to, when it is registered.
  public let party: String?
  public let schemaVersion: String
  public let commandVariant: Int
  public let serviceReference: String
  public let serviceReferenceVariant: String
  public let deviceID: EUI64?
  public let asks: Asked
  /// The name of the raw XML in the document store.
  public let document: String

  public init(
    requestID: RequestID, party: String?, schemaVersion: String, commandVariant: Int,
    serviceReference: String, serviceReferenceVariant: String, deviceID: EUI64?, asks: Asked,
    document: String
  ) {
    self.requestID = requestID
    self.party = party
    self.schemaVersion = schemaVersion
    self.commandVariant = commandVariant
    self.serviceReference = serviceReference
    self.serviceReferenceVariant = serviceReferenceVariant
    self.deviceID = deviceID
    self.asks = asks
    self.document = document
  }

  /// What was asked for, with tokens for personal values.
  public enum Asked: Hashable, Sendable {
    case mpxn(MPxNField, Token)
    /// A branch of 8.4 whose content stands in the document only.
    case otherBranch(UpdateBranch)
    /// A request other than 8.4; its body element.
    case other(element: String)
  }
}

/// The rulebook was applied to a request: all findings, and the code they lead to.
public struct ServiceRequestValidated: Hashable, Sendable {
  public let requestID: RequestID
  /// The party that the originator belongs to, when it is registered.
  public let party: String?
  public let serviceReference: String
  public let deviceID: EUI64?
  public let judgement: Judgement
  /// The position up to which the facts were taken.
  public let factsUpTo: Int
  /// The newest registration import at that position; nil when there was none.
  public let registrations: Int?

  public init(
    requestID: RequestID, party: String?, serviceReference: String, deviceID: EUI64?,
    judgement: Judgement, factsUpTo: Int, registrations: Int?
  ) {
    self.requestID = requestID
    self.party = party
    self.serviceReference = serviceReference
    self.deviceID = deviceID
    self.judgement = judgement
    self.factsUpTo = factsUpTo
    self.registrations = registrations
  }
}

/// The answer that an authority gave.
public struct ServiceResponseIssued: Hashable, Sendable {
  public let requestID: RequestID
  /// The party that the originator belongs to, when it is registered.
  public let party: String?
  public let serviceReference: String
  public let deviceID: EUI64?
  /// `I99` or the code of the first rule that refused.
  public let code: String

  public init(
    requestID: RequestID, party: String?, serviceReference: String, deviceID: EUI64?, code: String
  ) {
    self.requestID = requestID
    self.party = party
    self.serviceReference = serviceReference
    self.deviceID = deviceID
    self.code = code
  }
}
