import Testing

@testable import Corrections

@Suite struct `Questions and answers` {
  @Test func `pass the turn to who is asked, and back with the answer`() throws {
    var story = try Stage.awaitingFix.story()
    let asked = try story.when(.ask(of: "SUPB", question: "D3"), by: By.dcc)
    #expect(
      asked == [
        .correctionStep(
          CorrectionStep(
            correction: Story.id, deviceID: The.device, requester: "SUPA", party: "DCC",
            what: .informationRequested(of: "SUPB", question: "D3")))
      ])
    #expect(story.correction?.state == .awaitingInformation)
    #expect(story.correction?.turn == "counterparty SUPB", "it is one that agreed")
    let question = try #require(story.correction?.question)
    #expect(question.of == "SUPB" && question.by == "DCC" && question.text == "D3")
    #expect(question.askedAt == story.now)
    #expect(
      story.correction?.cause(of: .inform, by: By.supB) == question.position,
      "the answer names the question")
    story.pass(hours: 5)
    try story.when(.inform(answer: "D4"), by: By.supB)
    #expect(story.correction?.question == nil)
    #expect(story.correction?.state == .awaitingFix)
    #expect(story.correction?.turn == "dcc")
    #expect(
      story.correction?.turns.suffix(3).map(\.holder) == [.dcc, .counterparty, .dcc])
  }

  @Test func `without a name go to the requester`() throws {
    let story = try Stage.awaitingConsent.then(.ask(of: nil, question: "D"), By.supB)
    #expect(story.correction?.question?.of == "SUPA")
    #expect(story.correction?.turn == "requester SUPA")
  }

  @Test func `of one that only joined are another user's turn`() throws {
    var story = try Stage.awaitingRequest.story()
    try story.report(by: "SUPC")
    try story.when(.ask(of: "SUPC", question: "D"), by: By.dcc)
    #expect(story.correction?.turn == "otherUser SUPC")
  }

  @Test func `go to those only who have to do with it, and to nobody by themselves`() throws {
    let story = try Stage.awaitingConsent.story()
    #expect(
      story.refusal(of: .ask(of: "SUPC", question: "D"), by: By.dcc)
        == .notInvolved(Story.id, party: "SUPC", involved: ["SUPA", "SUPB"]))
    #expect(
      story.refusal(of: .ask(of: "SUPA", question: "D"), by: By.supA)
        == .notInvolved(Story.id, party: "SUPA", involved: ["SUPB"]))
    #expect(story.refusal(of: .ask(of: "SUPB", question: "D"), by: By.supA) == nil)
  }

  @Test func `are let go by who asked, and by the DCC, so that none stays for ever`() throws {
    for actor in [By.supB, By.dcc, By.otherDCC] {
      var story = try Stage.awaitingConsent.then(.ask(of: nil, question: "D"), By.supB)
      try story.when(.inform(answer: "never mind"), by: actor)
      #expect(story.correction?.question == nil)
      #expect(story.correction?.state == .awaitingConsent)
    }
  }

  @Test func `are none while the DSP may be making the change`() throws {
    for stage in [Stage.approved, .escalatedApproved] {
      let story = try stage.story()
      let can = try #require(story.correction?.possible)
      #expect(!can.contains(.inform) && !can.contains(.resolve))
      #expect(story.refusal(of: .ask(of: nil, question: "D"), by: By.dcc) != nil)
    }
  }

  @Test func `asked in an Incident can be answered after its fix was approved`() throws {
    var story = try Stage.escalatedProposed.then(.ask(of: nil, question: "D"), By.dcc)
    try story.when(.approve, by: By.otherDCC)
    #expect(story.refusal(of: .inform(answer: "D"), by: By.supA) == nil)
    #expect(
      story.refusal(of: .ask(of: nil, question: "D"), by: By.dcc)
        == .askedAlready(Story.id, party: "SUPA"))
  }

  @Test func `come one after the other`() throws {
    var story = try Stage.asked.story()
    #expect(
      story.refusal(of: .ask(of: nil, question: "D"), by: By.otherDCC)
        == .askedAlready(Story.id, party: "SUPA"))
    try story.when(.inform(answer: "D"), by: By.supA)
    #expect(story.refusal(of: .inform(answer: "D"), by: By.supA) == .nothingAsked(Story.id))
    #expect(story.refusal(of: .ask(of: nil, question: "D"), by: By.dcc) == nil)
  }

  @Test func `keep nobody from agreeing meanwhile`() throws {
    var story = try Stage.askedForConsent.story()
    try story.when(.consent, by: By.supB)
    #expect(story.correction?.state == .awaitingInformation, "the answer is awaited still")
    #expect(story.correction?.possible.first == .inform)
    try story.when(.inform(answer: "D"), by: By.supA)
    #expect(story.correction?.state == .awaitingFix)
  }

  @Test func `keep nobody from refusing meanwhile`() throws {
    var story = try Stage.askedForConsent.story()
    try story.when(.refuse(reason: "D"), by: By.supB)
    #expect(story.correction?.state == .awaitingInformation)
    try story.when(.inform(answer: "D"), by: By.supA)
    #expect(story.correction?.state == .open)
  }

  @Test func `leave a refusal what it is when another supplier agrees`() throws {
    var story = Story()
    try story.report(by: "SUPC")
    try story.when(.ask(of: nil, question: "D"), by: By.dcc)
    try story.when(.refuse(reason: "D"), by: By.supB)
    try story.when(.consent, by: By.supA)
    try story.when(.inform(answer: "D"), by: By.supC)
    #expect(story.correction?.state == .open, "SUPB has refused")
  }

  @Test func `are asked and answered while an Incident is open, by whoever has the turn for it`()
    throws
  {
    for stage in [Stage.asked, .escalated] {
      var story = try stage.story()
      let command: Correction.Command =
        stage == .asked ? .escalate(reason: "D") : .ask(of: nil, question: "D")
      try story.when(command, by: By.dcc)
      #expect(story.correction?.state == .escalated)
      #expect(story.correction?.turn == "requester SUPA")
      try story.when(.inform(answer: "D"), by: By.supA)
      #expect(story.correction?.question == nil)
      #expect(story.correction?.turn == "dcc", "the Incident is the DCC's")
    }
  }

  @Test func `not answered yet are awaited again once the Incident is closed`() throws {
    var story = try Stage.asked.then(.escalate(reason: "D"), By.dcc)
    try story.when(.closeIncident(outcome: "D"), by: By.dcc)
    #expect(story.correction?.state == .awaitingInformation)
    #expect(story.correction?.turn == "requester SUPA")
  }

  @Test func `end with the thread`() throws {
    let ends: [(Correction.Command, CorrectionActor)] = [
      (.resolve(.noFault), By.dcc), (.reject(reason: "D"), By.dcc),
      (.withdraw(reason: "D"), By.supA),
    ]
    for (command, actor) in ends {
      let story = try Stage.asked.then(command, actor)
      #expect(story.correction?.question == nil, "\(command.name)")
      #expect(story.correction?.isOpen == false)
    }
  }
}
