import Testing

@testable import Corrections

@Suite struct `The manual fix` {
  @Test func `is proposed, approved by another person, applied, verified and resolved`() throws {
    var story = try Stage.awaitingFix.story()
    try story.when(.propose(explanation: nil), by: By.dcc)
    #expect(story.correction?.proposal?.expected == .mpxn(heldMPxN))
    #expect(story.correction?.proposal?.new == .mpxn(wantedMPxN))
    try story.when(.approve, by: By.otherDCC)
    let applied = try story.when(.apply, by: By.dsp)
    #expect(applied.names == ["manualFixApplied", "mpxnUpdated"])
    #expect(
      applied.last
        == .mpxnUpdated(
          MPxNUpdated(
            deviceID: The.device, field: .importMPxN, from: .mpxn(heldMPxN), to: wantedMPxN,
            basis: .manual, requestID: nil, correction: Story.id)))
    let verified = try story.when(.verify, by: By.dcc)
    #expect(verified.names == ["fixVerified", "correctionResolved"])
    #expect(story.correction?.state == .resolved)
    #expect(story.correction?.how == .manualFix)
    #expect(story.correction?.resolvedAt == story.now)
    #expect(story.correction?.proposal?.proposedBy == "DCC-017")
    #expect(story.correction?.proposal?.approvedBy == "DCC-018")
    #expect(story.correction?.proposal?.appliedBy == "DSP-001")
  }

  @Test func `needs two pairs of eyes`() throws {
    let story = try Stage.proposed.story()
    #expect(story.refusal(of: .approve, by: By.dcc) == .proposerCannotApprove(user: "DCC-017"))
    #expect(story.refusal(of: .approve, by: By.otherDCC) == nil)
  }

  @Test func `needs the right role at each step`() throws {
    let steps: [(Stage, Correction.Command, UserRole)] = [
      (.awaitingFix, .propose(explanation: nil), .dcc), (.proposed, .approve, .dcc),
      (.approved, .apply, .dsp),
      (.awaitingVerification, .verify, .dcc),
      (.awaitingFix, .assign(owner: "X", reason: nil), .dcc),
      (.awaitingFix, .reject(reason: "D"), .dcc), (.awaitingRequest, .resolve(.noFault), .dcc),
      (.proposed, .decline(reason: "D"), .dcc),
    ]
    for (stage, command, role) in steps {
      let story = try stage.story()
      for actor in By.everybody where !actor.roles.contains(role) {
        if command.name == .decline, actor.roles.contains(.dsp) { continue }
        #expect(
          story.refusal(of: command, by: actor)
            == .roleNeeded(command.name, role, of: actor.user ?? actor.party),
          "\(command.name) by \(actor.party)")
      }
    }
  }

  @Test func `declined can be proposed anew`() throws {
    for stage in [Stage.proposed, .approved] {
      for actor in [By.dsp, By.otherDCC] {
        var story = try stage.story()
        try story.when(.decline(reason: "D3"), by: actor)
        #expect(story.correction?.proposal == nil)
        #expect(story.correction?.state == .awaitingFix)
        #expect(story.correction?.possible.first == .propose)
        try story.when(.propose(explanation: nil), by: By.dcc)
      }
    }
  }

  @Test func `that can't be found leads back to another fix`() throws {
    var story = try Stage.awaitingVerification.story()
    story.observe(heldMPxN)
    let events = try story.when(.verify, by: By.dcc)
    #expect(
      events == [
        .fixNotFound(
          FixNotFound(
            correction: Story.id, deviceID: The.device, requester: "SUPA", party: "DCC",
            field: .importMPxN, found: .mpxn(heldMPxN),
            evidence: story.position - 1))
      ])
    #expect(story.correction?.state == .awaitingFix)
    #expect(story.correction?.proposal == nil)
    #expect(story.correction?.possible.first == .propose)
  }

  @Test func `of an observer is verified only by what the SMI says afterwards`() throws {
    var story = try Stage.approved.story()
    story.mode = .observer
    #expect(try story.when(.apply, by: By.dsp).names == ["manualFixApplied"])
    let applied = story.position
    #expect(story.refusal(of: .verify, by: By.dcc) == .notSeenSince(Story.id, position: applied))
    story.pass(hours: 24)
    story.observe(wantedMPxN)
    let events = try story.when(.verify, by: By.dcc)
    #expect(events.names == ["fixVerified", "correctionResolved"])
    guard case .fixVerified(let verified)? = events.first else { return }
    #expect(verified.evidence == applied + 1)
  }

  @Test func `is approved by no one whose id differs from the proposer's by letter case`() throws {
    let story = try Stage.proposed.story()
    let same = CorrectionActor(user: "dcc-017", party: "DCC", roles: [.dcc])
    #expect(
      story.refusal(of: .approve, by: same) == .proposerCannotApprove(user: "dcc-017"))
  }

  @Test func `is applied by a third person`() throws {
    let story = try Stage.approved.story()
    for user in ["DCC-017", "dcc-018"] {
      let both = CorrectionActor(user: user, party: "DCC", roles: [.dcc, .dsp])
      #expect(story.refusal(of: .apply, by: both) == .anotherPersonApplies(user: user))
    }
  }
}
