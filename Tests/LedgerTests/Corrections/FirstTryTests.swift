import Corrections
import Testing

@testable import Ledger

/// Whether an 8.4 was a first try: the last one about the device was accepted, or there was none.
@Suite struct `First tries` {
  private func tries(_ test: TestLedger) throws -> (requests: [String: Int], first: [String: Int]) {
    let reported = try test.ledger.report(ReportPeriod(try #require(Month("2026-03"))))
    return (reported.requests, reported.firstTries)
  }

  private func answer(
    _ code: String, _ counter: UInt64, to test: TestLedger, about device: String = Fixture.device
  ) throws -> Int {
    let request = RequestID(
      originator: try eui(Fixture.supA), target: try eui(Fixture.broker), counter: counter)
    let event = ServiceResponseIssued(
      requestID: request, party: "SUPA", serviceReference: "8.4", deviceID: try eui(device),
      code: code)
    let actor = Corrections.Actor(user: nil, party: "DCC", role: nil, via: .system)
    return try test.ledger.append([.serviceResponseIssued(event)], [], by: actor, at: test.now())
  }

  @Test func `what follows a refusal is another try, what follows an acceptance a first one`()
    throws
  {
    let test = try TestLedger()
    for (counter, code) in ["E080415", "E080414", "I0", "I0", "E080415"].enumerated() {
      _ = try answer(code, UInt64(counter), to: test)
    }
    _ = try answer("I0", 9, to: test, about: Fixture.other)
    let found = try tries(test)
    #expect(found.requests == ["E080415": 2, "E080414": 1, "I0": 3])
    #expect(found.first == ["E080415": 2, "E080414": 0, "I0": 2])
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `a refusal in error makes the next one the first`() throws {
    let test = try TestLedger()
    let refused = try answer("E080415", 1, to: test)
    _ = try answer("I0", 2, to: test)
    #expect(try tries(test).first == ["E080415": 1, "I0": 0])
    try test.annul(refused)
    let found = try tries(test)
    #expect(found.requests == ["I0": 1] && found.first == ["I0": 1])
    _ = try answer("E080414", 3, to: test)
    #expect(try tries(test).first["E080414"] == 1)
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `are known when the views are opened again`() throws {
    let test = try TestLedger()
    _ = try answer("E080415", 1, to: test)
    _ = try tries(test)
    let again = try test.another()
    _ = try answer("I0", 2, to: test)
    let reported = try again.report(ReportPeriod(try #require(Month("2026-03"))))
    #expect(reported.firstTries == ["E080415": 1, "I0": 0])
  }
}
