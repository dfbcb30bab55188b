import Testing

@testable import Corrections

@Suite struct `Opening and joining` {
  @Test func `a report opens a correction, advises the route and asks who must agree`() throws {
    var story = Story()
    let events = try story.report(request: The.request(2001))
    #expect(
      events.names == ["correctionRequested", "routeAdvised", "consentRequested", "consentGiven"])
    let correction = try #require(story.correction)
    #expect(correction.current == .mpxn(heldMPxN))
    #expect(correction.requested == .mpxn(wantedMPxN))
    #expect(correction.requester == "SUPA")
    #expect(correction.firstCode == "E080410")
    #expect(correction.requests == [The.request(2001)])
    #expect(correction.reporters == ["SUPA"])
    #expect(correction.openedAt == The.now)
    #expect(correction.advice?.route == .twoSupplier)
    #expect(correction.consents.map(\.answer) == [.asked, .byAsking])
    #expect(correction.state == .awaitingConsent)
  }

  @Test func `without facts enough no route is advised and it stays open`() throws {
    var story = Story()
    story.inventory = [observed(entry(.esme, nil, importMPxN: heldMPxN))]
    #expect(try story.report().names == ["correctionRequested"])
    #expect(story.correction?.state == .open)
    #expect(story.correction?.advice == nil)
  }

  @Test func `nothing is opened for a value that is held already`() {
    var story = Story()
    story.inventory = [observed(entry(importMPxN: wantedMPxN))]
    #expect(throws: Refusal.alreadyHeld(deviceID: The.device, field: .importMPxN)) {
      try story.report()
    }
  }

  @Test func `a second report of the same fault joins`() throws {
    var story = Story()
    try story.report(request: The.request(2001))
    story.pass(hours: 2)
    let events = try story.report(by: "SUPC", request: The.request(7001, from: The.supC))
    #expect(events.names == ["correctionJoined"])
    let correction = try #require(story.correction)
    #expect(correction.reporters == ["SUPA", "SUPC"])
    #expect(correction.requests == [The.request(2001), The.request(7001, from: The.supC)])
    #expect(correction.joined == 1)
    #expect(correction.disputes.isEmpty)
    #expect(correction.state == .awaitingConsent)
    #expect(correction.turns.last?.from == The.now, "joining passes the turn to nobody")
  }

  @Test func `the same party joining again is one reporter`() throws {
    var story = Story()
    try story.report(request: The.request(2001))
    #expect(try story.report(request: The.request(2001)).isEmpty)
    #expect(try story.report().isEmpty, "it says nothing new")
    try story.report(request: The.request(2002))
    #expect(story.correction?.reporters == ["SUPA"])
    #expect(story.correction?.requests == [The.request(2001), The.request(2002)])
    #expect(story.correction?.joined == 1)
  }

  @Test func `a report of another value joins as a dispute and changes nothing else`() throws {
    var story = Story()
    try story.report()
    let before = story.correction
    try story.report(by: "SUPB", wanting: .mpxn(token("Z")))
    let correction = try #require(story.correction)
    #expect(
      correction.disputes == [Correction.Dispute(party: "SUPB", requested: .mpxn(token("Z")))])
    #expect(correction.requested == .mpxn(wantedMPxN))
    #expect(correction.state == before?.state)
    #expect(correction.consents == before?.consents, "wanting something else is no agreement")
  }

  @Test func `an asked party that reports the same fault agrees by asking`() throws {
    var story = Story()
    try story.report()
    story.pass(hours: 1)
    #expect(try story.report(by: "SUPB").names == ["correctionJoined", "consentGiven"])
    let correction = try #require(story.correction)
    #expect(correction.consents.map(\.answer) == [.byAsking, .byAsking])
    #expect(correction.consents.count == 2)
    #expect(correction.state == .awaitingFix)
    #expect(correction.turn == "dcc")
  }

  @Test func `a party that nobody asked agrees to nothing by joining`() throws {
    var story = Story()
    try story.report()
    try story.report(by: "SUPC")
    #expect(story.correction?.pendingConsents.map(\.party) == ["SUPB"])
  }

  @Test func `joining does not undo a refusal of the other side`() throws {
    var story = Story()
    try story.report(by: "SUPC")
    #expect(story.correction?.pendingConsents.map(\.party) == ["SUPB", "SUPA"])
    try story.when(.refuse(reason: "D1"), by: By.supB)
    #expect(story.correction?.state == .open)
    try story.report(by: "SUPA")
    #expect(story.correction?.state == .open, "SUPB has refused")
    #expect(story.correction?.turn == "dcc")
  }

  @Test(arguments: Stage.allCases)
  func `a report joins while it is open, and opens another one afterwards`(_ stage: Stage) throws {
    let story = try stage.story()
    let correction = try #require(story.correction)
    let events = try Correction.open(
      Correction.Report(
        party: "SUPC", deviceID: The.device, deviceType: .esme, requestID: nil, firstCode: nil,
        isByParty: true),
      as: CorrectionID(number: 2), joining: correction,
      given: story.facts(wanting: .mpxn(token("Z"))))
    let isOpen = ![.resolved, .confirmed, .lapsed, .rejected, .withdrawn, .merged].contains(stage)
    #expect(correction.isOpen == isOpen)
    #expect(events.names.first == (isOpen ? "correctionJoined" : "correctionRequested"))
  }

  @Test func `events of other corrections change nothing`() throws {
    var story = try Stage.awaitingConsent.story()
    let before = story.correction
    story.record([
      .consentGiven(
        ConsentGiven(
          correction: CorrectionID(number: 2), deviceID: The.device, requester: "SUPA",
          consent: agreement("SUPB", .held), asked: 103, byAsking: false)),
      .correctionRejected(
        CorrectionClosed(
          correction: CorrectionID(number: 2), deviceID: The.device, requester: "SUPA",
          party: "DCC", reason: "D")),
    ])
    #expect(story.correction == before)
  }

  @Test func `without an opening event there is no correction`() throws {
    let story = try Stage.awaitingConsent.story()
    #expect(Correction.fold(Story.id, story.thread.dropFirst()) == nil)
    #expect(Correction.fold(CorrectionID(number: 2), story.thread) == nil)
  }
}
