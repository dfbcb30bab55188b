import Testing

@testable import Corrections

@Suite struct `A ring of corrections` {
  private func ids(_ numbers: some Sequence<Int>) -> Set<CorrectionID> {
    Set(numbers.map(SmallWorld.id))
  }

  @Test(arguments: [2, 3, 5])
  func `is linked by the report that closes it, once`(_ count: Int) throws {
    var world = try SmallWorld.crossed(count)
    let links = world.log.compactMap { recorded -> CorrectionStep? in
      guard case .correctionStep(let step) = recorded.event, case .linked = step.what
      else { return nil }
      return step
    }
    #expect(links.map(\.correction) == [SmallWorld.id(count)])
    #expect(links.first?.what == .linked((1..<count).map(SmallWorld.id)), "on from what it wants")
    #expect(links.first?.isWorkedOut == true)
    for number in 1...count {
      let others = ids(1...count).subtracting([SmallWorld.id(number)])
      #expect(Set(try world.correction(number).linked) == others)
      #expect(try world.act(.advise, on: number, by: By.dcc).isEmpty)
    }
  }

  @Test(arguments: [2, 3, 5])
  func `whose suppliers all asked for it has all agreements by asking`(_ count: Int) throws {
    let world = try SmallWorld.crossed(count)
    for number in 1...count {
      let correction = try world.correction(number)
      #expect(correction.state == .awaitingFix, "\(number)")
      #expect(correction.consents.map(\.answer) == [.byAsking, .byAsking], "\(number)")
    }
  }

  @Test(arguments: [2, 3, 5])
  func `has one set of consents: each supplier agrees once, for both places`(
    _ count: Int
  ) throws {
    var world = try SmallWorld.crossed(count, by: "XENO")
    for number in 1...count {
      #expect(try world.correction(number).pendingConsents.count == 2)
    }
    for index in 0..<count {
      let events = try world.act(
        .consent, on: index + 1, by: SmallWorld.supplier(index))
      #expect(events.names == ["consentGiven", "consentGiven"], "\(index)")
      let isLast = index == count - 1
      #expect(
        (1...count).allSatisfy { world.corrections[SmallWorld.id($0)]?.state == .awaitingFix }
          == isLast, "\(index)")
    }
  }

  @Test func `is agreed to by nobody who is not asked in the one that is named`() throws {
    let world = try SmallWorld.crossed(3, by: "XENO")
    // Correction 1 lets A go and takes B; C has nothing to do with it.
    #expect(
      world.refusal(of: .consent, on: 1, by: SmallWorld.supplier(2))
        == .notAsked(party: "SUPC", asked: ["SUPA", "SUPB"]))
  }

  @Test func `is refused wherever the party is asked, and the others stand as they were`() throws {
    var world = try SmallWorld.crossed(3, by: "XENO")
    // B is wanted in correction 1 and held in correction 2; 3 lets C go and takes A.
    try world.act(.refuse(reason: "D"), on: 1, by: SmallWorld.supplier(1))
    #expect(try world.correction(1).state == .open)
    #expect(try world.correction(2).state == .open)
    #expect(try world.correction(3).state == .awaitingConsent)
  }

  @Test(arguments: [2, 3, 5])
  func `is proposed, approved and applied as one`(_ count: Int) throws {
    var world = try SmallWorld.crossed(count)
    for (command, actor, name) in [
      (Correction.Command.propose(explanation: nil), By.dcc, "manualFixProposed"),
      (.approve, By.otherDCC, "manualFixApproved"),
    ] {
      let events = try world.act(command, on: count, by: actor)
      #expect(events.names == Array(repeating: name, count: count))
    }
    let applied = try world.act(.apply, on: 1, by: By.dsp)
    #expect(
      applied.names
        == Array(repeating: ["manualFixApplied", "mpxnUpdated"], count: count).flatMap { $0 })
    for index in 0..<count {
      #expect(world.holds(index) == .mpxn(SmallWorld.point((index + 1) % count)))
      let proposal = try world.correction(index + 1).proposal
      #expect(proposal?.explanation == nil, "devices of the ring need none")
      try world.act(.verify, on: index + 1, by: By.dcc)
      #expect(try world.correction(index + 1).state == .resolved)
    }
  }

  @Test func `of an observer is applied as one, too, and changes no entry`() throws {
    var world = try SmallWorld.crossed(2) { $0.mode = .observer }
    try world.act(.propose(explanation: nil), on: 1, by: By.dcc)
    try world.act(.approve, on: 1, by: By.otherDCC)
    #expect(
      try world.act(.apply, on: 2, by: By.dsp).names == ["manualFixApplied", "manualFixApplied"])
    #expect(world.holds(0) == .mpxn(SmallWorld.point(0)))
    #expect(try world.correction(1).state == .awaitingVerification)
  }

  @Test func `is applied not at all where one entry moved`() throws {
    var world = try SmallWorld.crossed(3)
    try world.act(.propose(explanation: nil), on: 1, by: By.dcc)
    try world.act(.approve, on: 1, by: By.otherDCC)
    var group = try world.group(1)
    #expect(group.map(\.correction.id) == [1, 2, 3].map(SmallWorld.id))
    // The third device was found to hold another meter point just before.
    world.look(at: 2, entry(importMPxN: token("Z")))
    group[2].facts = world.facts(of: try world.correction(3))
    #expect(
      throws: Refusal.movedOn(
        SmallWorld.id(3), field: .importMPxN, expected: .mpxn(SmallWorld.point(2)),
        found: .mpxn(token("Z")))
    ) {
      try Correction.decide(.apply, on: group, by: By.dsp)
    }
  }

  @Test func `is declined, and fails, as one`() throws {
    for command in [Correction.Command.decline(reason: "D"), .fail(reason: "D")] {
      var world = try SmallWorld.crossed(3)
      try world.act(.propose(explanation: nil), on: 1, by: By.dcc)
      try world.act(.approve, on: 1, by: By.otherDCC)
      #expect(try world.act(command, on: 2, by: By.dsp).count == 3)
      for number in 1...3 { #expect(try world.correction(number).proposal == nil) }
      #expect(try world.act(.propose(explanation: nil), on: 3, by: By.dcc).count == 3)
    }
  }

  @Test func `of which one proposal lapsed is declined and proposed anew`() throws {
    var world = try SmallWorld.crossed(2, by: "XENO")
    for index in 0..<2 { try world.act(.consent, on: 1, by: SmallWorld.supplier(index)) }
    try world.act(.propose(explanation: nil), on: 1, by: By.dcc)
    // Who supplies B changes hands; only correction 1 is looked at.
    world.rows[SmallWorld.point(1)] = [row(SmallWorld.point(1), "SUPC", imported: 90)]
    try world.act(.advise, on: 1, by: By.dcc)
    #expect(try world.correction(1).proposal == nil)
    #expect(try world.correction(2).proposal != nil)
    #expect(
      try world.act(.decline(reason: "D"), on: 2, by: By.otherDCC).names == ["manualFixDeclined"])
    try world.act(.advise, on: 2, by: By.dcc)
    try world.act(.consent, on: 1, by: SmallWorld.supplier(2))
    #expect(try world.act(.propose(explanation: nil), on: 1, by: By.dcc).count == 2)
  }
}
