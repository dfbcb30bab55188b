import Corrections
import EventLog
import Foundation
import Ledger

/// Imports the size of the country: registrations, an extract, the same again, one that has changed.
enum ImportBench {
  private static let types = ["ESME", "GSME", "CHF", "GPF", "PPMID"]
  private static let suppliers = (0..<16).map { "SUP\($0)" }

  /// Writes three files of a made-up population, five devices and five registrations a household.
  ///
  /// The third is an extract in which one device in a hundred has another status.
  static func write(folder: String, devices: Int) throws -> [(String, Answer)] {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let registrations = try Lines(folder + "/registrations.csv")
    try registrations.add("mpxn,kind,supplier,effective_from,effective_to")
    let inventory = try Lines(folder + "/inventory.csv")
    let changed = try Lines(folder + "/changed.csv")
    let heading =
      "DeviceID,DeviceType,DeviceStatus,DeviceManufacturer,DeviceModel,SMETSCHTSVersion,"
      + "DeviceFirmwareVersion,DateCommissioned,ImportMPxN,SecondaryImportMPAN,ExportMPAN,"
      + "ESMEVariant,UPRN,PostCode,AddressIdentifier,CSPRegion,StatusSince,PrenotifiedBy"
    try inventory.add(heading)
    try changed.add(heading)
    for device in 0..<devices {
      let household = device / types.count
      let place = device % types.count
      try registrations.add(registration(household, place))
      try inventory.add(row(device, household, types[place], "Commissioned"))
      let isChanged = hashed(device, 1) % 100 == 0
      try changed.add(
        row(device, household, types[place], isChanged ? "Suspended" : "Commissioned"))
    }
    for file in [registrations, inventory, changed] { try file.end() }
    return [("devices", .count(devices))]
  }

  /// Imports one of the files, and makes the ledger if there is none.
  static func run(kind: String, folder: String, file: String) throws -> [(String, Answer)]? {
    let exists = FileManager.default.fileExists(atPath: folder)
    let ledger =
      exists
      ? try Ledger.open(at: folder)
      : try Ledger.create(at: folder, mode: .observer, origin: "bench.invalid/ledger")
    let actor = Corrections.Actor(user: nil, party: "BENCH", role: nil, via: .import)
    let time = Instant(milliseconds: 1_767_225_600_000)
    let began = ContinuousClock.now
    let imported: Imported
    switch kind {
    case "registrations":
      imported = try ledger.importRegistrations(
        file, mode: .update, by: actor, at: time, options: ImportOptions())
    case "inventory":
      imported = try ledger.importInventory(file, by: actor, at: time, options: ImportOptions())
    default: return nil
    }
    let took = (ContinuousClock.now - began).seconds
    let peak = Machine.peakMemory
    // So that the index that lags, and what stands in the write-ahead log, count as well.
    try ledger.log.indexAll()
    _ = try ledger.log.emptyWAL(waiting: 1_000)
    return [
      ("rows", .count(imported.rows)), ("added", .count(imported.added)),
      ("changed", .count(imported.changed)), ("unchanged", .count(imported.unchanged)),
      ("seconds", .number(took)), ("rate", .number(Double(imported.rows) / took)),
      ("peak_bytes", .count(peak)),
      ("file_bytes", .count(try size(folder + "/ledger.sqlite"))),
    ]
  }

  private static func size(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.size] as? NSNumber)?.intValue ?? 0
  }

  /// A number that looks random.
  private static func hashed(_ number: Int, _ use: UInt64) -> Int {
    Int(mix(UInt64(number) &* 8 &+ use) >> 1)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func mpan(_ household: Int) -> String {
    let digits =
      padded(10 + hashed(household, 2) % 14, 2) + padded(household * 7919 % 10_000_000_000, 10)
    let primes = [3, 5, 7, 13, 17, 19, 23, 29, 31, 37, 41, 43]
    let sum = zip(digits.utf8, primes).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
    return digits + String(sum % 11 % 10)
  }

  private static func mprn(_ household: Int) -> String {
    let digits = padded(household * 104_729 % 100_000_000, 8)
    let sum = zip(digits.utf8, (1...8).reversed()).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
    return digits + padded(sum % 11, 2)
  }

  /// Three suppliers of electricity one after another, then two of gas.
  private static func registration(_ household: Int, _ place: Int) -> String {
    let years = [(2014, 2016), (2016, 2019), (2019, 0), (2014, 2018), (2018, 0)][place]
    let supplier = suppliers[hashed(household * 5 + place, 3) % suppliers.count]
    let end = years.1 == 0 ? "" : "\(years.1)-02-28"
    let point = place < 3 ? "\(mpan(household)),import" : "\(mprn(household)),gas"
    return "\(point),\(supplier),\(years.0)-03-01,\(end)"
  }

  private static func row(
    _ device: Int, _ household: Int, _ type: String, _ status: String
  ) -> String {
    let product = hashed(device, 4) % 10 + types.count
    let name = String(hashed(product, 5) & 0xFFFF | 0x1000, radix: 16, uppercase: true)
    let model = String(hashed(product, 6) & 0xFFFF_FFFF | 0xA000_0000, radix: 16, uppercase: true)
    let day =
      "20\(16 + hashed(device, 7) % 10)-0\(1 + hashed(device, 8) % 9)-1\(hashed(device, 9) % 10)"
    let point =
      switch type {
      case "ESME": mpan(household)
      case "GSME", "GPF": mprn(household)
      default: ""
      }
    let letters = Array("ABDEFGHJLNPQRSTUWXYZ")
    let street = household / 15
    let code =
      "\(letters[street % 20])\(letters[street / 20 % 20])\(street / 400 % 90 + 1) "
      + "\(street / 36_000 % 9 + 1)\(letters[street / 7 % 20])\(letters[street / 3 % 20])"
    let eui = EUI64(
      bits: 0x00DB_1200_0000_0000 | UInt64(device) &* 0x9E37_79B9_7F4A_7C15 & 0xFF_FFFF_FFFF)
    return "\(eui),\(type),\(status),\(name),\(model),V5.1,\(model),\(day),\(point),,,"
      + "\(type == "ESME" ? "ADE" : ""),\(100_000_000_000 + household * 7907 % 899_999_999_999),"
      + "\(code),\"\(household % 97 + 1),,ROAD \(household / 97),,,TOWN\",Central,\(day),"
      + "90-B3-D5-1F-30-01-00-00"
  }
}
