import Testing

@testable import Corrections

@Suite struct `E1: the user and its role belong together` {
  private func judged(by user: User?, _ asks: RequestFacts.Asks = .delete) throws -> Finding {
    try #require(RuleCode.e1.finding(given: asking(asks, by: user)))
  }

  @Test(arguments: UserRole.allCases)
  func `holds for each role of a DUIS user, and fails for staff`(_ role: UserRole) throws {
    let isOfDUIS = [
      .importSupplier, .exportSupplier, .gasSupplier, .registeredSupplierAgent,
      .electricityDistributor, .gasTransporter, .otherUser,
    ].contains(role)
    let finding = try judged(by: The.user("SUPA", 0x90B3_D51F_3001_0009, [role]))
    #expect(finding.says == (isOfDUIS ? "holds: senderHasRole" : "fails: senderHasNoRole"))
    #expect(finding.inferred == false)
    #expect(finding.retry == .no)
  }

  @Test func `holds for a user that is staff besides`() throws {
    let both = The.user("SUPA", 0x90B3_D51F_3001_0009, [.dcc, .gasSupplier])
    let finding = try judged(by: both)
    #expect(finding.says == "holds: senderHasRole")
    #expect(
      finding.facts == [
        Fact(.senderParty, .text("SUPA"), from: .position(4)),
        Fact(.senderRole, .text("GS"), from: .position(4)),
      ])
  }

  @Test func `fails for a user without any role`() throws {
    let finding = try judged(by: The.user("SUPA", 0x90B3_D51F_3001_0009, []))
    #expect(finding.says == "fails: senderHasNoRole")
    #expect(finding.facts == [Fact(.senderParty, .text("SUPA"), from: .position(4))])
  }

  @Test(arguments: everyRequest)
  func `is unknown for a sender that is not among the users held`(
    _ asks: RequestFacts.Asks
  ) throws {
    let finding = try judged(by: nil, asks)
    #expect(finding.says == "unknown: senderNotKnown")
    #expect(finding.missing == .sender)
    #expect(finding.retry == .onceKnown)
  }

  @Test(arguments: everyRequest)
  func `comes before everything else, and refuses in an authority`(
    _ asks: RequestFacts.Asks
  ) {
    let facts = asking(asks, by: nil, of: nil, variant: 1)
    let judgement = Judgement.of(facts, warnings: [])
    #expect(judgement.findings.first?.code == .e1)
    #expect(judgement.code == "E1")
    #expect(Judgement.of(facts.asked(in: .observer), warnings: []).code != "E1")
  }
}
