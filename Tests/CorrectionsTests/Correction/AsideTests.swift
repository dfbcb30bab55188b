import Testing

@testable import Corrections

@Suite struct `Plans, categories and references` {
  @Test func `a supplier that reported it says once that its customer has a plan`() throws {
    var story = try Stage.awaitingConsent.story()
    try story.report(by: "SUPC")
    #expect(try story.when(.plan, by: By.supC).names == ["planGiven"])
    let first = story.now
    story.pass(hours: 5)
    #expect(try story.when(.plan, by: By.supA).isEmpty, "the first time counts")
    #expect(story.correction?.plan == Correction.Plan(party: "SUPC", at: first))
    // Also where two said so at once.
    let again = try #require(story.correction).step(.planGiven, by: "SUPA")
    story.record([again], by: By.supA)
    #expect(story.correction?.plan?.party == "SUPC")
  }

  @Test func `a category is set by the DCC, and set again when it becomes another one`() throws {
    var story = try Stage.awaitingConsent.story()
    #expect(try story.when(.categorise(3), by: By.dcc).names == ["categorySet"])
    #expect(try story.when(.categorise(3), by: By.otherDCC).isEmpty)
    try story.when(.categorise(1), by: By.otherDCC)
    #expect(story.correction?.category == 1)
  }

  @Test func `numbers that other systems have for it are all kept, in order`() throws {
    var story = try Stage.awaitingConsent.story()
    try story.when(.reference(.dccIncident, document: "D1"), by: By.dcc)
    let first = story.now
    story.pass(hours: 1)
    try story.when(.reference(.rec, document: "D2"), by: By.supB)
    #expect(
      story.correction?.references == [
        Correction.Reference(system: .dccIncident, document: "D1", at: first),
        Correction.Reference(system: .rec, document: "D2", at: story.now),
      ])
  }

  @Test func `a reference is added to what is confirmed, too`() throws {
    let story = try Stage.confirmed.then(.reference(.sdep, document: "D"), By.supA)
    #expect(story.correction?.references.map(\.system) == [.sdep])
    #expect(story.correction?.state == .confirmed)
  }

  @Test(arguments: Stage.allCases)
  func `none of them passes the turn or changes the state`(_ stage: Stage) throws {
    var story = try stage.story()
    let before = try #require(story.correction)
    for (command, actor) in [
      (Correction.Command.plan, By.supA), (.categorise(2), By.dcc),
      (.reference(.ecoes, document: "D"), By.dcc), (.note("D"), By.auditor),
    ] where before.possible.contains(command.name) {
      try story.when(command, by: actor)
    }
    #expect(story.correction?.turns == before.turns)
    #expect(story.correction?.state == before.state)
    #expect(story.correction?.reminders == before.reminders)
  }
}
