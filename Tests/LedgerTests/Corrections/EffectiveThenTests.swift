import Corrections
import EventLog
import Testing

@testable import Ledger

@Suite struct `Of what was true by a moment` {
  private func day(_ text: String) throws -> Instant {
    try #require(Instant(stored: "2026-\(text):00.000Z"))
  }

  private static let id = CorrectionID(number: 1)

  private func ticket(_ raised: String, _ ended: String) -> String {
    "INC1,\(raised),3,\(Fixture.other),,,SUPA,\(ended),7,importMPxN,\(Fixture.ofA),,,"
  }

  @Test func `an old ticket is open until it ended, and nobody is known to have had it`() throws {
    let test = try TestLedger()
    try test.tickets(ticket("2026-01-05T09:00:00Z", "2026-02-02T16:30:00Z"))
    func then(_ moment: String) throws -> Correction? {
      try test.ledger.correction(Self.id, effectiveAt: try day(moment))
    }
    #expect(try then("01-05T08:00") == nil)
    let open = try #require(try then("01-20T00:00"))
    #expect(open.state == .open && open.resolvedAt == nil && open.resolutions.isEmpty)
    #expect(open.turns.map(\.holder) == [.notKnown] && open.holder.holder == .notKnown)
    let ended = try #require(try then("02-03T00:00"))
    #expect(ended.state == .resolved && ended.hasEnded && ended.holder.holder == .nobody)
  }

  @Test func `an old ticket that was rejected is so from its closing on`() throws {
    let test = try TestLedger()
    try test.tickets(
      "INC1,2026-01-05T09:00:00Z,3,\(Fixture.other),,,SUPA,2026-01-31T10:00:00Z,7,importMPxN,"
        + "\(Fixture.ofA),2026-02-02T10:00:00Z,rejected,")
    func then(_ moment: String) throws -> Correction? {
      try test.ledger.correction(Self.id, effectiveAt: try day(moment))
    }
    let between = try #require(try then("01-31T20:00"))
    #expect(between.state == .open && between.holder.holder == .notKnown)
    #expect(try then("02-02T09:00")?.state == .open)
    #expect(try then("02-02T10:00")?.state == .rejected)
    let period = ReportPeriod(try #require(Month("2026-01")))
    for moment in ["01-31T20:00", "02-01T12:00"] {
      let report = try test.ledger.report(period, effectiveAt: try day(moment)).report
      #expect(report.running.count == 1, "\(moment)")
    }
  }

  @Test func `an old ticket that is told anew ended when it is told to have ended last`() throws {
    let test = try TestLedger()
    try test.tickets(ticket("2026-01-05T09:00:00Z", ""))
    let first = try test.ledger.head()
    try test.tickets(ticket("2026-01-05T09:00:00Z", "2026-01-20T16:30:00Z"))
    let between = try day("01-12T00:00")
    let after = try day("01-22T00:00")
    #expect(try test.ledger.correction(Self.id, upTo: first, effectiveAt: after)?.state == .open)
    #expect(try test.ledger.correction(Self.id, effectiveAt: after)?.state == .resolved)
    #expect(try test.ledger.correction(Self.id, effectiveAt: between)?.state == .open)
    #expect(
      try test.ledger.corrections(CorrectionFilter(), effectiveAt: between).corrections.count == 1)
    #expect(
      try test.ledger.corrections(CorrectionFilter(), effectiveAt: after).corrections.isEmpty)
    let period = ReportPeriod(try #require(Month("2026-01")))
    let early = try test.ledger.report(period, effectiveAt: between).report
    #expect(early.opened == 1 && early.running.map(\.holder) == [.notKnown])
    let late = try test.ledger.report(period, effectiveAt: after).report
    #expect(late.opened == 1 && late.resolved.count == 1 && late.running.isEmpty)
  }

  @Test func `an annulment goes with the event that it is about`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    let opened = try test.ledger.recordedAt(try test.ledger.head())
    try test.pass(to: "2026-03-06T10:00:00.000Z")
    _ = try test.act(.consent, id, by: Fixture.supB)
    let consent = try test.position(of: "ConsentGiven", id)
    let agreed = test.now()
    try test.pass(to: "2026-03-09T10:00:00.000Z")
    try test.annul(consent)
    let timeline = try test.ledger.timeline(Tag.correction(id))
    let annulment = try #require(timeline.last { $0.name == "EventAnnulled" })
    #expect(annulment.effectiveAt > agreed)
    let then = timeline.effective(at: agreed).map(\.position)
    #expect(then.contains(consent) && then.contains(annulment.position))
    let before = timeline.effective(at: opened).map(\.position)
    #expect(!before.contains(consent) && !before.contains(annulment.position))
    #expect(timeline.effective(at: nil) == timeline)
    #expect(try test.ledger.correction(id, effectiveAt: agreed)?.state == .awaitingConsent)
    #expect(
      try test.ledger.correction(id, upTo: annulment.position - 1, effectiveAt: agreed)?.state
        == .awaitingFix)
  }

  @Test func `requests are those that were answered by then`() throws {
    let test = try TestLedger()
    let march = ReportPeriod(try #require(Month("2026-03")))
    try test.submit(update(Fixture.ofB, counter: 1))
    let first = test.now()
    try test.pass(to: "2026-03-06T10:00:00.000Z")
    try test.submit(update(Fixture.ofB, counter: 2))
    let then = try test.ledger.report(march, effectiveAt: first)
    #expect(then.requests.values.reduce(0, +) == 1)
    #expect(try test.ledger.report(march).requests.values.reduce(0, +) == 2)
    #expect(then.countedTo == first && then.effectiveAt == first)
    let ahead = try test.ledger.report(march, effectiveAt: try day("12-24T00:00"))
    #expect(ahead.countedTo == ahead.knownAt, "clocks run no further than what is known")
    #expect(ahead.requests.values.reduce(0, +) == 2)
  }
}
