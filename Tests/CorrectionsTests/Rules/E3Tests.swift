import Testing

@testable import Corrections

@Suite struct `E3: the status of the user allows the request` {
  private func judged(_ status: UserStatus, _ asks: RequestFacts.Asks = .delete) throws -> Finding {
    let user = The.user("SUPA", 0x90B3_D51F_3001_0000, [.importSupplier], status)
    return try #require(RuleCode.e3.finding(given: asking(asks, by: user)))
  }

  @Test func `holds for an active user`() throws {
    let finding = try judged(.active)
    #expect(finding.says == "holds: senderActive")
    #expect(finding.inferred == false)
    #expect(finding.facts == [Fact(.senderStatus, .text("active"), from: .position(4))])
  }

  @Test(arguments: everyRequest, [UserStatus.suspended, .withdrawn])
  func `fails, as inferred, for every other status`(
    _ asks: RequestFacts.Asks, _ status: UserStatus
  ) throws {
    let finding = try judged(status, asks)
    #expect(finding.says == "fails: senderNotActive")
    #expect(finding.inferred)
    #expect(
      finding.facts == [Fact(.senderStatus, .text(status.rawValue), from: .position(4))])
  }

  @Test func `is unknown for a sender that is not among the users held`() throws {
    let finding = try #require(RuleCode.e3.finding(given: asking(.delete, by: nil)))
    #expect(finding.says == "unknown: senderNotKnown")
    #expect(finding.missing == .sender)
  }

  @Test func `alone is concerned with it: a suspended Registered Supplier passes the others`() {
    let judgement = Judgement.of(RequestFacts(facts(by: The.suspended)), warnings: [])
    #expect(judgement.code == "E3")
    #expect(judgement.findings.filter { $0.answer == .fails }.map(\.code) == [.e3])
  }
}
