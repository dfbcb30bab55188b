import Testing

@testable import Corrections

@Suite struct `Routes to a blank, to what is said in words, and past a Pending device` {
  private func advice(_ change: (inout Story) -> Void) -> RouteAdvice? {
    var story = Story()
    change(&story)
    return RouteAdvice(forRequester: "SUPA", given: story.facts())
  }

  private func blank(_ held: [Registration]) -> RouteAdvice? {
    advice {
      $0.reported = .empty
      $0.held = held
    }
  }

  @Test func `incident: a blank needs the agreement of the supplier of what it takes out`() {
    #expect(
      blank([row(heldMPxN, "SUPB")])
        == RouteAdvice(
          route: .incident, because: .notExpressible, consents: [agreement("SUPB", .held)]))
    #expect(
      blank([row(heldMPxN, "SUPA")])?.consents == [agreement("SUPA", .held)],
      "the requester's own, which agrees by asking")
    #expect(
      blank([row(heldMPxN, "SUPB"), row(heldMPxN, "SUPC")])?.consents
        == [agreement("SUPB", .held), agreement("SUPC", .held)])
  }

  @Test func `incident: a blank needs nobody's agreement where nobody is registered`() {
    let free = RouteAdvice(route: .incident, because: .notExpressible)
    #expect(blank([]) == free)
    #expect(blank([row(heldMPxN, "SUPB", to: The.now)]) == free)
  }

  @Test func `incident: a blank whose supplier nobody acts for`() {
    #expect(
      blank([row(heldMPxN, "UNKN")])
        == RouteAdvice(route: .incident, because: .supplierPartyNotKnown))
  }

  @Test func `incident: a blank that is asked for by its own supplier waits for nobody`() throws {
    var story = Story()
    story.reported = .empty
    story.held = [row(heldMPxN, "SUPA")]
    try story.report()
    #expect(story.correction?.state == .open)
    #expect(story.correction?.consents.map(\.answer) == [.byAsking])
    try story.when(.escalate(reason: "D"), by: By.supA)
    #expect(story.refusal(of: .propose(explanation: nil), by: By.dcc) == nil)
  }

  @Test func `nothing is advised for a place that is empty already`() {
    #expect(
      advice {
        $0.reported = .empty
        $0.inventory = [observed(entry())]
      } == nil)
  }

  @Test(arguments: [CorrectionField.other, .details, .status])
  func `incident: what is said in words`(_ field: CorrectionField) {
    #expect(
      advice {
        $0.field = field
        $0.reported = .text("D1")
      } == RouteAdvice(route: .incident, because: .notExpressible))
  }

  @Test func `incident: a device type that can't hold the meter point`() {
    #expect(
      advice { $0.inventory = [observed(entry(.gpf, .commissioned, importMPxN: heldMPxN))] }
        == RouteAdvice(route: .incident, because: .deviceTypeDoesNotFit))
  }

  @Test func `installingSupplier: a meter point of a Pending device, with who and User ID`() {
    let pending = observed(entry(.esme, .pending, importMPxN: heldMPxN))
    #expect(
      advice { $0.inventory = [pending, answered(to: The.supB)] }
        == RouteAdvice(
          route: .installingSupplier, because: .devicePending, party: "SUPB",
          user: The.id(The.supB)))
    #expect(
      advice { $0.inventory = [pending] }
        == RouteAdvice(route: .installingSupplier, because: .devicePending))
  }

  @Test func `the turn is that of who installs or added it`() throws {
    var story = Story()
    story.inventory = [
      observed(entry(.esme, .pending, importMPxN: heldMPxN)), answered(to: The.supB),
    ]
    try story.report()
    #expect(story.correction?.turn == "otherUser SUPB")
    story = Story()
    story.field = .deletion
    story.reported = .listed(false)
    story.inventory = [prenotified(by: The.supC)]
    try story.report()
    #expect(story.correction?.turn == "otherUser SUPC")
  }

  @Test func `the same advice as of the meter point alone, for every other case`() {
    for held in [[row(heldMPxN, "SUPA")], [row(heldMPxN, "SUPB")], []] {
      var story = Story()
      story.held = held
      let facts = story.facts()
      #expect(facts.mpxn != nil)
      #expect(
        RouteAdvice(forRequester: "SUPA", given: facts)
          == facts.mpxn.flatMap { RouteAdvice(forRequester: "SUPA", given: $0) })
    }
  }
}
