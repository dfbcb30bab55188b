import Corrections
import EventLog
import Foundation
import Testing
import Wire

@testable import Ledger

@Suite struct `Messages that are against one another` {
  private func commissioning(_ counter: UInt64) throws -> ServiceRequest {
    try asking(
      "8.1.1", .other(element: "CommissionDevice", deviceID: try eui(Fixture.pending)),
      to: Fixture.pending, counter: counter)
  }

  /// The decoded answer of a device that did not do what it was asked.
  private func failure(_ request: ServiceRequest, in test: TestLedger) throws -> RecordedMessage {
    let response = ReceivedResponse(
      requestID: request.id, responseID: nil, identitiesAgree: true, code: "I0", at: test.now(),
      zoneWasMissing: false, serviceReference: request.serviceReference,
      serviceReferenceVariant: request.serviceReferenceVariant, element: "CommissionDeviceRsp",
      content: .outcome(succeeded: false), isDecoded: true, schemaVersion: "5.4",
      canonical: Array("failed".utf8))
    return try test.ledger.record(response, raw: response.canonical, by: nil)
  }

  @Test func `of a device that failed and an I0 around it change nothing, and are flagged`() throws
  {
    let test = try TestLedger()
    let request = try commissioning(1)
    try test.submit(request)
    #expect(try failure(request, in: test).flags == [.commandFailed])
    let success = try test.record(
      Message.response("I0", to: request.id, reference: "8.1", variant: "8.1.1"))
    #expect(success.flags.contains(.contradictsEarlier))
    #expect(success.consequences.isEmpty)
    #expect(try test.device(Fixture.pending).currentStatus?.value == .pending)
  }

  @Test func `of a failure after a success is flagged`() throws {
    let test = try TestLedger()
    let request = try commissioning(1)
    try test.submit(request)
    try test.record(Message.response("I0", to: request.id, reference: "8.1", variant: "8.1.1"))
    #expect(try failure(request, in: test).flags.contains(.contradictsEarlier))
  }

  @Test func `about a hub that may not have let a device in change nothing`() throws {
    let test = try TestLedger()
    let request = try asking(
      "8.11",
      .service(
        element: "UpdateHANDeviceLog", deviceID: try eui(Fixture.pending),
        .hanDeviceLog(.add, MPxNs())), to: Fixture.hub, counter: 1)
    try test.submit(request)
    let recorded = try test.record(
      Message.hanDeviceLog(request.id).replacingOccurrences(of: ">N24<", with: ">N25<"))
    #expect(recorded.consequences.isEmpty)
    #expect(try test.device(Fixture.pending).currentStatus?.value == .pending)
  }

  @Test func `of another look at the same value stand against a late older one`() throws {
    let test = try TestLedger(mode: .observer)
    let look = try ServiceRequest(
      id: RequestID(
        originator: eui(Fixture.supA), target: eui(Fixture.broker), counter: 50),
      schemaVersion: "5.4", commandVariant: 8, serviceReference: "8.2",
      serviceReferenceVariant: "8.2", content: .readInventory(.deviceID(eui(Fixture.other))))
    let row = InventoryRow(
      deviceID: try eui(Fixture.other), deviceType: .esme, status: .commissioned,
      mpxns: MPxNs(importMPxN: try point(Fixture.ofB)))
    for hour in ["08", "09"] {
      let response = ServiceResponse(
        requestID: look.id, code: "I0",
        at: try #require(Instant(stored: "2026-03-04T\(hour):00:00.000Z")),
        serviceReference: "8.2", serviceReferenceVariant: "8.2", schemaVersion: "5.4")
      try test.record(String(decoding: DUIS.write(response, inventory: [row]), as: UTF8.self))
    }
    let update = try update(Fixture.ofA, device: Fixture.other, counter: 51)
    try test.submit(update)
    try test.record(Message.response("I99", to: update.id, at: "2026-03-04T08:30:00Z"))
    #expect(try test.held(Fixture.other) == Fixture.ofB, "so the SMI said at nine")
  }

  @Test func `of the DCC and of an authority are counted, whichever came first`() throws {
    for isEarly in [false, true] {
      let test = try TestLedger()
      let request = try update(Fixture.ofA, device: Fixture.other, counter: 1)
      if !isEarly { try test.submit(request) }
      try test.record(Message.response("E080410", to: request.id))
      if isEarly { try test.submit(request) }
      #expect(try test.ledger.divergences(in: nil).counts.map(\.responses) == [1], "\(isEarly)")
      #expect(try test.held(Fixture.other) == Fixture.ofA)
    }
  }

  @Test func `are counted once however often the views are looked at beside the folder`() throws {
    let test = try TestLedger(mode: .observer)
    let request = try update(Fixture.ofA, device: Fixture.other, counter: 1)
    try test.submit(request)
    try test.record(Message.response("E080410", to: request.id))
    for name in try FileManager.default.contentsOfDirectory(atPath: test.folder)
    where name.hasPrefix("views") {
      try FileManager.default.removeItem(atPath: test.folder + "/" + name)
    }
    let looking = try Ledger.open(at: test.folder, access: .readOnly, keepsViews: false)
    for _ in 0..<3 {
      #expect(try looking.divergences(in: nil).counts.map(\.responses) == [1])
      #expect(try looking.report(#require(Month("2026-03"))).requests == ["E080410": 1])
    }
  }
}
