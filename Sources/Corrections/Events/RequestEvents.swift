/// A Service Request arrived, as sent; its raw text is the document named.
public struct ServiceRequestReceived: Hashable, Sendable {
  /// The identity of the request, and its idempotency key.
  public let requestID: RequestID
  /// The party that the originator belongs to, when it is registered.
  public let party: String?
  /// The DUIS version that the sender named, such as `5.4`.
  public let schemaVersion: String
  /// 1–9; 8 for a non-device request such as 8.4.
  public let commandVariant: Int
  /// Such as `8.4`.
  public let serviceReference: String
  /// Such as `8.4`, or `8.1.1` for a variant of `8.1`.
  public let serviceReferenceVariant: String
  /// The device that it is about, where it names one.
  public let deviceID: EUI64?
  /// What it asks for, as far as a record may hold it.
  public let asks: Asked
  /// What `FirstInSequence` said, if it was there.
  public let firstInSequence: Bool?
  /// The request that must be answered before this one.
  public let preceding: RequestID?
  /// The name of the raw XML in the document store.
  public let document: String

  /// Makes the event of its parts; personal values come as tokens.
  public init(
    requestID: RequestID, party: String?, schemaVersion: String, commandVariant: Int,
    serviceReference: String, serviceReferenceVariant: String, deviceID: EUI64?, asks: Asked,
    firstInSequence: Bool?, preceding: RequestID?, document: String
  ) {
    self.requestID = requestID
    self.party = party
    self.schemaVersion = schemaVersion
    self.commandVariant = commandVariant
    self.serviceReference = serviceReference
    self.serviceReferenceVariant = serviceReferenceVariant
    self.deviceID = deviceID
    self.asks = asks
    self.firstInSequence = firstInSequence
    self.preceding = preceding
    self.document = document
  }

  /// What was asked for, with tokens for personal values.
  public enum Asked: Hashable, Sendable {
    /// Branch `mpxn` of 8.4: the value wanted in one of the three places.
    case mpxn(MPxNField, Token)
    /// One of the two status branches of 8.4.
    case status(UpdateBranch, DeviceStatus)
    /// Branch `details` of 8.4: those that were given.
    case details(DeviceDetails)
    /// A branch of 8.4 that says no more, or whose content may stand in the document only.
    case branch(UpdateBranch)
    /// SR 8.2.
    case query(Query)
    /// SR 12.2.
    case prenotification(DeviceType, DeviceDetails, associatedGPF: EUI64?)
    /// SR 8.11: a hub shall let the device in or let it go; the meter points that it names.
    case hanDeviceLog(HANDeviceLogAction, MPxNs<Token>)
    /// SR 8.7.1 and 8.7.2, by their body element: the two devices shall be joined.
    case join(element: String, other: EUI64)
    /// SR 8.8.1 and 8.8.2, by their body element: they shall be joined no more.
    case unjoin(element: String, other: EUI64)
    /// SR 6.23: the import meter point for which the device passes to the sender.
    case supplierChange(Token)
    /// SR 6.20.1 and 6.20.2, by their body element: what the device shall hold.
    case setMPxNs(element: String, MPxNs<Token>)
    /// Any other request; its body element.
    case other(element: String)

    /// The branch of 8.4; nil for another request.
    public var branch: UpdateBranch? {
      switch self {
      case .mpxn: .mpxn
      case .status(let branch, _), .branch(let branch): branch
      case .details: .details
      case .query, .prenotification, .hanDeviceLog, .join, .unjoin, .supplierChange, .setMPxNs,
        .other:
        nil
      }
    }
  }

  /// What an SR 8.2 asks about.
  public enum Query: Hashable, Sendable {
    /// The device that the event names.
    case device
    /// A meter point.
    case mpxn(Token)
    /// A property.
    case uprn(Token)
    /// A postcode and the start of an address.
    case property(postCode: Token, address: Token)
  }
}

/// The rulebook was applied to a request: all findings, and the code they lead to.
public struct ServiceRequestValidated: Hashable, Sendable {
  /// The request that was judged.
  public let requestID: RequestID
  /// The party that the originator belongs to, when it is registered.
  public let party: String?
  /// Such as `8.4`.
  public let serviceReference: String
  /// The device that it is about, where it names one.
  public let deviceID: EUI64?
  /// The meter point that was in the field, for an update of one: the event is on its timeline.
  public let held: Token?
  /// The meter point that is asked for, for an update of one.
  public let wanted: Token?
  /// Every finding with its facts, and the code that they lead to; read later, never recomputed.
  public let judgement: Judgement
  /// The position up to which the facts were taken.
  public let factsUpTo: Int
  /// The newest registration import at that position; nil when there was none.
  public let registrations: Int?

  /// Makes the event of a judgement and the position that its facts rest on.
  public init(
    requestID: RequestID, party: String?, serviceReference: String, deviceID: EUI64?,
    held: Token?, wanted: Token?, judgement: Judgement, factsUpTo: Int, registrations: Int?
  ) {
    self.requestID = requestID
    self.party = party
    self.serviceReference = serviceReference
    self.deviceID = deviceID
    self.held = held
    self.wanted = wanted
    self.judgement = judgement
    self.factsUpTo = factsUpTo
    self.registrations = registrations
  }
}

/// The answer that an authority gave.
public struct ServiceResponseIssued: Hashable, Sendable {
  /// The request that is answered.
  public let requestID: RequestID
  /// The party that the originator belongs to, when it is registered.
  public let party: String?
  /// Such as `8.4`.
  public let serviceReference: String
  /// The device that it is about, where it names one.
  public let deviceID: EUI64?
  /// `I99`, `I0` or the code of the first rule that refused.
  public let code: String
  /// The devices whose entries the answer shows, in its order; empty for an answer that shows none.
  public let devices: [EUI64]

  /// Makes the event of its parts.
  public init(
    requestID: RequestID, party: String?, serviceReference: String, deviceID: EUI64?, code: String,
    devices: [EUI64] = []
  ) {
    self.requestID = requestID
    self.party = party
    self.serviceReference = serviceReference
    self.deviceID = deviceID
    self.code = code
    self.devices = devices
  }
}
