import Testing

@testable import Corrections

@Suite struct `notRegistered: a meter point that the registrations never named` {
  private func found(
    _ digits: String? = The.goodMPAN, rows: [Registration] = [], registrations: Int? = 5
  ) -> [Suspicion] {
    suspect(device(), digits, rows: rows, registrations: registrations)
      .with { $0.prenotifierParty = "MAPX" }.found(by: .notRegistered)
  }

  @Test func `is likely, and names the import that lacks it`() {
    #expect(
      found() == [
        Suspicion(
          .notRegistered, .likely, of: The.device, field: .importMPxN, mpxns: [heldMPxN],
          parties: ["MAPX"],
          facts: [
            .typed(), .holding(),
            Fact(.registration, .text("notHeld"), from: .registrations(5)),
          ])
      ])
  }

  @Test func `is none while no registrations are held at all`() {
    #expect(found(registrations: nil).isEmpty)
  }

  @Test func `is none where any row names it, also one that has ended or lies ahead`() {
    #expect(found(rows: [row(heldMPxN, "SUPA", to: local("2025-01-01"))]).isEmpty)
    #expect(found(rows: [row(heldMPxN, "SUPA", from: local("2027-01-01"))]).isEmpty)
  }

  @Test func `is not asked of a value that was erased, whose rows can't be followed`() {
    #expect(found(nil).isEmpty)
  }

  @Test func `is none of an empty place`() {
    #expect(suspect(device(holding: nil)).found(by: .notRegistered).isEmpty)
  }
}
