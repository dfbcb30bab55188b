import Corrections
import EventLog
import Foundation
import Testing

@testable import Ledger

@Suite struct `Warnings beside the findings` {
  /// One request and exactly what is worth a look about it.
  struct Scenario: CustomTestStringConvertible {
    let name: String
    let mpxn: String
    var device = Fixture.device
    var field = MPxNField.importMPxN
    var originator = Fixture.supA
    let warnings: [Warning]
    var testDescription: String { name }
  }

  static let gasMeter = "00-DB-12-34-56-78-90-A1"

  static let scenarios = [
    Scenario(name: "nothing", mpxn: Fixture.ofA, warnings: []),
    Scenario(
      name: "a wrong check digit", mpxn: "1200005432102", warnings: [.wrongCheckDigit]),
    Scenario(
      name: "twelve digits", mpxn: "120000543210", warnings: [.neitherMPANNorMPRN]),
    Scenario(name: "gas for an ESME", mpxn: "3938424403", warnings: [.mprnOnESME]),
    Scenario(
      name: "electricity for a GSME", mpxn: Fixture.ofA, device: gasMeter,
      warnings: [.mpanOnGSME]),
    Scenario(
      name: "an export registration for an import", mpxn: "2377770010031",
      warnings: [.registrationOfAnotherKind]),
    Scenario(
      name: "an import registration for an export", mpxn: Fixture.ofA, field: .exportMPAN,
      warnings: [.registrationOfAnotherKind]),
    Scenario(
      name: "held there already, and by another device", mpxn: "1655500011126",
      warnings: [.alreadyHeld, .heldByAnotherDevice]),
    Scenario(
      name: "held by another device", mpxn: "7400012306",
      warnings: [.mprnOnESME, .heldByAnotherDevice]),
    Scenario(
      name: "an unknown originator", mpxn: Fixture.ofA, originator: "00-00-00-00-00-00-00-99",
      warnings: [.originatorNotKnown]),
    Scenario(
      name: "an unknown device", mpxn: Fixture.ofA, device: "00-00-00-00-00-00-00-01",
      warnings: []),
  ]

  @Test(arguments: scenarios)
  func `say what is worth a look and nothing else`(_ scenario: Scenario) throws {
    let test = try TestLedger()
    let request = try update(
      scenario.mpxn, device: scenario.device, by: scenario.originator, counter: 1,
      field: scenario.field)
    let judged = try test.ledger.judge(request, at: test.now())
    #expect(Set(judged.judgement?.warnings ?? []) == Set(scenario.warnings))
    #expect(judged.judgement?.warnings.count == scenario.warnings.count)
    let submitted = try test.submit(request)
    #expect(submitted.judgement?.warnings == judged.judgement?.warnings)
  }

  @Test func `name the devices that hold a value, and only those that hold it now`() throws {
    let test = try TestLedger()
    let token = try #require(try test.ledger.token(of: try point("1655500011126")))
    let (device, other) = (try eui(Fixture.device), try eui(Fixture.other))
    func holders() throws -> [EUI64] {
      try test.ledger.otherHolders(of: token, than: nil, upTo: test.ledger.head())
    }
    #expect(try holders() == [other, device])
    try test.submit(update(Fixture.ofA, device: Fixture.other, counter: 1))
    #expect(try holders() == [device])
    #expect(
      try test.ledger.otherHolders(of: token, than: device, upTo: test.ledger.head()).isEmpty)
  }
}
