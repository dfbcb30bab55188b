import Corrections
import Testing
import Wire

@Suite struct `Every rule of reconcile, in files and words,` {
  private static let rules = "Sources/Corrections/Discrepancies/Rules"
  private static let tests = "Tests/CorrectionsTests/Discrepancies/Rules"

  /// Files are named as a type would be: the acronym MPxN keeps its letters.
  private static func file(of rule: DiscrepancyRule) -> String {
    let name = rule.rawValue
    return name.hasPrefix("mpxn")
      ? "MPxN" + name.dropFirst(4) : name.prefix(1).uppercased() + name.dropFirst()
  }

  @Test(arguments: DiscrepancyRule.allCases)
  func `has one rule file and one test file`(_ rule: DiscrepancyRule) throws {
    let name = Self.file(of: rule)
    let source = "\(Self.rules)/\(name).swift"
    let test = "\(Self.tests)/\(name)Tests.swift"
    try #require(Repository.exists(source) && Repository.exists(test), "\(source), \(test)")
    #expect(
      try Repository.text(source).filter { !$0.isWhitespace }
        .contains("staticlet\(rule.rawValue)=DiscrepancyCheck(.\(rule.rawValue))"),
      "\(source) is about it")
    #expect(
      try Repository.text(test).contains("@Suite struct `\(rule.rawValue): "),
      "\(test) is about it")
  }

  @Test func `is the only thing that has a file there`() throws {
    let names = DiscrepancyRule.allCases.map(Self.file).sorted()
    #expect(
      try Repository.files(under: Self.rules) == names.map { "\(Self.rules)/\($0).swift" }.sorted())
    #expect(
      try Repository.files(under: Self.tests)
        == names.map { "\(Self.tests)/\($0)Tests.swift" }.sorted())
  }

  @Test func `is asked once, in the order of the names`() {
    #expect(DiscrepancyCheck.all.map(\.rule) == DiscrepancyRule.allCases)
  }

  @Test(arguments: DiscrepancyRule.allCases)
  func `says what is wrong, why it is asked and what to do`(_ rule: DiscrepancyRule) {
    #expect(!rule.title.isEmpty && rule.title.count <= 40)
    #expect(rule.reason.hasSuffix("."))
    #expect(!rule.next.isEmpty && !rule.next.hasSuffix("."))
    #expect(DiscrepancyRule.allCases.count { $0.title == rule.title } == 1)
  }

  @Test(arguments: DiscrepancyRule.allCases)
  func `says of what it found why, whatever facts are there`(_ rule: DiscrepancyRule) throws {
    let token = try #require(Token(String(repeating: "A", count: 43)))
    let device = try #require(EUI64("00-DB-12-34-56-78-90-A0"))
    let wording = Wording { _ in "1200005432101" }
    let facts = FactName.allCases.map { name -> Fact in
      switch name {
      case .heldMPxN, .mpxnOnDevice, .mpxnInTechnicalDetails: Fact(name, .token(token))
      case .statusSince, .registeredTo, .registeredFrom:
        Fact(name, .time(Instant(milliseconds: 1_772_618_400_000)))
      case .firmwareOnDevice where rule != .differsOnDevice: Fact(name, .text("00020130"))
      default: Fact(name, .text(name.rawValue))
      }
    }
    func because(_ facts: [Fact]) -> String {
      wording.because(
        Suspicion(rule, .likely, of: device, field: .importMPxN, mpxns: [token], facts: facts))
    }
    let full = because(facts)
    #expect(!full.isEmpty && !full.contains("?"), "\(full)")
    #expect(!full.contains("1200005432101"), "\(full)")
    #expect(!because([]).isEmpty)
  }
}
