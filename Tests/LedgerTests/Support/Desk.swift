import Corrections
import EventLog
import Foundation
import Testing
import Wire

@testable import Ledger

/// Three meters, each at a meter point of another supplier: what crossed pairs and rings are made of.
enum Meter {
  /// Holds ``Fixture/ofA``, ``Fixture/ofB`` and ``ofC``, in this order.
  static let all = (0..<3).map { "00-DB-12-34-56-78-20-0\($0)" }
  /// Registered to SUPC.
  static let ofC = "2909000800078"
  static let points = [Fixture.ofA, Fixture.ofB, ofC]
}

extension TestLedger {
  static let importer = Corrections.Actor(user: nil, party: "ledger", role: nil, via: .import)

  /// Gives a CSV file with such lines to an import.
  func file<Result>(_ lines: [String], _ body: (String) throws -> Result) throws -> Result {
    let path = NSTemporaryDirectory() + "\(UUID().uuidString).csv"
    try lines.map { $0 + "\n" }.joined().write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  /// Takes over what an extract says of the import MPxN of some commissioned meters, as of a moment;
  /// an empty one is an empty place.
  func look(_ held: KeyValuePairs<String, String>, at moment: Instant? = nil) throws {
    let rows = held.map { "\($0),ESME,Commissioned,\($1),ADE,AB01,010A030B" }
    let heading = "DeviceID,DeviceType,DeviceStatus,ImportMPxN,ESMEVariant,"
    _ = try file([heading + "DeviceManufacturer,DeviceModel"] + rows) {
      try ledger.importInventory(
        $0, by: TestLedger.importer, at: moment ?? now(), options: ImportOptions())
    }
  }

  /// The meters of a ring, as they stood before anything was reported.
  func importMeters() throws {
    try look(
      [
        Meter.all[0]: Meter.points[0], Meter.all[1]: Meter.points[1],
        Meter.all[2]: Meter.points[2],
      ], at: Instant(stored: "2026-03-01T00:00:00.000Z"))
  }

  /// Adds registrations, each as `mpxn,kind,supplier,effective_from,effective_to`.
  func register(_ rows: String...) throws {
    _ = try file(["mpxn,kind,supplier,effective_from,effective_to"] + rows) {
      try ledger.importRegistrations(
        $0, mode: .update, by: TestLedger.importer, at: now(), options: ImportOptions())
    }
  }

  /// A user as who acts.
  func actor(_ user: String) throws -> Corrections.Actor {
    let user = try #require(try ledger.user(user))
    return Corrections.Actor(user: user.id, party: user.party, role: nil, via: .system)
  }

  /// Reports that a device should hold another meter point.
  @discardableResult
  func report(
    _ device: String, wants mpxn: String, by user: String, in ledger: Ledger? = nil,
    batch: String? = nil
  ) throws -> Opened {
    try (ledger ?? self.ledger).openCorrection(
      device: try eui(device), .mpxn(.importMPxN, try point(mpxn)), by: try actor(user),
      at: now(), batch: batch)
  }

  /// A correction that must be there.
  func correction(_ id: CorrectionID) throws -> Correction {
    try #require(try ledger.correction(id))
  }

  /// What was recorded after a position.
  func events(after position: Int) throws -> [Recorded] {
    let head = try ledger.head()
    guard position < head else { return [] }
    return try ledger.log.events(from: position + 1, through: head).map { try $0.recorded() }
  }

  /// How many records were appended together with the one at a position, the first of them.
  func extent(at position: Int) throws -> Int? {
    try #require(try ledger.log.event(at: position)).read().append?.count
  }

  /// The events of a correction that were recorded under a name.
  func steps(_ id: CorrectionID, _ name: String) throws -> [Recorded] {
    try ledger.timeline(Tag.correction(id)).filter { $0.name == name }
  }
}

extension Recorded {
  /// The name under which it is stored.
  var name: String { StoredForm.encode(event).type }

  /// What shows that a correction is resolved.
  var evidence: Int? {
    if case .correctionResolved(let event) = event { event.evidence } else { nil }
  }
}

extension Ledger {
  /// A whole month.
  func report(_ month: Month, knownAt known: Int? = nil, months: Int = 0) throws -> Reported {
    try report(ReportPeriod(month), knownAt: known, months: months)
  }
}

extension Reported {
  /// How often something happened in the period.
  func count(_ what: ReportCase.Step.What) -> Int { report.steps[what] ?? 0 }
}
