import Corrections
import EventLog
import Foundation
import Testing
import Wire

@testable import Ledger

@Suite struct `Recording responses` {
  @Test func `to a request that was never seen changes nothing and is flagged`() throws {
    let test = try TestLedger(mode: .observer)
    let id = try update(Fixture.ofA, device: Fixture.other, counter: 1).id
    let before = try test.device(Fixture.other)
    let recorded = try test.record(Message.response("I99", to: id))
    #expect(recorded.flags == [.requestNotKnown])
    #expect(recorded.consequences.isEmpty)
    #expect(try test.device(Fixture.other) == before)
  }

  @Test func `twice records it once, with the first outcome`() throws {
    let test = try TestLedger(mode: .observer)
    let request = try update(Fixture.ofA, device: Fixture.other, counter: 1)
    try test.submit(request)
    let first = try test.record(Message.response("I0", to: request.id))
    let head = try test.ledger.head()
    let again = try test.record(Message.response("I0", to: request.id))
    #expect(again.repeated && again.contentCompared)
    #expect(again.position == first.position)
    #expect(again.consequences.map(\.position) == first.consequences.map(\.position))
    #expect(try test.ledger.head() == head)
  }

  @Test func `that says something else under the same identity is recorded, too`() throws {
    let test = try TestLedger(mode: .observer)
    let request = try update(Fixture.ofA, device: Fixture.other, counter: 1)
    try test.submit(request)
    let first = Message.response("I0", to: request.id)
    let other = first.replacingOccurrences(
      of: "</ResponseMessage>", with: "<GBCSPayload>AAAA</GBCSPayload></ResponseMessage>")
    let recorded = try test.record(first)
    let second = try test.record(other)
    #expect(!second.repeated)
    #expect(second.position > recorded.position)
    #expect(try test.record(other).position == second.position)
    #expect(try test.record(first).position == recorded.position)
  }

  @Test func `of success changes an observer's SMI and heals the correction of the field`() throws {
    let test = try TestLedger(mode: .observer)
    let user = try #require(try test.ledger.user(Fixture.supA))
    let correction = try test.ledger.openCorrection(
      device: try eui(Fixture.other), .mpxn(.importMPxN, try point(Fixture.ofA)),
      by: Corrections.Actor(user: user.id, party: user.party, role: nil, via: .system),
      at: test.now()
    ).correction
    let request = try update(Fixture.ofA, device: Fixture.other, counter: 1)
    try test.submit(request)
    #expect(try test.held(Fixture.other) != Fixture.ofA)
    try test.record(Message.response("I99", to: request.id, at: "2026-03-04T10:00:30Z"))
    #expect(try test.held(Fixture.other) == Fixture.ofA)
    #expect(try test.ledger.correction(correction.id)?.state == .resolved)
  }

  @Test func `of a value that is no longer the newest heals nothing`() throws {
    let test = try TestLedger(mode: .observer)
    let user = try #require(try test.ledger.user(Fixture.supA))
    let correction = try test.ledger.openCorrection(
      device: try eui(Fixture.other), .mpxn(.importMPxN, try point(Fixture.ofA)),
      by: Corrections.Actor(user: user.id, party: user.party, role: nil, via: .system),
      at: test.now()
    ).correction
    let wanted = try update(Fixture.ofA, device: Fixture.other, counter: 1)
    let later = try update(Fixture.ofB, device: Fixture.other, counter: 2)
    try test.submit(wanted)
    try test.submit(later)
    try test.record(Message.response("I0", to: later.id, at: "2026-03-04T09:30:00Z"))
    try test.record(Message.response("I0", to: wanted.id, at: "2026-03-04T09:00:00Z"))
    #expect(try test.held(Fixture.other) == Fixture.ofB)
    #expect(try test.ledger.correction(correction.id)?.state != .resolved)
  }

  @Test func `carries a request out once`() throws {
    let test = try TestLedger(mode: .observer)
    let id = "00-DB-12-34-56-78-A0-00"
    let request = try prenotifying(try eui(id), counter: 1)
    try test.submit(request)
    func answer(_ code: String, _ time: String) throws -> RecordedMessage {
      try test.record(Message.response(code, to: request.id, at: time, reference: "12.2"))
    }
    #expect(try answer("I99", "2026-03-04T08:00:00Z").consequences.count == 1)
    try test.record(
      Message.alert(
        "N16", Message.statusChange(id, "<DeviceSuspended/>"), at: "2026-03-04T08:30:00Z"))
    let again = try answer("I0", "2026-03-04T09:00:00Z")
    #expect(again.consequences.isEmpty && again.flags.isEmpty)
    #expect(try test.device(id).currentStatus?.value == .suspended)
  }

  @Test func `in an authority to what it answers itself changes nothing`() throws {
    let test = try TestLedger()
    let request = try update(Fixture.ofB, device: Fixture.other, counter: 1)
    #expect(try test.submit(request).response?.code == "E080415")
    let before = try test.device(Fixture.other)
    let recorded = try test.record(Message.response("I99", to: request.id))
    #expect(recorded.flags == [.answeredHere])
    #expect(recorded.divergence?.predicted == "E080415")
    #expect(try test.held(Fixture.other) == "1655500011126")
    #expect(try test.device(Fixture.other).history(.importMPxN) == before.history(.importMPxN))
  }

  @Test func `with a time that lies ahead or isn't there is recorded as of now`() throws {
    let test = try TestLedger(mode: .observer)
    let id = try update(Fixture.ofA, counter: 1).id
    let recorded = try test.record(Message.response("I0", to: id, at: "2036-01-01T00:00:00Z"))
    #expect(recorded.flags.contains(.timeAhead))
    let stored = try #require(try test.ledger.log.event(at: recorded.position)).recorded()
    #expect(stored.effectiveAt <= test.now())
  }

  @Test func `with a code that DUIS does not name flags it, and it is no divergence`() throws {
    let test = try TestLedger(mode: .observer)
    let request = try update(Fixture.ofA, device: Fixture.other, counter: 1)
    try test.submit(request)
    let recorded = try test.record(Message.response("E089999", to: request.id))
    #expect(recorded.flags == [.codeNotKnown])
    #expect(recorded.divergence == nil)
  }

  @Test func `that contradicts an earlier one is flagged`() throws {
    let test = try TestLedger(mode: .observer)
    let request = try update(Fixture.ofA, device: Fixture.other, counter: 1)
    try test.submit(request)
    let refused = try test.record(Message.response("E080410", to: request.id))
    #expect(refused.flags.isEmpty)
    let accepted = try test.record(
      Message.response("I0", to: request.id, at: "2026-03-04T09:10:00Z"))
    #expect(accepted.flags == [.contradictsEarlier])
    #expect(try test.held(Fixture.other) == Fixture.ofA)
  }

  @Test func `for another service than was asked for changes nothing`() throws {
    let test = try TestLedger(mode: .observer)
    let request = try update(Fixture.ofA, device: Fixture.other, counter: 1)
    try test.submit(request)
    let recorded = try test.record(Message.response("I0", to: request.id, reference: "8.2"))
    #expect(recorded.flags.contains(.otherServiceReference))
    #expect(recorded.consequences.isEmpty)
  }
}
