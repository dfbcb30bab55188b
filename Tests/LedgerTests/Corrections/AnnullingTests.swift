import Corrections
import EventLog
import OwnThread
import Testing
import Wire

@testable import Ledger

extension TestLedger {
  /// Says that an event was recorded in error.
  @discardableResult
  func annul(_ position: Int, replacedBy: Int? = nil, dryRun: Bool = false) throws -> Annulled {
    try ledger.annul(
      position, reason: "in error", replacedBy: replacedBy,
      by: try #require(try ledger.user("DCC-017")), via: .system, dryRun: dryRun)
  }

  /// The only event of a correction under a name.
  func position(of name: String, _ id: CorrectionID) throws -> Int {
    try #require(try steps(id, name).last).position
  }
}

@Suite struct `An event recorded in error` {
  private func month() throws -> Month { try #require(Month("2026-03")) }

  @Test func `counts as never effective: state, clocks and views are as if it had not been`() throws
  {
    let test = try TestLedger()
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    let before = try test.correction(id)
    try test.pass(to: "2026-03-06T10:00:00.000Z")
    _ = try test.act(.refuse(reason: "no"), id, by: Fixture.supB)
    #expect(try test.correction(id).state == .open)
    try test.ledger.catchUpViews()
    let position = try test.position(of: "ConsentRefused", id)
    let annulled = try test.annul(position)
    #expect(annulled.event.position == position && annulled.caused.isEmpty)
    let timeline = try test.ledger.timeline(Tag.correction(id))
    #expect(Correction.fold(id, timeline.standing) == before)
    let now = try test.correction(id)
    #expect(now.turns == before.turns && now.state == before.state)
    #expect(now.position == annulled.position, "it moved on all the same")
    var filter = CorrectionFilter()
    filter.holder = .counterparty
    #expect(try test.ledger.corrections(filter).corrections == [now])
    #expect(try test.ledger.rebuildViews().same == true)
    // SUPB can answer now as if it had not.
    #expect(try test.act(.consent, id, by: Fixture.supB).correction.state == .awaitingFix)
  }

  @Test func `moves its correction on for who has read it, though its last event stands`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    _ = try test.act(.categorise(1), id, by: "DCC-017")
    _ = try test.act(.note("seen"), id, by: "DCC-017")
    let read = try test.correction(id)
    #expect(read.category == 1)
    let annulled = try test.annul(try test.position(of: "CategorySet", id))
    let now = try test.correction(id)
    #expect(now.category == nil)
    #expect(now.position == annulled.position && now.position > read.position)
    let user = try #require(try test.ledger.user("DCC-017"))
    #expect {
      try test.ledger.act(
        .note("again"), on: id, by: user, via: .system, guarded: ActGuard(expected: read.position))
    } throws: { error in
      (error as? MovedOn)?.found == annulled.position
    }
    _ = try test.ledger.act(
      .note("again"), on: id, by: user, via: .system, guarded: ActGuard(expected: now.position))
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `leaves it on a page that is being read`() throws {
    let test = try TestLedger()
    let first = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction
    let second = try test.report(Fixture.other, wants: Fixture.ofB, by: Fixture.supA).correction
    var query = PageQuery(CorrectionFilter(), limit: 10)
    query.candidatesAtOnce = 1
    var seen: [CorrectionID] = []
    let page = try test.ledger.corrections(query, at: test.now()) { correction in
      if seen.isEmpty {
        // Between the first candidate and the second, which is none any more.
        let writer = OwnThread { _ = try? test.annul(second.openedAtPosition) }
        writer.join()
      }
      seen.append(correction.id)
      return true
    }
    #expect(try test.ledger.correction(second.id) == nil, "it was annulled meanwhile")
    #expect(page.corrections == [first, second] && seen == [first.id, second.id])
  }

  @Test func `is shown as before to who asks what was known before`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    _ = try test.act(.refuse(reason: "no"), id, by: Fixture.supB)
    let known = try test.ledger.head()
    let then = try test.correction(id)
    let reported = try test.ledger.report(month(), knownAt: known)
    try test.annul(try test.position(of: "ConsentRefused", id))
    #expect(try test.ledger.correction(id, upTo: known) == then)
    let later = try test.ledger.report(month(), knownAt: known)
    #expect(later.root == reported.root && later.knownAt == reported.knownAt)
    #expect(later.report.byHolder == reported.report.byHolder)
    let timeline = try test.ledger.timeline(Tag.correction(id))
    #expect(timeline.contains { $0.name == "ConsentRefused" }, "it stays, and is struck through")
    let annulment = try #require(timeline.annulments.values.first)
    #expect(timeline.annulments.keys.first == (try test.position(of: "ConsentRefused", id)))
    #expect(annulment.position == (try test.ledger.head()))
    #expect(!timeline.standing.contains { $0.name == "ConsentRefused" })
  }

