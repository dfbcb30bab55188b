import Corrections
import EventLog
import Testing

@testable import Ledger

/// Who was settled together goes on alone once the ring is none any more.
@Suite struct `A ring that is none any more` {
  /// A crossed pair, each reported by its own supplier, with its fix proposed.
  private func pair(_ test: TestLedger) throws -> [CorrectionID] {
    try test.importMeters()
    let ids = [
      try test.report(Meter.all[0], wants: Meter.points[1], by: Fixture.supA).correction.id,
      try test.report(Meter.all[1], wants: Meter.points[0], by: Fixture.supB).correction.id,
    ]
    _ = try test.act(.propose(explanation: nil), ids[0], by: "DCC-017")
    return ids
  }

  enum Way: CaseIterable {
    case withdrawn, rejected, changed, moved, healed, annulled
  }

  @Test(arguments: Way.allCases)
  func `leaves no agreement, proposal or link behind`(_ way: Way) throws {
    let test = try TestLedger()
    let ids = try pair(test)
    switch way {
    case .withdrawn: _ = try test.act(.withdraw(reason: "x"), ids[1], by: Fixture.supB)
    case .rejected: _ = try test.act(.reject(reason: "x"), ids[1], by: "DCC-017")
    case .changed:
      _ = try test.act(
        .change(.mpxn(.importMPxN, try point(Meter.points[2])), reason: nil), ids[1],
        by: Fixture.supB)
    case .moved: try test.look([Meter.all[1]: Meter.points[2]])
    case .healed:
      try test.look([Meter.all[1]: Meter.points[0]])
      #expect(try test.correction(ids[1]).state == .resolved)
    case .annulled: try test.annul(try test.position(of: "CorrectionRequested", ids[1]))
    }
    let left = try test.correction(ids[0])
    #expect(left.linked.isEmpty && left.proposal == nil)
    #expect(left.pendingConsents.map(\.party) == ["SUPB"], "asked for itself now")
    #expect(left.state == .awaitingConsent)
    let lapsed = try test.steps(ids[0], "ConsentLapsed").map(\.event)
    #expect(
      lapsed.contains {
        if case .consentLapsed(let e) = $0 { e.because == .ringGone } else { false }
      })
    #expect(try test.steps(ids[0], "CorrectionsUnlinked").count == 1)
    #expect(try test.ledger.remind().isEmpty, "and that is all")
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `is one and the same whoever looks, where two devices hold one meter point`() throws {
    let test = try TestLedger()
    try test.look(
      [
        Meter.all[0]: Meter.points[0], Meter.all[1]: Meter.points[1], Meter.all[2]: Meter.points[1],
      ], at: Instant(stored: "2026-03-01T00:00:00.000Z"))
    let ids = [
      try test.report(Meter.all[0], wants: Meter.points[1], by: Fixture.supA).correction.id,
      try test.report(Meter.all[1], wants: Meter.points[0], by: Fixture.supB).correction.id,
      try test.report(Meter.all[2], wants: Meter.points[0], by: Fixture.supB).correction.id,
    ]
    let linked = try ids.map { try test.correction($0).linked }
    #expect(linked == [[ids[1]], [ids[0]], []])
    #expect(try test.ledger.remind().isEmpty)
  }
}

/// What a look, an annulment and silence mean for a thread.
@Suite struct `What a thread is told afterwards` {
  /// A correction that its own supplier's 8.4 has resolved.
  private func resolved(_ test: TestLedger) throws -> CorrectionID {
    let id = try test.report(Fixture.other, wants: Fixture.ofA, by: Fixture.supA).correction.id
    try test.submit(update(Fixture.ofA, device: Fixture.other, counter: 1))
    #expect(try test.correction(id).state == .resolved)
    return id
  }

  @Test func `after a reopening in error is without effect`() throws {
    let test = try TestLedger()
    let id = try resolved(test)
    _ = try test.act(.reopen(reason: "x"), id, by: Fixture.supA)
    _ = try test.act(.escalate(reason: "x"), id, by: Fixture.supA)
    let annulled = try test.annul(try test.position(of: "CorrectionReopened", id))
    #expect(annulled.caused.contains { $0.name == "IncidentRaised" })
    let after = try test.correction(id)
    #expect(after.state == .resolved && after.incident == nil && after.escalations == 0)
    #expect(try test.device(Fixture.other).openCorrection(of: .importMPxN) == nil)
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `leaves no confirmation of a resolution that was recorded in error`() throws {
    let test = try TestLedger()
    let id = try resolved(test)
    _ = try test.act(.confirm, id, by: Fixture.supA)
    let position = try test.position(of: "CorrectionResolved", id)
    #expect(try test.annul(position, dryRun: true).caused.map(\.name) == ["CorrectionConfirmed"])
    try test.annul(position)
    // The inventory still holds it, so it is resolved again, and nobody has confirmed that.
    let after = try test.correction(id)
    #expect(after.state == .resolved && after.confirmedAt == nil)
    #expect(after.how == .observed)
  }

  @Test func `by a look is of the time that was looked at, and its own next step of now`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    let seen = test.now().advanced(byMilliseconds: 60_000)
    try test.pass(to: "2026-03-09T10:00:00.000Z")
    let now = test.now()
    try test.look([Fixture.device: "1429876543210"], at: seen)
    let marked = try #require(try test.steps(id, "HeldValueChanged").last)
    #expect(marked.effectiveAt == seen)
    #expect(try #require(try test.steps(id, "RouteAdvised").last).effectiveAt > now)
    #expect(try test.steps(id, "ConsentLapsed").allSatisfy { $0.effectiveAt > now })
  }

