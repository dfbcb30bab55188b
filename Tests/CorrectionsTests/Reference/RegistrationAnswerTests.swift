import Testing

@testable import Corrections

@Suite struct `Who is Registered Supplier` {
  @Test func `is not known where no row is held`() {
    #expect(RegistrationAnswer(rows: [], at: The.now) == .notHeld)
  }

  @Test func `is nobody where rows are held and none is in force, naming the newest import`() {
    let rows = [
      row(heldMPxN, "SUPA", to: local("2025-01-01"), imported: 5),
      row(heldMPxN, "SUPB", to: local("2026-01-01"), imported: 9),
    ]
    #expect(
      RegistrationAnswer(rows: rows, at: The.now) == .nobody(next: nil, imported: 9))
  }

  @Test func `is the row with the latest start that has begun and not ended`() {
    let rows = [
      row(heldMPxN, "SUPA", from: local("2024-01-01")),
      row(heldMPxN, "SUPB", from: local("2025-01-01")),
      row(heldMPxN, "SUPC", from: local("2027-01-01")),
    ]
    #expect(
      RegistrationAnswer(rows: rows, at: The.now) == .registered(rows[1], next: rows[2]))
    #expect(
      RegistrationAnswer(rows: rows, at: local("2023-01-01"))
        == .nobody(next: rows[0], imported: 5))
  }

  @Test func `names the next start, not the first listed`() {
    let rows = [
      row(heldMPxN, "SUPC", from: local("2028-01-01")),
      row(heldMPxN, "SUPB", from: local("2027-01-01")),
    ]
    #expect(RegistrationAnswer(rows: rows, at: The.now).next == rows[1])
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `does not depend on the order of the rows`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let rows = (0..<5).map { index in
        let from = Int64.random(in: 0..<10, using: &generator)
        let length = Int64.random(in: 1..<10, using: &generator)
        return row(
          heldMPxN, ["SUPA", "SUPB"].randomElement(using: &generator) ?? "SUPA",
          from: The.now.advanced(byMilliseconds: from - 5),
          to: Bool.random(using: &generator)
            ? The.now.advanced(byMilliseconds: from - 5 + length) : nil, imported: index)
      }
      let answer = RegistrationAnswer(rows: rows, at: The.now)
      let shuffled = RegistrationAnswer(rows: rows.shuffled(using: &generator), at: The.now)
      #expect(answer.registration?.supplier == shuffled.registration?.supplier)
      #expect(answer.registration?.from == shuffled.registration?.from)
      if let registered = answer.registration { #expect(registered.isInForce(at: The.now)) }
    }
  }
}
