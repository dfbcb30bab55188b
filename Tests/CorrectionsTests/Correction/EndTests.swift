import Testing

@testable import Corrections

@Suite struct `How a correction ends` {
  @Test func `resolved by an SR or by hand only when the SMI holds the wanted value`() throws {
    for how in [CorrectionResolved.How.serviceRequest, .manualFix] {
      var story = try Stage.awaitingRequest.story()
      #expect(
        story.refusal(of: .resolve(how), by: By.dcc)
          == .notHeldYet(Story.id, field: .importMPxN))
      story.observe(wantedMPxN)
      try story.when(.resolve(how), by: By.dcc)
      #expect(story.correction?.how == how)
      #expect(story.correction?.state == .resolved)
    }
  }

  @Test func `resolved by a registration or as no fault without a change`() throws {
    for how in [CorrectionResolved.How.registration, .noFault] {
      var story = try Stage.awaitingRegistration.story()
      try story.when(.resolve(how), by: By.dcc)
      #expect(story.correction?.how == how)
      #expect(story.holds == .mpxn(heldMPxN))
    }
  }

  @Test func `confirmed by those who reported it and nobody else`() throws {
    var story = try Stage.awaitingConsent.story()
    try story.report(by: "SUPC")
    try story.when(.consent, by: By.supB)
    try story.when(.propose(explanation: nil), by: By.dcc)
    try story.when(.approve, by: By.otherDCC)
    try story.when(.apply, by: By.dsp)
    try story.when(.verify, by: By.dcc)
    for actor in [By.supB, By.dcc, By.dsp, By.auditor] {
      #expect(
        story.refusal(of: .confirm, by: actor)
          == .partyNeeded(.confirm, ["SUPA", "SUPC"], of: actor.party))
    }
    #expect(story.refusal(of: .confirm, by: By.supA) == nil)
    try story.when(.confirm, by: By.supC)
    #expect(story.correction?.state == .confirmed)
    #expect(story.correction?.confirmedAt == story.now)
    #expect(story.correction?.resolvedAt != nil)
  }

  @Test func `reopened by those who reported it or by the DCC`() throws {
    for stage in [Stage.resolved, .confirmed] {
      for actor in [By.supA, By.dcc, By.otherDCC] {
        var story = try stage.story()
        let events = try story.when(.reopen(reason: "D4"), by: actor)
        #expect(events.names.first == "correctionReopened")
        #expect(story.correction?.reopened == 1)
        #expect(story.correction?.resolvedAt == nil)
        #expect(story.correction?.confirmedAt == nil)
        #expect(story.correction?.how == nil)
        #expect(story.correction?.isOpen == true)
        let resolution = try #require(story.correction?.resolutions.first)
        #expect(resolution.reopenedAt == story.now)
        #expect((resolution.confirmedAt != nil) == (stage == .confirmed))
      }
      let story = try stage.story()
      for actor in [By.supB, By.supC, By.dsp, By.auditor] {
        #expect(
          story.refusal(of: .reopen(reason: "D4"), by: actor)
            == .partyNeeded(.reopen, ["SUPA"], of: actor.party))
      }
    }
  }

  @Test func `the DCC reopens whatever other roles its person has`() throws {
    let both = CorrectionActor(user: "DCC-019", party: "DCC", roles: [.dsp, .dcc])
    #expect(try Stage.resolved.story().refusal(of: .reopen(reason: "D4"), by: both) == nil)
  }

  @Test func `reopened works out its way anew from the facts of then`() throws {
    var story = try Stage.confirmed.story()
    story.observe(heldMPxN)
    try story.when(.reopen(reason: "D4"), by: By.supA)
    #expect(story.correction?.advice?.route == .twoSupplier)
    #expect(story.correction?.state == .awaitingConsent)
    try story.when(.consent, by: By.supB)
    try story.when(.propose(explanation: nil), by: By.dcc)
    try story.when(.approve, by: By.otherDCC)
    try story.when(.apply, by: By.dsp)
    try story.when(.verify, by: By.dcc)
    #expect(story.correction?.state == .resolved)
  }

  @Test func `withdrawn by the requester alone`() throws {
    let story = try Stage.awaitingConsent.story()
    for actor in By.everybody where actor.party != "SUPA" {
      #expect(
        story.refusal(of: .withdraw(reason: "D"), by: actor)
          == .partyNeeded(.withdraw, ["SUPA"], of: actor.party))
    }
    let withdrawn = try Stage.withdrawn.story().correction
    #expect(withdrawn?.closedAt != nil)
    #expect(withdrawn?.resolvedAt == nil)
  }

  @Test func `withdrawn by nobody while others wait for the same fix`() throws {
    var story = try Stage.awaitingConsent.story()
    try story.report(by: "SUPC")
    #expect(
      story.refusal(of: .withdraw(reason: "D"), by: By.supA)
        == .othersReported(Story.id, ["SUPC"]))
    try story.when(.reject(reason: "D"), by: By.dcc)
    #expect(story.correction?.state == .rejected)
  }

  @Test func `confirmed by nobody who wanted another value`() throws {
    var story = try Stage.awaitingConsent.story()
    try story.report(by: "SUPC", wanting: .mpxn(token("Z")))
    try story.when(.consent, by: By.supB)
    try story.when(.propose(explanation: nil), by: By.dcc)
    try story.when(.approve, by: By.otherDCC)
    try story.when(.apply, by: By.dsp)
    try story.when(.verify, by: By.dcc)
    #expect(
      story.refusal(of: .confirm, by: By.supC)
        == .partyNeeded(.confirm, ["SUPA"], of: "SUPC"))
  }

  @Test func `is not reopened while another correction of the field is open`() throws {
    var story = try Stage.confirmed.story()
    let other = CorrectionID(number: 2)
    story.inventory.append(
      recorded(
        .correctionRequested(
          CorrectionRequested(
            correction: other, deviceID: The.device, deviceType: .esme, field: .importMPxN,
            current: .mpxn(wantedMPxN), requested: .mpxn(token("Z")), party: "SUPC", requestID: nil,
            firstCode: nil)), at: story.position + 1, effective: story.now))
    #expect(story.refusal(of: .reopen(reason: "D"), by: By.supA) == .anotherIsOpen(Story.id, other))
  }
}

