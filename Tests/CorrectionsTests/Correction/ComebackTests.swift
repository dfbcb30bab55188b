import Testing

@testable import Corrections

/// Resolved on Monday 9 March 2026: the twentieth working day after it is Wednesday 8 April, Good
/// Friday and Easter Monday being none.
@Suite struct `A fault that comes back` {
  private let boundary = local("2026-04-09")

  /// A correction that was resolved or confirmed, the old value there again since.
  private func story(_ stage: Stage = .resolved, at moment: Instant) throws -> Story {
    var story = try stage.story()
    story.now = moment
    story.observe(heldMPxN)
    return story
  }

  @Test(arguments: [Stage.resolved, .confirmed, .lapsed])
  func `within the time of the policy opens the old correction again`(_ stage: Stage) throws {
    var story = try story(stage, at: boundary.advanced(byMilliseconds: -1))
    let events = try story.report(request: The.request(2002))
    #expect(
      events.names == [
        "correctionReopened", "consentLapsed", "consentLapsed", "routeAdvised",
        "consentRequested", "consentGiven",
      ])
    guard case .correctionReopened(let reopened)? = events.first else { return }
    #expect(reopened.because == .reportedAgain)
    #expect(reopened.reason == nil)
    #expect(reopened.requestID == The.request(2002))
    let correction = try #require(story.correction)
    #expect(correction.state == .awaitingConsent)
    #expect(correction.reopened == 1)
    #expect(correction.requests == [The.request(2002)])
    #expect(correction.pendingConsents.map(\.party) == ["SUPB"])
    #expect(correction.resolutions.first?.reopenedAt == story.now)
  }

  @Test func `after it is a new correction`() throws {
    var story = try story(at: boundary)
    let events = try story.report()
    #expect(events.names.first == "correctionRequested")
    #expect(story.correction?.state == .resolved, "the old one stays as it is")
  }

  @Test func `with another wanted value is a new correction`() throws {
    var story = try story(at: local("2026-03-10"))
    #expect(try story.report(wanting: .mpxn(token("Z"))).names.first == "correctionRequested")
  }

  @Test func `of a correction that ended without a fix is a new one`() throws {
    for stage in [Stage.rejected, .withdrawn, .merged] {
      var story = try stage.story()
      #expect(try story.report().names.first == "correctionRequested", "\(stage)")
    }
  }

  @Test func `is a new one where the policy opens none again`() throws {
    var story = try story(at: local("2026-03-10"))
    story.policy = Policy(
      version: 2, from: story.policy.from, cutOffHour: 17, turns: story.policy.turns)
    #expect(try story.report().names.first == "correctionRequested")
  }

  @Test func `is told by another party, too, which counts as a reporter then`() throws {
    var story = try story(at: local("2026-03-10"))
    #expect(try story.report(by: "SUPC").names.first == "correctionReopened")
    #expect(story.correction?.reporters == ["SUPA", "SUPC"])
    #expect(
      story.correction?.pendingConsents.map(\.party) == ["SUPB", "SUPA"],
      "SUPA has not asked again")
  }

  @Test func `is none while the SMI holds the wanted value`() throws {
    var story = try Stage.resolved.story()
    #expect(throws: Refusal.alreadyHeld(deviceID: The.device, field: .importMPxN)) {
      try story.report()
    }
  }

  @Test func `that was said to be none is opened again`() throws {
    var story = try Stage.awaitingRequest.then(.resolve(.noFault), By.dcc)
    #expect(try story.report().names == ["correctionReopened", "routeAdvised"])
    #expect(story.correction?.turn == "requester SUPA")
  }

  @Test func `in words is opened again whatever else is open in words`() throws {
    var story = Story()
    story.field = .other
    story.reported = .text("D1")
    try story.report()
    try story.when(.resolve(.noFault), by: By.dcc)
    var device = try #require(story.device)
    device.corrections.append(
      Device.CorrectionMark(id: CorrectionID(number: 7), field: .other, isOpen: true))
    var facts = story.facts()
    facts.device = device
    let correction = try #require(story.correction)
    #expect(
      try correction.decide(.reopen(reason: "D"), by: By.supA, given: facts).names
        == ["correctionReopened", "routeAdvised"])
  }

  @Test func `counts from when the fault was there, not from when it was reported`() throws {
    for (days, name) in [(-1, "correctionReopened"), (0, "correctionRequested")]
      as [(Int64, String)]
    {
      var story = try story(at: boundary)
      story.now = boundary.advanced(byMilliseconds: 86_400_000)
      let report = Correction.Report(
        party: "SUPA", deviceID: The.device, deviceType: .esme, requestID: nil, firstCode: nil,
        isByParty: true, at: boundary.advanced(byMilliseconds: days))
      let events = try Correction.open(
        report, as: CorrectionID(number: 2), joining: nil, given: story.facts())
      #expect(events.names.first == name)
    }
  }
}
