import Corrections
import EventLog
import Testing

@testable import Ledger

@Suite struct `What was known then` {
  @Test func `a time resolves to the last position recorded by it`() throws {
    let test = try TestLedger()
    let head = try test.ledger.head()
    for position in 2...head {
      let moment = try test.ledger.recordedAt(position)
      let resolved = try test.ledger.position(knownAt: moment)
      #expect(resolved >= position, "events of one append share their moment")
      #expect(try test.ledger.recordedAt(resolved) == moment)
      let before = try test.ledger.position(knownAt: moment.advanced(byMilliseconds: -1))
      #expect(before < position)
      #expect(try test.ledger.recordedAt(before + 1) >= moment)
    }
    #expect(try test.ledger.position(knownAt: test.now()) == head)
  }

  @Test func `of a time before the ledger, or beyond the log, is not answered`() throws {
    let test = try TestLedger()
    let opened = try test.ledger.recordedAt(1)
    let before = opened.advanced(byMilliseconds: -1)
    let head = try test.ledger.head()
    #expect(try test.ledger.position(knownAt: opened) >= 1)
    #expect {
      try test.ledger.position(knownAt: before)
    } throws: { error in
      if case .beforeTheLedger(before, opened)? = error as? NotKnownYet { true } else { false }
    }
    for position in [0, head + 1] {
      #expect {
        try test.ledger.report(try #require(Month("2026-03")), knownAt: position)
      } throws: { error in
        if case .beyondTheLog(position, head)? = error as? NotKnownYet { true } else { false }
      }
    }
  }

  @Test func `a month counted at a position is counted the same at any later time`() throws {
    let test = try TestLedger()
    let month = try #require(Month("2026-03"))
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    _ = try test.act(.consent, id, by: Fixture.supB)
    let known = try test.ledger.head()
    let then = try test.ledger.report(month, knownAt: known)
    try test.pass(to: "2026-04-20T00:00:00.000Z")
    _ = try test.act(.resolve(.noFault), id, by: "DCC-017")
    _ = try test.report(Fixture.other, wants: Fixture.ofA, by: Fixture.supA)
    var change = PolicyChange()
    change.calendar = .scotland
    _ = try test.ledger.setPolicy(
      change, from: try #require(Instant(stored: "2026-03-02T00:00:00.000Z")),
      by: try #require(try test.ledger.user("DCC-017")), via: .system)
    let later = try test.ledger.report(month, knownAt: known)
    #expect(later.position == known && later.knownAt == then.knownAt && later.root == then.root)
    #expect(later.report.calendar == then.report.calendar)
    #expect(later.report.running.count == 1 && then.report.running.count == 1)
    #expect(later.report.byHolder == then.report.byHolder)
    #expect(try test.ledger.report(month).position > known)
  }

  @Test func `the terms at a position are those that were set by then`() throws {
    let test = try TestLedger()
    let known = try test.ledger.head()
    var change = PolicyChange()
    change.turns = [.counterparty: 20]
    change.calendar = .scotland
    let from = try #require(Instant(stored: "2026-03-02T00:00:00.000Z"))
    _ = try test.ledger.setPolicy(
      change, from: from, by: try #require(try test.ledger.user("DCC-017")), via: .system)
    let turn = Turn(holder: .counterparty, from: test.now(), to: nil)
    let then = try test.ledger.terms(upTo: known)
    #expect(then.policy(at: turn.from).days(for: .counterparty) == 5)
    #expect(then.calendar(at: turn.from) == .englandAndWales)
    #expect(then.dueAt(turn) == Instant(stored: "2026-03-12T00:00:00.000Z"))
    #expect(try test.ledger.terms().dueAt(turn) != then.dueAt(turn))
  }
}
