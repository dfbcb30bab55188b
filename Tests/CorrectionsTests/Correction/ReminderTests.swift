import Testing

@testable import Corrections

/// The stories begin on Monday 9 March 2026 at 09:30.
@Suite struct `Reminders and silence` {
  /// What becomes due at a moment, and nothing a millisecond before.
  private func due(_ story: inout Story, first moment: Instant) throws -> [Event] {
    story.now = moment.advanced(byMilliseconds: -1)
    #expect(try story.due().isEmpty, "too early")
    story.now = moment
    let events = try story.due()
    #expect(try story.due().isEmpty, "twice")
    return events
  }

  private func reminder(
    _ holder: Holder, _ parties: [String], dueAt: Instant
  ) -> [CorrectionStep.What] { [.reminderSent(holder: holder, parties: parties, dueAt: dueAt)] }

  private func steps(_ events: [Event]) -> [CorrectionStep.What] {
    events.compactMap { if case .correctionStep(let step) = $0 { step.what } else { nil } }
  }

  @Test func `a supplier that is asked is reminded after five working days, once`() throws {
    var story = Story()
    try story.report()
    // Tuesday 10 to Friday 13 and Monday 16 are five; the weekend is none.
    let end = local("2026-03-17")
    #expect(
      steps(try due(&story, first: end)) == reminder(.counterparty, ["SUPB"], dueAt: end))
    #expect(
      story.correction?.reminders == [Correction.Reminder(parties: ["SUPB"], at: end)])
    story.now = local("2026-03-24", 23, 59)
    #expect(try story.due().isEmpty)
  }

  @Test func `its silence leads to an Incident five working days after the reminder`() throws {
    var story = Story()
    try story.report()
    story.now = local("2026-03-17")
    try story.due()
    // Reminded on Tuesday 17: Wednesday 18 to Friday 20, Monday 23 and Tuesday 24.
    let events = try due(&story, first: local("2026-03-25"))
    #expect(steps(events) == [.incidentRaised(because: .silence, reason: nil)])
    #expect(story.correction?.state == .escalated)
    #expect(story.correction?.turn == "dcc")
    #expect(story.correction?.escalations == 1)
    // The DCC has two working days, and is reminded of its own turn: Thursday 26 and Friday 27.
    let end = local("2026-03-28")
    #expect(steps(try due(&story, first: end)) == reminder(.dcc, [], dueAt: end))
    story.now = local("2026-06-01")
    #expect(try story.due().isEmpty)
  }

  @Test func `a holder that gets something else to do has its days anew`() throws {
    var story = try Stage.awaitingFix.story()
    let since = try #require(story.correction?.task(at: story.now)?.from)
    story.pass(hours: 24)
    try story.when(.escalate(reason: "D"), by: By.supA)
    let task = try #require(story.correction?.task(at: story.now))
    #expect(task.holder == .dcc && task.from == story.now && task.from > since)
    #expect(story.correction?.turns.last?.from == since, "its turn has lasted all the while")
  }

  @Test func `a reminder keeps nobody from saying what was true before it`() throws {
    var story = Story()
    try story.report()
    story.now = local("2026-03-17")
    try story.due()
    let correction = try #require(story.correction)
    #expect(correction.reminders.count == 1)
    #expect(throws: Never.self) {
      try correction.decide(
        .consent, by: By.supB, at: local("2026-03-16", 12), given: story.facts())
    }
  }

  @Test func `a late reminder counts from when it was sent`() throws {
    var story = Story()
    try story.report()
    // Nobody asked until Saturday 21, so Monday 23 is the day of the reminder: 24 to 27 and 30.
    story.now = local("2026-03-21", 12)
    try story.due()
    #expect(
      steps(try due(&story, first: local("2026-03-31")))
        == [.incidentRaised(because: .silence, reason: nil)])
  }

  @Test(arguments: [(Stage.awaitingRequest, "2026-03-17"), (.asked, "2026-03-17")])
  func `a requester is reminded once, and its silence is its own matter`(
    _ stage: Stage, _ end: String
  ) throws {
    var story = try stage.story()
    let end = local(end)
    #expect(steps(try due(&story, first: end)) == reminder(.requester, ["SUPA"], dueAt: end))
    story.now = local("2026-09-01")
    #expect(try story.due().isEmpty)
  }

  @Test(arguments: [Stage.awaitingFix, .proposed, .open, .awaitingVerification])
  func `the DCC is reminded after two working days, once`(_ stage: Stage) throws {
    var story = try stage.story()
    let end = local("2026-03-12")
    #expect(steps(try due(&story, first: end)) == reminder(.dcc, [], dueAt: end))
    story.now = local("2026-09-01")
    #expect(try story.due().isEmpty)
  }

  @Test func `the DSP is reminded after two working days, once`() throws {
    var story = try Stage.approved.story()
    let end = local("2026-03-12")
    #expect(steps(try due(&story, first: end)) == reminder(.dsp, [], dueAt: end))
  }

  @Test func `another supplier that could send the request is reminded, then escalated`() throws {
    var story = Story()
    story.wanted = [row(wantedMPxN, "SUPB")]
    try story.report()
    let end = local("2026-03-17")
    #expect(steps(try due(&story, first: end)) == reminder(.otherUser, ["SUPB"], dueAt: end))
    #expect(
      steps(try due(&story, first: local("2026-03-25")))
        == [.incidentRaised(because: .silence, reason: nil)])
  }

  @Test func `all that are asked are reminded, and whoever is left has a turn of its own`() throws {
    var story = Story()
    try story.report(by: "SUPC")
    let end = local("2026-03-17")
    #expect(
      steps(try due(&story, first: end))
        == reminder(.counterparty, ["SUPB", "SUPA"], dueAt: end))
    // SUPB agrees on Thursday 19: SUPA's turn begins. Friday 20, Monday 23 to Thursday 26.
    story.now = local("2026-03-19", 10)
    try story.when(.consent, by: By.supB)
    #expect(story.correction?.reminders == [])
    let second = local("2026-03-27")
    #expect(
      steps(try due(&story, first: second)) == reminder(.counterparty, ["SUPA"], dueAt: second))
  }

  @Test func `without a time in the policy silence leads nowhere`() throws {
    var story = Story()
    story.policy = Policy(
      version: 2, from: story.policy.from, cutOffHour: 17, turns: story.policy.turns)
    try story.report()
    story.now = local("2026-03-17")
    #expect(try story.due().names == ["reminderSent"])
    story.now = local("2027-03-17")
    #expect(try story.due().isEmpty)
  }

  @Test func `nobody is reminded while only a date is awaited`() throws {
    var story = Story()
    story.held.append(row(heldMPxN, "SUPA", from: local("2026-06-01")))
    try story.report()
    #expect(story.correction?.turn == "nobody")
    story.now = local("2026-05-31")
    #expect(try story.due().isEmpty)
    // From that day on the request passes.
    story.now = local("2026-06-01")
    #expect(try story.due().names == ["routeAdvised"])
    #expect(story.correction?.turn == "requester SUPA")
  }

  @Test(arguments: [Stage.confirmed, .rejected, .withdrawn, .merged, .lapsed])
  func `nothing is due of what has ended`(_ stage: Stage) throws {
    var story = try stage.story()
    story.now = local("2027-01-01")
    #expect(try story.due().isEmpty)
  }
}
