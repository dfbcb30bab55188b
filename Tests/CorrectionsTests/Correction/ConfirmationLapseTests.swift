import Testing

@testable import Corrections

@Suite struct `A resolution that nobody contradicts` {
  @Test func `counts as accepted after ten working days`() throws {
    var story = try Stage.awaitingVerification.story()
    // After the cut-off on Friday 27 March, so counted from Monday 30: 31 March, 1 and 2 April, not
    // Good Friday and Easter Monday, 7 to 10 and 13 to 15 April.
    story.now = local("2026-03-27", 18)
    try story.when(.verify, by: By.dcc)
    story.now = local("2026-04-16").advanced(byMilliseconds: -1)
    #expect(try story.due().isEmpty)
    story.now = local("2026-04-16")
    #expect(try story.due().names == ["confirmationLapsed"])
    #expect(try story.due().isEmpty, "once")
    let correction = try #require(story.correction)
    #expect(correction.confirmationLapsedAt == story.now)
    #expect(correction.state == .resolved)
    #expect(correction.hasEnded)
    #expect(correction.turn == "nobody")
    #expect(correction.confirmedAt == nil, "nobody has said so")
  }

  @Test func `can still be confirmed or reopened`() throws {
    var story = try Stage.lapsed.then(.confirm, By.supA)
    #expect(story.correction?.state == .confirmed)
    story = try Stage.lapsed.then(.reopen(reason: "D"), By.supA)
    #expect(story.correction?.isOpen == true)
    #expect(story.correction?.confirmationLapsedAt == nil)
  }

  @Test func `does not while the policy sets no time for it`() throws {
    var story = try Stage.resolved.story()
    story.policy = Policy(
      version: 2, from: story.policy.from, cutOffHour: 17, turns: story.policy.turns)
    story.now = local("2027-01-01")
    #expect(try story.due().isEmpty)
  }
}
