import Testing

@testable import Corrections

@Suite struct `E080415: the sender is Registered Supplier of the new MPxN` {
  private func judged(_ facts: MPxNFacts) throws -> Finding {
    try #require(RuleCode.e080415.finding(given: facts))
  }

  @Test func `holds for the Registered Supplier`() throws {
    let finding = try judged(facts())
    #expect(finding.says == "holds: senderIsRegistered")
    #expect(finding.facts.first == Fact(.wantedMPxN, .token(wantedMPxN)))
    #expect(finding.facts.contains(Fact(.registeredParty, .text("SUPA"), from: .registrations(5))))
  }

  @Test func `holds for a market participant id that another user of the party brought`() throws {
    let finding = try judged(
      facts(wanted: [row(wantedMPxN, "SUPX")], parties: ["SUPX": "SUPA", "SUPA": "SUPA"]))
    #expect(finding.says == "holds: senderIsRegistered")
  }

  @Test func `fails for everybody else`() throws {
    let finding = try judged(facts(wanted: [row(wantedMPxN, "SUPB")]))
    #expect(finding.says == "fails: anotherIsRegistered")
    #expect(finding.retry == .no)
  }

  @Test func `fails where rows are held and none is in force`() throws {
    let ended = try judged(facts(wanted: [row(wantedMPxN, "SUPA", to: The.now)]))
    #expect(ended.says == "fails: nobodyIsRegistered")
    #expect(ended.retry == .no)
    #expect(ended.inferred == false)
  }

  @Test func `is unknown without a registration, a sender or a device`() throws {
    #expect(try judged(facts(wanted: [])).says == "unknown: registrationNotHeld")
    #expect(try judged(facts(wanted: [])).missing == .registration)
    #expect(try judged(facts(by: nil)).says == "unknown: senderNotKnown")
    #expect(try judged(facts(device: nil)).says == "unknown: deviceNotKnown")
  }

  @Test func `is unknown where two suppliers start at the same instant`() throws {
    let tie = [row(wantedMPxN, "SUPA"), row(wantedMPxN, "SUPB")]
    #expect(try judged(facts(wanted: tie)).says == "unknown: registrationsDisagree")
  }

  @Test func `a tie is settled when one of the two ends`() throws {
    let rows = [row(wantedMPxN, "SUPA"), row(wantedMPxN, "SUPB", to: The.now)]
    #expect(try judged(facts(wanted: rows)).says == "holds: senderIsRegistered")
    #expect(
      try judged(facts(at: The.now.advanced(byMilliseconds: -1), wanted: rows)).says
        == "unknown: registrationsDisagree")
  }

  @Test func `counts from the very instant it starts, and helps from then`() throws {
    let rows = [row(wantedMPxN, "SUPA", from: The.now)]
    #expect(try judged(facts(wanted: rows)).says == "holds: senderIsRegistered")
    let before = try judged(facts(at: The.now.advanced(byMilliseconds: -1), wanted: rows))
    #expect(before.says == "fails: nobodyIsRegistered")
    #expect(before.retry == .from(The.now))
    #expect(before.facts.contains(Fact(.nextFrom, .time(The.now), from: .registrations(5))))
  }

  @Test func `no longer counts at the very instant it ends`() throws {
    let rows = [row(wantedMPxN, "SUPA", to: The.now)]
    #expect(try judged(facts(wanted: rows)).says == "fails: nobodyIsRegistered")
    #expect(
      try judged(facts(at: The.now.advanced(byMilliseconds: -1), wanted: rows)).says
        == "holds: senderIsRegistered")
  }

  @Test func `the latest start that has not ended decides`() throws {
    let rows = [
      row(wantedMPxN, "SUPB", from: local("2024-01-01")),
      row(wantedMPxN, "SUPA", from: local("2025-01-01")),
    ]
    #expect(try judged(facts(wanted: rows)).says == "holds: senderIsRegistered")
    #expect(try judged(facts(wanted: rows.reversed())).says == "holds: senderIsRegistered")
  }

  @Test func `an earlier one that still runs decides once the later has ended`() throws {
    let rows = [
      row(wantedMPxN, "SUPA", from: local("2024-01-01")),
      row(wantedMPxN, "SUPB", from: local("2025-01-01"), to: local("2026-01-01")),
    ]
    #expect(try judged(facts(wanted: rows)).says == "holds: senderIsRegistered")
  }

  @Test func `says who takes over next, when it is somebody else`() throws {
    let rows = [row(wantedMPxN, "SUPB"), row(wantedMPxN, "SUPC", from: local("2026-04-01"))]
    let finding = try judged(facts(wanted: rows))
    #expect(finding.retry == .no)
    #expect(finding.facts.contains(Fact(.nextSupplier, .text("SUPC"), from: .registrations(5))))
  }
}
