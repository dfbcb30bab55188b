import Corrections
import EventLog
import Foundation
import Testing

@testable import Ledger

@Suite struct `One thread from refusal to confirmation` {
  /// A refused request, its correction, and everything up to confirmed.
  private func walk(_ test: TestLedger) throws -> CorrectionID {
    let refused = try test.submit(update(Fixture.ofB, counter: 2))
    let opened = try test.ledger.openCorrection(
      from: refused.requestID, by: nil, at: test.now())
    let id = opened.correction.id
    _ = try test.act(.consent, id, by: Fixture.supB)
    _ = try test.act(.propose(explanation: nil), id, by: "DCC-017")
    _ = try test.act(.approve, id, by: "DCC-021")
    _ = try test.act(.apply, id, by: "DSP-004")
    _ = try test.act(.verify, id, by: "DCC-017")
    _ = try test.act(.confirm, id, by: Fixture.supA)
    return id
  }

  @Test func `ends confirmed, with the wanted value on the device`() throws {
    let test = try TestLedger()
    let id = try walk(test)
    let correction = try #require(try test.ledger.correction(id))
    #expect(correction.state == .confirmed)
    let device = try #require(try test.ledger.device(correction.deviceID))
    #expect(device.value(of: correction.field, at: test.now()) == correction.requested)
    #expect(device.openCorrection(of: correction.field) == nil)
    #expect(try test.ledger.log.verifyContent().isEmpty)
  }

  @Test func `shows at each position what was shown then`() throws {
    let test = try TestLedger()
    let refused = try test.submit(update(Fixture.ofB, counter: 2))
    let id = try test.ledger.openCorrection(from: refused.requestID, by: nil, at: test.now())
      .correction.id
    var shown: [(position: Int, correction: Correction?, device: Device?)] = []
    func look() throws {
      let head = try test.ledger.head()
      let correction = try test.ledger.correction(id)
      shown.append(
        (head, correction, try test.ledger.device(try eui(Fixture.device))))
    }
    try look()
    for (action, user) in [
      (Action.consent, Fixture.supB), (.propose(explanation: nil), "DCC-017"),
      (.approve, "DCC-021"),
      (.apply, "DSP-004"), (.verify, "DCC-017"), (.confirm, Fixture.supA),
    ] {
      _ = try test.act(action, id, by: user)
      try look()
    }
    for then in shown {
      #expect(try test.ledger.correction(id, upTo: then.position) == then.correction)
      let device = try test.ledger.device(
        try eui(Fixture.device), upTo: then.position)
      #expect(device == then.device)
    }
  }

  @Test func `a second report joins and the same report again changes nothing`() throws {
    let test = try TestLedger()
    let first = try test.submit(update(Fixture.ofB, counter: 2))
    let second = try test.submit(update(Fixture.ofB, by: Fixture.supC, counter: 2))
    let opened = try test.ledger.openCorrection(from: first.requestID, by: nil, at: test.now())
    let joined = try test.ledger.openCorrection(from: second.requestID, by: nil, at: test.now())
    #expect(!opened.joined)
    #expect(joined.joined)
    #expect(joined.correction.id == opened.correction.id)
    #expect(joined.correction.reporters == ["SUPA", "SUPC"])
    let head = try test.ledger.head()
    let again = try test.ledger.openCorrection(from: second.requestID, by: nil, at: test.now())
    #expect(again.repeated)
    #expect(try test.ledger.head() == head)
  }

  @Test func `of many who report at once one opens and the others join`() async throws {
    let test = try TestLedger()
    let requests = try (1...8).map { try update(Fixture.ofB, counter: UInt64($0)) }
    for request in requests { try test.submit(request) }
    let opened = try await withThrowingTaskGroup(of: Opened.self) { group in
      for request in requests {
        group.addTask {
          try test.ledger.openCorrection(from: request.id, by: nil, at: test.now())
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(opened.map(\.correction.id)).count == 1)
    #expect(opened.filter { !$0.joined }.count == 1)
    let device = try #require(try test.ledger.device(try eui(Fixture.device)))
    #expect(device.corrections.count == 1)
  }

  @Test func `of two who approve at once one does and the other is told`() async throws {
    let test = try TestLedger()
    let refused = try test.submit(update(Fixture.ofB, counter: 2))
    let id = try test.ledger.openCorrection(from: refused.requestID, by: nil, at: test.now())
      .correction.id
    _ = try test.act(.consent, id, by: Fixture.supB)
    _ = try test.act(.propose(explanation: nil), id, by: "DCC-017")
    let outcomes = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 {
        group.addTask {
          do {
            _ = try test.act(.approve, id, by: "DCC-021")
            return true
          } catch is Refusal {
            return false
          } catch {
            Issue.record(error)
            return false
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.filter { $0 }.count == 1)
  }

  @Test func `an accepted request that brings the wanted value resolves it`() throws {
    let test = try TestLedger()
    let user = try #require(try test.ledger.user(Fixture.supA))
    let opened = try test.ledger.openCorrection(
      device: try eui(Fixture.other), .mpxn(.importMPxN, try point(Fixture.ofA)),
      by: Corrections.Actor(user: user.id, party: user.party, role: nil, via: .system),
      at: test.now())
    #expect(opened.correction.state == .awaitingRequest)
    try test.submit(update(Fixture.ofA, device: Fixture.other, counter: 3))
    let healed = try #require(try test.ledger.correction(opened.correction.id))
    #expect(healed.state == .resolved)
    #expect(healed.how == .serviceRequest)
  }
}
