import Corrections
import EventLog
import Foundation
import Synchronization
import Testing

@testable import Ledger

/// A ledger in a temporary folder, filled from the published examples, with a clock that ticks.
final class TestLedger: Sendable {
  let ledger: Ledger
  let folder: String
  private let clock: TickingClock

  init(mode: LedgerMode = .authority, filled: Bool = true) throws {
    folder = NSTemporaryDirectory() + "smi-ledger-tests-\(UUID().uuidString)"
    let clock = TickingClock()
    self.clock = clock
    ledger = try Ledger.create(
      at: folder, mode: mode, origin: "test.invalid/ledger", clock: { clock.tick() })
    if filled { try fill() }
  }

  deinit {
    ledger.log.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  private func fill() throws {
    let actor = Corrections.Actor(user: nil, party: "ledger", role: nil, via: .import)
    let at = Instant(stored: "2026-03-01T00:00:00.000Z") ?? ledger.now()
    let options = ImportOptions()
    _ = try ledger.importUsers(example("users.csv"), by: actor, at: at, options: options)
    _ = try ledger.importRegistrations(
      example("registrations.csv"), mode: .update, by: actor, at: at, options: options)
    _ = try ledger.importInventory(example("inventory.csv"), by: actor, at: at, options: options)
  }

  func now() -> Instant { ledger.now() }

  /// Lets the clock go on from a moment, written as it is stored.
  func pass(to moment: String) throws {
    clock.pass(to: try #require(Instant(stored: moment)))
  }

  /// Another handle of the same folder, by the same clock.
  func another() throws -> Ledger {
    try Ledger.open(at: folder, clock: { [clock] in clock.tick() })
  }

  /// Every byte of every record.
  func records() throws -> [[UInt8]] {
    try ledger.log.events(from: 1, through: try ledger.head()).map(\.record)
  }
}

/// A clock that moves one second each time it is read.
final class TickingClock: Sendable {
  private let milliseconds = Mutex<Int64>(1_772_618_400_000)  // 4 March 2026, 10:00 UTC

  func tick() -> Instant {
    milliseconds.withLock { now in
      now += 1000
      return Instant(milliseconds: now)
    }
  }

  func pass(to moment: Instant) {
    milliseconds.withLock { $0 = max($0, moment.milliseconds) }
  }
}

/// The path of a published example.
func example(_ name: String) -> String {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("schemas/examples/\(name)").path
}

enum Fixture {
  static let supA = "90-B3-D5-1F-30-01-00-00"
  static let supB = "90-B3-D5-1F-30-03-00-00"
  static let supC = "90-B3-D5-1F-30-05-00-00"
  static let broker = "90-B3-D5-1F-30-00-00-02"
  static let mapX = "00-DB-12-34-56-78-00-04"
  /// Pre-notified by MAPX, Pending.
  static let pending = "00-DB-12-34-56-78-91-04"
  static let hub = "00-DB-12-34-56-78-90-A2"
  static let device = "00-DB-12-34-56-78-92-00"
  static let other = "00-DB-12-34-56-78-90-A0"
  /// Registered to SUPA, to SUPB, and to nobody held.
  static let ofA = "1200005432101"
  static let ofB = "2001234501019"
  static let ofNobody = "1100000000090"
}

/// An 8.4 that moves the import MPxN of a device.
func update(
  _ mpxn: String, device: String = Fixture.device, by originator: String = Fixture.supA,
  counter: UInt64, field: MPxNField = .importMPxN
) throws -> ServiceRequest {
  ServiceRequest(
    id: RequestID(
      originator: try eui(originator), target: try eui(Fixture.broker),
      counter: counter), schemaVersion: "5.4", commandVariant: 8, serviceReference: "8.4",
    serviceReferenceVariant: "8.4",
    content: .updateInventory(
      deviceID: try eui(device), .mpxn(field, try point(mpxn))))
}

/// An 8.4 that asks for some change.
func changing(
  _ device: EUI64, _ update: InventoryUpdate, by originator: String = Fixture.supA,
  counter: UInt64, commandVariant: Int = 8
) throws -> ServiceRequest {
  ServiceRequest(
    id: RequestID(
      originator: try eui(originator), target: try eui(Fixture.broker), counter: counter),
    schemaVersion: "5.4", commandVariant: commandVariant, serviceReference: "8.4",
    serviceReferenceVariant: "8.4", content: .updateInventory(deviceID: device, update))
}

/// A 12.2 that tells of a device.
func prenotifying(
  _ device: EUI64, _ type: DeviceType = .esme, by originator: String = Fixture.supA,
  counter: UInt64
) throws -> ServiceRequest {
  ServiceRequest(
    id: RequestID(
      originator: try eui(originator), target: try eui(Fixture.broker), counter: counter),
    schemaVersion: "5.4", commandVariant: 8, serviceReference: "12.2",
    serviceReferenceVariant: "12.2",
    content: .prenotification(
      DevicePrenotification(
        deviceID: device, type: type,
        details: DeviceDetails(
          manufacturer: "AB01", model: "010A030B", firmwareVersion: "0002012F",
          esmeVariant: type == .esme ? .A : nil), associatedGPFDeviceID: nil)))
}

extension TestLedger {
  /// The published products list, as of the day of the other examples.
  func importProducts() throws {
    let actor = Corrections.Actor(user: nil, party: "ledger", role: nil, via: .import)
    let at = Instant(stored: "2026-03-01T00:00:00.000Z") ?? ledger.now()
    _ = try ledger.importProducts(
      example("products.csv"), by: actor, at: at, options: ImportOptions())
  }

  @discardableResult
  func submit(_ request: ServiceRequest) throws -> Submitted {
    try ledger.submit(request, raw: Array("raw \(request.id)".utf8), by: nil, at: nil)
  }

  func act(_ action: Action, _ id: CorrectionID, by user: String) throws -> Acted {
    let user = try #require(try ledger.user(user))
    return try ledger.act(action, on: id, by: user, via: .system, at: now())
  }
}

/// The identity that a literal names.
func eui(_ text: String) throws -> EUI64 { try #require(EUI64(text)) }

/// The meter point that a literal names.
func point(_ digits: String) throws -> MPxN { try #require(MPxN(digits)) }