@Suite struct `Owner and order` {
  @Test func `the first owner is no handover, each later one is and needs a reason`() throws {
    var story = try Stage.awaitingConsent.story()
    try story.when(.assign(owner: "DCC-SC-1", reason: nil), by: By.dcc)
    #expect(story.correction?.owner == "DCC-SC-1")
    #expect(story.correction?.handovers == 0)
    #expect(
      story.refusal(of: .assign(owner: "DCC-SC-2", reason: nil), by: By.dcc)
        == .reasonNeeded(.assign))
    #expect(
      story.refusal(of: .assign(owner: "DCC-SC-1", reason: "D"), by: By.dcc)
        == .ownedAlready(Story.id, owner: "DCC-SC-1"))
    let events = try story.when(.assign(owner: "DCC-SC-2", reason: "D5"), by: By.dcc)
    #expect(
      events == [
        .ownershipTransferred(
          OwnershipTransferred(
            correction: Story.id, deviceID: The.device, requester: "SUPA", party: "DCC",
            from: "DCC-SC-1", to: "DCC-SC-2",
            reason: "D5"))
      ])
    #expect(story.correction?.handovers == 1)
    #expect(story.correction?.owner == "DCC-SC-2")
  }

  @Test func `owner, note and join pass no turn`() throws {
    var story = try Stage.awaitingConsent.story()
    let turns = story.correction?.turns
    story.pass(hours: 5)
    try story.when(.assign(owner: "DCC-SC-1", reason: nil), by: By.dcc)
    try story.when(.note("D6"), by: By.auditor)
    try story.report(by: "SUPC")
    #expect(story.correction?.turns == turns)
  }

  @Test func `a step is never true before the last one`() throws {
    var story = try Stage.awaitingFix.story()
    story.pass(hours: 10)
    try story.when(.propose(explanation: nil), by: By.dcc)
    let proposed = story.now
    story.now = proposed.advanced(byMilliseconds: -1)
    #expect(
      story.refusal(of: .approve, by: By.otherDCC)
        == .timeOutOfOrder(Story.id, given: story.now, last: proposed))
    story.now = proposed
    #expect(story.refusal(of: .approve, by: By.otherDCC) == nil)
  }
}
