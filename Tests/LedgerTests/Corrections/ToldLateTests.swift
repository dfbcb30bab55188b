import Corrections
import Testing

@testable import Ledger

/// What was true in a period and recorded after its end: shown, and by whom.
@Suite struct `Recorded after the end of a period` {
  private func late(_ test: TestLedger, _ days: (String, String), of party: String? = nil) throws
    -> [String: Int]
  {
    let (from, to) = (try #require(CivilDate(days.0)), try #require(CivilDate(days.1)))
    let period = try #require(ReportPeriod(from: from, to: to))
    return try test.ledger.report(period, of: ReportFilter(party: party)).late
  }

  @Test func `are steps, also within one month, and that they were in error`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    try test.pass(to: "2026-03-09T10:00:00.000Z")
    let user = try #require(try test.ledger.user("DCC-017"))
    let at = try #require(Instant(stored: "2026-03-05T09:00:00.000Z"))
    _ = try test.ledger.act(.note("x"), on: id, by: user, via: .system, at: at)
    #expect(try late(test, ("2026-03-01", "2026-03-06")) == ["DCC": 1])
    #expect(try late(test, ("2026-03-01", "2026-03-06"), of: "SUPA") == ["DCC": 1])
    #expect(try late(test, ("2026-03-01", "2026-03-06"), of: "SUPB") == [:])
    #expect(try late(test, ("2026-03-01", "2026-03-31")) == [:])
    #expect(try late(test, ("2026-03-06", "2026-03-08")) == [:])
    let position = try test.ledger.head()
    try test.pass(to: "2026-03-11T10:00:00.000Z")
    try test.annul(position)
    #expect(try late(test, ("2026-03-01", "2026-03-06")) == ["DCC": 1], "the annulment now")
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `are answers to requests, of the party that asked`() throws {
    let test = try TestLedger()
    try test.pass(to: "2026-03-20T10:00:00.000Z")
    let at = try #require(Instant(stored: "2026-03-05T09:00:00.000Z"))
    let event = ServiceResponseIssued(
      requestID: RequestID(
        originator: try eui(Fixture.supA), target: try eui(Fixture.broker), counter: 1),
      party: "SUPA", serviceReference: "8.4", deviceID: try eui(Fixture.device), code: "E080415")
    let actor = Corrections.Actor(user: nil, party: "DCC", role: nil, via: .system)
    _ = try test.ledger.append([.serviceResponseIssued(event)], [], by: actor, at: at)
    #expect(try late(test, ("2026-03-01", "2026-03-06")) == ["DCC": 1])
    #expect(try late(test, ("2026-03-01", "2026-03-06"), of: "SUPA") == ["DCC": 1])
    #expect(try late(test, ("2026-03-01", "2026-03-06"), of: "SUPB") == [:])
  }
}
