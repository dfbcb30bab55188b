import Corrections
import Testing

@Suite struct `Every code that is judged` {
  static let judged = UpdateBranch.allCases.filter(UpdateInventoryRules.isJudged)
    .flatMap(UpdateInventoryRules.codes)

  @Test(arguments: Set(judged).sorted { $0.rawValue < $1.rawValue })
  func `has one rule file and one test file`(_ code: RuleCode) throws {
    let rule = "Sources/Corrections/Rules/\(code.rawValue).swift"
    let test = "Tests/CorrectionsTests/Rules/\(code.rawValue)Tests.swift"
    #expect(Repository.exists(rule))
    #expect(Repository.exists(test))
    #expect(try Repository.text(rule).contains(code.rawValue.lowercased()), "\(rule) is about it")
    #expect(try Repository.text(test).contains(code.rawValue), "\(test) is about it")
  }

  @Test func `is the only one that has a rule file`() throws {
    let files = try Repository.files(under: "Sources/Corrections/Rules", ending: ".swift")
      .compactMap { $0.split(separator: "/").last?.firstMatch(of: /^(E\d+)\.swift$/)?.1 }
    #expect(Set(files.map(String.init)) == Set(Self.judged.map(\.rawValue)))
  }

  @Test func `is among those that the branches name`() {
    #expect(!Self.judged.isEmpty)
    #expect(
      Set(UpdateBranch.allCases.flatMap(UpdateInventoryRules.codes)) == Set(RuleCode.allCases),
      "every published code belongs to a branch")
  }
}
