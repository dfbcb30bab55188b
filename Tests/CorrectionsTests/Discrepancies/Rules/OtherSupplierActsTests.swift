import Testing

@testable import Corrections

@Suite struct `otherSupplierActs: another party acts on the device than is registered` {
  private let registered = row(heldMPxN, "SUPA", from: local("2024-06-01"))

  private func found(
    _ rows: [Registration]? = nil, acting: String = "SUPC", since: Instant = local("2025-01-01"),
    in field: MPxNField = .importMPxN, parties: [String: String] = everyParty
  ) -> [Suspicion] {
    suspect(device(in: field), rows: rows ?? [registered]).acting(acting, since: since)
      .with { $0.parties = parties }.found(by: .otherSupplierActs)
  }

  @Test func `is possible, and concerns both`() {
    #expect(
      found() == [
        Suspicion(
          .otherSupplierActs, .possible, of: The.device, field: .importMPxN, mpxns: [heldMPxN],
          parties: ["SUPA", "SUPC"],
          facts: [.typed(), .holding()] + Fact.registered(registered) + [
            Fact(.actingParty, .text("SUPC"), from: .position(31)),
            Fact(.actingSince, .time(local("2025-01-01")), from: .position(31)),
          ])
      ])
  }

  @Test func `is none where the party registered acts`() { #expect(found(acting: "SUPA").isEmpty) }

  @Test func `counts what was done from the very start of the registration, and not before`() {
    #expect(found(since: registered.from).count == 1)
    #expect(found(since: registered.from.advanced(byMilliseconds: -1)).isEmpty)
  }

  @Test func `is none where nobody, or no single one, is registered`() {
    #expect(found([]).isEmpty)
    #expect(found([row(heldMPxN, "SUPA", to: The.now)]).isEmpty)
    #expect(found([registered, row(heldMPxN, "SUPB", from: registered.from)]).isEmpty)
  }

  @Test func `is none while no user acts for the id that is registered`() {
    #expect(found(parties: [:]).isEmpty)
  }

  @Test func `asks of the import place alone`() {
    #expect(found(in: .exportMPAN).isEmpty && found(in: .secondaryImportMPAN).isEmpty)
  }

  @Test func `is none while nobody is known to act`() {
    #expect(suspect(rows: [registered]).found(by: .otherSupplierActs).isEmpty)
  }
}
