import Corrections
import EventLog
import Testing

@testable import Ledger

/// The policy that lets an authority make the change itself: the consents are the four eyes.
@Suite struct `Once everybody has agreed, the ledger` {
  /// Registered to SUPB; no device holds it.
  private static let free = "1429876543210"

  /// A ledger by whose policy it makes changes itself.
  private func ledger(_ mode: LedgerMode = .authority) throws -> TestLedger {
    let test = try TestLedger(mode: mode)
    try test.importMeters()
    var change = PolicyChange()
    change.afterConsents = .ledger
    _ = try test.ledger.setPolicy(
      change, from: test.now(), by: try #require(try test.ledger.user("DCC-017")), via: .system)
    return test
  }

  /// Checks that one append holds everything: each change follows from the consents, each resolution
  /// from its change.
  private func expectApplied(_ ids: [CorrectionID], after head: Int, _ test: TestLedger) throws {
    let events = try test.events(after: head)
    #expect(try test.extent(at: head + 1) == events.count, "one append")
    for id in ids {
      let resolved = try #require(
        events.first { recorded in
          if case .correctionResolved(let event) = recorded.event {
            event.correction == id
          } else {
            false
          }
        })
      let change = try #require(events.first { $0.position == resolved.evidence })
      guard case .mpxnUpdated(let update) = change.event else {
        Issue.record("shown by \(change.name)")
        continue
      }
      #expect(update.correction == id && update.basis == .manual)
      #expect(resolved.cause == change.position)
      #expect(change.cause == head + 1)
      #expect(change.actor == .ledger && resolved.actor == .ledger)
      let correction = try test.correction(id)
      #expect(correction.state == .resolved && correction.how == .agreement)
      #expect(try test.ledger.device(update.deviceID)?.openCorrection(of: .importMPxN) == nil)
    }
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `makes the change in the append of the last consent`() throws {
    let test = try ledger()
    let id = try test.report(Fixture.device, wants: Self.free, by: Fixture.supA).correction.id
    let head = try test.ledger.head()
    let acted = try test.act(.consent, id, by: Fixture.supB)
    #expect(acted.position == head + 1)
    #expect(
      try test.events(after: head).map(\.name) == [
        "ConsentGiven", "MPxNUpdated", "CorrectionResolved",
      ])
    try expectApplied([id], after: head, test)
    #expect(try test.held(Fixture.device) == Self.free)
  }

  @Test func `makes all changes of a ring, or none before the last party agreed`() throws {
    let test = try ledger()
    let ids = try (0..<3).map {
      try test.report(Meter.all[$0], wants: Meter.points[($0 + 1) % 3], by: Fixture.supA)
        .correction.id
    }
    var head = try test.ledger.head()
    _ = try test.act(.consent, ids[0], by: Fixture.supB)
    #expect(try test.events(after: head).map(\.name) == ["ConsentGiven", "ConsentGiven"])
    head = try test.ledger.head()
    _ = try test.act(.consent, ids[2], by: Fixture.supC)
    try expectApplied(ids, after: head, test)
    #expect(
      try Meter.all.map { try test.held($0) } == [
        Meter.points[1], Meter.points[2], Meter.points[0],
      ])
  }

  @Test func `makes it when the second report of a pair brings the last consents`() throws {
    let test = try ledger()
    let first = try test.report(Meter.all[0], wants: Meter.points[1], by: Fixture.supA)
    let head = try test.ledger.head()
    let second = try test.report(Meter.all[1], wants: Meter.points[0], by: Fixture.supB)
    try expectApplied([first.correction.id, second.correction.id], after: head, test)
  }

  @Test func `makes it when who is asked reports the same fault itself`() throws {
    let test = try ledger()
    let id = try test.report(Fixture.device, wants: Self.free, by: Fixture.supA).correction.id
    let head = try test.ledger.head()
    #expect(try test.report(Fixture.device, wants: Self.free, by: Fixture.supB).joined)
    try expectApplied([id], after: head, test)
  }

  @Test func `leaves it to the DSP while another device holds the value`() throws {
    let test = try ledger()
    let id = try test.report(Meter.all[0], wants: Meter.points[1], by: Fixture.supA).correction.id
    _ = try test.act(.consent, id, by: Fixture.supB)
    #expect(try test.correction(id).state == .awaitingFix)
    #expect(try test.held(Meter.all[0]) == Meter.points[0])
  }

  @Test func `leaves it to the DCC in a ledger that observes`() throws {
    let test = try ledger(.observer)
    let id = try test.report(Fixture.device, wants: Self.free, by: Fixture.supA).correction.id
    let head = try test.ledger.head()
    _ = try test.act(.consent, id, by: Fixture.supB)
    #expect(try test.events(after: head).map(\.name) == ["ConsentGiven"])
    #expect(try test.correction(id).state == .awaitingFix)
  }

  @Test func `leaves it to the DSP where the policy does not say otherwise`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.device, wants: Self.free, by: Fixture.supA).correction.id
    _ = try test.act(.consent, id, by: Fixture.supB)
    #expect(try test.correction(id).state == .awaitingFix)
  }
}
