import Corrections
import Testing
import Wire

@testable import Ledger

/// A request to a device with a message that says it was carried out.
struct Exchange: CustomTestStringConvertible {
  let name: String
  let request: ServiceRequest
  let message: String
  var testDescription: String { name }

  static let all: [Exchange] = {
    do { return try made() } catch { return [] }
  }()

  private static func made() throws -> [Exchange] {
    let (device, added) = (try eui(Fixture.pending), try eui("00-DB-12-34-56-78-A0-00"))
    let mpxns = MPxNs(importMPxN: try point(Fixture.ofA))
    let services: [(String, ServiceRequest.Content, String)] = [
      (
        "8.11",
        .service(
          element: "UpdateHANDeviceLog", deviceID: device, .hanDeviceLog(.add, mpxns)), Fixture.hub
      ),
      ("8.1.1", .other(element: "CommissionDevice", deviceID: device), Fixture.pending),
      (
        "8.7.1",
        .service(
          element: "JoinServiceCritical", deviceID: device, .join(other: try eui(Fixture.hub))),
        Fixture.pending
      ),
      ("8.3", .other(element: "DecommissionDevice", deviceID: device), Fixture.pending),
      (
        "6.20.1",
        .service(
          element: "SetDeviceConfigurationImportMPxN", deviceID: device, .setMPxNs(mpxns)),
        Fixture.pending
      ),
      (
        "6.23",
        .service(
          element: "UpdateSecurityCredentialsCoS", deviceID: device,
          .supplierChange(try point(Fixture.ofA))), Fixture.pending
      ),
    ]
    var exchanges = try services.enumerated().map { index, service in
      let request = try asking(
        service.0, service.1, to: service.2, counter: UInt64(100 + index))
      return Exchange(
        name: "SR \(service.0)", request: request,
        message: Message.response(
          "I0", to: request.id, reference: request.serviceReference, variant: service.0))
    }
    let whitelisting = try asking("8.11", services[0].1, to: Fixture.hub, counter: 200)
    exchanges.append(
      Exchange(
        name: "SR 8.11 by an alert", request: whitelisting,
        message: Message.hanDeviceLog(whitelisting.id)))
    let update = try update(Fixture.ofA, device: Fixture.other, counter: 201)
    exchanges.append(
      Exchange(
        name: "SR 8.4", request: update, message: Message.response("I99", to: update.id)))
    let prenotification = try prenotifying(added, counter: 202)
    exchanges.append(
      Exchange(
        name: "SR 12.2", request: prenotification,
        message: Message.response("I0", to: prenotification.id, reference: "12.2")))
    let refused = try changing(try eui(Fixture.other), .delete, counter: 203)
    exchanges.append(
      Exchange(
        name: "a refusal that is predicted otherwise", request: refused,
        message: Message.response("E080410", to: refused.id)))
    return exchanges
  }
}

extension Device {
  /// What is held, without where the log says so.
  fileprivate var picture: [String] {
    var picture: [String] = [type.rawValue]
    picture += status.entries.map { "\($0.value.rawValue) \($0.from)" }
    for field in MPxNField.allCases {
      picture += history(field).entries.map { "\(field) \($0.value == nil) \($0.from)" }
      picture.append("on device \(onDevice(field) != nil)")
    }
    picture += associatedDevices.map(\.description).sorted()
    picture.append("installed by \(installer?.value.description ?? "-")")
    picture.append("prenotified by \(prenotifier?.value.description ?? "-")")
    picture.append("supplier \(supplierChange?.value?.description ?? "-")")
    picture.append("in SMI \(removed == nil)")
    picture += flags.map { String("\($0)".prefix { $0 != "(" }) }.sorted()
    return picture
  }
}

@Suite struct `A message that comes before its request` {
  @Test func `is tried for many services`() { #expect(Exchange.all.count == 10) }

  @Test(arguments: Exchange.all)
  func `has the effects of one that comes after it, once the request is there`(
    _ exchange: Exchange
  ) throws {
    func run(_ isEarly: Bool) throws -> ([String], Int) {
      let test = try TestLedger(mode: .observer)
      if isEarly {
        let recorded = try test.record(exchange.message)
        #expect(recorded.flags.contains(.requestNotKnown))
        try test.submit(exchange.request)
      } else {
        try test.submit(exchange.request)
        try test.record(exchange.message)
      }
      let id = try #require(exchange.request.deviceID)
      let device = try #require(try test.ledger.device(id))
      let diverged = try test.ledger.divergences(in: nil).counts.map(\.responses).reduce(0, +)
      #expect(try test.ledger.rebuildViews().same == true)
      return (device.picture, diverged)
    }
    let (late, early) = (try run(false), try run(true))
    #expect(early.0 == late.0)
    #expect(early.1 == late.1)
    if exchange.name.hasPrefix("a refusal") { #expect(early.1 == 1) }
  }

  @Test func `is of the same request that a correction can be opened from`() throws {
    let test = try TestLedger(mode: .observer)
    let request = try update(Fixture.ofB, counter: 1)
    try test.record(Message.response("E080415", to: request.id))
    #expect(try test.ledger.position(ofRequest: request.id) == nil)
    try test.submit(request)
    let opened = try test.ledger.openCorrection(from: request.id, by: nil, at: test.now())
    #expect(opened.correction.firstCode == "E080415")
  }

  @Test func `gives a correction the code that came back, not the one predicted`() throws {
    let test = try TestLedger(mode: .observer)
    let request = try update(Fixture.ofA, device: Fixture.other, counter: 1)
    #expect(try test.submit(request).judgement?.code == "I99")
    try test.record(Message.response("E080410", to: request.id))
    let opened = try test.ledger.openCorrection(from: request.id, by: nil, at: test.now())
    #expect(opened.correction.firstCode == "E080410")
  }
}
