import Testing

@testable import Corrections

@Suite struct `E080201: the request identifies one premises` {
  private func judged(_ answer: QueryAnswer, in mode: LedgerMode = .authority) throws -> Finding {
    try #require(RuleCode.e080201.finding(given: asking(.query(answer), mode: mode)))
  }

  @Test(arguments: LedgerMode.allCases)
  func `holds, as inferred, for devices of one premises`(_ mode: LedgerMode) throws {
    let finding = try judged(.devices([The.device, The.otherDevice]), in: mode)
    #expect(finding.says == "holds: onePremises")
    #expect(finding.inferred)
    #expect(finding.facts == [Fact(.found, .text("2"))])
  }

  @Test(arguments: LedgerMode.allCases)
  func `holds where nothing is found: that is E080202's business`(_ mode: LedgerMode) throws {
    #expect(try judged(.nothing, in: mode).says == "holds: nothingFound")
  }

  @Test(arguments: [QueryAnswer.severalPremises(2), .tooMany(18)])
  func `fails, as inferred, for several premises and for more than an answer holds`(
    _ answer: QueryAnswer
  ) throws {
    let finding = try judged(answer)
    #expect(finding.says == "fails: notOnePremises")
    #expect(finding.inferred)
    #expect(finding.retry == .no)
  }

  @Test(arguments: [QueryAnswer.severalPremises(2), .tooMany(18)])
  func `is unknown in an observer, which holds only part of the SMI`(
    _ answer: QueryAnswer
  ) throws {
    let finding = try judged(answer, in: .observer)
    #expect(finding.says == "unknown: notOnePremises")
    #expect(finding.missing == .device)
    #expect(finding.inferred)
  }

  @Test func `says how many were found`() throws {
    #expect(try judged(.severalPremises(3)).facts == [Fact(.found, .text("3"))])
    #expect(try judged(.tooMany(18)).facts == [Fact(.found, .text("18"))])
  }

  @Test func `counts seventeen devices as one premises at most`() {
    #expect(QueryAnswer.most == 17)
    #expect(QueryAnswer.devices(The.many(17)).devices.count == 17)
    #expect(QueryAnswer.tooMany(18).devices.isEmpty)
  }
}
