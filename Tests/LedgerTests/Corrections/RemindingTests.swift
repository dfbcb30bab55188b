import Corrections
import EventLog
import Testing

@testable import Ledger

/// The ledger opens on Wednesday 4 March 2026 at 10:00; summer time begins on 29 March.
@Suite struct `Reminding` {
  private func done(_ test: TestLedger) throws -> [[String]] {
    let head = try test.ledger.head()
    let done = try test.ledger.remind()
    #expect(try test.events(after: head).count == done.reduce(0) { $0 + $1.events.count })
    return try done.map { one in
      let position = try #require(one.position)
      return try test.ledger.log.events(
        from: position, through: position + one.events.count - 1
      ).map { try $0.recorded().name }
    }
  }

  @Test func `tells the party once, then raises an Incident after silence`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    // Five working days after Wed 4 March: Thu 5, Fri 6, Mon 9, Tue 10, Wed 11; to its end.
    try test.pass(to: "2026-03-11T23:59:30.000Z")
    #expect(try done(test) == [])
    try test.pass(to: "2026-03-12T00:00:00.000Z")
    #expect(try done(test) == [["ReminderSent"]])
    guard
      case .correctionStep(let step)? = try test.steps(id, "ReminderSent").first?.event,
      case .reminderSent(let holder, let parties, let dueAt) = step.what
    else {
      Issue.record("no reminder")
      return
    }
    #expect(holder == .counterparty && parties == ["SUPB"])
    #expect(dueAt == Instant(stored: "2026-03-12T00:00:00.000Z"))
    #expect(try done(test) == [], "not twice")
    // Five working days after the reminder on Thu 12: Fri 13, Mon 16 to Thu 19.
    try test.pass(to: "2026-03-19T23:59:30.000Z")
    #expect(try done(test) == [])
    try test.pass(to: "2026-03-20T00:00:00.000Z")
    #expect(try done(test) == [["IncidentRaised"]])
    #expect(try test.correction(id).state == .escalated)
    #expect(try test.correction(id).incident?.because == .silence)
    #expect(try done(test) == [])
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `counts by the policy of the turn, and over a weekend and the change of the clocks`()
    throws
  {
    let test = try TestLedger()
    var change = PolicyChange()
    change.turns = [.counterparty: 2]
    change.escalateAfter = 1
    _ = try test.ledger.setPolicy(
      change, from: test.now(), by: try #require(try test.ledger.user("DCC-017")), via: .system)
    try test.pass(to: "2026-03-26T16:00:00.000Z")
    _ = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA)
    // Two working days after Thu 26 March: Fri 27 and Mon 30, whose end is 23:00 UTC by then.
    try test.pass(to: "2026-03-30T22:59:30.000Z")
    #expect(try done(test) == [])
    try test.pass(to: "2026-03-30T23:00:00.000Z")
    #expect(try done(test) == [["ReminderSent"]])
    // Reminded on Tue 31 at 00:00 local time; one working day after that ends with Wed 1 April.
    try test.pass(to: "2026-04-01T22:59:30.000Z")
    #expect(try done(test) == [])
    try test.pass(to: "2026-04-01T23:00:00.000Z")
    #expect(try done(test) == [["IncidentRaised"]])
  }

  @Test func `takes nothing from the DCC to an Incident, and begins anew with each turn`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    _ = try test.act(.consent, id, by: Fixture.supB)
    // Two working days after Wed 4 March, at the DCC: Thu 5 and Fri 6.
    try test.pass(to: "2026-03-07T00:00:00.000Z")
    #expect(try done(test) == [["ReminderSent"]])
    try test.pass(to: "2026-05-01T00:00:00.000Z")
    #expect(try done(test) == [])
    _ = try test.act(.propose(explanation: nil), id, by: "DCC-017")
    _ = try test.act(.approve, id, by: "DCC-021")
    // The DSP's turn began on Fri 1 May, 01:00 local time: Mon 4 is a holiday, so Tue 5 and Wed 6.
    try test.pass(to: "2026-05-06T22:59:30.000Z")
    #expect(try done(test) == [])
    try test.pass(to: "2026-05-06T23:00:00.000Z")
    #expect(try done(test) == [["ReminderSent"]])
  }

  @Test func `takes a resolution for accepted that nobody contradicted`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.other, wants: Fixture.ofA, by: Fixture.supA).correction.id
    try test.submit(update(Fixture.ofA, device: Fixture.other, counter: 1))
    // Ten working days after Wed 4 March: 5, 6, 9 to 13, 16, 17 and Wed 18.
    try test.pass(to: "2026-03-18T23:59:30.000Z")
    #expect(try done(test) == [])
    try test.pass(to: "2026-03-19T00:00:00.000Z")
    #expect(try done(test) == [["ConfirmationLapsed"]])
    #expect(try test.correction(id).hasEnded)
    #expect(try done(test) == [])
    var filter = CorrectionFilter()
    #expect(try test.ledger.corrections(filter).corrections.isEmpty)
    filter.includesEnded = true
    #expect(try test.ledger.corrections(filter).corrections.map(\.id) == [id])
    // It can still be reopened.
    #expect(try test.act(.reopen(reason: "wrong"), id, by: Fixture.supA).correction.isOpen)
  }

  @Test func `only tried records nothing and says the same`() throws {
    let test = try TestLedger()
    _ = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA)
    try test.pass(to: "2026-03-12T00:00:00.000Z")
    let head = try test.ledger.head()
    let tried = try test.ledger.remind(dryRun: true)
    #expect(try test.ledger.head() == head)
    #expect(tried.count == 1 && tried[0].position == nil)
    let done = try test.ledger.remind()
    #expect(done.map(\.events) == tried.map(\.events))
  }

  @Test func `at once by two does each thing once`() async throws {
    let test = try TestLedger()
    for index in 0..<3 {
      _ = try test.report(
        [Fixture.device, Fixture.other, Fixture.pending][index], wants: Fixture.ofB,
        by: Fixture.supA)
    }
    try test.pass(to: "2026-03-12T00:00:00.000Z")
    let head = try test.ledger.head()
    let done = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<3 { group.addTask { try test.ledger.remind().count } }
      return try await group.reduce(0, +)
    }
    #expect(done == 3)
    #expect(try test.events(after: head).map(\.name) == Array(repeating: "ReminderSent", count: 3))
  }
}
