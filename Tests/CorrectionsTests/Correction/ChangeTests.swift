import Testing

@testable import Corrections

@Suite struct `Another wanted value` {
  private let other = EntryValue.mpxn(token("Z"))

  @Test func `lets the consents lapse, and whoever must agree to it is asked anew`() throws {
    var story = try Stage.awaitingFix.story()
    let events = try story.when(.change(reason: "D3"), by: By.supA, wanting: other)
    #expect(
      events.names == [
        "requestedValueChanged", "consentLapsed", "consentLapsed", "routeAdvised",
        "consentRequested", "consentRequested",
      ])
    guard case .consentLapsed(let lapsed) = events[1] else { return }
    #expect(lapsed.because == .valueChanged)
    let correction = try #require(story.correction)
    #expect(correction.requested == other)
    // Z is SUPC's; SUPB, which holds H, agreed to another change.
    #expect(correction.pendingConsents.map(\.party) == ["SUPB", "SUPC"])
    #expect(correction.state == .awaitingConsent)
  }

  @Test func `of a requester that is registered for it is agreed to by asking`() throws {
    var story = Story()
    story.wanted = [row(wantedMPxN, "SUPC")]
    try story.report(by: "SUPC", wanting: .mpxn(token("Z")))
    try story.when(.change(reason: nil), by: By.supC, wanting: .mpxn(wantedMPxN))
    let standing = story.correction?.consents.filter(\.answer.stands)
    #expect(standing?.map(\.mpxn) == [wantedMPxN])
    #expect(standing?.map(\.answer) == [.byAsking])
  }

  @Test func `by the DCC is asked of the requester as well`() throws {
    var story = Story()
    story.wanted = [row(wantedMPxN, "SUPC")]
    try story.report(by: "SUPC", wanting: .mpxn(token("Z")))
    try story.when(.change(reason: "D3"), by: By.dcc, wanting: .mpxn(wantedMPxN))
    #expect(story.correction?.pendingConsents.map(\.party) == ["SUPB", "SUPC"])
  }

  @Test func `leaves a party that reported the old value in dispute`() throws {
    var story = try Stage.awaitingConsent.story()
    try story.report(by: "SUPC")
    try story.when(.change(reason: "D3"), by: By.supA, wanting: other)
    #expect(
      story.correction?.disputes
        == [Correction.Dispute(party: "SUPC", requested: .mpxn(wantedMPxN))])
    story.observe(token("Z"))
    try story.review()
    #expect(
      story.refusal(of: .confirm, by: By.supC) == .partyNeeded(.confirm, ["SUPA"], of: "SUPC"),
      "it has not what it wanted")
  }

  @Test func `settles the dispute of who wanted it`() throws {
    var story = try Stage.awaitingConsent.story()
    try story.report(by: "SUPC", wanting: other)
    try story.report(by: "SUPB", wanting: .mpxn(token("Y")))
    try story.when(.change(reason: "D3"), by: By.dcc, wanting: other)
    #expect(story.correction?.disputes.map(\.party) == ["SUPB"])
    story.observe(token("Z"))
    try story.review()
    #expect(story.refusal(of: .confirm, by: By.supC) == nil, "it has what it wanted")
    #expect(
      story.refusal(of: .confirm, by: By.supB)
        == .partyNeeded(.confirm, ["SUPA", "SUPC"], of: "SUPB"))
  }

  @Test func `is settled, too, by a party that comes round to it`() throws {
    var story = try Stage.awaitingConsent.story()
    try story.report(by: "SUPC", wanting: other)
    #expect(try story.report(by: "SUPC").names == ["correctionJoined"])
    #expect(story.correction?.disputes == [])
    #expect(try story.report(by: "SUPC").isEmpty, "it has said so")
    try story.report(by: "SUPC", wanting: .mpxn(token("Y")))
    try story.report(by: "SUPC", wanting: other)
    #expect(
      story.correction?.disputes == [Correction.Dispute(party: "SUPC", requested: other)],
      "the last word of a party counts")
  }

  @Test func `is not made by the requester beside what it asked for`() throws {
    var story = try Stage.awaitingConsent.story()
    #expect(throws: Refusal.wantsAnother(Story.id, while: nil)) { try story.report(wanting: other) }
    #expect(story.correction?.disputes == [])
    story = try Stage.escalated.story()
    #expect(throws: Refusal.wantsAnother(Story.id, while: .escalated)) {
      try story.report(wanting: other)
    }
  }

  @Test func `drops what was proposed`() throws {
    var story = try Stage.proposed.story()
    try story.when(.change(reason: "D3"), by: By.dcc, wanting: other)
    #expect(story.correction?.proposal == nil)
  }

  @Test func `that is the same one changes nothing`() throws {
    var story = try Stage.awaitingFix.story()
    #expect(try story.when(.change(reason: nil), by: By.supA).isEmpty)
  }

  @Test func `is refused where the SMI holds it`() throws {
    let story = try Stage.awaitingFix.story()
    #expect(
      story.refusal(of: .change(reason: nil), by: By.supA, wanting: .mpxn(heldMPxN))
        == .alreadyHeld(deviceID: The.device, field: .importMPxN))
  }

  @Test func `of which too little is known is the DCC's to look into`() throws {
    for stage in [Stage.awaitingConsent, .awaitingFix, .awaitingRequest] {
      var story = try stage.story()
      var silent = entry(.esme, nil)
      silent.empty = []
      story.inventory = [observed(silent)]
      #expect(
        try story.when(.change(reason: nil), by: By.supA, wanting: other).names.last
          != "routeAdvised")
      #expect(story.correction?.state == .open, "\(stage)")
      #expect(story.correction?.advice == nil)
      #expect(story.correction?.turn == "dcc")
    }
  }

  @Test func `is what the thread heals by from then on`() throws {
    var story = try Stage.awaitingConsent.story()
    try story.when(.change(reason: nil), by: By.supA, wanting: other)
    #expect(try story.see(entry(importMPxN: wantedMPxN)).names == ["heldValueChanged"])
    #expect(try story.see(entry(importMPxN: token("Z"))).names == ["correctionResolved"])
  }
}