  @Test func `counts no more in a month`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.other, wants: Fixture.ofA, by: Fixture.supA).correction.id
    let none = try test.ledger.report(month())
    _ = try test.report(Fixture.other, wants: Fixture.ofA, by: Fixture.supC)
    try test.submit(update(Fixture.ofA, device: Fixture.other, counter: 1))
    _ = try test.act(.reopen(reason: "x"), id, by: Fixture.supA)
    _ = try test.act(.escalate(reason: "x"), id, by: Fixture.supA)
    let all = try test.ledger.report(month())
    #expect(all.count(.joined) == 1 && all.count(.reopened) == 1 && all.count(.escalated) == 1)
    #expect(all.requests == ["I99": 1])
    // As long as the inventory holds the wanted value it would resolve by itself again.
    let update = try #require(
      try test.ledger.timeline(Tag.device(eui(Fixture.other))).last { $0.name == "MPxNUpdated" })
    try test.annul(update.position)
    for name in ["IncidentRaised", "CorrectionReopened", "CorrectionResolved", "CorrectionJoined"] {
      try test.annul(try test.position(of: name, id))
    }
    let issued = try #require(
      try test.ledger.timeline(Tag.device(eui(Fixture.other))).last {
        $0.name == "ServiceResponseIssued"
      })
    try test.annul(issued.position)
    let after = try test.ledger.report(month())
    #expect(
      after.count(.joined) == 0 && after.count(.reopened) == 0 && after.count(.escalated) == 0)
    #expect(after.report.resolved.count == none.report.resolved.count)
    #expect(after.requests.isEmpty)
    #expect(try test.correction(id).reporters == ["SUPA"])
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `gives back what rests on it as evidence, too`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    _ = try test.act(.consent, id, by: Fixture.supB)
    _ = try test.act(.propose(explanation: nil), id, by: "DCC-017")
    _ = try test.act(.approve, id, by: "DCC-021")
    _ = try test.act(.apply, id, by: "DSP-004")
    _ = try test.act(.verify, id, by: "DCC-017")
    let change = try #require(
      try test.ledger.timeline(Tag.device(try eui(Fixture.device))).last {
        $0.name == "MPxNUpdated"
      })
    let tried = try test.annul(change.position, dryRun: true)
    #expect(tried.caused.map(\.name) == ["FixVerified", "CorrectionResolved"])
  }

  @Test func `leaves what it caused, which is given back`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.other, wants: Fixture.ofA, by: Fixture.supA).correction.id
    try test.submit(update(Fixture.ofA, device: Fixture.other, counter: 1))
    let resolved = try #require(try test.steps(id, "CorrectionResolved").first)
    let change = try #require(resolved.cause)
    let tried = try test.annul(change, dryRun: true)
    #expect(tried.position == nil && tried.caused == [resolved])
    #expect(try test.held(Fixture.other) == Fixture.ofA)
    let annulled = try test.annul(change)
    #expect(annulled.caused == [resolved])
    #expect(try test.held(Fixture.other) != Fixture.ofA)
    #expect(try test.correction(id).state == .resolved)
    #expect(try test.annul(resolved.position).caused.isEmpty)
    #expect(try test.correction(id).isOpen)
    #expect(try test.device(Fixture.other).openCorrection(of: .importMPxN) == id)
    // What was annulled is no cause of anything any more.
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `that opened a correction takes it away, and it can be reported anew`() throws {
    let test = try TestLedger()
    let refused = try test.submit(update(Fixture.ofB, counter: 1))
    func open() throws -> Opened {
      try test.ledger.openCorrection(from: refused.requestID, by: nil, at: test.now())
    }
    let first = try open().correction
    try test.ledger.catchUpViews()
    try test.annul(first.openedAtPosition)
    #expect(try test.ledger.correction(first.id) == nil)
    #expect(try test.allCorrections().isEmpty)
    #expect(try test.device(Fixture.device).openCorrection(of: .importMPxN) == nil)
    #expect(throws: NoSuchCorrection.self) { try test.act(.note("x"), first.id, by: "DCC-017") }
    #expect(try test.ledger.report(month()).report.opened == 0)
    let second = try open()
    #expect(!second.repeated && second.correction.id.number == 2)
    #expect(try open().repeated)
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `that opened a correction lets who had joined it report anew`() throws {
    let test = try TestLedger()
    let first = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction
    let refused = try test.submit(update(Fixture.ofB, by: Fixture.supC, counter: 1))
    func open() throws -> Opened {
      try test.ledger.openCorrection(from: refused.requestID, by: nil, at: test.now())
    }
    #expect(try open().joined)
    try test.annul(first.openedAtPosition)
    let anew = try open()
    #expect(!anew.joined && !anew.repeated)
    #expect(anew.correction.id.number == 2 && anew.correction.requester == "SUPC")
    #expect(try open().repeated)
  }

  @Test func `that ended a correction opens it again, but not beside another one`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    _ = try test.act(.withdraw(reason: "x"), id, by: Fixture.supA)
    let other = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supC).correction.id
    let withdrawn = try test.position(of: "CorrectionWithdrawn", id)
    let head = try test.ledger.head()
    #expect(throws: CannotAnnul.self) { try test.annul(withdrawn) }
    #expect(try test.ledger.head() == head)
    _ = try test.act(.withdraw(reason: "x"), other, by: Fixture.supC)
    try test.annul(withdrawn)
    #expect(try test.device(Fixture.device).openCorrection(of: .importMPxN) == id)
  }

  @Test func `that set a policy leaves the one before in force`() throws {
    let test = try TestLedger()
    let before = try test.ledger.terms().policy(at: test.now())
    var change = PolicyChange()
    change.turns = [.dcc: 9]
    let set = try test.ledger.setPolicy(
      change, from: test.now(), by: try #require(try test.ledger.user("DCC-017")), via: .system)
    let position = try #require(set.position)
    #expect(try test.ledger.terms().policy(at: test.now()).days(for: .dcc) == 9)
    try test.annul(position)
    #expect(try test.ledger.terms().policy(at: test.now()) == before)
    #expect(try test.ledger.terms(upTo: position).policy(at: test.now()).days(for: .dcc) == 9)
    #expect(try test.ledger.rebuildViews().same == true)
    // A number that was given once is given to no other policy.
    _ = try test.ledger.setPolicy(
      change, from: test.now(), by: try #require(try test.ledger.user("DCC-017")), via: .system)
    #expect(try test.ledger.terms().policy(at: test.now()).version == 3)
  }

  @Test func `and was annulled can't be annulled again, nor can what nothing annuls`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    _ = try test.act(.note("x"), id, by: "DCC-017")
    let note = try test.position(of: "NoteAdded", id)
    let annulment = try #require(try test.annul(note).position)
    let registrations = try #require(try test.ledger.timeline(Tag.registrations).first).position
    let head = try test.ledger.head()
    func reason(_ position: Int, replacedBy: Int? = nil) -> String {
      do {
        try test.annul(position, replacedBy: replacedBy)
        return "annulled"
      } catch let error as CannotAnnul {
        return "\(error)"
      } catch {
        return "failed: \(error)"
      }
    }
    #expect(reason(note) == "annulledAlready(\(note), by: \(annulment))")
    #expect(reason(annulment) == "exempt(\(annulment), type: \"EventAnnulled\")")
    #expect(reason(1) == "exempt(1, type: \"LedgerOpened\")")
    #expect(reason(registrations) == "exempt(\(registrations), type: \"RegistrationsImported\")")
    for position in [0, -1, head + 1] {
      #expect(reason(position) == "noSuchEvent(\(position), head: \(head))")
    }
    #expect(
      reason(note + 1, replacedBy: head + 9).hasPrefix("noSuchEvent(\(head + 9)")
        || note + 1 == annulment)
    #expect(try test.ledger.head() == head)
  }

  @Test func `twice at once is annulled once`() async throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    _ = try test.act(.note("x"), id, by: "DCC-017")
    let note = try test.position(of: "NoteAdded", id)
    let done = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 {
        group.addTask { (try? test.annul(note)) != nil }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(done.count { $0 } == 1)
    #expect(try test.ledger.timeline(Tag.event(note)).count == 1)
  }
}
