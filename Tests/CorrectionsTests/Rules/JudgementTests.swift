import Testing

@testable import Corrections

@Suite struct `Judgements` {
  /// One request as an authority answers it and an observer predicts it.
  struct Scenario: CustomTestStringConvertible {
    let name: String
    let facts: MPxNFacts
    let authority: String
    let observer: String?
    var testDescription: String { name }
  }

  /// In order of precedence: what is worse further down never hides what comes first.
  static let scenarios = [
    Scenario(name: "everything holds", facts: facts(), authority: "I99", observer: "I99"),
    Scenario(
      name: "everything fails: 410 comes first",
      facts: facts(
        device: device(.esme, .suspended, variant: .A, in: .secondaryImportMPAN),
        field: .secondaryImportMPAN, held: [row(heldMPxN, "SUPB")],
        wanted: [row(wantedMPxN, "SUPB")]), authority: "E080410", observer: "E080410"),
    Scenario(
      name: "type, status and new MPxN fail: 413",
      facts: facts(
        device: device(.esme, .suspended, variant: .A, in: .secondaryImportMPAN),
        field: .secondaryImportMPAN, wanted: [row(wantedMPxN, "SUPB")]), authority: "E080413",
      observer: "E080413"),
    Scenario(
      name: "status and new MPxN fail: 414",
      facts: facts(device: device(.esme, .pending), wanted: [row(wantedMPxN, "SUPB")]),
      authority: "E080414", observer: "E080414"),
    Scenario(
      name: "only the new MPxN fails: 415", facts: facts(wanted: [row(wantedMPxN, "SUPB")]),
      authority: "E080415", observer: "E080415"),
    Scenario(
      name: "the device isn't there: the rule that finds that answers",
      facts: facts(device: nil), authority: "E080414", observer: "E080414"),
    Scenario(
      name: "no registration of the held value", facts: facts(held: []), authority: "E080410",
      observer: nil),
    Scenario(
      name: "no registration of the wanted value", facts: facts(wanted: []), authority: "E080415",
      observer: nil),
    Scenario(
      name: "no registration held, and the status forbids",
      facts: facts(device: device(.esme, .pending), held: []), authority: "E080410",
      observer: "E080414"),
    Scenario(
      name: "the sender isn't known", facts: facts(by: nil), authority: "E080410", observer: nil),
    Scenario(
      name: "the variant isn't known",
      facts: facts(
        device: device(in: .secondaryImportMPAN), field: .secondaryImportMPAN),
      authority: "E080413", observer: nil),
    Scenario(
      name: "no status is known", facts: facts(device: device(.esme, nil)), authority: "E080414",
      observer: nil),
    Scenario(
      name: "an empty field of the right device",
      facts: facts(device: device(holding: nil), held: []), authority: "I99", observer: "I99"),
  ]

  @Test(arguments: scenarios)
  func `return the first code that refuses and keep every finding`(_ scenario: Scenario) {
    let authority = Judgement.ofMPxNUpdate(given: scenario.facts, mode: .authority, warnings: [])
    let observer = Judgement.ofMPxNUpdate(given: scenario.facts, mode: .observer, warnings: [])
    #expect(authority.code == scenario.authority)
    #expect(observer.code == scenario.observer)
    #expect(authority.accepted == (scenario.authority == "I99"))
    #expect(observer.accepted == scenario.observer.map { $0 == "I99" })
    #expect(authority.findings == observer.findings)
    #expect(authority.findings.map(\.code) == [.e080410, .e080413, .e080414, .e080415])
    #expect(authority.rulebook == UpdateInventoryRules.rulebook)
    for finding in authority.findings {
      #expect((finding.answer == .unknown) == (finding.missing != nil), "\(finding.code)")
    }
  }

  @Test func `never say accepted of what an unknown stands in`() {
    for scenario in Self.scenarios {
      for mode in LedgerMode.allCases {
        let judgement = Judgement.ofMPxNUpdate(given: scenario.facts, mode: mode, warnings: [])
        let allHold = judgement.findings.allSatisfy { $0.answer == .holds }
        #expect((judgement.accepted == true) == allHold, "\(scenario.name), \(mode)")
      }
    }
  }

  @Test func `carry warnings without letting them count`() {
    let judgement = Judgement.ofMPxNUpdate(
      given: facts(), mode: .authority, warnings: Warning.allCases)
    #expect(judgement.warnings == Warning.allCases)
    #expect(judgement.code == "I99")
  }

  @Test(arguments: UpdateBranch.allCases)
  func `of a branch whose rules aren't built are unknown and say so`(_ branch: UpdateBranch) {
    let judgement = Judgement.notJudged(branch)
    #expect(judgement.code == nil)
    #expect(judgement.accepted == nil)
    #expect(judgement.route == nil)
    #expect(judgement.findings.map(\.code) == UpdateInventoryRules.codes(for: branch))
    #expect(judgement.findings.allSatisfy { $0.says == "unknown: ruleNotBuilt" })
    #expect(judgement.findings.allSatisfy { $0.missing == .rule })
  }

  @Test func `cover every code of the schema in some branch`() {
    let covered = Set(UpdateBranch.allCases.flatMap(UpdateInventoryRules.codes))
    #expect(covered == Set(RuleCode.allCases))
    #expect(RuleCode.allCases.count == 11)
    #expect(RuleCode.allCases.filter { $0.question == nil } == [.e080411, .e080412])
  }

  @Test func `of MPxN updates are the only ones that are made`() {
    #expect(UpdateBranch.allCases.filter(UpdateInventoryRules.isJudged) == [.mpxn])
  }
}
