import Testing

@testable import Corrections

@Suite struct `Incidents` {
  @Test func `are raised by those concerned, and are the DCC's`() throws {
    var story = try Stage.awaitingRequest.story()
    let events = try story.when(.escalate(reason: "D3"), by: By.supA)
    #expect(
      events == [
        .correctionStep(
          CorrectionStep(
            correction: Story.id, deviceID: The.device, requester: "SUPA", party: "SUPA",
            what: .incidentRaised(because: .asked, reason: "D3")))
      ])
    let correction = try #require(story.correction)
    #expect(correction.state == .escalated)
    #expect(correction.turn == "dcc")
    #expect(correction.incident?.because == .asked)
    #expect(correction.incident?.raisedAt == story.now)
    #expect(correction.escalations == 1)
    #expect(
      correction.cause(of: .escalate, by: By.dcc) == correction.incident?.position,
      "its end names it")
  }

  @Test func `closed without a fix lead back to where the facts lead`() throws {
    var story = try Stage.awaitingRequest.then(.escalate(reason: "D3"), By.supA)
    let events = try story.when(.closeIncident(outcome: "D4"), by: By.dcc)
    #expect(events.names == ["incidentClosed", "routeAdvised"])
    #expect(story.correction?.state == .awaitingRequest)
    #expect(story.correction?.turn == "requester SUPA")
    #expect(story.correction?.incident?.closedAt == story.now)
    try story.when(.escalate(reason: "D5"), by: By.dcc)
    #expect(story.correction?.escalations == 2)
    #expect(story.correction?.incident?.closedAt == nil)
  }

  @Test func `closed let go of consents that are needed no more, and ask for the others`() throws {
    var story = try Stage.escalatedForConsent.story()
    story.held.append(row(heldMPxN, "SUPC", from: story.now, imported: 90))
    let events = try story.when(.closeIncident(outcome: "D4"), by: By.dcc)
    #expect(
      events.names == ["incidentClosed", "consentLapsed", "routeAdvised", "consentRequested"])
    #expect(story.correction?.pendingConsents.map(\.party) == ["SUPC"])
    #expect(story.correction?.state == .awaitingConsent)
  }

  @Test func `closed while a supplier is asked leave it asked`() throws {
    let story = try Stage.escalatedForConsent.then(.closeIncident(outcome: "D4"), By.dcc)
    #expect(story.correction?.consents.map(\.answer) == [.asked, .byAsking])
    #expect(story.correction?.state == .awaitingConsent)
  }

  @Test func `closed without facts enough leave it where it stood`() throws {
    var story = try Stage.awaitingRequest.then(.escalate(reason: "D3"), By.supA)
    story.inventory = [observed(entry(.esme, nil, importMPxN: heldMPxN))]
    #expect(try story.when(.closeIncident(outcome: "D4"), by: By.dcc).names == ["incidentClosed"])
    #expect(story.correction?.state == .awaitingRequest)
  }

  @Test func `let a supplier agree, and another one be asked, meanwhile`() throws {
    var story = try Stage.escalatedForConsent.story()
    story.held.append(row(heldMPxN, "SUPC", from: story.now, imported: 90))
    #expect(
      story.refusal(of: .consent, by: By.supB)
        == .consentLapsed(Story.id, party: "SUPB", side: .held))
    try story.when(.advise, by: By.dcc)
    #expect(story.correction?.state == .escalated)
    try story.when(.consent, by: By.supC)
    #expect(story.correction?.pendingConsents.isEmpty == true)
    #expect(story.refusal(of: .propose(explanation: nil), by: By.dcc) == nil)
  }

  @Test func `are over when the fault is`() throws {
    let ends: [(Correction.Command, CorrectionActor, Correction.State)] = [
      (.resolve(.incident), By.dcc, .resolved), (.reject(reason: "D"), By.dcc, .rejected),
      (.withdraw(reason: "D"), By.supA, .withdrawn),
    ]
    for (command, actor, state) in ends {
      let story = try Stage.escalatedInWords.then(command, actor)
      #expect(story.correction?.state == state)
      #expect(story.correction?.incident?.closedAt == story.now)
    }
  }

  @Test func `what is said in words is never proposed`() throws {
    let story = try Stage.escalatedInWords.story()
    #expect(story.correction?.possible.contains(.propose) == false)
    #expect(
      story.refusal(of: .resolve(.observed), by: By.dcc) == .notHeldYet(Story.id, field: .other),
      "nobody can see that")
  }

  @Test func `resolves nothing where none was raised`() throws {
    #expect(
      try Stage.awaitingRequest.story().refusal(of: .resolve(.incident), by: By.dcc)
        == .notEscalated(Story.id))
    #expect(try Stage.escalated.story().refusal(of: .resolve(.incident), by: By.dcc) == nil)
  }
}
