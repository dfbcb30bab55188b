import Testing

@testable import Corrections

@Suite struct `registrationEnded: a meter point whose registrations have all ended` {
  private func found(_ rows: [Registration]) -> [Suspicion] {
    suspect(rows: rows).found(by: .registrationEnded)
  }

  @Test func `is likely from the instant of the end, and tells of the last row`() {
    let first = row(heldMPxN, "SUPB", from: local("2020-01-01"), to: local("2024-06-01"))
    let last = row(heldMPxN, "SUPA", to: The.now)
    #expect(
      found([last, first]) == [
        Suspicion(
          .registrationEnded, .likely, of: The.device, field: .importMPxN, mpxns: [heldMPxN],
          parties: ["SUPA"], facts: [.typed(), .holding()] + Fact.registered(last),
          route: .registration)
      ])
  }

  @Test func `is none up to the last millisecond`() {
    let ending = row(heldMPxN, "SUPA", to: The.now.advanced(byMilliseconds: 1))
    #expect(found([ending]).isEmpty)
  }

  @Test func `is none where another row begins later`() {
    let ended = row(heldMPxN, "SUPA", to: local("2026-01-01"))
    #expect(found([ended, row(heldMPxN, "SUPB", from: local("2026-12-01"))]).isEmpty)
  }

  @Test func `is none without any row, which is another fault`() { #expect(found([]).isEmpty) }

  @Test func `is none where two are in force, which is another fault`() {
    #expect(found([row(heldMPxN, "SUPA"), row(heldMPxN, "SUPB")]).isEmpty)
  }
}
