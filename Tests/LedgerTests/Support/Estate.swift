import Corrections
import EventLog
import Foundation
import Testing
import Wire

@testable import Ledger

/// A small inventory by chance, in which much is wrong: what is told of it and what is registered.
///
/// Values are drawn from few, so that some are on many devices and second sources make rings.
struct Estate {
  let test: TestLedger
  private(set) var devices: [EUI64] = []
  private var generator: SplitMix
  private var held: [EUI64: [MPxNField: String]] = [:]
  private static let hubs = 10
  private let types: [DeviceType] =
    Array(repeating: .esme, count: 12) + Array(repeating: .gsme, count: 4)
    + [.chf, .gpf, .hcalcs, .ppmid, .ihd]

  /// Fills a ledger that has its users, registrations and products.
  init(_ test: TestLedger, seed: UInt64, devices count: Int) throws {
    self.test = test
    generator = SplitMix(seed: seed)
    try test.importProducts()
    try registerPool()
    for _ in 0..<count {
      let low: UInt64 = chance(50) ? 0x00DB_5000_0000_0000 : 0xF0DB_5000_0000_0000
      devices.append(EUI64(bits: low + generator.next() % 0xFFFF_FFFF))
    }
    try tell(at: "2026-03-01T12:00:00.000Z") { estate, subjects in
      let devices = estate.devices
      return try devices.map { try estate.look($0, subjects) }
    }
    try move()
  }

  /// What second sources, messages and looks say afterwards: of some devices, something else.
  mutating func move() throws {
    try tell(at: nil) { estate, subjects in
      let count = estate.devices.count
      return try (0..<count).map { _ in try estate.any(subjects) } + estate.rings(subjects)
    }
  }

  /// Values that places hold: most are well, some are odd.
  static let pool: [String] =
    (10..<50).map { mpan("\($0)00005432" + "10") } + (10..<38).map { mpan("\($0)7777000000") }
    + (0..<10).map { "740001230\($0)" } + ["7400012306", "741200", "1234567810"]
    + ["12000054321", "120000543210", "12345", "1", "1111111111111", "777777", "0000000000000"]
    + ["1200005432109", "9900005432105", "0900005432100"]

