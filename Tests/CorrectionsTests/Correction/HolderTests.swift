import Testing

@testable import Corrections

@Suite struct `Whose turn it is` {
  /// Whose turn it is in each stage.
  static let holders: [Stage: String] = [
    .open: "dcc", .incidentRouted: "dcc", .awaitingRequest: "requester SUPA",
    .awaitingRegistration: "requester SUPA", .awaitingConsent: "counterparty SUPB",
    .awaitingFix: "dcc", .proposed: "dcc", .approved: "dsp", .awaitingVerification: "dcc",
    .resolved: "requester SUPA", .lapsed: "nobody", .confirmed: "nobody", .rejected: "nobody",
    .withdrawn: "nobody", .merged: "nobody", .asked: "requester SUPA",
    .askedForConsent: "requester SUPA", .escalated: "dcc",
    .escalatedProposed: "dcc", .escalatedApproved: "dsp", .escalatedForConsent: "dcc",
    .escalatedInWords: "dcc",
  ]

  @Test(arguments: Stage.allCases)
  func `follows from the state`(_ stage: Stage) throws {
    let correction = try #require(try stage.story().correction)
    #expect(correction.turn == Self.holders[stage])
    #expect(correction.turns.last?.holder == correction.holder.holder)
    #expect(correction.turns.last?.party == correction.holder.party)
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

  @Test func `from the day on which a registration changes it is the requester's`() throws {
    var story = Story()
    story.held.append(row(heldMPxN, "SUPA", from: local("2026-04-01")))
    try story.report()
    let day = local("2026-04-01")
    let waiting = try #require(story.correction)
    #expect(waiting.holder(at: day.advanced(byMilliseconds: -1)).holder == .nobody)
    #expect(waiting.holder(at: day).holder == .requester)
    #expect(waiting.turns(at: day.advanced(byMilliseconds: 1)).last?.holder == .requester)
    #expect(waiting.holderParties == [] && waiting.holderParties(at: day) == ["SUPA"])
    // Whatever happens next, and whoever has it then, the days since are the requester's.
    for step in [
      CorrectionStep.What.incidentRaised(because: .asked, reason: nil),
      .merged(into: CorrectionID(number: 9), reporters: [], requests: [], reason: ""),
    ] {
      var after: Correction? = waiting
      let at = local("2026-04-07")
      Correction.evolve(
        &after, id: waiting.id,
        with: Recorded(
          position: 999, recordedAt: at, effectiveAt: at,
          actor: Actor(user: nil, party: "DCC", role: nil, via: .system), cause: nil,
          event: .correctionStep(
            CorrectionStep(
              correction: waiting.id, deviceID: waiting.deviceID, requester: waiting.requester,
              party: "DCC", what: step))))
      let turns = try #require(after?.turns)
      #expect(turns.suffix(3).map(\.holder) == [.nobody, .requester, after?.holder.holder])
      #expect(turns.suffix(2).map(\.from) == [day, at], "\(step)")
    }
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

  @Test func `of several that are asked it is everybody's, the first named`() throws {
    var story = Story()
    try story.report(by: "SUPC")
    #expect(story.correction?.turn == "counterparty SUPB")
    #expect(story.correction?.holderParties == ["SUPB", "SUPA"])
    #expect(try Stage.awaitingRequest.story().correction?.holderParties == ["SUPA"])
    #expect(try Stage.proposed.story().correction?.holderParties == [])
  }
}
