import Testing

@testable import Corrections

@Suite struct `E080410: the user is authorised to change an MPxN` {
  // The party is the Registered Supplier of the value now in the same field, where there is one.

  private func judged(_ facts: MPxNFacts) throws -> Finding {
    try #require(RuleCode.e080410.finding(given: facts))
  }

  @Test func `holds for the Registered Supplier`() throws {
    let finding = try judged(facts())
    #expect(finding.says == "holds: senderIsRegistered")
    #expect(finding.inferred == false)
    #expect(
      finding.facts == [
        Fact(.heldMPxN, .token(heldMPxN), from: .position(10)),
        Fact(.registeredSupplier, .text("SUPA"), from: .registrations(5)),
        Fact(.registeredParty, .text("SUPA"), from: .registrations(5)),
        Fact(.registeredFrom, .time(local("2024-06-01")), from: .registrations(5)),
        Fact(.senderParty, .text("SUPA"), from: .position(4)),
      ])
  }

  @Test func `judges what was in the field at the request's time`() throws {
    let moved = local("2026-03-01")
    let device = try #require(
      Device.fold(
        The.device,
        [
          observed(entry(importMPxN: heldMPxN)),
          observed(entry(importMPxN: token("Z")), at: 11, effective: moved),
        ]))
    let before = facts(at: moved.advanced(byMilliseconds: -1), device: device)
    #expect(before.held?.value == heldMPxN)
    #expect(facts(at: moved, device: device).held?.value == token("Z"))
  }

  @Test func `is unknown before anything was said of the field`() throws {
    let finding = try judged(facts(at: local("2026-01-31"), held: []))
    #expect(finding.says == "unknown: placeNotKnown")
    #expect(finding.missing == .heldMPxN)
  }

  @Test func `is unknown where the value in the field was erased, whoever is registered for it`()
    throws
  {
    var facts = facts(held: [row(heldMPxN, "SUPA")])
    #expect(try judged(facts).says.hasPrefix("holds"))
    facts.heldIsErased = true
    let finding = try judged(facts)
    #expect(finding.says == "unknown: heldWasErased" && finding.missing == .heldMPxN)
  }

  @Test func `holds for every market participant id of the sender's user`() throws {
    let user = User(
      id: The.supA.id, party: "SUPA", marketParticipantIDs: ["SUPA", "SUPX"],
      roles: [.importSupplier], status: .active, name: nil)
    let finding = try judged(facts(by: user, held: [row(heldMPxN, "SUPX")]))
    #expect(finding.says == "holds: senderIsRegistered")
  }

  @Test func `holds for a market participant id that another user of the party brought`() throws {
    let finding = try judged(
      facts(held: [row(heldMPxN, "SUPX")], parties: ["SUPX": "SUPA", "SUPA": "SUPA"]))
    #expect(finding.says == "holds: senderIsRegistered")
  }

  @Test func `fails for everybody else, and sending again can't help`() throws {
    let finding = try judged(facts(held: [row(heldMPxN, "SUPB", from: local("2026-02-11"))]))
    #expect(finding.says == "fails: anotherIsRegistered")
    #expect(finding.retry == .no)
    #expect(finding.facts.contains(Fact(.registeredParty, .text("SUPB"), from: .registrations(5))))
  }

  @Test func `holds where the field is empty`() throws {
    let finding = try judged(facts(device: device(holding: nil), held: []))
    #expect(finding.says == "holds: placeIsEmpty")
    #expect(finding.facts == [Fact(.emptyPlace, .text("importMPxN"), from: .position(10))])
  }

  @Test func `judges the same field only`() throws {
    let export = device(holding: heldMPxN, in: .exportMPAN)
    #expect(try judged(facts(device: export, held: [])).says == "holds: placeIsEmpty")
    #expect(
      try judged(
        facts(device: export, field: .exportMPAN, held: [row(heldMPxN, "SUPB", kind: .export)])
      ).says == "fails: anotherIsRegistered")
  }

  @Test func `holds, as inferred, where nobody is registered`() throws {
    let ended = row(heldMPxN, "SUPB", to: The.now)
    let finding = try judged(facts(held: [ended]))
    #expect(finding.says == "holds: nobodyIsRegistered")
    #expect(finding.inferred)
  }

  @Test func `is unknown without a device, a registration or a sender`() throws {
    #expect(try judged(facts(device: nil)).says == "unknown: deviceNotKnown")
    #expect(try judged(facts(device: nil)).missing == .device)
    let without = try judged(facts(held: []))
    #expect(without.says == "unknown: registrationNotHeld")
    #expect(without.missing == .registration)
    #expect(without.retry == .onceKnown)
    #expect(try judged(facts(by: nil)).says == "unknown: senderNotKnown")
    #expect(try judged(facts(by: nil)).missing == .sender)
  }

  @Test func `does not need the sender where nobody's right is touched`() throws {
    #expect(
      try judged(facts(by: nil, device: device(holding: nil))).says == "holds: placeIsEmpty")
  }

  @Test func `is unknown where two suppliers start at the same instant`() throws {
    let tie = [
      row(heldMPxN, "SUPA", from: local("2026-01-01")),
      row(heldMPxN, "SUPB", from: local("2026-01-01")),
    ]
    let finding = try judged(facts(held: tie))
    #expect(finding.says == "unknown: registrationsDisagree")
    #expect(
      finding.facts.filter { $0.name == .registeredParty }.map(\.value)
        == [.text("SUPA"), .text("SUPB")])
  }

  @Test func `a tie of the past does not matter`() throws {
    let rows = [
      row(heldMPxN, "SUPB", from: local("2025-01-01")),
      row(heldMPxN, "SUPC", from: local("2025-01-01")),
      row(heldMPxN, "SUPA", from: local("2026-01-01")),
    ]
    #expect(try judged(facts(held: rows)).says == "holds: senderIsRegistered")
  }

  @Test func `the same supplier twice at one instant is no tie`() throws {
    let rows = [row(heldMPxN, "SUPA", imported: 5), row(heldMPxN, "SUPA", imported: 7)]
    #expect(try judged(facts(held: rows)).says == "holds: senderIsRegistered")
  }

  @Test func `a registration counts from the very instant it starts`() throws {
    let starting = [row(heldMPxN, "SUPB"), row(heldMPxN, "SUPA", from: The.now)]
    #expect(try judged(facts(held: starting)).says == "holds: senderIsRegistered")
    let justBefore = facts(at: The.now.advanced(byMilliseconds: -1), held: starting)
    let finding = try judged(justBefore)
    #expect(finding.says == "fails: anotherIsRegistered")
    #expect(finding.retry == .from(The.now))
    #expect(finding.facts.contains(Fact(.nextSupplier, .text("SUPA"), from: .registrations(5))))
    #expect(finding.facts.contains(Fact(.nextFrom, .time(The.now), from: .registrations(5))))
  }

  @Test func `a registration no longer counts at the very instant it ends`() throws {
    let ending = [row(heldMPxN, "SUPB", to: The.now)]
    #expect(try judged(facts(held: ending)).says == "holds: nobodyIsRegistered")
    let justBefore = facts(at: The.now.advanced(byMilliseconds: -1), held: ending)
    #expect(try judged(justBefore).says == "fails: anotherIsRegistered")
    #expect(
      try judged(justBefore).facts
        .contains(Fact(.registeredTo, .time(The.now), from: .registrations(5))))
  }

  @Test func `when another supplier comes next, sending again can't help`() throws {
    let rows = [row(heldMPxN, "SUPB"), row(heldMPxN, "SUPC", from: local("2026-04-01"))]
    #expect(try judged(facts(held: rows)).retry == .no)
  }

  @Test func `helps from the sender's own start, even when another comes between`() throws {
    let rows = [
      row(heldMPxN, "SUPB"), row(heldMPxN, "SUPC", from: local("2026-04-01")),
      row(heldMPxN, "SUPA", from: local("2026-05-01")),
    ]
    #expect(try judged(facts(held: rows)).retry == .from(local("2026-05-01")))
  }
}
