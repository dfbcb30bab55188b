import Corrections
import EventLog
import Testing

@testable import Ledger

/// Each meter holds what the next one's correction wants, round to the first.
@Suite struct `A crossed pair and a ring` {
  /// So many corrections that make a ring, all reported by SUPA.
  private func ring(_ count: Int, _ test: TestLedger) throws -> [CorrectionID] {
    try test.importMeters()
    return try (0..<count).map {
      try test.report(
        Meter.all[$0], wants: Meter.points[($0 + 1) % count], by: Fixture.supA
      ).correction.id
    }
  }

  private func states(_ ids: [CorrectionID], _ test: TestLedger) throws -> [Correction.State] {
    try ids.map { try test.correction($0).state }
  }

  @Test(arguments: [2, 3])
  func `are linked once, by the correction that closes them`(_ count: Int) throws {
    let test = try TestLedger()
    let ids = try ring(count, test)
    for id in ids {
      #expect(Set(try test.correction(id).linked) == Set(ids).subtracting([id]))
      #expect(try test.steps(id, "CorrectionsLinked").count == 1, "one event on every timeline")
    }
    for id in ids { _ = try test.act(.advise, id, by: "DCC-017") }
    #expect(try test.steps(ids[0], "CorrectionsLinked").count == 1, "and no second time")
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `open as long as they are no ring are not linked`() throws {
    let test = try TestLedger()
    try test.importMeters()
    let first = try test.report(Meter.all[0], wants: Meter.points[1], by: Fixture.supA)
    let second = try test.report(Meter.all[1], wants: Meter.points[2], by: Fixture.supA)
    #expect(first.correction.linked.isEmpty && second.correction.linked.isEmpty)
  }

  @Test func `have one set of consents: what one party agrees in one counts in all`() throws {
    let test = try TestLedger()
    let ids = try ring(3, test)
    #expect(try states(ids, test) == [.awaitingConsent, .awaitingConsent, .awaitingConsent])
    // SUPA let its own meter point go in the first and takes it in the last by asking.
    let asked = try ids.flatMap { try test.correction($0).pendingConsents.map(\.party) }
    #expect(asked == ["SUPB", "SUPB", "SUPC", "SUPC"])
    let byB = try test.act(.consent, ids[0], by: Fixture.supB)
    #expect(byB.events.count == 2)
    #expect(try test.extent(at: try #require(byB.position)) == 2)
    #expect(try states(ids, test) == [.awaitingFix, .awaitingConsent, .awaitingConsent])
    _ = try test.act(.consent, ids[1], by: Fixture.supC)
    #expect(try states(ids, test) == [.awaitingFix, .awaitingFix, .awaitingFix])
  }

  @Test func `reported each by its own supplier are agreed by reporting`() throws {
    let test = try TestLedger()
    try test.importMeters()
    let first = try test.report(Meter.all[0], wants: Meter.points[1], by: Fixture.supA)
    #expect(first.correction.pendingConsents.map(\.party) == ["SUPB"])
    let second = try test.report(Meter.all[1], wants: Meter.points[0], by: Fixture.supB)
    #expect(
      try states([first.correction.id, second.correction.id], test) == [.awaitingFix, .awaitingFix])
  }

  @Test(arguments: [2, 3])
  func `are proposed, approved and applied as one, each in one append`(_ count: Int) throws {
    let test = try TestLedger()
    let ids = try ring(count, test)
    _ = try test.act(.consent, ids[0], by: Fixture.supB)
    if count == 3 { _ = try test.act(.consent, ids[1], by: Fixture.supC) }
    for (action, user, each) in [
      (Action.propose(explanation: nil), "DCC-017", 1), (.approve, "DCC-021", 1),
      (.apply, "DSP-004", 2),
    ] {
      let head = try test.ledger.head()
      let acted = try test.act(action, ids[count - 1], by: user)
      #expect(acted.position == head + 1)
      #expect(try test.extent(at: head + 1) == count * each)
      #expect(try test.ledger.head() == head + count * each)
      #expect(acted.events.count == count * each)
    }
    #expect(try Set(states(ids, test)) == [.awaitingVerification])
    let held = try (0..<count).map { try test.held(Meter.all[$0]) }
    #expect(held == (0..<count).map { Meter.points[($0 + 1) % count] })
    for id in ids { _ = try test.act(.verify, id, by: "DCC-017") }
    #expect(try Set(states(ids, test)) == [.resolved])
  }

  @Test func `are not proposed while one of them waits for a consent`() throws {
    let test = try TestLedger()
    let ids = try ring(3, test)
    _ = try test.act(.consent, ids[0], by: Fixture.supB)
    let head = try test.ledger.head()
    #expect(throws: Refusal.self) {
      try test.act(.propose(explanation: nil), ids[0], by: "DCC-017")
    }
    #expect(try test.ledger.head() == head)
  }

  @Test func `are not applied, none of them, once what one of them holds moved on`() throws {
    let test = try TestLedger()
    let ids = try ring(2, test)
    _ = try test.act(.consent, ids[0], by: Fixture.supB)
    _ = try test.act(.propose(explanation: nil), ids[0], by: "DCC-017")
    _ = try test.act(.approve, ids[0], by: "DCC-021")
    try test.look([Meter.all[1]: "1429876543210"])
    let head = try test.ledger.head()
    for id in ids {
      #expect(throws: Refusal.self) { try test.act(.apply, id, by: "DSP-004") }
    }
    #expect(try test.ledger.head() == head)
    #expect(try test.held(Meter.all[0]) == Meter.points[0])
  }
}
