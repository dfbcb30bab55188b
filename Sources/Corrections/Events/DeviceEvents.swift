/// A device was added to the SMI: it is Pending from then on, if it is of a type that has a status.
public struct DevicePrenotified: Hashable, Sendable {
  /// The device that was added.
  public let deviceID: EUI64
  /// Its type.
  public let type: DeviceType
  /// What was given of its make and versions, as far as a record may hold it.
  public let details: DeviceDetails
  /// The Gas Proxy Function that it belongs to, where one was named.
  public let associatedGPF: EUI64?
  /// The User ID that added it.
  public let by: EUI64
  /// The party of that user, when it is registered.
  public let party: String?
  /// What made the change known or true.
  public let basis: Basis
  /// The request that did it.
  public let requestID: RequestID?

  /// Makes the event of its parts.
  public init(
    deviceID: EUI64, type: DeviceType, details: DeviceDetails, associatedGPF: EUI64?, by: EUI64,
    party: String?, basis: Basis, requestID: RequestID?
  ) {
    self.deviceID = deviceID
    self.type = type
    self.details = details
    self.associatedGPF = associatedGPF
    self.by = by
    self.party = party
    self.basis = basis
    self.requestID = requestID
  }
}

/// The SMI status of a device became another one at that moment.
public struct DeviceStatusChanged: Hashable, Sendable {
  /// The device whose status changed.
  public let deviceID: EUI64
  /// The status before; nil when none was known.
  public let from: DeviceStatus?
  /// The status from now on.
  public let to: DeviceStatus
  /// What made the change known or true.
  public let basis: Basis
  /// The request that did it, when one did.
  public let requestID: RequestID?
  /// The correction that did it, when one did.
  public let correction: CorrectionID?

  /// Makes the event of its parts.
  public init(
    deviceID: EUI64, from: DeviceStatus?, to: DeviceStatus, basis: Basis, requestID: RequestID?,
    correction: CorrectionID? = nil
  ) {
    self.deviceID = deviceID
    self.from = from
    self.to = to
    self.basis = basis
    self.requestID = requestID
    self.correction = correction
  }
}

/// Details of a device became other ones; what is not given stayed as it was.
public struct DeviceDetailsUpdated: Hashable, Sendable {
  /// The device whose details changed.
  public let deviceID: EUI64
  /// Those that changed, as far as a record may hold them.
  public let details: DeviceDetails
  /// What made the change known or true.
  public let basis: Basis
  /// The request that did it, when one did.
  public let requestID: RequestID?
  /// The correction that did it, when one did.
  public let correction: CorrectionID?

  /// Makes the event of its parts.
  public init(
    deviceID: EUI64, details: DeviceDetails, basis: Basis, requestID: RequestID?,
    correction: CorrectionID? = nil
  ) {
    self.deviceID = deviceID
    self.details = details
    self.basis = basis
    self.requestID = requestID
    self.correction = correction
  }
}

/// A device was removed from the SMI; its history stays here.
public struct DeviceDeleted: Hashable, Sendable {
  /// The device that was removed.
  public let deviceID: EUI64
  /// What made the change known or true.
  public let basis: Basis
  /// The request that did it, when one did.
  public let requestID: RequestID?
  /// The correction that did it, when one did.
  public let correction: CorrectionID?

  /// Makes the event of its parts.
  public init(
    deviceID: EUI64, basis: Basis, requestID: RequestID?, correction: CorrectionID? = nil
  ) {
    self.deviceID = deviceID
    self.basis = basis
    self.requestID = requestID
    self.correction = correction
  }
}

/// Two devices were joined, or ceased to be: both have it on their timelines.
public struct DeviceAssociation: Hashable, Sendable {
  /// The device that was asked.
  public let deviceID: EUI64
  /// The other device.
  public let other: EUI64
  /// What made the change known or true.
  public let basis: Basis
  /// The request that did it, when one did.
  public let requestID: RequestID?

  /// Makes the event of its parts.
  public init(deviceID: EUI64, other: EUI64, basis: Basis, requestID: RequestID?) {
    self.deviceID = deviceID
    self.other = other
    self.basis = basis
    self.requestID = requestID
  }

  /// The device at the other end, seen from one of the two; nil for a third.
  public func other(than device: EUI64) -> EUI64? {
    device == deviceID ? other : device == other ? deviceID : nil
  }
}

/// A device passed to another supplier.
public struct DeviceSupplierChanged: Hashable, Sendable {
  /// The device that passed.
  public let deviceID: EUI64
  /// The User ID of the new supplier, where it is told.
  public let user: EUI64?
  /// The party of that user, when it is registered.
  public let party: String?
  /// The import meter point that the change names, where it names one.
  public let mpxn: Token?
  /// What made the change known or true.
  public let basis: Basis
  /// The request that did it, when one did.
  public let requestID: RequestID?

  /// Makes the event of its parts.
  public init(
    deviceID: EUI64, user: EUI64?, party: String?, mpxn: Token?, basis: Basis,
    requestID: RequestID?
  ) {
    self.deviceID = deviceID
    self.user = user
    self.party = party
    self.mpxn = mpxn
    self.basis = basis
    self.requestID = requestID
  }
}

/// What the device itself holds: another place than the SMI, and not changed with it.
///
/// Only what is given was said.
public struct DeviceValueObserved: Hashable, Sendable {
  /// The device that said it, or to which it was written with success.
  public let deviceID: EUI64
  /// The import meter point that the device holds.
  public let importMPxN: FieldValue?
  /// The secondary import meter point that the device holds.
  public let secondaryImportMPAN: FieldValue?
  /// The export meter point that the device holds.
  public let exportMPAN: FieldValue?
  /// The firmware version that the device runs.
  public let firmwareVersion: String?
  /// What made it known.
  public let basis: Basis
  /// The request that wrote or read it, when one did.
  public let requestID: RequestID?

  /// Makes the event of its parts.
  public init(
    deviceID: EUI64, importMPxN: FieldValue? = nil, secondaryImportMPAN: FieldValue? = nil,
    exportMPAN: FieldValue? = nil, firmwareVersion: String? = nil, basis: Basis,
    requestID: RequestID?
  ) {
    self.deviceID = deviceID
    self.importMPxN = importMPxN
    self.secondaryImportMPAN = secondaryImportMPAN
    self.exportMPAN = exportMPAN
    self.firmwareVersion = firmwareVersion
    self.basis = basis
    self.requestID = requestID
  }

  /// What the device holds in the place of one of the three fields.
  public func value(_ field: MPxNField) -> FieldValue? {
    switch field {
    case .importMPxN: importMPxN
    case .secondaryImportMPAN: secondaryImportMPAN
    case .exportMPAN: exportMPAN
    }
  }
}
