import Corrections

extension EventKind {
  /// One event about what the SMI holds, or a device, by chance.
  func deviceSample(_ dice: inout Dice) -> Event {
    let device = dice.eui()
    let basis: Basis = dice.one()
    let request = dice.maybe { $0.request() }
    let correction = dice.maybe { $0.correction() }
    switch self {
    case .inventoryObserved:
      return .inventoryObserved(
        InventoryObserved(deviceID: device, basis: basis, entry: dice.entry()))
    case .devicePrenotified:
      return .devicePrenotified(
        DevicePrenotified(
          deviceID: device, type: dice.one(), details: dice.details(),
          associatedGPF: dice.maybe { $0.eui() }, by: dice.eui(), party: dice.maybe { $0.party() },
          basis: basis, requestID: request))
    case .deviceStatusChanged:
      return .deviceStatusChanged(
        DeviceStatusChanged(
          deviceID: device, from: dice.maybe { $0.one() }, to: dice.one(), basis: basis,
          requestID: request, correction: correction))
    case .deviceDetailsUpdated:
      return .deviceDetailsUpdated(
        DeviceDetailsUpdated(
          deviceID: device, details: dice.details(), basis: basis, requestID: request,
          correction: correction))
    case .mpxnUpdated:
      return .mpxnUpdated(
        MPxNUpdated(
          deviceID: device, field: dice.one(), from: dice.maybe { $0.fieldValue() },
          to: dice.token(), basis: basis, requestID: request, correction: correction))
    case .mpxnCleared:
      return .mpxnCleared(
        MPxNCleared(
          deviceID: device, field: dice.one(), from: dice.maybe { $0.fieldValue() }, basis: basis,
          correction: correction))
    case .deviceDeleted:
      return .deviceDeleted(
        DeviceDeleted(
          deviceID: device, basis: basis, requestID: request, correction: correction))
    case .deviceAssociated, .deviceDissociated:
      let association = DeviceAssociation(
        deviceID: device, other: dice.eui(), basis: basis, requestID: request)
      return self == .deviceAssociated
        ? .deviceAssociated(association) : .deviceDissociated(association)
    case .deviceSupplierChanged:
      return .deviceSupplierChanged(
        DeviceSupplierChanged(
          deviceID: device, user: dice.maybe { $0.eui() }, party: dice.maybe { $0.party() },
          mpxn: dice.maybe { $0.token() }, basis: basis, requestID: request))
    case .deviceValueObserved:
      return .deviceValueObserved(
        DeviceValueObserved(
          deviceID: device, importMPxN: dice.maybe { $0.fieldValue() },
          secondaryImportMPAN: dice.maybe { $0.fieldValue() },
          exportMPAN: dice.maybe { $0.fieldValue() }, firmwareVersion: dice.maybe { $0.said() },
          basis: basis, requestID: request))
    default: preconditionFailure("\(self) has its sample elsewhere")
    }
  }
}

extension Dice {
  mutating func details() -> DeviceDetails {
    DeviceDetails(
      manufacturer: maybe { $0.said() }, model: maybe { $0.said() },
      smetsCHTSVersion: maybe { $0.said() }, firmwareVersion: maybe { $0.said() },
      esmeVariant: maybe { $0.one() })
  }

  mutating func fieldValue() -> FieldValue { flip() ? .empty : .mpxn(token()) }

  mutating func entry() -> InventoryEntry {
    var entry = InventoryEntry(deviceType: one())
    entry.status = maybe { $0.one() }
    entry.statusSince = maybe { $0.time() }
    entry.details = details()
    entry.firmwareVersionStatus = maybe { $0.one() }
    entry.cplStatus = maybe { $0.one() }
    entry.dateCommissioned = maybe { $0.date() }
    entry.importMPxN = maybe { $0.token() }
    entry.secondaryImportMPAN = maybe { $0.token() }
    entry.exportMPAN = maybe { $0.token() }
    entry.uprn = maybe { $0.token() }
    entry.postCode = maybe { $0.token() }
    entry.addressIdentifier = maybe { $0.token() }
    entry.cspRegion = maybe { $0.said() }
    entry.gbcsVersion = maybe { $0.said() }
    entry.hanVariant = maybe { $0.said() }
    entry.s1sp = maybe { $0.said() }
    entry.connectivity = maybe { $0.said() }
    entry.prenotifiedBy = maybe { $0.eui() }
    entry.associatedDevices = some { $0.eui() }
    let absent = Set(EntryField.allCases).subtracting(entry.given)
    entry.empty = flip() ? absent : absent.filter { _ in flip() }
    return entry
  }
}
