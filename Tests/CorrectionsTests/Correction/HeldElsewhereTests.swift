import Testing

@testable import Corrections

@Suite struct `Another device that holds the wanted value` {
  /// Device 0 holds A and wants B, which device 1 holds and keeps.
  private func world(_ change: (inout SmallWorld) -> Void = { _ in }) throws -> SmallWorld {
    var world = SmallWorld(devices: 2)
    change(&world)
    try world.report(by: "SUPA", 0, wanting: SmallWorld.point(1))
    try world.act(.consent, on: 1, by: SmallWorld.supplier(1))
    return world
  }

  @Test func `is named, and needs an explanation before the fix is proposed`() throws {
    var world = try world()
    let other = SmallWorld.device(1)
    #expect(try world.correction(1).advice?.otherDevices == [other])
    #expect(
      world.refusal(of: .propose(explanation: nil), on: 1, by: By.dcc)
        == .heldElsewhere(SmallWorld.id(1), [other]))
    let events = try world.act(.propose(explanation: "D3"), on: 1, by: By.dcc)
    guard case .manualFixProposed(let proposed)? = events.first else {
      Issue.record("\(events.names)")
      return
    }
    #expect(proposed.otherDevices == [other])
    #expect(proposed.explanation == "D3")
    #expect(try world.correction(1).proposal?.explanation == "D3")
    try world.act(.approve, on: 1, by: By.otherDCC)
    try world.act(.apply, on: 1, by: By.dsp)
    #expect(world.holds(0) == .mpxn(SmallWorld.point(1)))
  }

  @Test func `that lets it go leaves nothing to explain`() throws {
    var world = try world()
    world.look(at: 1, entry(importMPxN: token("Z")))
    let events = try world.act(.propose(explanation: "D3"), on: 1, by: By.dcc)
    guard case .manualFixProposed(let proposed)? = events.first else {
      Issue.record("\(events.names)")
      return
    }
    #expect(proposed.otherDevices.isEmpty)
    #expect(proposed.explanation == nil, "what explains nothing is not kept")
  }

  @Test func `comes into a ring, and what was proposed for one alone is proposed anew`() throws {
    var world = try world()
    try world.act(.propose(explanation: "D3"), on: 1, by: By.dcc)
    try world.act(.approve, on: 1, by: By.otherDCC)
    try world.report(by: "SUPB", 1, wanting: SmallWorld.point(0))
    #expect(try world.correction(1).proposal == nil)
    #expect(try world.correction(1).turn == "dcc")
    #expect(
      try world.act(.propose(explanation: nil), on: 2, by: By.dcc).names
        == ["manualFixProposed", "manualFixProposed"])
  }

  @Test func `that comes to hold it later keeps what was proposed from being done`() throws {
    for steps in [1, 2] {
      var world = SmallWorld(devices: 2)
      world.rows[token("Z")] = [row(token("Z"), "SUPB")]
      try world.report(by: "SUPA", 0, wanting: token("Z"))
      try world.act(.consent, on: 1, by: SmallWorld.supplier(1))
      try world.act(.propose(explanation: nil), on: 1, by: By.dcc)
      if steps == 2 { try world.act(.approve, on: 1, by: By.otherDCC) }
      world.look(at: 1, entry(importMPxN: token("Z")))
      #expect(
        world.refusal(
          of: steps == 1 ? .approve : .apply, on: 1, by: steps == 1 ? By.otherDCC : By.dsp)
          == .heldElsewhere(SmallWorld.id(1), [SmallWorld.device(1)]))
      try world.act(.decline(reason: "D"), on: 1, by: By.otherDCC)
      try world.act(.propose(explanation: "D3"), on: 1, by: By.dcc)
    }
  }

  @Test func `out of a ring that fell apart needs its explanation again`() throws {
    var world = try SmallWorld.crossed(2)
    try world.act(.withdraw(reason: "D"), on: 2, by: SmallWorld.supplier(1))
    #expect(
      world.refusal(of: .propose(explanation: nil), on: 1, by: By.dcc)
        == .ringChanged(SmallWorld.id(1), [SmallWorld.id(2)]))
    let parted = try world.act(.advise, on: 1, by: By.dcc)
    #expect(parted.names.first == "unlinked", "each goes on by itself")
    #expect(try world.correction(1).linked.isEmpty && world.correction(2).linked.isEmpty)
    // What SUPB agreed to by asking for the other half it is asked now.
    #expect(try world.correction(1).pendingConsents.map(\.party) == ["SUPB"])
    try world.act(.consent, on: 1, by: SmallWorld.supplier(1))
    #expect(
      world.refusal(of: .propose(explanation: nil), on: 1, by: By.dcc)
        == .heldElsewhere(SmallWorld.id(1), [SmallWorld.device(1)]))
  }

  @Test func `keeps the ledger from making the change by itself`() throws {
    let world = try world { $0.policy = .byLedger }
    #expect(world.holds(0) == .mpxn(SmallWorld.point(0)))
    #expect(try world.correction(1).state == .awaitingFix)
  }
}

extension Policy {
  /// The first policy, but for who makes the change once everybody has agreed.
  static let byLedger: Policy = {
    let first = Policy.initial(from: local("2024-01-01"))
    return Policy(
      version: 2, from: first.from, cutOffHour: first.cutOffHour, turns: first.turns,
      afterConsents: .ledger, escalateAfter: first.escalateAfter,
      confirmWithin: first.confirmWithin, reopenWithin: first.reopenWithin,
      planWithin: first.planWithin)
  }()
}
