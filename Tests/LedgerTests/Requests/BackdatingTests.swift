import Corrections
import Foundation
import Testing
import Wire

@testable import Ledger

@Suite struct `An authority` {
  private func day(_ text: String) throws -> Instant {
    try #require(Instant(stored: "\(text)T00:00:00.000Z"))
  }

  private func submit(
    _ request: ServiceRequest, to test: TestLedger, at time: Instant
  ) throws -> Submitted {
    try test.ledger.submit(request, raw: Array("raw \(request.id)".utf8), by: nil, at: time)
  }

  @Test func `accepts no pre-notification for a day before the device was taken out`() throws {
    let test = try TestLedger()
    let id = try eui("00-DB-12-34-56-78-A0-00")
    try test.submit(prenotifying(id, counter: 1))
    try test.submit(changing(id, .delete, counter: 2))
    #expect(try test.ledger.device(id)?.removed != nil)
    let head = try test.ledger.head()
    #expect(throws: RequestBackdated.self) {
      try submit(prenotifying(id, counter: 3), to: test, at: day("2026-03-02"))
    }
    #expect(try test.ledger.head() == head)
    #expect(try test.submit(prenotifying(id, counter: 3)).response?.code == "I99")
    #expect(try test.ledger.device(id)?.removed == nil)
  }

  @Test func `accepts no details for a day before the newest of any of them`() throws {
    let test = try TestLedger()
    try test.importProducts()
    let id = try eui("00-DB-12-34-56-78-A0-00")
    try test.submit(prenotifying(id, counter: 1))
    #expect(throws: RequestBackdated.self) {
      try submit(
        changing(id, .details(DeviceDetails(firmwareVersion: "0002012F")), counter: 2), to: test,
        at: day("2026-03-02"))
    }
  }

  @Test func `accepts no deletion for a day before the device was added`() throws {
    let test = try TestLedger()
    let id = try eui("00-DB-12-34-56-78-A0-00")
    try test.submit(prenotifying(id, counter: 1))
    #expect(throws: RequestBackdated.self) {
      try submit(changing(id, .delete, counter: 2), to: test, at: day("2026-03-02"))
    }
  }

  @Test func `gives a request that it accepted for an earlier day its first answer again`() throws {
    let test = try TestLedger()
    let request = try update(Fixture.ofA, device: Fixture.other, counter: 1)
    let time = try day("2026-03-03")
    let first = try submit(request, to: test, at: time)
    #expect(first.response?.code == "I99")
    try test.submit(update("1655500011126", device: Fixture.other, counter: 2))
    let again = try submit(request, to: test, at: time)
    #expect(again.repeated && again.response == first.response)
  }

  @Test func `accepts no details of which a part could be a meter point`() throws {
    let test = try TestLedger()
    try test.importProducts()
    let id = try eui("00-DB-12-34-56-78-A0-00")
    try test.submit(prenotifying(id, counter: 1))
    let details = DeviceDetails(smetsCHTSVersion: "V5.1 1200005432101")
    let request = try changing(id, .details(details), counter: 2)
    let head = try test.ledger.head()
    #expect(
      try test.ledger.judge(request, at: test.now()).judgement?.warnings == [.detailsWithheld])
    #expect(throws: DetailsWithheld.self) { try test.submit(request) }
    #expect(try test.ledger.head() == head)
  }
}

@Suite struct `An observer` {
  @Test func `keeps the details that may stand in a record, and says that others did not`() throws {
    let test = try TestLedger(mode: .observer)
    let id = try eui("00-DB-12-34-56-78-A0-00")
    let added = try prenotifying(id, counter: 1)
    try test.submit(added)
    try test.record(Message.response("I0", to: added.id, reference: "12.2"))
    let details = DeviceDetails(manufacturer: "AB02", smetsCHTSVersion: "V5.1 1200005432101")
    let request = try changing(id, .details(details), counter: 2)
    #expect(try test.submit(request).judgement?.warnings.contains(.detailsWithheld) == true)
    try test.record(Message.response("I99", to: request.id, at: "2026-03-04T09:30:00Z"))
    #expect(try test.ledger.device(id)?.details.manufacturer == "AB02")
    for record in try test.records() {
      #expect(!String(decoding: record, as: UTF8.self).contains("1200005432101"))
    }
  }

  @Test(arguments: [
    "12000054-32101", "1200 0054 32101", "12 High St AB1 2CD", "１２００００５４３２１０１", "1200005432101",
  ])
  func `keeps no name of a maker that could be a meter point or an address`(_ name: String) {
    #expect(!CodeGuard.isName(name))
  }

  @Test(arguments: ["AB01", "010A030B", "0002012F", "Landis Gyr", "V5.1", "01234567", ""])
  func `keeps the names that makers have`(_ name: String) { #expect(CodeGuard.isName(name)) }
}
