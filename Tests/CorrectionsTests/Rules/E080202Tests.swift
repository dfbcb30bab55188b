import Testing

@testable import Corrections

@Suite struct `E080202: the premises contain devices` {
  private func judged(_ answer: QueryAnswer, in mode: LedgerMode = .authority) throws -> Finding {
    try #require(RuleCode.e080202.finding(given: asking(.query(answer), mode: mode)))
  }

  @Test(arguments: LedgerMode.allCases)
  func `holds for one device or more`(_ mode: LedgerMode) throws {
    let finding = try judged(.devices([The.device]), in: mode)
    #expect(finding.says == "holds: devicesFound")
    #expect(finding.inferred == false)
    #expect(finding.facts == [Fact(.found, .text("1"))])
  }

  @Test(arguments: [QueryAnswer.severalPremises(2), .tooMany(18)], LedgerMode.allCases)
  func `holds where too much is found: that is E080201's business`(
    _ answer: QueryAnswer, _ mode: LedgerMode
  ) throws {
    #expect(try judged(answer, in: mode).says == "holds: devicesFound")
  }

  @Test func `fails, as inferred, where nothing is found`() throws {
    let finding = try judged(.nothing)
    #expect(finding.says == "fails: nothingFound")
    #expect(finding.inferred)
    #expect(finding.retry == .no)
    #expect(finding.facts.isEmpty)
  }

  @Test func `is unknown in an observer, which holds only part of the SMI`() throws {
    let finding = try judged(.nothing, in: .observer)
    #expect(finding.says == "unknown: nothingFound")
    #expect(finding.missing == .device)
    #expect(finding.retry == .onceKnown)
  }
}
