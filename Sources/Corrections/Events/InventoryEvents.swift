/// What made an inventory event known or true.
public enum Basis: String, CaseIterable, Hashable, Sendable {
  /// This ledger decided it; an authority only.
  case decided
  /// A response of the DCC to a Service Request.
  case response
  /// An alert that the DCC sent.
  case alert
  /// A look at the entry itself, such as a row of an extract.
  case snapshot
  /// A change that the DSP made by hand.
  case manual
}

/// What the SMI said about one device at a moment: true no later than then.
public struct InventoryObserved: Hashable, Sendable {
  /// The device that the entry is about.
  public let deviceID: EUI64
  /// Where the ledger has it from.
  public let basis: Basis
  /// What was said; what it leaves out stays as it was known.
  public let entry: InventoryEntry

  /// Makes the event of its parts; what the SMI said is never refused.
  public init(deviceID: EUI64, basis: Basis, entry: InventoryEntry) {
    self.deviceID = deviceID
    self.basis = basis
    self.entry = entry
  }
}

/// One SMI entry, by the names of the DUIS 8.2 response; nil means not given.
///
/// That a meter point's place is empty is said by ``empty``: it is another thing than saying
/// nothing.
public struct InventoryEntry: Hashable, Sendable {
  /// `DeviceType`: always given.
  public var deviceType: DeviceType
  /// `DeviceStatus`; Type 2 devices have none.
  public var status: DeviceStatus?
  /// From when the status applies, where the source says it.
  public var statusSince: Instant?
  /// Manufacturer, model, versions and variant.
  public var details: DeviceDetails
  /// `DeviceFirmwareVersionStatus`.
  public var firmwareVersionStatus: ProductStatus?
  /// `CPLStatus`: how the product stands on the Central Products List.
  public var cplStatus: ProductStatus?
  /// `YYYY-MM-DD`.
  public var dateCommissioned: CivilDate?
  /// `ImportMPxN`: an MPAN on an ESME, an MPRN on a GSME.
  public var importMPxN: Token?
  /// `SecondaryImportMPAN`, of a twin-element ESME.
  public var secondaryImportMPAN: Token?
  /// `ExportMPAN`, of an ESME.
  public var exportMPAN: Token?
  /// The fields that were looked at and hold nothing.
  public var empty: Set<EntryField>
  /// `UPRN`: stands for at most 12 digits.
  public var uprn: Token?
  /// `PostCode`: stands for 6–8 characters.
  public var postCode: Token?
  /// `AddressIdentifier`: stands for at most 30 characters.
  public var addressIdentifier: Token?
  /// `CSPRegion`, such as `North`, `4G Central` or `SMETS1`; not checked against the schema's list.
  public var cspRegion: String?
  /// `DeviceGBCSVersion`.
  public var gbcsVersion: String?
  /// `HANVariant`, such as `Single Band (2.4GHz only)`.
  public var hanVariant: String?
  /// `S1SP`: the SMETS1 Service Provider.
  public var s1sp: String?
  /// `Connectivity`: `Cellular` or `Virtual`; new in DUIS 5.4.
  public var connectivity: String?
  /// The User ID that pre-notified the device.
  public var prenotifiedBy: EUI64?
  /// The devices that the SMI associates with it.
  public var associatedDevices: [EUI64]

  /// Makes an entry of which only the type is given.
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
  /// The device whose entry changed.
  public let deviceID: EUI64
  /// Which of the three places.
  public let field: MPxNField
  /// The value replaced; nil when the place was empty.
  public let from: FieldValue?
  /// The value that the place holds from now on.
  public let to: Token
  /// What made the change known or true.
  public let basis: Basis
  /// The request that did it, when one did.
  public let requestID: RequestID?
  /// The correction that did it, when one did.
  public let correction: CorrectionID?

  /// Makes the event of its parts; request and correction name the one cause that there is.
  public init(
    deviceID: EUI64, field: MPxNField, from: FieldValue?, to: Token, basis: Basis,
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

/// One of the three places of an entry for a meter point was emptied; 8.4 has no way to do that.
public struct MPxNCleared: Hashable, Sendable {
  /// The device whose entry changed.
  public let deviceID: EUI64
  /// Which of the three places.
  public let field: MPxNField
  /// The value taken out.
  public let from: FieldValue?
  /// What made the change known or true.
  public let basis: Basis
  /// The correction that did it, when one did.
  public let correction: CorrectionID?

  /// Makes the event of its parts.
  public init(
    deviceID: EUI64, field: MPxNField, from: FieldValue?, basis: Basis, correction: CorrectionID?
  ) {
    self.deviceID = deviceID
    self.field = field
    self.from = from
    self.basis = basis
    self.correction = correction
  }
}
