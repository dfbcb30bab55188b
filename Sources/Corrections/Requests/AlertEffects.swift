/// What the ledger holds that an alert bears on.
public protocol AlertFacts {
  /// The device as held before the alert.
  func device(_ id: EUI64) throws -> Device?
  /// The request that an alert names.
  func request(_ id: RequestID) throws -> ServiceRequestReceived?
  /// The stand-in for a meter point.
  func token(_ mpxn: MPxN) throws -> Token
}

extension AlertContent {
  /// What the alert makes of the inventory, at its time; nothing where that is held already.
  public func effects(given facts: some AlertFacts, at time: Instant) throws -> [Event] {
    switch self {
    case .meterIdentity(let id, let mpxns, let variant):
      return try look(at: id, facts) { entry in
        entry.importMPxN = try mpxns.importMPxN.map(facts.token)
        entry.secondaryImportMPAN = try mpxns.secondaryImportMPAN.map(facts.token)
        entry.exportMPAN = try mpxns.exportMPAN.map(facts.token)
        entry.details.esmeVariant = variant
      }
    case .meterDecommissioned(let id), .hubDecommissioned(let id):
      return try status(.decommissioned, of: id, facts, time)
    case .suspended(let id): return try status(.suspended, of: id, facts, time)
    case .restored(let id): return try status(.commissioned, of: id, facts, time)
    case .brokerCredentialsRecovered(let id): return try status(.recovered, of: id, facts, time)
    case .recovered(let id): return try status(.commissioned, of: id, facts, time)
    case .joinedHAN(let id):
      // Of one whose whitelisting isn't known yet, too: that answer can come later.
      guard let device = try facts.device(id) else { return [] }
      let held = device.status.value(at: time)?.value
      guard held == nil || held == .pending || held == .whitelisted else { return [] }
      return try status(.installedNotCommissioned, of: id, facts, time)
    case .removedFromInventory(let id):
      guard try facts.device(id)?.isInSMI(at: time) ?? true else { return [] }
      return [.deviceDeleted(DeviceDeleted(deviceID: id, basis: .alert, requestID: nil))]
    case .supplierChanged(let id, let mpxns):
      return [
        .deviceSupplierChanged(
          DeviceSupplierChanged(
            deviceID: id, user: nil, party: nil, mpxn: try mpxns.importMPxN.map(facts.token),
            basis: .alert, requestID: nil))
      ]
    case .supplierChangeAnswered(let id, let hasError):
      return hasError ? [] : try success(of: id, facts, time)
    case .hanDeviceLogUpdated(let id): return try success(of: id, facts, time)
    case .deviceLogRestored(let oldCHF, let newCHF, let oldGPF, let newGPF):
      let hubs: Set = [oldCHF, newCHF, oldGPF, newGPF]
      return try move(from: oldCHF, to: newCHF, except: hubs, facts, time)
        + move(from: oldGPF, to: newGPF, except: hubs, facts, time)
    case .ppmidRemoved(let id, let hub):
      guard try facts.device(id)?.associatedDevices(at: time).contains(hub) ?? true else {
        return []
      }
      return [
        .deviceDissociated(
          DeviceAssociation(deviceID: id, other: hub, basis: .alert, requestID: nil))
      ]
    case .firmwareMismatch(let id, let type, let smi, let device):
      return try look(at: id, facts, type: type) { $0.details.firmwareVersion = smi }
        + firmware(device, on: id)
    case .firmwareActivated(let id, let version): return firmware(version, on: id)
    case .variantChanged(let id, let variant):
      return try look(at: id, facts, type: .esme) { $0.details.esmeVariant = variant }
    case .other: return []
    }
  }

  private func success(
    of id: RequestID, _ facts: some AlertFacts, _ time: Instant
  ) throws -> [Event] {
    guard let request = try facts.request(id) else { return [] }
    return request.effects(
      basis: .alert, on: try request.deviceID.flatMap(facts.device), at: time)
  }

  /// What the alert says the SMI holds: a look at an entry whose type is known.
  private func look(
    at id: EUI64, _ facts: some AlertFacts, type: DeviceType? = nil,
    _ fill: (inout InventoryEntry) throws -> Void
  ) throws -> [Event] {
    guard let type = try facts.device(id)?.type ?? type else { return [] }
    var entry = InventoryEntry(deviceType: type)
    try fill(&entry)
    return [.inventoryObserved(InventoryObserved(deviceID: id, basis: .alert, entry: entry))]
  }

  private func status(
    _ status: DeviceStatus, of id: EUI64, _ facts: some AlertFacts, _ time: Instant
  ) throws -> [Event] {
    let held = try facts.device(id)?.status.value(at: time)?.value
    guard held != status else { return [] }
    return [
      .deviceStatusChanged(
        DeviceStatusChanged(
          deviceID: id, from: held, to: status, basis: .alert, requestID: nil))
    ]
  }

  private func firmware(_ version: String, on id: EUI64) -> [Event] {
    [
      .deviceValueObserved(
        DeviceValueObserved(
          deviceID: id, firmwareVersion: version, basis: .alert, requestID: nil))
    ]
  }

  /// The devices that the old hub had belong to the new one; its own functions stay with it.
  private func move(
    from old: EUI64, to new: EUI64, except hubs: Set<EUI64>, _ facts: some AlertFacts,
    _ time: Instant
  ) throws -> [Event] {
    guard old != new else { return [] }
    let moved = try facts.device(old)?.associatedDevices(at: time) ?? []
    return moved.filter { !hubs.contains($0) }.flatMap { other in
      [
        .deviceDissociated(
          DeviceAssociation(deviceID: old, other: other, basis: .alert, requestID: nil)),
        .deviceAssociated(
          DeviceAssociation(deviceID: new, other: other, basis: .alert, requestID: nil)),
      ] as [Event]
    }
  }
}
