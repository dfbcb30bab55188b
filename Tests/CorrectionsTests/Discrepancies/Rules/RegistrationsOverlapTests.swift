import Testing

@testable import Corrections

@Suite struct `registrationsOverlap: two suppliers registered for one meter point at one time` {
  private func found(_ rows: [Registration]) -> [Suspicion] {
    suspect(rows: rows).found(by: .registrationsOverlap)
  }

  private let first = row(heldMPxN, "SUPB", from: local("2023-01-01"))
  private let second = row(heldMPxN, "SUPA", from: local("2024-06-01"))

  @Test func `is likely, and tells of both by their starts`() {
    #expect(
      found([second, first]) == [
        Suspicion(
          .registrationsOverlap, .likely, of: The.device, field: .importMPxN, mpxns: [heldMPxN],
          parties: ["SUPA", "SUPB"],
          facts: [.typed(), .holding()] + Fact.registered(first) + Fact.registered(second),
          route: .registration)
      ])
    #expect(found([first, second]).first?.facts == found([second, first]).first?.facts)
  }

  @Test func `is none where one ends at the instant at which the other is asked about`() {
    let ended = row(heldMPxN, "SUPB", from: local("2023-01-01"), to: The.now)
    #expect(found([ended, second]).isEmpty)
    let ending = row(
      heldMPxN, "SUPB", from: local("2023-01-01"), to: The.now.advanced(byMilliseconds: 1))
    #expect(found([ending, second]).count == 1)
  }

  @Test func `is none where the other begins later`() {
    let ahead = row(heldMPxN, "SUPB", from: The.now.advanced(byMilliseconds: 1))
    #expect(found([ahead, second]).isEmpty)
    #expect(found([row(heldMPxN, "SUPB", from: The.now), second]).count == 1)
  }

  @Test func `is none of two kinds`() {
    #expect(found([row(heldMPxN, "SUPB", kind: .export), second]).isEmpty)
  }
}
