import Testing

@testable import Corrections

@Suite struct `A fix by hand inside an Incident` {
  /// A wrong entry that no 8.4 puts right, with an Incident raised for it.
  private func escalated(
    _ field: CorrectionField, _ wanted: EntryValue,
    _ entry: InventoryEntry = entry(importMPxN: heldMPxN), held: [Registration] = []
  ) throws -> Story {
    var story = Story()
    story.held = held
    story.field = field
    story.reported = wanted
    story.inventory = [observed(entry)]
    try story.report()
    try story.when(.escalate(reason: "D1"), by: By.dcc)
    return story
  }

  /// The events of applying it, with four eyes before.
  private func applied(_ story: inout Story) throws -> [Event] {
    try story.when(.propose(explanation: nil), by: By.dcc)
    try story.when(.approve, by: By.otherDCC)
    return try story.when(.apply, by: By.dsp)
  }

  @Test func `empties a place`() throws {
    var story = try escalated(.importMPxN, .empty)
    let events = try applied(&story)
    #expect(
      events.last
        == .mpxnCleared(
          MPxNCleared(
            deviceID: The.device, field: .importMPxN, from: .mpxn(heldMPxN), basis: .manual,
            correction: Story.id)))
    #expect(story.holds == .empty)
    #expect(story.correction?.state == .awaitingVerification)
    #expect(try story.when(.verify, by: By.dcc).names == ["fixVerified", "correctionResolved"])
    #expect(story.correction?.incident?.closedAt == story.now)
  }

  @Test func `sets a status that 8.4 can't`() throws {
    var story = try escalated(.status, .status(.suspended))
    #expect(story.correction?.advice?.route == .incident)
    let events = try applied(&story)
    #expect(
      events.last
        == .deviceStatusChanged(
          DeviceStatusChanged(
            deviceID: The.device, from: .commissioned, to: .suspended, basis: .manual,
            requestID: nil, correction: Story.id)))
    #expect(try story.when(.verify, by: By.dcc).names == ["fixVerified", "correctionResolved"])
  }

  @Test func `sets details of a device that is not Pending`() throws {
    var seen = entry(importMPxN: heldMPxN)
    seen.details = DeviceDetails(manufacturer: "00AB", model: "1")
    var story = try escalated(.details, .details(DeviceDetails(model: "2")), seen)
    #expect(story.correction?.advice?.because == .deviceNotPending)
    #expect(try applied(&story).last.map { [$0].names } == ["deviceDetailsUpdated"])
    #expect(
      story.holds == .details(DeviceDetails(manufacturer: "00AB", model: "2")),
      "what is not wanted otherwise stays")
    #expect(try story.when(.verify, by: By.dcc).names == ["fixVerified", "correctionResolved"])
  }

  @Test func `takes out an entry that is not Pending`() throws {
    var story = try escalated(.deletion, .listed(false))
    #expect(try applied(&story).names == ["manualFixApplied", "deviceDeleted"])
    #expect(story.holds == .listed(false))
    #expect(try story.when(.verify, by: By.dcc).names == ["fixVerified", "correctionResolved"])
  }

  @Test func `needs the agreement of who is registered for what it takes out`() throws {
    var story = try escalated(.importMPxN, .empty, held: [row(heldMPxN, "SUPB")])
    #expect(story.correction?.pendingConsents.map(\.party) == ["SUPB"])
    #expect(
      story.refusal(of: .propose(explanation: nil), by: By.dcc)
        == .consentMissing(Story.id, party: "SUPB", side: .held))
    try story.when(.consent, by: By.supB)
    #expect(try applied(&story).names == ["manualFixApplied", "mpxnCleared"])
  }

  @Test func `is not made while nobody can be asked who is registered`() throws {
    let story = try escalated(.importMPxN, .empty, held: [row(heldMPxN, "UNKN")])
    #expect(story.correction?.advice?.because == .supplierPartyNotKnown)
    #expect(
      story.refusal(of: .propose(explanation: nil), by: By.dcc)
        == .routeChanged(Story.id, .incident))
  }

  @Test func `that is not found leaves the Incident open`() throws {
    var story = try escalated(.importMPxN, .empty)
    _ = try applied(&story)
    story.pass(hours: 1)
    story.observe(heldMPxN)
    #expect(try story.when(.verify, by: By.dcc).names == ["fixNotFound"])
    #expect(story.correction?.state == .escalated)
    #expect(story.correction?.possible.first == .propose)
  }

  @Test func `is not offered before an Incident is raised`() throws {
    let correction = try #require(try Stage.incidentRouted.story().correction)
    #expect(!correction.possible.contains(.propose))
    #expect(correction.possible.first == .escalate)
  }

  @Test func `that is approved by then is not applied once the Incident is closed`() throws {
    let story = try Stage.escalatedApproved.then(.closeIncident(outcome: "D"), By.dcc)
    #expect(story.correction?.proposal == nil)
    #expect(story.correction?.state == .open)
  }

  @Test func `that was proposed for a value that moved on goes when the route is asked for`() throws
  {
    var story = try escalated(.status, .status(.suspended))
    try story.when(.propose(explanation: nil), by: By.dcc)
    #expect(try story.when(.advise, by: By.dcc).isEmpty)
    story.observe(entry(.esme, .whitelisted))
    #expect(
      story.refusal(of: .approve, by: By.otherDCC)
        == .movedOn(
          Story.id, field: .status, expected: .status(.commissioned),
          found: .status(.whitelisted)))
    #expect(try story.when(.advise, by: By.dcc).names == ["routeAdvised"])
    #expect(story.correction?.proposal == nil)
  }

  @Test func `that needs no Incident stays with the DSP when it is closed`() throws {
    var story = try Stage.approved.then(.escalate(reason: "D"), By.supA)
    try story.when(.closeIncident(outcome: "D"), by: By.dcc)
    #expect(story.correction?.state == .awaitingFix)
    #expect(story.correction?.turn == "dsp")
    #expect(story.refusal(of: .apply, by: By.dsp) == nil)
  }

  @Test func `in the hands of the DSP can't be withdrawn or rejected`() throws {
    for stage in [Stage.approved, .escalatedApproved] {
      let correction = try #require(try stage.story().correction)
      #expect(!correction.possible.contains(.withdraw))
      #expect(!correction.possible.contains(.reject))
    }
  }
}
