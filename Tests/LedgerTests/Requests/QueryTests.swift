import Corrections
import EventLog
import Foundation
import Testing
import Wire

@testable import Ledger

@Suite struct `SR 8.2` {
  /// A ledger with so many devices at one address, joined with one hub.
  private func premises(of count: Int) throws -> TestLedger {
    let test = try TestLedger()
    let rows = (0..<count).map {
      "\(EUI64(bits: 0x00DB_1234_5678_B000 + UInt64($0))),ESME,Commissioned,,,99887766"
    }
    try importInventory(
      ["DeviceID,DeviceType,DeviceStatus,PostCode,AddressIdentifier,UPRN"] + rows, into: test)
    return test
  }

  private func importInventory(_ lines: [String], into test: TestLedger) throws {
    let path = test.folder + "/more.csv"
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: path, atomically: true, encoding: .utf8)
    _ = try test.ledger.importInventory(
      path, by: Corrections.Actor(user: nil, party: "ledger", role: nil, via: .import),
      at: test.now(), options: ImportOptions())
  }

  private func read(_ query: InventoryQuery, counter: UInt64 = 1) throws -> ServiceRequest {
    ServiceRequest(
      id: RequestID(
        originator: try eui(Fixture.supA), target: try eui(Fixture.broker), counter: counter),
      schemaVersion: "5.4", commandVariant: 8, serviceReference: "8.2",
      serviceReferenceVariant: "8.2", content: .readInventory(query))
  }

  @Test func `of seventeen devices is answered with all of them, of eighteen is refused`() throws {
    let seventeen = try premises(of: 17).submit(read(.uprn("99887766")))
    #expect(seventeen.response?.code == "I0")
    #expect(seventeen.inventory.count == 17)
    let bytes = try #require(
      seventeen.response.flatMap { DUIS.write($0, inventory: seventeen.inventory) })
    guard case .response(let read) = try DUIS.read(bytes), case .inventory(let rows) = read.content
    else {
      Issue.record("the answer is not read as one")
      return
    }
    #expect(rows.map(\.deviceID) == seventeen.inventory.map(\.deviceID))
    let eighteen = try premises(of: 18).submit(self.read(.uprn("99887766")))
    #expect(eighteen.response?.code == "E080201")
    #expect(eighteen.inventory.isEmpty)
  }

  @Test func `finds a place through entries that moved since the views were read`() throws {
    let test = try premises(of: 2)
    let request = try read(.uprn("99887766"))
    let place = try test.ledger.lookUpPlace(of: request)
    try importInventory(
      [
        "DeviceID,DeviceType,DeviceStatus,UPRN", "00-DB-12-34-56-78-B0-00,ESME,Commissioned,1",
        "00-DB-12-34-56-78-C0-00,GSME,Commissioned,99887766",
      ], into: test)
    let judged = try test.ledger.judge(
      request, given: place, at: test.now(), upTo: try test.ledger.head())
    guard case .query(.devices(let devices))? = judged.facts?.asks else {
      Issue.record("answered otherwise")
      return
    }
    #expect(
      try devices == [eui("00-DB-12-34-56-78-B0-01"), eui("00-DB-12-34-56-78-C0-00")].sorted())
  }

  @Test func `by a device shows those joined with it, by a meter point the ones that hold it`()
    throws
  {
    let test = try TestLedger()
    let joined = try asking(
      "8.7.1",
      .service(
        element: "JoinServiceCritical", deviceID: try eui(Fixture.other),
        .join(other: try eui(Fixture.hub))), to: Fixture.other, counter: 1)
    try test.submit(joined)
    try test.record(Message.response("I0", to: joined.id, reference: "8.7", variant: "8.7.1"))
    let byDevice = try test.submit(read(.deviceID(try eui(Fixture.hub)), counter: 2))
    #expect(try byDevice.inventory.map(\.deviceID) == [eui(Fixture.other), eui(Fixture.hub)])
    let byPoint = try test.submit(read(.mpxn(try point("7400012306")), counter: 3))
    #expect(byPoint.inventory.contains { $0.importMPxN?.digits == "7400012306" })
  }

  @Test func `of one meter point on devices of two premises is refused`() throws {
    let test = try TestLedger()
    // The examples have 1655500011126 on two meters that nothing joins.
    let answered = try test.submit(read(.mpxn(try point("1655500011126"))))
    #expect(answered.response?.code == "E080201")
  }

  @Test func `of what nobody holds is refused, and open in an observer`() throws {
    let unknown = InventoryQuery.deviceID(try eui("00-DB-00-00-00-00-00-01"))
    #expect(try TestLedger().submit(read(unknown)).response?.code == "E080202")
    let observer = try TestLedger(mode: .observer).submit(read(unknown))
    #expect(observer.judgement?.code == nil && observer.response == nil)
  }

  @Test func `again shows the entries as they were answered, whatever came since`() throws {
    let test = try TestLedger()
    let request = try read(.deviceID(try eui(Fixture.other)))
    let first = try test.submit(request)
    try test.record(
      Message.alert("N16", Message.statusChange(Fixture.other, "<DeviceSuspended/>")))
    let again = try test.submit(request)
    #expect(again.repeated)
    #expect(again.inventory == first.inventory)
    #expect(first.inventory.first?.status == .commissioned)
  }

  @Test func `looked at without keeping the views leaves the folder as it is`() throws {
    let test = try premises(of: 3)
    let request = try read(.uprn("99887766"))
    for viewsAreThere in [false, true] {
      if viewsAreThere { try test.ledger.catchUpViews() }
      func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: test.folder).sorted()
      }
      let before = try files()
      let looking = try Ledger.open(at: test.folder, access: .readOnly, keepsViews: false)
      let judged = try looking.judge(request, at: test.now())
      #expect(judged.judgement?.code == "I0")
      #expect(try files() == before)
    }
  }
}
