import Testing

@testable import Corrections

@Suite struct `Consent` {
  @Test func `of the asked party passes the turn to the DCC`() throws {
    var story = try Stage.awaitingConsent.story()
    let events = try story.when(.consent, by: By.supB)
    #expect(
      events == [
        .consentGiven(
          ConsentGiven(
            correction: Story.id, deviceID: The.device, requester: "SUPA",
            consent: agreement("SUPB", .held),
            asked: 103, byAsking: false))
      ])
    #expect(story.correction?.state == .awaitingFix)
    #expect(story.correction?.consents.map(\.answer) == [.given, .byAsking])
    #expect(story.correction?.consents.first?.answeredAt == story.now)
  }

  @Test(arguments: [By.supA, By.supC, By.dcc, By.dsp, By.auditor])
  func `is nobody else's to give or refuse`(_ actor: CorrectionActor) throws {
    let story = try Stage.awaitingConsent.story()
    let refusal = Refusal.notAsked(party: actor.party, asked: ["SUPB"])
    #expect(story.refusal(of: .consent, by: actor) == refusal)
    #expect(story.refusal(of: .refuse(reason: "D1"), by: actor) == refusal)
  }

  @Test func `of a third party's report is asked of both, one turn after the other`() throws {
    var story = Story()
    try story.report(by: "SUPC")
    #expect(story.correction?.pendingConsents.map(\.party) == ["SUPB", "SUPA"])
    #expect(story.correction?.turn == "counterparty SUPB")
    story.pass(hours: 1)
    try story.when(.consent, by: By.supB)
    #expect(story.correction?.state == .awaitingConsent)
    #expect(story.correction?.turn == "counterparty SUPA")
    story.pass(hours: 1)
    try story.when(.consent, by: By.supA)
    #expect(story.correction?.state == .awaitingFix)
  }

  @Test func `may come in any order`() throws {
    var story = Story()
    try story.report(by: "SUPC")
    try story.when(.consent, by: By.supA)
    #expect(story.correction?.turn == "counterparty SUPB")
    try story.when(.consent, by: By.supB)
    #expect(story.correction?.state == .awaitingFix)
  }

  @Test func `of a party that is asked on both sides is given at once`() throws {
    var story = Story()
    story.held = []
    try story.report(by: "SUPC")
    #expect(story.correction?.advice?.route == .manual)
    #expect(story.correction?.pendingConsents.map(\.side) == [.wanted])
    try story.when(.consent, by: By.supA)
    #expect(story.correction?.state == .awaitingFix)
  }

  @Test func `is asked of nobody where the requester is the one to give it`() throws {
    var story = Story()
    story.held = []
    try story.report()
    #expect(story.correction?.state == .awaitingFix)
    #expect(story.correction?.consents.map(\.answer) == [.byAsking])
    #expect(story.correction?.turn == "dcc")
  }

  @Test func `refused leaves it open with the DCC, with the reason`() throws {
    var story = try Stage.awaitingConsent.story()
    try story.when(.refuse(reason: "D7"), by: By.supB)
    let correction = try #require(story.correction)
    #expect(correction.state == .open)
    #expect(correction.turn == "dcc")
    #expect(correction.consents.first?.answer == .refused)
    #expect(correction.consents.first?.reason == "D7")
    #expect(correction.isOpen)
  }

  @Test func `refused can be asked for again by working out the route anew`() throws {
    var story = try Stage.open.story()
    let events = try story.when(.advise, by: By.dcc)
    #expect(events.names == ["routeAdvised", "consentRequested"])
    #expect(story.correction?.state == .awaitingConsent)
    #expect(story.correction?.consents.map(\.answer) == [.refused, .byAsking, .asked])
    try story.when(.consent, by: By.supB)
    #expect(story.correction?.state == .awaitingFix)
    #expect(story.correction?.consents.map(\.answer) == [.refused, .byAsking, .given])
  }

  @Test func `refused is asked for again by the DCC only, while nothing has changed`() throws {
    var story = try Stage.open.story()
    #expect(story.refusal(of: .advise, by: By.supA) == .refusedAlready(Story.id, party: "SUPB"))
    story.held.append(row(heldMPxN, "SUPC", from: story.now, imported: 90))
    let events = try story.when(.advise, by: By.supA)
    #expect(events.names == ["routeAdvised", "consentRequested"])
    #expect(story.correction?.pendingConsents.map(\.party) == ["SUPC"])
  }

  @Test func `is asked of nobody while no party is known to act for a supplier`() throws {
    var story = Story()
    story.held = [row(heldMPxN, "UNKN")]
    try story.report()
    #expect(story.correction?.advice?.because == .supplierPartyNotKnown)
    #expect(story.correction?.state == .open)
    #expect(story.correction?.turn == "dcc")
    story.parties["UNKN"] = "SUPB"
    try story.when(.advise, by: By.dcc)
    // The DCC asked for the route, so SUPA, which reported it, is asked as well.
    #expect(story.correction?.pendingConsents.map(\.consent.supplier) == ["UNKN", "SUPA"])
    #expect(story.correction?.turn == "counterparty SUPB")
  }

  @Test func `is given by asking only by whoever asks for the party itself`() throws {
    var story = Story()
    let events = try Correction.open(
      Correction.Report(
        party: "SUPA", deviceID: The.device, deviceType: .esme, requestID: nil, firstCode: nil,
        isByParty: false), as: Story.id, joining: nil, given: story.facts())
    story.record(events, by: By.supB)
    #expect(story.correction?.pendingConsents.map(\.party) == ["SUPB", "SUPA"])
  }

  @Test func `is no longer anybody's to give whose registration ended`() throws {
    var story = try Stage.awaitingConsent.story()
    story.held.append(row(heldMPxN, "SUPC", from: story.now, imported: 90))
    #expect(
      story.refusal(of: .consent, by: By.supB)
        == .consentLapsed(Story.id, party: "SUPB", side: .held))
  }

  @Test func `is asked of both where two claim the value held`() throws {
    var story = Story()
    story.held = [row(heldMPxN, "SUPB"), row(heldMPxN, "SUPC")]
    try story.report()
    #expect(story.correction?.advice?.because == .heldRegistrationsDisagree)
    #expect(story.correction?.pendingConsents.map(\.party) == ["SUPB", "SUPC"])
  }

  @Test func `the route is worked out by the DCC and by those who reported it`() throws {
    let story = try Stage.awaitingConsent.story()
    for actor in [By.supB, By.supC, By.dsp, By.auditor] {
      #expect(
        story.refusal(of: .advise, by: actor)
          == .partyNeeded(.advise, ["SUPA"], of: actor.party))
    }
    #expect(story.refusal(of: .advise, by: By.dcc) == nil)
    #expect(story.refusal(of: .advise, by: By.supA) == nil)
  }

  @Test func `working out the route anew leaves a proposal that still fits`() throws {
    for stage in [Stage.proposed, .approved] {
      var story = try stage.story()
      let before = story.correction?.proposal
      #expect(try story.when(.advise, by: By.supA).isEmpty)
      #expect(story.correction?.proposal == before)
    }
  }

  @Test func `working out the route anew changes nothing while nothing has changed`() throws {
    for stage in [Stage.awaitingConsent, .awaitingFix, .awaitingRequest, .awaitingRegistration] {
      var story = try stage.story()
      #expect(try story.when(.advise, by: By.supA).isEmpty, "\(stage)")
    }
  }

  @Test func `lapses when the supplier changes, and the new one is asked`() throws {
    var story = try Stage.awaitingFix.story()
    story.held.append(row(heldMPxN, "SUPC", from: story.now, imported: 90))
    let events = try story.when(.advise, by: By.dcc)
    #expect(events.names == ["consentLapsed", "routeAdvised", "consentRequested"])
    #expect(
      events.first
        == .consentLapsed(
          ConsentLapsed(
            correction: Story.id, deviceID: The.device, requester: "SUPA",
            consent: agreement("SUPB", .held),
            because: .supplierChanged, asked: 103, shownBy: 5)))
    #expect(story.correction?.consents.map(\.answer) == [.lapsed, .byAsking, .asked])
    #expect(story.correction?.turn == "counterparty SUPC")
    #expect(
      story.refusal(of: .consent, by: By.supB) == .notAsked(party: "SUPB", asked: ["SUPC"]))
  }

  @Test func `asked for lapses, too`() throws {
    var story = try Stage.awaitingConsent.story()
    story.held.append(row(heldMPxN, "SUPC", from: story.now, imported: 90))
    try story.when(.advise, by: By.dcc)
    #expect(story.correction?.pendingConsents.map(\.party) == ["SUPC"])
  }

  @Test func `is no longer needed when one party comes to have both`() throws {
    var story = try Stage.awaitingConsent.story()
    story.held.append(row(heldMPxN, "SUPA", from: story.now, imported: 90))
    try story.when(.advise, by: By.dcc)
    #expect(story.correction?.state == .awaitingRequest)
    #expect(story.correction?.turn == "requester SUPA")
    #expect(story.correction?.pendingConsents.isEmpty == true)
  }

  @Test func `of the party still asked keeps its turn when only the other side changes`() throws {
    var story = try Stage.awaitingConsent.story()
    let asked = try #require(story.correction?.consents.first)
    let turn = try #require(story.correction?.turns.last)
    story.wanted = [row(wantedMPxN, "SUPA", imported: 90)]
    #expect(try story.when(.advise, by: By.dcc).isEmpty)
    #expect(story.correction?.consents.first == asked)
    #expect(story.correction?.turns.last == turn, "advising does not give SUPB more time")
    #expect(story.correction?.state == .awaitingConsent)
  }

  @Test func `is for the value held then: another value there needs it again`() throws {
    var story = try Stage.awaitingFix.story()
    story.observe(token("Z"))
    let events = try story.when(.advise, by: By.dcc)
    #expect(events.names == ["consentLapsed", "routeAdvised", "consentRequested"])
    #expect(story.correction?.pendingConsents.map(\.party) == ["SUPC"])
  }

  @Test func `given before it was reopened does not count afterwards`() throws {
    var story = try Stage.confirmed.story()
    story.observe(heldMPxN)
    try story.when(.reopen(reason: "D1"), by: By.supA)
    let standing = try #require(story.correction).consents.filter(\.answer.stands)
    #expect(standing.map(\.party) == ["SUPA"], "by asking again")
    #expect(story.correction?.pendingConsents.map(\.party) == ["SUPB"])
  }
}
