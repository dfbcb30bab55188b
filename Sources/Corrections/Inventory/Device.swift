/// One SMI entry as the events show it: a fold that never refuses.
///
/// What the SMI said, it said: a step that the transition table would not allow is kept and
/// flagged.
public struct Device: Hashable, Sendable {
  /// The device.
  public let id: EUI64
  /// What kind of device it is, as last said.
  public private(set) var type: DeviceType
  /// The position of the event that last said the type.
  public private(set) var typeKnownAt: Int
  /// The position of the event that last said the variant; nil while it is not known.
  public private(set) var variantKnownAt: Int?
  /// What is known of its make, versions and variant.
  public private(set) var details: DeviceDetails
  /// The User ID that pre-notified it; nil while nobody has said.
  public private(set) var prenotifiedBy: EUI64?
  /// The day of commissioning; nil while nobody has said.
  public private(set) var dateCommissioned: CivilDate?
  /// The devices that the SMI associates with it, as last said.
  public private(set) var associatedDevices: [EUI64]
  /// Every status that it has had; empty for a Type 2 device.
  public private(set) var status: History<DeviceStatus>
  private var importMPxN: History<Token?>
  private var secondaryImportMPAN: History<Token?>
  private var exportMPAN: History<Token?>
  /// Corrections of this device, oldest first.
  public private(set) var corrections: [CorrectionMark]
  /// The moment of which type and details are known.
  private var lookedAt: Instant
  /// The last event that told something about the device.
  public private(set) var position: Int

  /// A correction of one field, as its device sees it.
  public struct CorrectionMark: Hashable, Sendable {
    /// The number of the correction.
    public let id: CorrectionID
    /// The place that it is about.
    public let field: MPxNField
    /// Whether it still waits for its fix.
    public internal(set) var isOpen: Bool
  }

  /// Every value that a field has had, in the order in which they were true; nil for an empty
  /// place.
  public func history(_ field: MPxNField) -> History<Token?> {
    switch field {
    case .importMPxN: importMPxN
    case .secondaryImportMPAN: secondaryImportMPAN
    case .exportMPAN: exportMPAN
    }
  }

  /// The value now in a field; nil when the place is empty, or nothing has been said of it.
  public func current(_ field: MPxNField) -> Known<Token>? { history(field).current?.present() }

  /// The status that applies now.
  public var currentStatus: Known<DeviceStatus>? { status.current }

  /// The correction of a field that is still open.
  public func openCorrection(of field: MPxNField) -> CorrectionID? {
    corrections.last { $0.field == field && $0.isOpen }?.id
  }

  /// Folds a device's timeline; nil when no event says what the device is.
  public static func fold(_ id: EUI64, _ events: some Sequence<Recorded>) -> Device? {
    var device: Device?
    for event in events { evolve(&device, id: id, with: event) }
    return device
  }

  /// Applies one recorded event; events that say nothing of the device change nothing.
  public static func evolve(_ device: inout Device?, id: EUI64, with recorded: Recorded) {
    switch recorded.event {
    case .inventoryObserved(let observed) where observed.deviceID == id:
      if device == nil { device = Device(id: id, first: observed.entry, recorded) }
      device?.observe(observed.entry, recorded)
    case .mpxnUpdated(let update) where update.deviceID == id:
      device?.insert(
        Known(
          value: update.to, from: recorded.effectiveAt, isExact: true,
          position: recorded.position), in: update.field)
      device?.position = recorded.position
    case .correctionRequested(let opened) where opened.deviceID == id:
      device?.corrections.append(
        CorrectionMark(id: opened.correction, field: opened.field, isOpen: true))
    case .correctionResolved(let event) where event.deviceID == id:
      device?.mark(event.correction, isOpen: false)
    case .correctionReopened(let event) where event.deviceID == id:
      device?.mark(event.correction, isOpen: true)
    case .correctionRejected(let event) where event.deviceID == id,
      .correctionWithdrawn(let event) where event.deviceID == id:
      device?.mark(event.correction, isOpen: false)
    case .inventoryObserved, .mpxnUpdated, .correctionRequested, .correctionResolved,
      .correctionReopened, .correctionRejected, .correctionWithdrawn, .ledgerOpened, .calendarSet,
      .policySet, .userRegistered, .userStatusChanged, .productListed, .registrationsImported,
      .inventoryImported, .serviceRequestReceived, .serviceRequestValidated,
      .serviceResponseIssued, .correctionJoined, .routeAdvised, .ownerAssigned,
      .ownershipTransferred, .consentRequested, .consentGiven, .consentRefused, .consentLapsed,
      .manualFixProposed, .manualFixApproved, .manualFixDeclined, .manualFixApplied, .fixVerified,
      .fixNotFound, .correctionConfirmed, .noteAdded:
      break
    }
  }

  private init(id: EUI64, first entry: InventoryEntry, _ recorded: Recorded) {
    self.id = id
    type = entry.deviceType
    typeKnownAt = recorded.position
    lookedAt = recorded.effectiveAt
    variantKnownAt = entry.details.esmeVariant == nil ? nil : recorded.position
    details = entry.details
    associatedDevices = []
    status = History()
    importMPxN = History()
    secondaryImportMPAN = History()
    exportMPAN = History()
    corrections = []
    position = recorded.position
  }

  private mutating func mark(_ correction: CorrectionID, isOpen: Bool) {
    for index in corrections.indices where corrections[index].id == correction {
      corrections[index].isOpen = isOpen
    }
  }

  private mutating func insert(_ known: Known<Token?>, in field: MPxNField) {
    switch field {
    case .importMPxN: importMPxN.insert(known)
    case .secondaryImportMPAN: secondaryImportMPAN.insert(known)
    case .exportMPAN: exportMPAN.insert(known)
    }
  }

  /// Takes over type and details; a look from before the last one only fills what is not known.
  private mutating func describe(_ entry: InventoryEntry, _ recorded: Recorded) {
    guard recorded.effectiveAt >= lookedAt else {
      if details.esmeVariant == nil, entry.details.esmeVariant != nil {
        variantKnownAt = recorded.position
      }
      details = entry.details.merged(with: details)
      prenotifiedBy = prenotifiedBy ?? entry.prenotifiedBy
      dateCommissioned = dateCommissioned ?? entry.dateCommissioned
      if associatedDevices.isEmpty { associatedDevices = entry.associatedDevices }
      return
    }
    lookedAt = recorded.effectiveAt
    type = entry.deviceType
    typeKnownAt = recorded.position
    if entry.details.esmeVariant != nil { variantKnownAt = recorded.position }
    details = details.merged(with: entry.details)
    prenotifiedBy = entry.prenotifiedBy ?? prenotifiedBy
    dateCommissioned = entry.dateCommissioned ?? dateCommissioned
    if !entry.associatedDevices.isEmpty { associatedDevices = entry.associatedDevices }
  }

  private mutating func observe(_ entry: InventoryEntry, _ recorded: Recorded) {
    describe(entry, recorded)
    if let value = entry.status {
      let seen = recorded.effectiveAt
      if let since = entry.statusSince {
        status.insert(
          Known(value: value, from: since, isExact: true, position: recorded.position))
      }
      if entry.statusSince.map({ $0 <= seen }) ?? true {
        status.insert(
          Known(value: value, from: seen, isExact: false, position: recorded.position))
      }
    }
    for field in MPxNField.allCases {
      let value = entry.mpxn(field)
      guard value != nil || entry.empty.contains(EntryField(field)) else { continue }
      insert(
        Known(
          value: value, from: recorded.effectiveAt, isExact: false, position: recorded.position),
        in: field)
    }
    position = recorded.position
  }
}
