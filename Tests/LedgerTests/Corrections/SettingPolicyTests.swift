import Corrections
import EventLog
import Testing

@testable import Ledger

@Suite struct `Setting the policy` {
  private func set(
    _ test: TestLedger, from: String, _ change: (inout PolicyChange) -> Void
  ) throws -> (events: [Event], position: Int?) {
    var wanted = PolicyChange()
    change(&wanted)
    return try test.ledger.setPolicy(
      wanted, from: try moment(from), by: try #require(try test.ledger.user("DCC-017")),
      via: .system)
  }

  private func moment(_ text: String) throws -> Instant {
    try #require(Instant(stored: text + "T00:00:00.000Z"))
  }

  @Test func `from a later moment leaves what is in force until then`() throws {
    let test = try TestLedger()
    let before = try test.ledger.terms().policy(at: test.now())
    let done = try set(test, from: "2026-06-01") {
      $0.turns = [.dsp: 4]
      $0.confirmWithin = 3
    }
    #expect(done.events.count == 1)
    let terms = try test.ledger.terms()
    let change = try moment("2026-06-01")
    #expect(terms.policy(at: test.now()) == before)
    #expect(terms.policy(at: change.advanced(byMilliseconds: -1)) == before)
    let after = terms.policy(at: change)
    #expect(after.version == before.version + 1)
    #expect(after.days(for: .dsp) == 4 && after.days(for: .dcc) == before.days(for: .dcc))
    #expect(after.confirmWithin == 3 && after.escalateAfter == before.escalateAfter)
    let position = try #require(done.position)
    let recorded = try #require(try test.events(after: position - 1).first)
    #expect(recorded.effectiveAt == change && recorded.actor.user == "DCC-017")
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `for a time before one that is to come leaves that one as it is`() throws {
    let test = try TestLedger()
    _ = try set(test, from: "2026-06-01") { $0.turns = [.dsp: 4] }
    _ = try set(test, from: "2026-05-01") { $0.turns = [.dsp: 3] }
    let terms = try test.ledger.terms()
    #expect(try terms.policy(at: moment("2026-05-15")).days(for: .dsp) == 3)
    #expect(try terms.policy(at: moment("2026-06-15")).days(for: .dsp) == 4)
    _ = try set(test, from: "2026-06-01") { $0.turns = [.dsp: 5] }
    #expect(try test.ledger.terms().policy(at: moment("2026-06-15")).days(for: .dsp) == 5)
  }

  @Test func `for a time before the ledger counts instead of what it began with`() throws {
    let test = try TestLedger()
    _ = try set(test, from: "2026-01-01") {
      $0.turns = [.dsp: 7]
      $0.calendar = .scotland
      $0.targets = [ServiceTargets.Target(category: 1, minutes: 60, counting: .elapsed)]
    }
    let terms = try test.ledger.terms()
    for moment in try [moment("2026-01-01"), moment("2026-05-01"), test.now()] {
      #expect(terms.policy(at: moment).days(for: .dsp) == 7)
      #expect(terms.calendar(at: moment) == .scotland)
      #expect(terms.targets(at: moment)?.targets.first?.minutes == 60)
    }
    #expect(try terms.policy(at: moment("2025-12-31")).days(for: .dsp) == 2)
  }

  @Test func `of targets replaces the category that is named, before others take their turn`()
    throws
  {
    let test = try TestLedger()
    let four = ServiceTargets.Target(category: 4, minutes: 3 * 1440, counting: .working)
    _ = try set(test, from: "2026-06-01") { $0.targets = [four] }
    let terms = try test.ledger.terms()
    let old = try #require(terms.targets(at: test.now()))
    let new = try #require(try terms.targets(at: moment("2026-06-01")))
    #expect(old.targets.first { $0.category == 4 }?.minutes == 5 * 1440)
    #expect(new.targets.first { $0.category == 4 } == four)
    #expect(new.targets.filter { $0.category != 4 } == old.targets.filter { $0.category != 4 })
    _ = try set(test, from: "2026-05-01") { $0.targetsAreVerified = true }
    #expect(try test.ledger.terms().targets(at: try moment("2026-05-02"))?.isVerified == true)
    #expect(
      try test.ledger.terms().targets(at: try moment("2026-06-02"))?.targets.contains(four) == true)
  }

  @Test func `to what it is records nothing`() throws {
    let test = try TestLedger()
    let head = try test.ledger.head()
    let policy = try test.ledger.terms().policy(at: test.now())
    let done = try set(test, from: "2026-06-01") {
      $0.turns = [.dcc: policy.days(for: .dcc) ?? 0]
      $0.afterConsents = .dsp
      $0.calendar = .englandAndWales
    }
    #expect(done.events.isEmpty && done.position == nil)
    #expect(try test.ledger.head() == head)
  }

  @Test func `of several kinds is one append`() throws {
    let test = try TestLedger()
    let done = try set(test, from: "2026-06-01") {
      $0.calendar = .scotland
      $0.cutOffHour = 12
      $0.targets = [ServiceTargets.Target(category: 1, minutes: 60, counting: .elapsed)]
    }
    #expect(done.events.count == 3)
    let position = try #require(done.position)
    #expect(try test.extent(at: position) == 3)
  }

  @Test func `changes when a turn is due only for turns that begin under it`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    let turn = try #require(try test.correction(id).turns.last)
    let due = try #require(try test.ledger.terms().dueAt(turn))
    _ = try set(test, from: "2026-03-05") { $0.turns = [.counterparty: 20] }
    #expect(try test.ledger.terms().dueAt(turn) == due)
    let later = Turn(holder: .counterparty, from: try moment("2026-03-05"), to: nil)
    // Twenty working days after Thu 5 March: the 2nd of April, whose end is 23:00 UTC.
    #expect(
      try test.ledger.terms().dueAt(later) == Instant(stored: "2026-04-02T23:00:00.000Z"))
  }
}
