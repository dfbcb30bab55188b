/// One Service Request, as read from DUIS XML.
///
/// SR 8.4, 8.2 and 12.2 are read whole, and of the services of devices what their success changes;
/// of any other request what tells it apart.
public struct ServiceRequest: Hashable, Sendable {
  /// Its identity, and its idempotency key.
  public let id: RequestID
  /// The DUIS version the sender names, such as `5.4`.
  public let schemaVersion: String
  /// 1–9; 8 for a non-device request.
  public let commandVariant: Int
  /// Such as `8.4`.
  public let serviceReference: String
  /// Such as `8.4`, or `8.1.1` for a variant of `8.1`.
  public let serviceReferenceVariant: String
  /// What it asks for.
  public let content: Content
  /// What `FirstInSequence` said, if it was there.
  public let firstInSequence: Bool?
  /// The request that must be answered before this one.
  public let precedingRequestID: RequestID?
  /// What else a body says that isn't read; empty for 8.4, 8.2 and 12.2.
  public let unreadBody: UnreadBody

  /// Makes a request of parts that were read or are to be written.
  public init(
    id: RequestID, schemaVersion: String, commandVariant: Int, serviceReference: String,
    serviceReferenceVariant: String, content: Content, firstInSequence: Bool? = nil,
    precedingRequestID: RequestID? = nil, unreadBody: UnreadBody = UnreadBody()
  ) {
    self.id = id
    self.schemaVersion = schemaVersion
    self.commandVariant = commandVariant
    self.serviceReference = serviceReference
    self.serviceReferenceVariant = serviceReferenceVariant
    self.content = content
    self.firstInSequence = firstInSequence
    self.precedingRequestID = precedingRequestID
    self.unreadBody = unreadBody
  }

  /// What the body of the request asks for.
  public enum Content: Hashable, Sendable {
    /// SR 8.4.
    case updateInventory(deviceID: EUI64, InventoryUpdate)
    /// SR 8.2.
    case readInventory(InventoryQuery)
    /// SR 12.2.
    case prenotification(DevicePrenotification)
    /// A request to or about a device whose success changes what is held: its body element and the
    /// device.
    case service(element: String, deviceID: EUI64, DeviceService)
    /// Any other request: its body element and the device that it names or is sent to.
    case other(element: String, deviceID: EUI64?)
  }
}

/// The one change that an SR 8.4 asks for.
///
/// Source: DUIS 5.4 schema, a choice of exactly one.
public enum InventoryUpdate: Hashable, Sendable {
  /// Pending or InstalledNotCommissioned.
  case statusExceptCH(DeviceStatus)
  /// Commissioned, Withdrawn or InstalledNotCommissioned.
  case statusCH(DeviceStatus)
  /// Those that are given; none at all is lawful XML and refused with E080408.
  case details(DeviceDetails)
  /// The entry of a Pending device shall go.
  case delete
  /// One of the three places shall hold this meter point; there is no way to empty one.
  case mpxn(MPxNField, MPxN)

  /// Which of the five branches this is.
  public var branch: UpdateBranch {
    switch self {
    case .statusExceptCH: .statusExceptCH
    case .statusCH: .statusCH
    case .details: .details
    case .delete: .delete
    case .mpxn: .mpxn
    }
  }
}

/// The five branches of SR 8.4, by the names that JSON and tables use.
public enum UpdateBranch: String, CaseIterable, Hashable, Sendable {
  /// `UpdateDeviceStatusExceptCH`.
  case statusExceptCH
  /// `UpdateDeviceStatusCH`: for Communications Hubs.
  case statusCH
  /// `UpdateDeviceDetails`.
  case details
  /// `DeleteDevice`.
  case delete
  /// `UpdateMPxN`.
  case mpxn
}

/// What an SR 8.2 asks about: exactly one of four.
public enum InventoryQuery: Hashable, Sendable {
  /// By property number, at most 12 digits.
  case uprn(String)
  /// By device.
  case deviceID(EUI64)
  /// By meter point.
  case mpxn(MPxN)
  /// By postcode (6–8 characters) and the start of the address (at most 30).
  case property(postCode: String, addressIdentifier: String)
}

/// What an SR 12.2 tells: a device that will be installed.
public struct DevicePrenotification: Hashable, Sendable {
  /// The device that is told of.
  public let deviceID: EUI64
  /// Its type.
  public let type: DeviceType
  /// What is given of its make and versions.
  public let details: DeviceDetails
  /// The Gas Proxy Function that it belongs to, where one is named.
  public let associatedGPFDeviceID: EUI64?

  /// Makes a pre-notification of parts that were read or are to be written.
  public init(
    deviceID: EUI64, type: DeviceType, details: DeviceDetails, associatedGPFDeviceID: EUI64?
  ) {
    self.deviceID = deviceID
    self.type = type
    self.details = details
    self.associatedGPFDeviceID = associatedGPFDeviceID
  }
}

/// A query may hold an address or a meter point, so printing it shows none.
extension InventoryQuery: CustomStringConvertible, CustomReflectable {
  /// Says what kind of query it is, and of a meter point the last three digits.
  public var description: String {
    switch self {
    case .uprn: "by UPRN"
    case .deviceID(let id): "by DeviceID \(id)"
    case .mpxn(let mpxn): "by MPxN \(mpxn)"
    case .property: "by address"
    }
  }

  /// Hides the values from `dump` too.
  public var customMirror: Mirror { Mirror(self, children: ["query": description]) }
}
