extension Device {
  /// Folds a device's timeline; nil when no event says what the device is.
  ///
  /// What is recorded before the first event that does counts from then on.
  public static func fold(_ id: EUI64, _ events: some Sequence<Recorded>) -> Device? {
    var device: Device?
    var early: [Recorded] = []
    for event in events {
      let wasKnown = device != nil
      evolve(&device, id: id, with: event)
      guard !wasKnown else { continue }
      guard device != nil else {
        early.append(event)
        continue
      }
      for event in early { device?.apply(event) }
      device?.position = event.position
      early = []
    }
    return device
  }

  /// Applies one recorded event; events that say nothing of the device change nothing.
  ///
  /// Of a device that isn't known yet only an event that says what it is counts: ``fold(_:_:)`` takes
  /// in the ones before it.
  public static func evolve(_ device: inout Device?, id: EUI64, with recorded: Recorded) {
    switch recorded.event {
    case .inventoryObserved(let event) where event.deviceID == id:
      if device == nil { device = Device(id: id, event.entry.deviceType, recorded) }
      device?.observe(event, recorded)
    case .devicePrenotified(let event) where event.deviceID == id:
      if device == nil { device = Device(id: id, event.type, recorded) }
      device?.add(event, recorded)
    default: device?.apply(recorded)
    }
  }

  private mutating func apply(_ recorded: Recorded) {
    switch recorded.event {
    case .mpxnUpdated(let event) where event.deviceID == id:
      insert(Known(recorded, event.to), in: event.field)
    case .deviceStatusChanged(let event) where event.deviceID == id:
      become(Known(recorded, event.to), event.basis)
      if let request = event.requestID, isInstallation(event.to, by: request) {
        install(request, recorded)
      }
    case .deviceDetailsUpdated(let event) where event.deviceID == id:
      describe(event.details, recorded, isExact: true)
    case .deviceDeleted(let event) where event.deviceID == id:
      presence.insert(Known(recorded, false))
    case .deviceAssociated(let event):
      guard let other = event.other(than: id) else { return }
      associate(other, Known(recorded, true))
      // SR 8.11 asks the hub and SR 8.7.x the device to join; SR 12.2 only tells of it.
      if event.deviceID == id, let request = event.requestID,
        [id, other].contains(request.target)
      {
        install(request, recorded)
      }
    case .deviceDissociated(let event):
      guard let other = event.other(than: id) else { return }
      associate(other, Known(recorded, false))
    case .deviceSupplierChanged(let event) where event.deviceID == id:
      if isNewest(recorded, after: supplierChange?.from),
        isNewest(recorded, after: description.addedAt)
      {
        supplierChange = Known(recorded, event.user)
      }
    case .deviceValueObserved(let event) where event.deviceID == id: hear(event, recorded)
    case .technicalDetailsObserved(let event) where event.deviceID == id: read(event, recorded)
    case .serviceResponseRecorded(let event) where event.deviceID == id:
      install(event, recorded)
      return
    case .responseDiverged(let event) where event.deviceID == id:
      remarks.append(
        .responseDiverged(
          predicted: event.predicted, returned: event.returned, position: recorded.position))
    case .correctionRequested(let event) where event.deviceID == id:
      corrections.append(
        CorrectionMark(id: event.correction, field: event.field, isOpen: true))
      return
    case .incidentTakenOver(let ticket) where ticket.deviceID == id: return mark(ticket)
    case .correctionResolved(let event) where event.deviceID == id:
      return mark(event.correction, isOpen: false)
    case .correctionReopened(let event) where event.deviceID == id:
      return mark(event.correction, isOpen: true)
    case .correctionRejected(let event) where event.deviceID == id,
      .correctionWithdrawn(let event) where event.deviceID == id:
      return mark(event.correction, isOpen: false)
    case .correctionStep(let step) where step.deviceID == id:
      if case .merged = step.what { mark(step.correction, isOpen: false, isMerged: true) }
      return
    case .mpxnCleared(let event) where event.deviceID == id:
      insert(Known(recorded, nil), in: event.field)
    case .mpxnUpdated, .deviceStatusChanged, .deviceDetailsUpdated, .deviceDeleted,
      .deviceSupplierChanged, .deviceValueObserved, .serviceRequestReceived,
      .serviceResponseRecorded, .responseDiverged, .correctionRequested, .correctionResolved,
      .correctionReopened, .correctionRejected, .correctionWithdrawn, .inventoryObserved,
      .devicePrenotified, .ledgerOpened, .calendarSet, .policySet, .userRegistered,
      .userStatusChanged, .productListed, .productsImported, .registrationsImported,
      .inventoryImported, .serviceRequestValidated, .serviceResponseIssued, .alertRecorded,
      .correctionJoined, .routeAdvised, .ownerAssigned, .ownershipTransferred, .consentRequested,
      .consentGiven, .consentRefused, .consentLapsed, .manualFixProposed, .manualFixApproved,
      .manualFixDeclined, .manualFixApplied, .fixVerified, .fixNotFound, .correctionConfirmed,
      .noteAdded, .correctionStep, .mpxnCleared, .serviceTargetsSet, .eventAnnulled,
      .incidentTakenOver, .incidentsImported, .reportPublished, .upkeep,
      .technicalDetailsObserved, .technicalDetailsImported, .discovery:
      return
    }
    position = recorded.position
  }

