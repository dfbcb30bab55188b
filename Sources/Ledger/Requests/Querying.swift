import Corrections
import EventLog
import GRDB
import Wire

extension Ledger {
  /// What the inventory held says to an SR 8.2, at a position.
  ///
  /// Devices are of one premises that are associated with one another, or have one UPRN or address;
  /// that is inferred.
  func answer(
    to query: ServiceRequestReceived.Query, about device: EUI64?, given place: PlaceLookUp?,
    at time: Instant, upTo position: Int
  ) throws -> QueryAnswer {
    let found: [Device]
    switch query {
    case .device:
      found = try [device.flatMap { try entry($0, at: time, upTo: position) }].compactMap { $0 }
    case .mpxn(let token):
      found = try otherHolders(of: token, than: nil, upTo: position)
        .compactMap { try entry($0, at: time, upTo: position) }
    case .uprn(let token):
      found = try devices(in: place, at: time, upTo: position) { $0.uprn == token }
    case .property(let postCode, let address):
      found = try devices(in: place, at: time, upTo: position) {
        $0.postCode == postCode && $0.addressIdentifier == address
      }
    }
    guard !found.isEmpty else { return .nothing }
    let premises = try Premises.joined(found.map { try self.premises(of: $0, time, position) })
    guard premises.count == 1, let devices = premises.first?.devices else {
      return .severalPremises(premises.count)
    }
    return devices.count > QueryAnswer.most
      ? .tooMany(devices.count) : .devices(devices.sorted())
  }

  /// The devices at a place, at a position: those that the views have there, and those that changed
  /// since the views were read.
  private func devices(
    in place: PlaceLookUp?, at time: Instant, upTo position: Int,
    _ matches: (DeviceListing) -> Bool
  ) throws -> [Device] {
    guard let place else { return [] }
    var ids = place.devices
    var read = place.position
    while read < position {
      let next = min(read + 1_000, position)
      for stored in try log.events(from: read + 1, through: next) {
        ids.formUnion(try stored.recorded().event.inventoryDevices)
      }
      read = next
    }
    return try ids.sorted().compactMap { try entry($0, at: time, upTo: position) }
      .filter { matches($0.listing) }
  }

  /// Looks up in the views which devices are where a request asks for; nil when it asks for no place.
  ///
  /// It is done before a request is judged at one moment, since the views move on by themselves.
  func lookUpPlace(of request: ServiceRequest) throws -> PlaceLookUp? {
    let condition: String
    let values: [(kind: String, value: String)]
    switch request.content {
    case .readInventory(.uprn(let uprn)):
      condition = "uprn = ?"
      values = [("uprn", uprn)]
    case .readInventory(.property(let postCode, let address)):
      condition = "post_code = ? AND address = ?"
      values = [("postcode", postCode), ("address", address)]
    default: return nil
    }
    let position = try head()
    let subjects = try values.map { try log.makeSubject(kind: $0.kind, value: $0.value) }
    // No entry names a value that the ledger does not hold.
    guard subjects.allSatisfy(\.isStored) else {
      return PlaceLookUp(devices: [], position: position)
    }
    return try readViews { db in
      let ids = try String.fetchAll(
        db, sql: "SELECT device FROM device WHERE \(condition)",
        arguments: StatementArguments(subjects.map(\.token)))
      let position = try Int.fetchOne(db, sql: "SELECT position FROM view_state")
      return PlaceLookUp(
        devices: Set(ids.compactMap { EUI64($0) }), position: position ?? 0)
    }
  }

  /// The devices that one is associated with, over any number of steps; those that are not held
  /// don't count.
  private func premises(
    of device: Device, _ time: Instant, _ position: Int
  ) throws -> Premises {
    var premises = Premises(device)
    var next = device.associatedDevices
    while let id = next.popLast(), premises.devices.count <= 4 * QueryAnswer.most {
      guard !premises.devices.contains(id),
        let other = try entry(id, at: time, upTo: position)
      else { continue }
      premises.insert(other)
      next += other.associatedDevices
    }
    return premises
  }

  /// The entries that an answer shows, as they stood at a position; a value erased since is left out.
  func inventory(of devices: [EUI64], upTo position: Int) throws -> [InventoryRow] {
    try devices.compactMap { id in
      try device(id, upTo: position).map(row(of:))
    }
  }

  /// An entry with its values in clear.
  private func row(of device: Device) throws -> InventoryRow {
    func value(_ token: Token?) throws -> String? {
      try token.flatMap { try log.subject($0.text)?.value }
    }
    func mpxn(_ field: MPxNField) throws -> MPxN? {
      try value(device.current(field)?.value).flatMap { MPxN($0) }
    }
    let listing = device.listing
    return InventoryRow(
      deviceID: device.id, deviceType: device.type, status: device.currentStatus?.value,
      details: device.details, firmwareVersionStatus: listing.firmwareVersionStatus,
      cplStatus: listing.cplStatus, dateCommissioned: device.dateCommissioned,
      mpxns: MPxNs(
        importMPxN: try mpxn(.importMPxN), secondaryImportMPAN: try mpxn(.secondaryImportMPAN),
        exportMPAN: try mpxn(.exportMPAN)), uprn: try value(listing.uprn),
      postCode: try value(listing.postCode),
      addressIdentifier: try value(listing.addressIdentifier),
      cspRegion: listing.cspRegion.flatMap(InventoryRow.CSPRegion.init(rawValue:)),
      gbcsVersion: listing.gbcsVersion, hanVariant: listing.hanVariant, s1sp: listing.s1sp,
      connectivity: listing.connectivity.flatMap(InventoryRow.Connectivity.init(rawValue:)))
  }
}

/// The devices that the views had at a place, and the position that they had read.
struct PlaceLookUp {
  let devices: Set<EUI64>
  let position: Int
}

/// Devices of one place, as far as can be told.
private struct Premises {
  private(set) var devices: Set<EUI64> = []
  private var places: Set<[String]> = []

  init(_ device: Device) { insert(device) }

  mutating func insert(_ device: Device) {
    devices.insert(device.id)
    let listing = device.listing
    if let uprn = listing.uprn { places.insert([uprn.text]) }
    if let postCode = listing.postCode, let address = listing.addressIdentifier {
      places.insert([postCode.text, address.text])
    }
  }

  /// Each once: what has a device or a place in common is one.
  static func joined(_ all: [Premises]) -> [Premises] {
    var joined: [Premises] = []
    for var premises in all {
      joined.removeAll { other in
        guard
          !other.devices.isDisjoint(with: premises.devices)
            || !other.places.isDisjoint(with: premises.places)
        else { return false }
        premises.devices.formUnion(other.devices)
        premises.places.formUnion(other.places)
        return true
      }
      joined.append(premises)
    }
    return joined
  }
}
