import Testing

@testable import Corrections

@Suite struct `Judgements` {
  @Test(arguments: Situations.all)
  func `keep every finding in the order of the rulebook`(_ situation: Situation) {
    let authority = Judgement.of(situation.facts.asked(in: .authority), warnings: [])
    #expect(authority.findings.map(\.code) == UpdateInventoryRules.codes(for: situation.facts.asks))
    #expect(authority.rulebook == UpdateInventoryRules.rulebook)
    for finding in authority.findings {
      #expect((finding.answer == .unknown) == (finding.missing != nil), "\(finding.code)")
    }
  }

  @Test(arguments: Situations.all, LedgerMode.allCases)
  func `never say accepted of what a published unknown stands in`(
    _ situation: Situation, _ mode: LedgerMode
  ) {
    let judgement = Judgement.of(situation.facts.asked(in: mode), warnings: [])
    let allHold = judgement.findings.allSatisfy { $0.answer == .holds || !$0.code.isPublished }
    #expect((judgement.accepted == true) == allHold)
  }

  @Test(arguments: Situations.all)
  func `leave nothing open in an authority`(_ situation: Situation) {
    #expect(Judgement.of(situation.facts.asked(in: .authority), warnings: []).code != nil)
  }

  @Test func `carry warnings without letting them count`() {
    let judgement = Judgement.of(RequestFacts(facts()), warnings: Warning.allCases)
    #expect(judgement.warnings == Warning.allCases)
    #expect(judgement.code == "I99")
  }

  @Test func `say I0 where the answer carries something, and I99 elsewhere`() {
    #expect(Judgement.of(asking(.query(.devices([The.device]))), warnings: []).code == "I0")
    #expect(
      Judgement.of(asking(.prenotification(.esme), of: nil), warnings: []).code == "I99")
    #expect(Judgement.isSuccess("I0") && Judgement.isSuccess("I99"))
    #expect(!Judgement.isSuccess("E080410"))
  }

  @Test func `of a device that is not held refuse with the rule that asks for it`() {
    func code(_ asks: RequestFacts.Asks) -> String? {
      Judgement.of(asking(asks, of: nil), warnings: []).code
    }
    #expect(code(.status(.statusExceptCH, .pending)) == "E080406")
    #expect(code(.status(.statusCH, .commissioned)) == "E080406")
    #expect(code(.details(DeviceDetails(model: "M"), .listNotHeld)) == "E080407")
    #expect(code(.delete) == "E080407")
    #expect(code(.mpxn(facts(device: nil))) == "E080414")
  }

  @Test func `ask all the codes of the schema but those that are named as not asked`() {
    let asked =
      UpdateBranch.allCases.flatMap(UpdateInventoryRules.codes(for:))
      + UpdateInventoryRules.queryCodes + UpdateInventoryRules.prenotificationCodes
    #expect(
      Set(asked) == Set(RuleCode.allCases).subtracting(UpdateInventoryRules.notAsked.keys))
    #expect(RuleCode.allCases.count == 21)
    #expect(RuleCode.allCases.filter { $0.question == nil } == [.e080411, .e080412])
  }
}
