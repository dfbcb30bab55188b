import Testing

@testable import Corrections

@Suite struct `What can be done in which state` {
  /// The whole table: whatever is not listed is refused.
  static let possible: [Stage: [CommandName]] = [
    .open: [.advise, .assign, .resolve, .reject, .withdraw, .note],
    .awaitingRequest: [.advise, .resolve, .assign, .withdraw, .reject, .note],
    .awaitingRegistration: [.advise, .resolve, .assign, .withdraw, .reject, .note],
    .awaitingConsent: [.consent, .refuse, .advise, .resolve, .assign, .withdraw, .reject, .note],
    .awaitingFix: [.propose, .advise, .resolve, .assign, .withdraw, .reject, .note],
    .proposed: [.approve, .decline, .advise, .resolve, .assign, .withdraw, .reject, .note],
    .approved: [.apply, .decline, .advise, .resolve, .assign, .note],
    .awaitingVerification: [.verify, .assign, .note],
    .resolved: [.confirm, .reopen, .assign, .note],
    .confirmed: [.reopen, .note],
    .rejected: [.note],
    .withdrawn: [.note],
  ]

  @Test(arguments: Stage.allCases)
  func `each stage is reached and stands in its state`(_ stage: Stage) throws {
    let correction = try #require(try stage.story().correction)
    #expect(correction.state == stage.state)
    #expect(correction.possible == Self.possible[stage])
  }

  @Test(arguments: Stage.allCases, Correction.Command.each.indices)
  func `a command is decided where it is possible and refused elsewhere, saying what is possible`(
    _ stage: Stage, _ index: Int
  ) throws {
    let (command, actor) = Correction.Command.each[index]
    let story = try stage.story()
    let correction = try #require(story.correction)
    let can = try #require(Self.possible[stage])
    let refusal = story.refusal(of: command, by: actor)
    if can.contains(command.name) {
      #expect(refusal == nil, "\(command.name) in \(stage)")
    } else {
      #expect(
        refusal == .notInThisState(command.name, correction, can: can),
        "\(command.name) in \(stage)")
    }
  }

  @Test func `every command has its own name, and only open is no command`() {
    let names = Correction.Command.each.map(\.command.name)
    #expect(Set(names).count == names.count)
    #expect(Set(CommandName.allCases).subtracting(names) == [.open])
  }

  /// Whose turn it is in each stage.
  static let holders: [(Stage, Holder, String?)] = [
    (.open, .dcc, nil), (.awaitingRequest, .requester, "SUPA"),
    (.awaitingRegistration, .requester, "SUPA"), (.awaitingConsent, .counterparty, "SUPB"),
    (.awaitingFix, .dcc, nil), (.proposed, .dcc, nil), (.approved, .dsp, nil),
    (.awaitingVerification, .dcc, nil), (.resolved, .requester, "SUPA"), (.confirmed, .nobody, nil),
    (.rejected, .nobody, nil), (.withdrawn, .nobody, nil),
  ]

  @Test(arguments: holders)
  func `the holder follows from the state`(
    _ stage: Stage, _ holder: Holder, _ party: String?
  ) throws {
    let correction = try #require(try stage.story().correction)
    #expect(correction.holder == (holder, party))
    #expect(correction.turns.last?.holder == holder)
    #expect(correction.turns.last?.party == party)
  }

  @Test func `while another supplier can send the request, it is that supplier's turn`() throws {
    var story = Story()
    story.wanted = [row(wantedMPxN, "SUPB")]
    try story.report()
    #expect(story.correction?.state == .awaitingRequest)
    #expect(story.correction?.turn == "otherUser SUPB")
  }

  @Test func `while a registration is known to change, nobody has to do anything`() throws {
    var story = Story()
    story.held.append(row(heldMPxN, "SUPA", from: local("2026-04-01")))
    try story.report()
    #expect(story.correction?.state == .awaitingRegistration)
    #expect(story.correction?.turn == "nobody")
    #expect(story.correction?.advice?.until == local("2026-04-01"))
  }

  @Test func `a Pending device waits, with the DCC while nobody knows who installs it`() throws {
    var story = Story()
    story.inventory = [observed(entry(.esme, .pending, importMPxN: heldMPxN))]
    try story.report()
    #expect(story.correction?.state == .awaitingRequest)
    #expect(story.correction?.turn == "dcc")
  }

  @Test func `what 8.4 can't express stays open with the DCC`() throws {
    var story = Story()
    story.inventory = [observed(entry(.esme, .suspended, importMPxN: heldMPxN))]
    try story.report()
    #expect(story.correction?.state == .open)
    #expect(story.correction?.advice?.route == .incident)
    #expect(story.correction?.turn == "dcc")
  }
}
