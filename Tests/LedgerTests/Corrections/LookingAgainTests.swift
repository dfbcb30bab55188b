import Corrections
import EventLog
import Testing
import Wire

@testable import Ledger

/// A look that finds what was found before says something all the same while somebody waits for it.
@Suite struct `An extract that says what is known` {
  private func looks(_ test: TestLedger) throws -> Int {
    try test.ledger.timeline(Tag.device(try eui(Fixture.device)))
      .filter { $0.name == "InventoryObserved" }.count
  }

  /// A fix that the DSP says it has made, in a ledger that only watches.
  private func applied() throws -> (TestLedger, CorrectionID) {
    let test = try TestLedger(mode: .observer)
    try test.look([Fixture.device: Fixture.ofA])
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    _ = try test.act(.consent, id, by: Fixture.supB)
    _ = try test.act(.propose(explanation: nil), id, by: "DCC-017")
    _ = try test.act(.approve, id, by: "DCC-021")
    _ = try test.act(.apply, id, by: "DSP-004")
    return (test, id)
  }

  @Test func `shows that a fix is not there, and the route is worked out anew`() throws {
    let (test, id) = try applied()
    #expect(throws: Refusal.self) { try test.act(.verify, id, by: "DCC-017") }
    let before = try looks(test)
    try test.look([Fixture.device: Fixture.ofA])
    #expect(try looks(test) == before + 1)
    #expect(try test.correction(id).state == .awaitingVerification, "a person says so")
    let events = try test.act(.verify, id, by: "DCC-017").events
    guard case .fixNotFound(let notFound)? = events.first else {
      Issue.record("\(events)")
      return
    }
    let evidence = try #require(notFound.evidence)
    #expect(try evidence > test.position(of: "ManualFixApplied", id))
    #expect(try test.correction(id).state == .awaitingFix, "who agreed agrees still")
    #expect(try test.correction(id).possible.first == .propose)
  }

  @Test func `heals what was said to be there still`() throws {
    let test = try TestLedger(mode: .observer)
    try test.look([Fixture.device: Fixture.ofA])
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    try test.look([Fixture.device: Fixture.ofB])
    #expect(try test.correction(id).state == .resolved)
    _ = try test.act(.reopen(reason: "still wrong"), id, by: Fixture.supA)
    _ = try test.ledger.remind()
    #expect(try test.correction(id).isOpen, "what was seen before does not speak against it")
    try test.pass(to: "2026-03-05T10:00:00.000Z")
    try test.look([Fixture.device: Fixture.ofB])
    #expect(try test.correction(id).state == .resolved)
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `is recorded once for each moment, and not where nobody waits`() throws {
    let (test, _) = try applied()
    let moment = test.now()
    try test.look([Fixture.device: Fixture.ofA], at: moment)
    let head = try test.ledger.head()
    try test.look([Fixture.device: Fixture.ofA], at: moment)
    #expect(try test.ledger.head() == head)
    let quiet = try TestLedger(mode: .observer)
    try quiet.look([Fixture.device: Fixture.ofA])
    let count = try looks(quiet)
    try quiet.pass(to: "2026-03-05T10:00:00.000Z")
    try quiet.look([Fixture.device: Fixture.ofA])
    #expect(try looks(quiet) == count)
  }
}

/// What was resolved is watched on: the fault may come back before or after it was confirmed.
@Suite struct `What the inventory says after the end` {
  private func resolved(_ mode: LedgerMode) throws -> (TestLedger, CorrectionID) {
    let test = try TestLedger(mode: mode)
    let id = try test.report(Fixture.other, wants: Fixture.ofA, by: Fixture.supA).correction.id
    try test.look([Fixture.other: Fixture.ofA])
    #expect(try test.correction(id).state == .resolved)
    return (test, id)
  }

  @Test(arguments: [LedgerMode.authority, .observer])
  func `is marked, and silence accepts no fix that is gone again`(_ mode: LedgerMode) throws {
    let (test, id) = try resolved(mode)
    try test.pass(to: "2026-03-05T10:00:00.000Z")
    try test.look([Fixture.other: "1429876543210"])
    #expect(try test.steps(id, "HeldValueChanged").count == 1)
    try test.pass(to: "2026-05-05T10:00:00.000Z")
    _ = try test.ledger.remind()
    #expect(try test.correction(id).confirmationLapsedAt == nil)
    #expect(try test.correction(id).state == .resolved, "to open it again is a person's word")
    _ = try test.act(.reopen(reason: "wrong again"), id, by: Fixture.supA)
    #expect(try test.correction(id).isOpen)
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `is marked after it was confirmed, too`() throws {
    let (test, id) = try resolved(.observer)
    _ = try test.act(.confirm, id, by: Fixture.supA)
    try test.look([Fixture.other: "1429876543210"])
    #expect(try test.steps(id, "HeldValueChanged").count == 1)
    #expect(try test.correction(id).state == .confirmed)
  }

  @Test func `lapses by silence while the fix stands`() throws {
    let (test, id) = try resolved(.observer)
    try test.pass(to: "2026-05-05T10:00:00.000Z")
    _ = try test.ledger.remind()
    #expect(try test.correction(id).confirmationLapsedAt != nil)
  }
}
