import Testing

@testable import Corrections

@Suite struct `E2: the role may send the Service Reference` {
  private func judged(_ asks: RequestFacts.Asks = .delete, by user: User?) throws -> Finding {
    try #require(RuleCode.e2.finding(given: asking(asks, by: user)))
  }

  /// Source: the published matrix of eligible roles.
  @Test(arguments: everyRequest, UserRole.allCases)
  func `holds for the seven roles of a DUIS user, and fails for staff`(
    _ asks: RequestFacts.Asks, _ role: UserRole
  ) throws {
    let may = ["IS", "ES", "GS", "RSA", "ED", "GT", "OU"].contains(role.rawValue)
    let finding = try judged(asks, by: The.user("SUPA", 0x90B3_D51F_3001_0009, [role]))
    #expect(finding.says == (may ? "holds: roleMaySend" : "fails: roleMayNotSend"))
    #expect(finding.inferred == false)
  }

  @Test func `names the roles that may, and where they were learned`() throws {
    let user = The.user("SUPA", 0x90B3_D51F_3001_0009, [.importSupplier, .dcc, .gasSupplier])
    #expect(
      try judged(by: user).facts == [
        Fact(.senderRole, .text("IS"), from: .position(4)),
        Fact(.senderRole, .text("GS"), from: .position(4)),
      ])
    #expect(
      try judged(by: The.staff).facts == [Fact(.senderParty, .text("DCC"), from: .position(4))])
  }

  @Test func `is unknown for a sender that is not among the users held`() throws {
    let finding = try judged(by: nil)
    #expect(finding.says == "unknown: senderNotKnown")
    #expect(finding.missing == .sender)
  }
}
