/// What made an inventory event known or true.
public enum Basis: String, CaseIterable, Hashable, Sendable {
  /// This ledger decided it; an authority only.
  case decided
  case response
  case alert
  case snapshot
  case manual
}

/// What the SMI said about one device at a moment: true no later than then.
public struct InventoryObserved: Hashable, Sendable {
  public let deviceID: EUI64
  public let basis: Basis
  public let entry: InventoryEntry

  public init(deviceID: EUI64, basis: Basis, entry: InventoryEntry) {
    self.deviceID = deviceID
    self.basis = basis
    self.entry = entry
  }
}

/// One SMI entry, by the names of the DUIS 8.2 response; nil means not given.
///
/// That a meter point's place is empty is said by ``empty``: it is another thing than saying nothing.
public struct InventoryEntry: Hashable, Sendable {
  public var deviceType: DeviceType
  public var status: DeviceStatus?
  /// From when the status applies, where the source says it.
  public var statusSince: Instant?
  public var details: DeviceDetails
  public var firmwareVersionStatus: ProductStatus?
  public var cplStatus: ProductStatus?
  /// `YYYY-MM-DD`.
  public var dateCommissioned: CivilDate?
  public var importMPxN: Token?
  public var secondaryImportMPAN: Token?
  public var exportMPAN: Token?
  /// The places that were seen to hold no meter point.
  public var empty: Set<MPxNField>
  public var uprn: Token?
  public var postCode: Token?
  public var addressIdentifier: Token?
  public var cspRegion: String?
  public var gbcsVersion: String?
  public var hanVariant: String?
  public var s1sp: String?
  public var connectivity: String?
  /// The User ID that pre-notified the device.
  public var prenotifiedBy: EUI64?
  public var associatedDevices: [EUI64]

  public init(deviceType: DeviceType) {
    self.deviceType = deviceType
    details = DeviceDetails()
    empty = []
    associatedDevices = []
  }

  /// The meter point in one of the three places.
  public func mpxn(_ field: MPxNField) -> Token? {
    switch field {
    case .importMPxN: importMPxN
    case .secondaryImportMPAN: secondaryImportMPAN
    case .exportMPAN: exportMPAN
    }
  }
}

/// A meter point in the SMI became another one.
public struct MPxNUpdated: Hashable, Sendable {
  public let deviceID: EUI64
  public let field: MPxNField
  /// The value replaced; nil when the place was empty.
  public let from: Token?
  public let to: Token
  public let basis: Basis
  /// The request that did it, when one did.
  public let requestID: RequestID?
  /// The correction that did it, when one did.
  public let correction: CorrectionID?

  public init(
    deviceID: EUI64, field: MPxNField, from: Token?, to: Token, basis: Basis,
    requestID: RequestID?, correction: CorrectionID?
  ) {
    self.deviceID = deviceID
    self.field = field
    self.from = from
    self.to = to
    self.basis = basis
    self.requestID = requestID
    self.correction = correction
  }
}
