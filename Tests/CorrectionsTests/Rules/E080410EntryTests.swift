import Testing

@testable import Corrections

@Suite struct `E080410: the user is authorised to change status, details or entry` {
  private func judged(
    _ asks: RequestFacts.Asks, by user: User?, of known: Device? = device(),
    parties: [EUI64: String] = The.partiesByUser
  ) throws -> Finding {
    try #require(
      RuleCode.e080410.finding(given: asking(asks, by: user, of: known, parties: parties)))
  }

  // A status: any user in role IS or GS

  @Test(arguments: [UpdateBranch.statusExceptCH, .statusCH], UserRole.allCases)
  func `a status: holds for an import or a gas supplier, and fails for every other role`(
    _ branch: UpdateBranch, _ role: UserRole
  ) throws {
    let may = role == .importSupplier || role == .gasSupplier
    let finding = try judged(
      .status(branch, .installedNotCommissioned),
      by: The.user("SUPB", 0x90B3_D51F_3003_0009, [role]))
    #expect(finding.says == (may ? "holds: supplierRole" : "fails: noSupplierRole"))
    #expect(finding.inferred == false)
    #expect(finding.retry == .no)
  }

  @Test func `a status: holds for one role of several, and names them`() throws {
    let user = The.user("SUPB", 0x90B3_D51F_3003_0009, [.otherUser, .gasSupplier, .dcc])
    let finding = try judged(.status(.statusExceptCH, .pending), by: user)
    #expect(finding.says == "holds: supplierRole")
    #expect(
      finding.facts == [
        Fact(.senderParty, .text("SUPB"), from: .position(4)),
        Fact(.senderRole, .text("OU"), from: .position(4)),
        Fact(.senderRole, .text("GS"), from: .position(4)),
      ])
  }

  @Test func `a status: needs the sender and no device`() throws {
    let asks = RequestFacts.Asks.status(.statusCH, .commissioned)
    #expect(try judged(asks, by: The.supB, of: nil).says == "holds: supplierRole")
    let unknown = try judged(asks, by: nil)
    #expect(unknown.says == "unknown: senderNotKnown")
    #expect(unknown.missing == .sender)
  }

  // Details and deletion: the very User ID that added the device

  static let entry: [RequestFacts.Asks] = [
    .delete, .details(DeviceDetails(model: "010A030B"), .listNotHeld),
  ]

  @Test(arguments: entry)
  func `details, delete: holds for the very user that added it, whatever its role`(
    _ asks: RequestFacts.Asks
  ) throws {
    let finding = try judged(asks, by: The.maker, of: device(from: prenotified(by: The.maker)))
    #expect(finding.says == "holds: senderPrenotified")
    #expect(finding.inferred == false)
    #expect(
      finding.facts == [
        Fact(.prenotifiedBy, .text(The.maker.id), from: .position(20)),
        Fact(.prenotifierParty, .text("MAPX")),
      ])
  }

  @Test(arguments: entry)
  func `details, delete: fails for another user of the same party, and names the right one`(
    _ asks: RequestFacts.Asks
  ) throws {
    let finding = try judged(asks, by: The.supATwin, of: device(from: prenotified(by: The.supA)))
    #expect(finding.says == "fails: anotherPrenotified")
    #expect(finding.retry == .no)
    #expect(
      finding.facts == [
        Fact(.prenotifiedBy, .text(The.supA.id), from: .position(20)),
        Fact(.prenotifierParty, .text("SUPA")),
        Fact(.senderParty, .text("SUPA"), from: .position(4)),
      ])
  }

  @Test(arguments: entry)
  func `details, delete: fails for another party`(_ asks: RequestFacts.Asks) throws {
    let finding = try judged(asks, by: The.supB, of: device(from: prenotified(by: The.supA)))
    #expect(finding.says == "fails: anotherPrenotified")
  }

  @Test(arguments: entry)
  func `details, delete: judges a sender that is not among the users held, too`(
    _ asks: RequestFacts.Asks
  ) throws {
    let finding = try judged(
      asks, by: nil, of: device(from: prenotified(by: The.supA)), parties: [:])
    #expect(finding.says == "fails: anotherPrenotified")
    #expect(finding.facts == [Fact(.prenotifiedBy, .text(The.supA.id), from: .position(20))])
  }

  @Test(arguments: entry)
  func `details, delete: is unknown while nobody says who added it`(
    _ asks: RequestFacts.Asks
  ) throws {
    let finding = try judged(asks, by: The.supA, of: device(.esme, .pending))
    #expect(finding.says == "unknown: prenotifierNotKnown")
    #expect(finding.missing == .prenotifiedBy)
    #expect(finding.retry == .onceKnown)
    let absent = try judged(asks, by: The.supA, of: nil)
    #expect(absent.says == "unknown: deviceNotKnown")
    #expect(absent.missing == .device)
  }

  @Test func `details, delete: the last user that added it counts`() throws {
    let known = device(
      from: prenotified(by: The.supA),
      prenotified(by: The.maker, at: 21, effective: local("2026-02-10")))
    #expect(try judged(.delete, by: The.maker, of: known).says == "holds: senderPrenotified")
    #expect(try judged(.delete, by: The.supA, of: known).says == "fails: anotherPrenotified")
  }
}