  private init(id: EUI64, _ type: DeviceType, _ recorded: Recorded) {
    self.id = id
    self.type = type
    typeKnownAt = recorded.position
    lookedAt = recorded.effectiveAt
    listing = DeviceListing()
    associations = []
    associationLooks = []
    status = History()
    statusBases = [:]
    corrections = []
    position = recorded.position
    description = DeviceDescription()
    presence = History()
    importMPxN = History()
    secondaryImportMPAN = History()
    exportMPAN = History()
    mpxnsOnDevice = [:]
    technicalDetails = [:]
    remarks = []
  }

  /// A device was added: what was known of an entry that the SMI held before counts no more.
  ///
  /// What became known of a later time stays.
  private mutating func add(_ event: DevicePrenotified, _ recorded: Recorded) {
    let added = recorded.effectiveAt
    listing.empty(at: added)
    if isNewest(recorded, after: prenotifierSaidAt) {
      prenotifier = Known(recorded, event.by)
      prenotifierSaidAt = added
    }
    if installer.map({ $0.from < added }) ?? false { installer = nil }
    if supplierChange.map({ $0.from < added }) ?? false { supplierChange = nil }
    presence.insert(Known(recorded, true))
    name(event.type, recorded)
    description.insert(
      DeviceDescription.Said(
        details: event.details, replaces: true, from: recorded.effectiveAt, isExact: true,
        position: recorded.position))
    for field in MPxNField.allCases { insert(Known(recorded, nil), in: field) }
    if !event.type.isType2 { become(Known(recorded, .pending), event.basis) }
    if let gpf = event.associatedGPF { associate(gpf, Known(recorded, true)) }
    position = recorded.position
  }

  private mutating func observe(_ event: InventoryObserved, _ recorded: Recorded) {
    let entry = event.entry
    presence.insert(Known(seen: recorded, true))
    name(entry.deviceType, recorded)
    describe(entry.details, recorded, isExact: false)
    if let user = entry.prenotifiedBy, isNewest(recorded, after: prenotifierSaidAt) {
      if prenotifier?.value != user { prenotifier = Known(seen: recorded, user) }
      prenotifierSaidAt = recorded.effectiveAt
    }
    listing.look(entry, at: recorded.effectiveAt)
    observeStatus(entry, event.basis, recorded)
    for field in MPxNField.allCases {
      let value = entry.mpxn(field)
      guard value != nil || entry.empty.contains(EntryField(field)) else { continue }
      insert(Known(seen: recorded, value), in: field)
    }
    if !entry.associatedDevices.isEmpty || entry.empty.contains(.associatedDevices) {
      let look = AssociationLook(
        others: Set(entry.associatedDevices), none: Known(seen: recorded, false))
      associationLooks.append(look)
      for other in associatedDevices(at: recorded.effectiveAt) where !look.others.contains(other) {
        associate(other, look.none)
      }
      for other in entry.associatedDevices { associate(other, Known(seen: recorded, true)) }
    }
    position = recorded.position
  }

  private mutating func observeStatus(
    _ entry: InventoryEntry, _ basis: Basis, _ recorded: Recorded
  ) {
    guard let value = entry.status else { return }
    let seen = recorded.effectiveAt
    if let since = entry.statusSince {
      become(Known(value: value, from: since, isExact: true, position: recorded.position), basis)
    }
    if entry.statusSince.map({ $0 <= seen }) ?? true {
      become(Known(seen: recorded, value), basis)
    }
  }

  /// Takes over a status; whether a known message can have made it is worked out when asked.
  private mutating func become(_ known: Known<DeviceStatus>, _ basis: Basis) {
    status.insert(known)
    if basis != .snapshot { statusBases[known.position] = basis }
  }

  /// Takes over the type; a look from before the last one says nothing new of it.
  private mutating func name(_ type: DeviceType, _ recorded: Recorded) {
    guard recorded.effectiveAt >= lookedAt else { return }
    lookedAt = recorded.effectiveAt
    self.type = type
    typeKnownAt = recorded.position
  }

