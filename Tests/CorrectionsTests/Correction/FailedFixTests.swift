import Testing

@testable import Corrections

@Suite struct `A fix that can't be made` {
  @Test func `goes back to the DCC with the reason, and can be proposed anew`() throws {
    var story = try Stage.approved.story()
    let proposal = try #require(story.correction?.proposal?.position)
    #expect(story.correction?.cause(of: .fail, by: By.dsp) == proposal)
    let events = try story.when(.fail(reason: "D3"), by: By.dsp)
    #expect(
      events == [
        .correctionStep(
          CorrectionStep(
            correction: Story.id, deviceID: The.device, requester: "SUPA", party: "DSP",
            what: .manualFixFailed(proposal: proposal, reason: "D3")))
      ])
    #expect(story.correction?.proposal == nil)
    #expect(story.correction?.state == .awaitingFix)
    #expect(story.correction?.turn == "dcc")
    #expect(story.correction?.consents.map(\.answer) == [.given, .byAsking], "all agree still")
    #expect(story.holds == .mpxn(heldMPxN), "nothing was changed")
    try story.when(.propose(explanation: nil), by: By.dcc)
  }

  @Test func `is not proposed while nothing is known of what it would replace`() throws {
    var story = try Stage.awaitingFix.story()
    var silent = entry()
    silent.empty = []
    story.inventory = [observed(silent)]
    #expect(
      story.refusal(of: .propose(explanation: nil), by: By.dcc)
        == .valueNotKnown(Story.id, field: .importMPxN))
  }

  @Test func `is said only of one that is approved`() throws {
    for stage in Stage.allCases {
      let correction = try #require(try stage.story().correction)
      #expect(
        correction.possible.contains(.fail) == [.approved, .escalatedApproved].contains(stage))
    }
  }

  @Test func `inside an Incident leaves the Incident open`() throws {
    let story = try Stage.escalatedApproved.then(.fail(reason: "D3"), By.dsp)
    #expect(story.correction?.state == .escalated)
    #expect(story.correction?.turn == "dcc")
    #expect(story.correction?.possible.first == .propose)
  }
}
