import Testing

@testable import Corrections

/// Proposing, approving and applying are decided on what is held and agreed now.
@Suite struct `What is checked of a manual fix` {
  @Test func `is not proposed when the SMI holds the wanted value already`() throws {
    var story = try Stage.awaitingFix.story()
    story.observe(wantedMPxN)
    #expect(
      story.refusal(of: .propose(explanation: nil), by: By.dcc)
        == .alreadyHeld(deviceID: The.device, field: .importMPxN))
  }

  @Test func `is not proposed for a value that nobody agreed to replace`() throws {
    var story = try Stage.awaitingFix.story()
    story.observe(token("Z"))
    #expect(
      story.refusal(of: .propose(explanation: nil), by: By.dcc)
        == .movedOn(
          Story.id, field: .importMPxN, expected: .mpxn(heldMPxN), found: .mpxn(token("Z"))))
  }

  @Test func `can go on after the SMI moved, once those concerned have agreed to that`() throws {
    var story = try Stage.awaitingFix.story()
    story.observe(token("Z"))
    try story.when(.advise, by: By.dcc)
    try story.when(.consent, by: By.supC)
    try story.when(.propose(explanation: nil), by: By.dcc)
    #expect(story.correction?.proposal?.expected == .mpxn(token("Z")))
    try story.when(.approve, by: By.otherDCC)
    try story.when(.apply, by: By.dsp)
    #expect(story.holds == .mpxn(wantedMPxN))
  }

  @Test func `is not applied when the SMI no longer holds what it replaces`() throws {
    var story = try Stage.approved.story()
    story.observe(token("Z"))
    #expect(
      story.refusal(of: .apply, by: By.dsp)
        == .movedOn(
          Story.id, field: .importMPxN, expected: .mpxn(heldMPxN), found: .mpxn(token("Z"))))
    try story.when(.advise, by: By.dcc)
    #expect(story.correction?.proposal == nil)
  }

  @Test func `replaces an empty place only while it is empty`() throws {
    var story = Story()
    story.inventory = [observed(entry())]
    story.wanted = []
    try story.report()
    story.wanted = [row(wantedMPxN, "SUPA")]
    #expect(story.correction?.current == .empty)
    try story.when(.advise, by: By.supA)
    #expect(story.correction?.advice?.route == .selfServe, "nobody needs to edit by hand")
  }

  @Test func `is not applied once a consent has lapsed`() throws {
    var story = try Stage.approved.story()
    story.held.append(row(heldMPxN, "SUPC", from: story.now, imported: 90))
    #expect(
      story.refusal(of: .apply, by: By.dsp)
        == .consentLapsed(Story.id, party: "SUPB", side: .held))
    story.held.removeLast()
    story.wanted = [row(wantedMPxN, "SUPA", to: story.now)]
    #expect(
      story.refusal(of: .apply, by: By.dsp)
        == .consentLapsed(Story.id, party: "SUPA", side: .wanted))
  }

  @Test func `is not applied without the consent of a supplier registered since`() throws {
    var story = Story()
    story.held = []
    try story.report()
    try story.when(.propose(explanation: nil), by: By.dcc)
    try story.when(.approve, by: By.otherDCC)
    story.held = [row(heldMPxN, "SUPB", imported: 90)]
    #expect(
      story.refusal(of: .apply, by: By.dsp)
        == .consentMissing(Story.id, party: "SUPB", side: .held))
    try story.when(.advise, by: By.dcc)
    #expect(story.correction?.pendingConsents.map(\.party) == ["SUPB"])
    #expect(story.correction?.proposal == nil)
    try story.when(.consent, by: By.supB)
    try story.when(.propose(explanation: nil), by: By.dcc)
    try story.when(.approve, by: By.otherDCC)
    try story.when(.apply, by: By.dsp)
  }

  @Test func `is not applied when type or status no longer allow it`() throws {
    var story = try Stage.approved.story()
    story.inventory.append(
      observed(
        entry(.esme, .suspended, importMPxN: heldMPxN), at: 300, effective: local("2026-03-08")))
    guard case .checkFails(Story.id, let finding)? = story.refusal(of: .apply, by: By.dsp) else {
      Issue.record("applied on a suspended device")
      return
    }
    #expect(finding.code == .e080414)
    #expect(finding.says == "fails: statusForbids")
  }

  @Test func `can be done after the SMI moved to a third value, once agreed anew`() throws {
    var story = try Stage.approved.story()
    story.observe(token("Z"))
    try story.when(.advise, by: By.supA)
    #expect(story.correction?.pendingConsents.map(\.party) == ["SUPC"])
    try story.when(.consent, by: By.supC)
    try story.when(.propose(explanation: nil), by: By.dcc)
    #expect(story.correction?.proposal?.expected == .mpxn(token("Z")))
    try story.when(.approve, by: By.otherDCC)
    try story.when(.apply, by: By.dsp)
    try story.when(.verify, by: By.dcc)
    #expect(story.correction?.state == .resolved)
  }

  @Test func `is not applied where the registrations of now leave another route`() throws {
    var story = Story()
    story.held = []
    try story.report()
    try story.when(.propose(explanation: nil), by: By.dcc)
    try story.when(.approve, by: By.otherDCC)
    story.held = [row(heldMPxN, "SUPA", imported: 90)]
    #expect(story.refusal(of: .apply, by: By.dsp) == .routeChanged(Story.id, .selfServe))
  }

  @Test func `is proposed and approved only while everybody still agrees`() throws {
    for stage in [Stage.awaitingFix, .proposed] {
      var story = try stage.story()
      story.held.append(row(heldMPxN, "SUPC", from: story.now, imported: 90))
      let command: Correction.Command =
        stage == .awaitingFix ? .propose(explanation: nil) : .approve
      #expect(
        story.refusal(of: command, by: By.otherDCC)
          == .consentLapsed(Story.id, party: "SUPB", side: .held))
    }
  }

  @Test func `is not judged by what the SMI said of an earlier day`() throws {
    var story = try Stage.awaitingVerification.story()
    let applied = story.position - 1
    story.inventory.removeAll()
    story.mode = .observer
    let early = story.now.advanced(byMilliseconds: -86_400_000)
    story.inventory.append(
      observed(entry(importMPxN: heldMPxN), at: 300, effective: early))
    let correction = try #require(story.correction)
    var facts = story.facts()
    facts.device = Device.fold(The.device, story.inventory)
    #expect(throws: Refusal.notSeenSince(Story.id, position: applied)) {
      try correction.decide(.verify, by: By.dcc, given: facts)
    }
  }

  @Test func `is decided on what is held now, whatever day it is said to be`() throws {
    var story = try Stage.approved.story()
    let earlier = story.now
    story.pass(hours: 24)
    story.observe(token("Z"))
    let correction = try #require(story.correction)
    #expect(
      throws: Refusal.newerIsKnown(
        Story.id, field: .importMPxN, given: earlier, newest: story.now)
    ) {
      try correction.decide(.apply, by: By.dsp, at: earlier, given: story.facts())
    }
    story.mode = .observer
    for time in [earlier, story.now] {
      #expect(
        throws: Refusal.movedOn(
          Story.id, field: .importMPxN, expected: .mpxn(heldMPxN), found: .mpxn(token("Z")))
      ) {
        try correction.decide(.apply, by: By.dsp, at: time, given: story.facts())
      }
    }
  }

  @Test func `changes nothing before what an authority knows already`() throws {
    var story = try Stage.approved.story()
    let earlier = story.now
    story.pass(hours: 24)
    story.observe(heldMPxN)
    let correction = try #require(story.correction)
    let facts = story.facts()
    #expect(
      throws: Refusal.newerIsKnown(
        Story.id, field: .importMPxN, given: earlier, newest: story.now)
    ) {
      try correction.decide(.apply, by: By.dsp, at: earlier, given: facts)
    }
    #expect(
      try correction.decide(.apply, by: By.dsp, at: story.now, given: facts).names
        == ["manualFixApplied", "mpxnUpdated"])
  }

  @Test func `names the event that proves it`() throws {
    var story = try Stage.awaitingVerification.story()
    let update = try #require(
      story.thread.first { if case .mpxnUpdated = $0.event { true } else { false } })
    let events = try story.when(.verify, by: By.dcc)
    guard case .fixVerified(let verified)? = events.first else {
      Issue.record("\(events.names)")
      return
    }
    #expect(verified.evidence == update.position)
    #expect(verified.found == .mpxn(wantedMPxN))
  }
}