  private static func mpan(_ body: String) -> String {
    let right = (0...9).first { digit in
      MPxN(body + "\(digit)").map { CheckDigits(of: $0) == .right } ?? false
    }
    return body + "\(right ?? 0)"
  }

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &generator) < percent
  }

  private mutating func one<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &generator)]
  }

  private mutating func registerPool() throws {
    var rows: [String] = []
    for value in Estate.pool where (6...10).contains(value.utf8.count) || value.utf8.count == 13 {
      let isMPAN = value.utf8.count == 13
      let own = isMPAN ? one(["import", "import", "import", "export"]) : "gas"
      let supplier = one(["SUPA", "SUPB", "SUPC", "MRA1"])
      switch Int.random(in: 0..<10, using: &generator) {
      case 0: continue
      case 1: rows.append("\(value),\(own),\(supplier),2023-01-01,2025-12-31")
      case 2:
        rows.append("\(value),\(own),SUPA,2023-01-01,")
        rows.append("\(value),\(own),SUPB,2024-01-01,")
      case 3: rows.append("\(value),\(isMPAN ? "export" : "gas"),\(supplier),2023-01-01,")
      case 4: rows.append("\(value),\(own),\(supplier),2026-12-01,")
      case 5:
        rows.append("\(value),\(own),\(supplier),2023-01-01,2026-01-31")
        rows.append("\(value),\(own),SUPC,2026-02-01,")
      default: rows.append("\(value),\(own),\(supplier),2023-01-01,")
      }
    }
    let isPlain = Set(rows.map { $0.split(separator: ",")[0] })
    try #require(isPlain.count > 20)
    _ = try test.file(["mpxn,kind,supplier,effective_from,effective_to"] + rows) {
      try test.ledger.importRegistrations(
        $0, mode: .update, by: TestLedger.importer, at: test.now(), options: ImportOptions())
    }
  }

  private mutating func tell(
    at moment: String?, _ events: (inout Estate, SubjectPool) throws -> [Event]
  ) throws {
    let subjects = SubjectPool(test.ledger.log)
    let told = try events(&self, subjects)
    let at = moment.flatMap(Instant.init(stored:)) ?? test.now()
    _ = try test.ledger.append(told, subjects.all, by: TestLedger.importer, at: at)
  }

  private mutating func look(_ id: EUI64, _ subjects: SubjectPool) throws -> Event {
    // The first few are hubs, many of them gone.
    let isHub = devices.prefix(Estate.hubs).contains(id)
    let type: DeviceType = isHub ? one([.chf, .gpf]) : one(types)
    var entry = InventoryEntry(deviceType: type)
    if !type.isType2 {
      let others: [DeviceStatus] =
        isHub
        ? [.decommissioned, .withdrawn]
        : [.pending, .pending, .whitelisted, .whitelisted] + DeviceStatus.allCases
      entry.status = chance(60) ? .commissioned : one(others)
      if chance(entry.status == .commissioned ? 60 : 90) {
        let days = Int64.random(in: 0...150, using: &generator)
        entry.statusSince = Instant(milliseconds: 1_772_323_200_000 - days * 86_400_000)
      }
    }
    entry.details = DeviceDetails(
      manufacturer: chance(95) ? "AB01" : nil,
      model: chance(90) ? (type == .gsme ? "020A030B" : "010A030B") : "010A030C",
      firmwareVersion: chance(90) ? "0002012F" : one(["00020130", nil]),
      esmeVariant: type == .esme || chance(30) ? one([.A, .A, .BD, .CDE, nil]) : nil)
    var places: [MPxNField: String] = [:]
    for (field, percent) in [
      (MPxNField.importMPxN, 85), (.secondaryImportMPAN, 15), (.exportMPAN, 15),
    ] where chance(percent) {
      places[field] = one(Estate.pool)
    }
    held[id] = places
    entry.importMPxN = try subjects.token("mpxn", places[.importMPxN])
    entry.secondaryImportMPAN = try subjects.token("mpxn", places[.secondaryImportMPAN])
    entry.exportMPAN = try subjects.token("mpxn", places[.exportMPAN])
    if chance(85) {
      entry.empty = Set(MPxNField.allCases.filter { entry.mpxn($0) == nil }.map { EntryField($0) })
    }
    if chance(30) { entry.uprn = try subjects.token("uprn", one(["100000000001", "2"])) }
    if chance(25) {
      entry.postCode = try subjects.token("postcode", one(["ZZ1 1ZZ", "ZZ2 2ZZ"]))
      entry.addressIdentifier = try subjects.token("address", "1,,EXAMPLE ROAD")
    }
    entry.prenotifiedBy = chance(40) ? try eui(one([Fixture.supA, Fixture.mapX])) : nil
    if chance(60) { entry.associatedDevices = [one(Array(devices.prefix(Estate.hubs)))] }
    if chance(10) { entry.associatedDevices.append(one(devices)) }
    entry.associatedDevices.removeAll { $0 == id }
    return .inventoryObserved(InventoryObserved(deviceID: id, basis: .snapshot, entry: entry))
  }

  private mutating func any(_ subjects: SubjectPool) throws -> Event {
    let id = one(devices)
    let value = try #require(try subjects.token("mpxn", one(Estate.pool)))
    switch Int.random(in: 0..<12, using: &generator) {
    case 0...1:
      return .deviceStatusChanged(
        DeviceStatusChanged(
          deviceID: id, from: nil, to: one(DeviceStatus.allCases), basis: .alert, requestID: nil))
    case 2:
      return .deviceDeleted(DeviceDeleted(deviceID: id, basis: .response, requestID: nil))
    case 3...4:
      return .technicalDetailsObserved(
        TechnicalDetailsObserved(deviceID: id, kind: one([.import, .export]), mpxn: value))
    case 5...6:
      return .deviceValueObserved(
        DeviceValueObserved(
          deviceID: id, importMPxN: chance(50) ? .mpxn(value) : .empty,
          firmwareVersion: chance(50) ? one(["0002012f", "00020130"]) : nil, basis: .response,
          requestID: nil))
    case 7...9:
      return .deviceSupplierChanged(
        DeviceSupplierChanged(
          deviceID: id, user: chance(80) ? try eui(one([Fixture.supA, Fixture.supB])) : nil,
          party: nil, mpxn: nil, basis: .response, requestID: nil))
    case 10: return try look(id, subjects)
    default:
      return .deviceDissociated(
        DeviceAssociation(deviceID: id, other: one(devices), basis: .alert, requestID: nil))
    }
  }

  /// Second sources that say of each of a few devices what the next one holds.
  private mutating func rings(_ subjects: SubjectPool) throws -> [Event] {
    let holders = devices.filter { held[$0]?[.importMPxN] != nil }.shuffled(using: &generator)
    var events: [Event] = []
    for start in stride(from: 0, to: min(30, holders.count - 3), by: 3) {
      let ring = Array(holders[start..<start + (start % 2 == 0 ? 2 : 3)])
      for (index, id) in ring.enumerated() {
        let next = held[ring[(index + 1) % ring.count]]?[.importMPxN]
        guard let wants = try subjects.token("mpxn", next) else { continue }
        events.append(
          chance(50)
            ? .technicalDetailsObserved(
              TechnicalDetailsObserved(deviceID: id, kind: .import, mpxn: wants))
            : .deviceValueObserved(
              DeviceValueObserved(
                deviceID: id, importMPxN: .mpxn(wants), firmwareVersion: nil, basis: .response,
                requestID: nil)))
      }
    }
    return events
  }
}

extension Estate {
  /// What the rules find when every device is judged on its timeline, whatever the views say.
  func judgedOneByOne(at time: Instant, upTo position: Int) throws -> Set<Suspicion> {
    let ledger = test.ledger
    let known = try devices.compactMap { try ledger.device($0, upTo: position) }
    var crowds: [EUI64: Set<EUI64>] = [:]
    let live = known.filter { $0.isLive(at: time) }
    let places =
      Dictionary(grouping: live) { $0.listing.uprn?.text }
      .merging(
        Dictionary(grouping: live) { device in
          device.listing.postCode.flatMap { code in
            device.listing.addressIdentifier.map { code.text + $0.text }
          }
        }
      ) { $0 + $1 }
    for (place, crowd) in places where place != nil && crowd.count > QueryAnswer.most {
      guard let first = crowd.map(\.id).min() else { continue }
      crowds[first, default: []].formUnion(crowd.map(\.id))
    }
    var found: Set<Suspicion> = []
    for device in known {
      let facts = try #require(
        try ledger.discrepancyFacts(
          device.id, crowd: Array(crowds[device.id] ?? []), at: time, upTo: position))
      found.formUnion(DiscrepancyCheck.suspicions(of: facts))
    }
    return found
  }
}