  @Test func `by a look from before it was opened does not resolve it, by a later one does`() throws
  {
    let test = try TestLedger()
    let before = test.now()
    try test.pass(to: "2026-03-05T10:00:00.000Z")
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    try test.look([Fixture.device: Fixture.ofB], at: before)
    _ = try test.ledger.remind()
    #expect(try test.correction(id).isOpen)
    try test.look([Fixture.device: Fixture.ofB])
    #expect(try test.correction(id).state == .resolved)
  }

  @Test func `that contradicts it keeps silence from accepting it`() throws {
    let test = try TestLedger()
    let id = try resolved(test)
    let change = try #require(
      try test.ledger.timeline(Tag.device(try eui(Fixture.other))).last { $0.name == "MPxNUpdated" }
    )
    try test.annul(change.position)
    #expect(try test.steps(id, "HeldValueChanged").count == 1)
    try test.pass(to: "2026-05-29T10:00:00.000Z")
    _ = try test.ledger.remind()
    #expect(try test.correction(id).confirmationLapsedAt == nil)
  }

  @Test func `of a device is still told to a correction into which a ticket was merged`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.other, wants: Fixture.ofA, by: Fixture.supA).correction.id
    try test.tickets("INC1,2026-03-02,,\(Fixture.other),,,SUPC,,0,importMPxN,\(Fixture.ofA),,,")
    try test.submit(update(Fixture.ofA, device: Fixture.other, counter: 1))
    try test.pass(to: "2026-03-09T10:00:00.000Z")
    try test.look([Fixture.other: "1429876543210"])
    #expect(try test.steps(id, "HeldValueChanged").count == 1)
  }

  @Test func `by the ledger itself is no work on an old ticket, which may still be said again`()
    throws
  {
    let test = try TestLedger()
    let open = "INC1,2026-01-05,,\(Fixture.other),,,SUPA,,0,importMPxN,\(Fixture.ofA),,,"
    try test.tickets(open)
    let id = try #require(try test.device(Fixture.other).openCorrection(of: .importMPxN))
    #expect(try !test.ledger.remind().isEmpty)
    // A ticket elsewhere turned out to be about the same fault: that stays.
    try test.tickets("INC2,2026-01-07,,\(Fixture.other),,,SUPC,,0,importMPxN,\(Fixture.ofA),,,")
    let ended = open.replacing("SUPA,,0", with: "SUPA,2026-02-20T10:00:00Z,2")
    #expect(try test.tickets(ended).changed == 1)
    let after = try test.correction(id)
    #expect(after.state == .resolved)
    #expect(after.reporters == ["SUPA", "SUPC"])
    #expect(after.absorbed.count == 1 && after.joined == 1)
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `of a device that was recorded in error says that nothing is held of it`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    for recorded in try test.ledger.timeline(Tag.device(try eui(Fixture.device)))
    where recorded.name == "InventoryObserved" {
      try test.annul(recorded.position)
    }
    let after = try test.correction(id)
    #expect(after.advice?.because == .deviceNotHeld && after.state == .open)
    #expect(after.pendingConsents.isEmpty)
    #expect(try test.ledger.remind().isEmpty)
  }

  @Test func `in the same words opens the thread of those words again`() throws {
    let test = try TestLedger()
    func say(_ words: String) throws -> Opened {
      try test.ledger.openCorrection(
        device: try eui(Fixture.other), .other(words), by: try test.actor(Fixture.supA),
        at: test.now())
    }
    let id = try say("the UPRN is that of the flat above").correction.id
    _ = try test.act(.resolve(.noFault), id, by: "DCC-017")
    #expect(try say("the post code is wrong").correction.id != id)
    let again = try say("the UPRN is that of the flat above")
    #expect(again.correction.id == id && again.correction.reopened == 1)
  }
}
