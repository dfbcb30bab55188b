import Corrections
import EventLog
import Testing
import Wire

@testable import Ledger

/// Whatever shows that the entry is right now resolves the correction, and is named as what shows it.
@Suite struct `A correction heals by` {
  /// A correction of the import MPxN that waits for its request.
  private func waiting(_ mode: LedgerMode) throws -> (TestLedger, CorrectionID) {
    let test = try TestLedger(mode: mode)
    let opened = try test.report(Fixture.other, wants: Fixture.ofA, by: Fixture.supA)
    #expect(opened.correction.state == .awaitingRequest)
    return (test, opened.correction.id)
  }

  /// Checks that it was resolved once, by an event of that name, which is its cause and evidence.
  private func expectHealed(
    _ id: CorrectionID, by name: String, _ how: CorrectionResolved.How, _ test: TestLedger
  ) throws {
    let correction = try test.correction(id)
    #expect(correction.state == .resolved)
    #expect(correction.how == how)
    let resolutions = try test.steps(id, "CorrectionResolved")
    let resolved = try #require(resolutions.first)
    #expect(resolutions.count == 1)
    let position = try #require(resolved.evidence)
    let evidence = try #require(try test.ledger.log.event(at: position)).recorded()
    #expect(evidence.name == name)
    #expect(resolved.cause == position)
    #expect(resolved.effectiveAt == evidence.effectiveAt)
    #expect(resolved.actor == .ledger)
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `an 8.4 that an authority accepts`() throws {
    let (test, id) = try waiting(.authority)
    try test.submit(update(Fixture.ofA, device: Fixture.other, counter: 1))
    try expectHealed(id, by: "MPxNUpdated", .serviceRequest, test)
  }

  @Test func `the answer that an observer records, and not by the request before it`() throws {
    let (test, id) = try waiting(.observer)
    let request = try update(Fixture.ofA, device: Fixture.other, counter: 1)
    try test.submit(request)
    #expect(try test.correction(id).state == .awaitingRequest)
    try test.record(Message.response("I0", to: request.id, at: "2026-03-04T10:00:30Z"))
    try expectHealed(id, by: "MPxNUpdated", .serviceRequest, test)
  }

  @Test func `an alert that says the wanted status`() throws {
    let test = try TestLedger()
    let id = try test.ledger.openCorrection(
      device: try eui(Fixture.other), .status(.suspended), by: try test.actor(Fixture.supA),
      at: test.now()
    ).correction.id
    try test.record(
      Message.alert(
        "N16", Message.statusChange(Fixture.other, "<DeviceSuspended/>"),
        at: "2026-03-04T10:00:30Z"))
    try expectHealed(id, by: "DeviceStatusChanged", .observed, test)
  }

  @Test func `the answer to an 8.2 that shows it`() throws {
    let (test, id) = try waiting(.observer)
    let query = ServiceRequest(
      id: RequestID(
        originator: try eui(Fixture.supA), target: try eui(Fixture.broker), counter: 9),
      schemaVersion: "5.4", commandVariant: 8, serviceReference: "8.2",
      serviceReferenceVariant: "8.2", content: .readInventory(.deviceID(try eui(Fixture.other))))
    try test.submit(query)
    let row = """
      <DSPInventory><Device><DeviceID>\(Fixture.other)</DeviceID><DeviceType>ESME</DeviceType>\
      <DeviceStatus>Commissioned</DeviceStatus><DeviceManufacturer>AB01</DeviceManufacturer>\
      <DeviceModel>010A030B</DeviceModel><ImportMPxN>\(Fixture.ofA)</ImportMPxN>\
      </Device></DSPInventory>
      """
    try test.record(
      Message.response(
        "I0", to: query.id, at: "2026-03-04T10:00:30Z", reference: "8.2", content: row))
    try expectHealed(id, by: "InventoryObserved", .observed, test)
  }

  @Test func `an extract of the inventory that shows it`() throws {
    let (test, id) = try waiting(.observer)
    try test.look([Fixture.other: Fixture.ofA])
    try expectHealed(id, by: "InventoryObserved", .observed, test)
  }

  @Test func `no extract of a time before what is known by now`() throws {
    let (test, id) = try waiting(.observer)
    let head = try test.ledger.head()
    try test.look(
      [Fixture.other: Fixture.ofA], at: Instant(stored: "2026-02-01T00:00:00.000Z"))
    #expect(try test.correction(id).state == .awaitingRequest)
    #expect(try test.events(after: head).map(\.name) == ["InventoryObserved", "InventoryImported"])
  }
}

@Suite struct `What the inventory says that is not the wanted value` {
  /// The times that a correction was marked.
  private func marks(_ id: CorrectionID, _ test: TestLedger) throws -> [Recorded] {
    try test.steps(id, "HeldValueChanged")
  }

  @Test(arguments: [LedgerMode.authority, .observer])
  func `is marked once, whoever says it how often`(_ mode: LedgerMode) throws {
    let test = try TestLedger(mode: mode)
    let id = try test.report(Fixture.other, wants: Fixture.ofA, by: Fixture.supA).correction.id
    try test.look([Fixture.other: "1429876543210"])
    let marks = try marks(id, test)
    #expect(marks.count == 1)
    let evidence = try #require(marks.first?.cause)
    #expect(
      try #require(try test.ledger.log.event(at: evidence)).recorded().name == "InventoryObserved")
    let correction = try test.correction(id)
    #expect(correction.heldChanged?.evidence == evidence)
    #expect(
      try correction.heldNow?.mpxn.flatMap { try test.ledger.mpxn($0) }?.digits == "1429876543210")
    try test.look([Fixture.other: "1429876543210"])
    _ = try test.ledger.remind()
    #expect(try self.marks(id, test).count == 1)
    try test.look([Fixture.other: Fixture.ofB])
    #expect(try self.marks(id, test).count == 2)
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `is marked in the append of an 8.4 that an authority accepts`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.other, wants: Fixture.ofB, by: Fixture.supA).correction.id
    let head = try test.ledger.head()
    try test.submit(update(Fixture.ofA, device: Fixture.other, counter: 1))
    let mark = try #require(try marks(id, test).first)
    let extent = try #require(try test.extent(at: head + 1))
    #expect(mark.position <= head + extent)
    let change = try #require(mark.cause)
    #expect(try #require(try test.ledger.log.event(at: change)).recorded().name == "MPxNUpdated")
  }

  @Test func `is marked for the field that it is about, and for no other`() throws {
    let test = try TestLedger()
    let status = try test.ledger.openCorrection(
      device: try eui(Fixture.other), .status(.pending), by: try test.actor(Fixture.supA),
      at: test.now()
    ).correction.id
    let id = try test.report(Fixture.other, wants: Fixture.ofB, by: Fixture.supA).correction.id
    try test.submit(update(Fixture.ofA, device: Fixture.other, counter: 1))
    #expect(try marks(id, test).count == 1)
    #expect(try marks(status, test).isEmpty)
  }
}
