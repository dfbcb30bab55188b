package import Corrections
package import Ledger
package import Wire

/// A device with what the ledger holds around it, now or as it was.
package struct DeviceAnswer {
  /// The device with all that is known of it: its histories hold what was true when.
  package let device: Device
  /// The device as what was effective by the moment shows it; nil when nothing of it was.
  package let then: Device?
  package let ledger: Ledger
  package let position: Int
  /// What was known when.
  package let knownAt: Instant
  /// When it was so in the world.
  package let now: Instant
  package let wording: Wording
  /// Whether a correction may be named to the reader.
  package var showsCorrection: (CorrectionID) throws -> Bool = { _ in true }
  /// Whether a time was asked for, and not simply the newest that is known.
  private let isAsOf: Bool

  package init(_ id: EUI64, _ ledger: Ledger, _ moment: Moment, sight: Sight = .whole) throws {
    let position = moment.position
    guard let device = try ledger.device(id, upTo: position) else {
      throw NotFound(
        "device \(id) isn't in this ledger at position \(position). The SMI may know it: import an "
          + "inventory extract")
    }
    self.device = device
    then =
      try moment.effectiveAt.map { try ledger.device(id, upTo: position, effectiveAt: $0) }
      ?? device
    self.ledger = ledger
    self.position = position
    knownAt = moment.now
    now = moment.effectiveAt ?? moment.now
    isAsOf = moment.effectiveAt != nil
    wording = EntryWording(ledger, sight: sight).wording
  }

  /// The status, as of the moment.
  package var status: Known<DeviceStatus>? {
    isAsOf ? device.status.value(at: now) : device.currentStatus
  }

  /// What is known of a place, as of the moment.
  package func place(_ field: MPxNField) -> Known<Token?>? {
    isAsOf ? device.history(field).value(at: now) : device.history(field).current
  }

  /// The meter point in a place, as of the moment.
  package func mpxn(_ field: MPxNField) -> Known<Token>? {
    place(field).flatMap { known in
      known.value.map {
        Known(value: $0, from: known.from, isExact: known.isExact, position: known.position)
      }
    }
  }

  /// The details, as of the moment.
  package var details: DeviceDetails { then?.details ?? DeviceDetails() }

  /// The devices that it was joined with, as of the moment.
  package var associatedDevices: [EUI64] {
    isAsOf ? device.associatedDevices(at: now) : device.associatedDevices
  }

  /// What did not fit together about the entry, as of the moment.
  package var flags: [DeviceFlag] { then?.flags ?? [] }

  /// The day of commissioning, if it had come.
  package var dateCommissioned: CivilDate? {
    device.dateCommissioned.flatMap { isAsOf && $0 > GBTime.civil(at: now).date ? nil : $0 }
  }

  /// The corrections that waited for their fix, as of the moment.
  package func openCorrections() throws -> [Device.CorrectionMark] {
    let shown = try device.corrections.filter { try showsCorrection($0.id) }
    guard isAsOf else { return shown.filter(\.isOpen) }
    return try shown.filter { mark in
      try ledger.correction(mark.id, upTo: position, effectiveAt: now)?.isOpen ?? false
    }
  }

  /// A history up to the moment.
  package func past<Value>(_ history: History<Value>) -> [Known<Value>] {
    isAsOf ? history.entries.filter { $0.from <= now } : history.entries
  }

  /// The Registered Supplier of each meter point on the device, as of the moment.
  package func suppliers() throws -> [(field: MPxNField, party: String, since: Instant)] {
    try MPxNField.allCases.compactMap { field in
      guard let known = mpxn(field) else { return nil }
      let rows = try ledger.registrations(of: known.value, upTo: position)
      guard let row = RegistrationAnswer(rows: rows, at: now).registration else { return nil }
      return (
        field, try ledger.party(ofParticipant: row.supplier, upTo: position) ?? row.supplier,
        row.from
      )
    }
  }

  package func members() throws -> [(key: String, value: JSON)] {
    func mpxn(_ field: MPxNField) -> JSON { wording.json(self.mpxn(field)?.value) }
    return [
      ("deviceID", .string(device.id.description)),
      ("deviceType", .string(device.type.rawValue)),
      ("status", .of(status?.value.rawValue)),
      ("statusSince", .of(status.flatMap { $0.isExact ? $0.from.stored : nil })),
      ("importMPxN", mpxn(.importMPxN)), ("secondaryImportMPAN", mpxn(.secondaryImportMPAN)),
      ("exportMPAN", mpxn(.exportMPAN)), ("manufacturer", .of(details.manufacturer)),
      ("model", .of(details.model)),
      ("firmwareVersion", .of(details.firmwareVersion)),
      ("esmeVariant", .of(details.esmeVariant?.rawValue)),
      ("prenotifiedBy", .of(then?.prenotifiedBy?.description)),
      (
        "registeredSuppliers",
        .array(
          try suppliers().map {
            .pairs([
              "field": .string($0.field.rawValue), "party": .string($0.party),
              "since": .string($0.since.stored),
            ])
          })
      ), ("onDevice", onDevice),
      ("associatedDevices", .array(associatedDevices.map { .string($0.description) })),
      ("dateCommissioned", .of(dateCommissioned?.description)),
      ("flags", .array(flags.map(json))),
      (
        "openCorrections",
        .array(try openCorrections().map { .string($0.id.description) })
      ), ("installedBy", .of(then?.installer?.value.description)),
      ("removedAt", .of(then?.removed?.from.stored)),
      ("effectiveAt", .string(now.stored)), ("knownAt", .string(knownAt.stored)),
      ("position", .integer(position)),
    ]
  }

  /// What the device itself said that it holds; null when it was never heard.
  private var onDevice: JSON {
    var members: [(key: String, value: JSON)] = MPxNField.allCases.compactMap { field in
      then?.onDevice(field).map { known in
        (field.rawValue, heard(wording.json(known.value.mpxn), known.from, known.position))
      }
    }
    if let known = then?.firmwareOnDevice {
      members.append(
        ("firmwareVersion", heard(.string(known.value), known.from, known.position)))
    }
    return members.isEmpty ? .null : .object(members)
  }

  private func heard(_ value: JSON, _ at: Instant, _ position: Int) -> JSON {
    .pairs(["value": value, "seenAt": .string(at.stored), "position": .integer(position)])
  }

  private func json(_ flag: DeviceFlag) -> JSON {
    var members: [(key: String, value: JSON)] = [("flag", .string(flag.name))]
    switch flag {
    case .transitionNotInTable(let from, let to, _):
      members += [("from", .string(from.rawValue)), ("to", .string(to.rawValue))]
    case .statusOfType2(let status, _): members.append(("status", .string(status.rawValue)))
    case .mpxnDiffersOnDevice(let field, let smi, let device, _):
      members += [
        ("field", .string(field.rawValue)), ("smi", wording.json(smi.mpxn)),
        ("device", wording.json(device.mpxn)),
      ]
    case .firmwareDiffersOnDevice(let smi, let device, _):
      members += [("smi", .string(smi)), ("device", .string(device))]
    case .responseDiverged(let predicted, let returned, _):
      members += [("predicted", .string(predicted)), ("returned", .string(returned))]
    }
    return .object(members + [("position", .integer(flag.position))])
  }
}

extension DeviceAnswer {
  /// A flag in a sentence, with whole meter points.
  package func sentence(_ flag: DeviceFlag) -> String {
    wording.sentence(flag, value: wording.whole)
  }
}
