import Testing

@testable import Corrections

@Suite struct `Changes that an authority makes once everybody agrees` {
  /// Correction 1 of device 0, which holds A, wants the free B; SUPB is asked.
  private func asked(_ change: (inout SmallWorld) -> Void = { _ in }) throws -> SmallWorld {
    var world = SmallWorld(devices: 1)
    world.policy = .byLedger
    world.rows[SmallWorld.point(1)] = [row(SmallWorld.point(1), "SUPB")]
    change(&world)
    try world.report(by: "SUPA", 0, wanting: SmallWorld.point(1))
    return world
  }

  private func consents(_ world: SmallWorld) throws -> [String] {
    try world.decided(.consent, on: 1, by: SmallWorld.supplier(1)).names
  }

  @Test func `come with the last consent, and resolve it`() throws {
    var world = try asked()
    let events = try world.act(.consent, on: 1, by: SmallWorld.supplier(1))
    #expect(events.names == ["consentGiven", "mpxnUpdated", "correctionResolved"])
    #expect(
      events[1]
        == .mpxnUpdated(
          MPxNUpdated(
            deviceID: SmallWorld.device(0), field: .importMPxN, from: .mpxn(SmallWorld.point(0)),
            to: SmallWorld.point(1), basis: .manual, requestID: nil,
            correction: SmallWorld.id(1))))
    #expect(try world.correction(1).how == .agreement)
    #expect(try world.correction(1).turn == "requester SUPA")
    #expect(world.holds(0) == .mpxn(SmallWorld.point(1)))
  }

  @Test(arguments: [2, 3, 5])
  func `of a ring come all in one list of events`(_ count: Int) throws {
    var world = try SmallWorld.crossed(count, by: "XENO") { $0.policy = .byLedger }
    var last: [String] = []
    for index in 0..<count {
      #expect(!last.contains("mpxnUpdated"), "not before the last")
      last = try world.act(.consent, on: index + 1, by: SmallWorld.supplier(index)).names
    }
    #expect(
      last == ["consentGiven", "consentGiven"]
        + Array(repeating: ["mpxnUpdated", "correctionResolved"], count: count).flatMap { $0 })
    for index in 0..<count {
      #expect(world.holds(index) == .mpxn(SmallWorld.point((index + 1) % count)))
      #expect(try world.correction(index + 1).how == .agreement)
    }
  }

  @Test func `wait while one of several has not agreed`() throws {
    var world = SmallWorld(devices: 1)
    world.policy = .byLedger
    world.rows[SmallWorld.point(1)] = [row(SmallWorld.point(1), "SUPB")]
    try world.report(by: "XENO", 0, wanting: SmallWorld.point(1))
    #expect(try consents(world) == ["consentGiven"])
  }

  @Test func `are not an observer's to make, nor made where the DSP makes them`() throws {
    #expect(try consents(try asked { $0.mode = .observer }) == ["consentGiven"])
    let first = Policy.initial(from: local("2024-01-01"))
    #expect(try consents(try asked { $0.policy = first }) == ["consentGiven"])
  }

  @Test(arguments: [DeviceStatus.suspended, .decommissioned, .pending])
  func `are not made when E080414 does not hold any more`(_ status: DeviceStatus) throws {
    var world = try asked()
    world.pass(hours: 1)
    world.look(at: 0, entry(.esme, status, importMPxN: SmallWorld.point(0)))
    #expect(try consents(world) == ["consentGiven"])
  }

  @Test func `are not made when E080413 does not hold any more`() throws {
    var world = try asked()
    world.pass(hours: 1)
    world.look(at: 0, entry(.gpf, importMPxN: SmallWorld.point(0)))
    #expect(try consents(world) == ["consentGiven"])
  }

  @Test func `are not made on an agreement of who is registered no more`() throws {
    var world = try asked()
    // SUPA agreed by asking to let A go; who supplies A is another by now.
    world.rows[SmallWorld.point(0)] = [row(SmallWorld.point(0), "SUPC", imported: 90)]
    #expect(try consents(world) == ["consentGiven"])
  }

  @Test func `are not made for a value that moved on`() throws {
    var world = try asked()
    world.look(at: 0, entry(importMPxN: token("Z")))
    #expect(try consents(world) == ["consentGiven"])
  }

  @Test func `wait while a question is open`() throws {
    var world = try asked()
    try world.act(.ask(of: nil, question: "D"), on: 1, by: By.dcc)
    #expect(try consents(world) == ["consentGiven"])
  }

  @Test func `are made while an Incident is open, and end it`() throws {
    var world = try asked()
    try world.act(.escalate(reason: "D"), on: 1, by: By.dcc)
    try world.act(.consent, on: 1, by: SmallWorld.supplier(1))
    let after = try world.correction(1)
    #expect(after.state == .resolved && after.how == .agreement)
    #expect(after.incident?.closedAt != nil)
  }
}