  private mutating func describe(
    _ details: DeviceDetails, _ recorded: Recorded, isExact: Bool
  ) {
    guard !details.isEmpty else { return }
    description.insert(
      DeviceDescription.Said(
        details: details, replaces: false, from: recorded.effectiveAt, isExact: isExact,
        position: recorded.position))
  }

  private mutating func insert(_ known: Known<Token?>, in field: MPxNField) {
    switch field {
    case .importMPxN: importMPxN.insert(known)
    case .secondaryImportMPAN: secondaryImportMPAN.insert(known)
    case .exportMPAN: exportMPAN.insert(known)
    }
  }

  private mutating func associate(_ other: EUI64, _ known: Known<Bool>) {
    var history = History<Bool>()
    let index = associations.firstIndex { $0.other == other }
    if let index { history = associations[index].history }
    history.insert(known)
    // A look that did not list it says so of a join that arrives late, too.
    for look in associationLooks where look.none.from > known.from && !look.others.contains(other) {
      if history.value(at: look.none.from)?.value == true { history.insert(look.none) }
    }
    let association = Association(other: other, history: history)
    if let index { associations[index] = association } else { associations.append(association) }
  }

  /// Whether an event tells of a time that is not before that one.
  private func isNewest(_ recorded: Recorded, after said: Instant?) -> Bool {
    said.map { $0 <= recorded.effectiveAt } ?? true
  }

  /// What the device itself said, if nothing later is known.
  private mutating func hear(_ event: DeviceValueObserved, _ recorded: Recorded) {
    for field in MPxNField.allCases {
      guard let value = event.value(field),
        mpxnsOnDevice[field].map({ $0.from <= recorded.effectiveAt }) ?? true
      else { continue }
      mpxnsOnDevice[field] = Known(seen: recorded, value)
    }
    if let version = event.firmwareVersion,
      firmwareOnDevice.map({ $0.from <= recorded.effectiveAt }) ?? true
    {
      firmwareOnDevice = Known(seen: recorded, version)
    }
  }

  /// What meter technical details say, if none of a later time are known.
  private mutating func read(_ event: TechnicalDetailsObserved, _ recorded: Recorded) {
    let field = MPxNField(technicalDetails: event.kind)
    guard technicalDetails[field].map({ $0.from <= recorded.effectiveAt }) ?? true else { return }
    technicalDetails[field] = Known(recorded, event.mpxn)
  }

  /// Who installed it: whose request to add, join or commission it succeeded.
  ///
  /// That these are the installation requests is inferred. I99 only acknowledges a request that a
  /// device has to carry out.
  private mutating func install(_ event: ServiceResponseRecorded, _ recorded: Recorded) {
    guard event.isOutcome, let request = event.requestID,
      let reference = event.serviceReferenceVariant
    else { return }
    switch reference {
    case "8.1.1", "8.7.1", "8.7.2":
      if event.code == Judgement.successWithContent { install(request, recorded) }
    case "8.14.1", "8.14.2": if Judgement.isSuccess(event.code) { install(request, recorded) }
    default: break
    }
  }

  /// Whether a request that led to a status was one to install the device.
  ///
  /// Only SR 8.11 leads to Whitelisted; of what leads to Commissioned only SR 8.1.1 is sent to the
  /// device itself.
  private func isInstallation(_ status: DeviceStatus, by request: RequestID) -> Bool {
    status == .whitelisted || (status == .commissioned && request.target == id)
  }

  private mutating func install(_ request: RequestID, _ recorded: Recorded) {
    guard isNewest(recorded, after: installer?.from), isNewest(recorded, after: description.addedAt)
    else { return }
    installer = Known(recorded, request.originator)
  }

  /// An old ticket that says what of the entry is wrong is a correction like another.
  private mutating func mark(_ ticket: IncidentTakenOver) {
    guard let field = ticket.field, ticket.isField else { return }
    corrections.removeAll { $0.id == ticket.correction }
    corrections.append(
      CorrectionMark(
        id: ticket.correction, field: field, isOpen: ticket.isOpen,
        isMerged: ticket.mergedInto != nil))
  }

  private mutating func mark(
    _ correction: CorrectionID, isOpen: Bool, isMerged: Bool = false
  ) {
    for index in corrections.indices where corrections[index].id == correction {
      corrections[index].isOpen = isOpen
      corrections[index].isMerged = isMerged
    }
  }
}

extension Known {
  /// A value that became true at the event's time.
  init(_ recorded: Recorded, _ value: Value) {
    self.init(value: value, from: recorded.effectiveAt, isExact: true, position: recorded.position)
  }

  /// A value that was seen at the event's time, and was true no later.
  init(seen recorded: Recorded, _ value: Value) {
    self.init(
      value: value, from: recorded.effectiveAt, isExact: false, position: recorded.position)
  }
}
