import Corrections
import Testing
import Wire

@Suite struct `Every code that is asked` {
  static let asked = Set(
    UpdateBranch.allCases.flatMap(UpdateInventoryRules.codes(for:))
      + UpdateInventoryRules.queryCodes + UpdateInventoryRules.prenotificationCodes)

  @Test(arguments: asked.sorted { $0.rawValue < $1.rawValue })
  func `has one rule file and one test file`(_ code: RuleCode) throws {
    let rule = "Sources/Corrections/Rules/\(code.rawValue).swift"
    let test = "Tests/CorrectionsTests/Rules/\(code.rawValue)Tests.swift"
    #expect(Repository.exists(rule))
    #expect(Repository.exists(test))
    let name = code.rawValue.lowercased()
    #expect(
      try Repository.text(rule).filter { !$0.isWhitespace }
        .contains("staticlet\(name)=Rule(.\(name)"),
      "\(rule) is about it")
    #expect(
      try Repository.text(test).contains("@Suite struct `\(code.rawValue): "),
      "\(test) is about it")
  }

  @Test func `is the only one that has a rule file or a test file`() throws {
    #expect(
      try Self.codes(in: "Sources/Corrections/Rules", /^(E\d+)\.swift$/)
        == Self.asked.map(\.rawValue).sorted())
    #expect(
      try Self.codes(in: "Tests/CorrectionsTests/Rules", /^(E\d+)Tests\.swift$/)
        == Self.asked.map(\.rawValue).sorted())
  }

  @Test func `is asked, or named among those that are not, with the reason`() {
    let notAsked = UpdateInventoryRules.notAsked
    #expect(Self.asked.isDisjoint(with: notAsked.keys))
    #expect(Self.asked.union(notAsked.keys) == Set(RuleCode.allCases))
    #expect(notAsked.values.allSatisfy { !$0.isEmpty })
  }

  @Test(arguments: RuleCode.allCases)
  func `is explained, asked or not`(_ code: RuleCode) {
    let explanation = Explanation(of: code)
    #expect(explanation.code == code.rawValue)
    for text in [explanation.rule, explanation.source, explanation.next, explanation.retry] {
      #expect(!text.isEmpty)
    }
    #expect(explanation.askedOf.isEmpty == (UpdateInventoryRules.notAsked[code] != nil))
  }

  private static func codes(in folder: String, _ name: Regex<(Substring, Substring)>) throws
    -> [String]
  {
    try Repository.files(under: folder, ending: ".swift")
      .compactMap { $0.split(separator: "/").last?.firstMatch(of: name)?.1 }
      .map(String.init).sorted()
  }
}
