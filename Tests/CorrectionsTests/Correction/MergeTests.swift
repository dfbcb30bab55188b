import Testing

@testable import Corrections

@Suite struct `Merging` {
  /// Correction 1 is of a meter point, and 2, in words, turns out to be about the same fault.
  private func merged() throws -> (world: SmallWorld, events: [Event]) {
    var world = SmallWorld(devices: 2)
    try world.report(by: "SUPA", 0, wanting: SmallWorld.point(1))
    try world.report(by: "SUPC", 0, .other, wanting: .text("D1"))
    let into = try world.correction(1)
    let events = try world.act(.merge(into: into, reason: "D2"), on: 2, by: By.dcc)
    return (world, events)
  }

  @Test func `is one step that stands on both timelines`() throws {
    let (world, events) = try merged()
    #expect(
      events == [
        .correctionStep(
          CorrectionStep(
            correction: SmallWorld.id(2), deviceID: SmallWorld.device(0), requester: "SUPC",
            party: "DCC",
            what: .merged(
              into: SmallWorld.id(1), reporters: ["SUPC"], requests: [], reason: "D2")))
      ])
    #expect(try world.correction(1).position == world.log.count)
    #expect(try world.correction(2).position == world.log.count)
  }

  @Test func `gives the other one the reporters, each once`() throws {
    var (world, _) = try merged()
    #expect(try world.correction(1).reporters == ["SUPA", "SUPC"])
    #expect(try world.correction(1).absorbed == [SmallWorld.id(2)])
    #expect(try world.correction(1).state == .awaitingConsent, "it goes on as it was")
    #expect(
      world.refusal(of: .withdraw(reason: "D"), on: 1, by: SmallWorld.supplier(0))
        == .othersReported(SmallWorld.id(1), ["SUPC"]))
    world.look(at: 0, entry(importMPxN: SmallWorld.point(1)))
    #expect(world.refusal(of: .confirm, on: 1, by: SmallWorld.supplier(2)) == nil)
  }

  @Test func `takes over requests, each once`() throws {
    var story = try Stage.awaitingRequest.story()
    try story.report(by: "SUPA", request: The.request(1))
    let other = Correction.Command.another
    let events = try story.when(.merge(into: other, reason: "D"), by: By.dcc)
    let absorbing = other.after(events + events, at: story.now)
    #expect(absorbing.requests == [The.request(1)])
    #expect(absorbing.reporters == ["SUPC", "SUPA"])
  }

  @Test func `ends the one that is merged, and its device knows it`() throws {
    let (world, _) = try merged()
    let ended = try world.correction(2)
    #expect(ended.state == .merged)
    #expect(ended.mergedInto == SmallWorld.id(1))
    #expect(ended.hasEnded)
    #expect(ended.closedAt == world.now)
    #expect(ended.turn == "nobody")
    #expect(world.devices[SmallWorld.device(0)]?.openCorrections == [SmallWorld.id(1)])
  }

  @Test func `ends its question and its Incident, too`() throws {
    for command in [Correction.Command.ask(of: nil, question: "D"), .escalate(reason: "D")] {
      var story = try Stage.awaitingRequest.then(command, By.dcc)
      #expect(
        story.correction?.possible.contains(.merge) == false, "one thing after the other")
      let step = CorrectionStep(
        correction: Story.id, deviceID: The.device, requester: "SUPA", party: "DCC",
        what: .merged(
          into: CorrectionID(number: 7), reporters: ["SUPA"], requests: [], reason: "D"))
      story.record([.correctionStep(step)], by: By.dcc)
      #expect(story.correction?.question == nil)
      #expect(story.correction?.incident.map { $0.closedAt != nil } ?? true)
    }
  }

  @Test func `is refused into itself and into what has ended`() throws {
    var (world, _) = try merged()
    try world.report(by: "SUPB", 1, .other, wanting: .text("D3"))
    let (first, ended) = (try world.correction(3), try world.correction(2))
    #expect(
      world.refusal(of: .merge(into: first, reason: "D"), on: 3, by: By.dcc)
        == .notOpen(SmallWorld.id(3), .open))
    #expect(
      world.refusal(of: .merge(into: ended, reason: "D"), on: 3, by: By.dcc)
        == .notOpen(SmallWorld.id(2), .merged))
  }

  @Test func `is refused where another field of the entry is wrong`() throws {
    var world = SmallWorld(devices: 1)
    try world.report(by: "SUPA", 0, wanting: SmallWorld.point(1))
    try world.report(by: "SUPC", 0, .other, wanting: .text("D1"))
    let words = try world.correction(2)
    #expect(
      world.refusal(of: .merge(into: words, reason: "D"), on: 1, by: By.dcc)
        == .otherField(SmallWorld.id(1), .importMPxN),
      "what it wants would be lost")
  }
}
