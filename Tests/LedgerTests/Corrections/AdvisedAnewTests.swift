import Corrections
import EventLog
import Testing

@testable import Ledger

/// Nobody has to ask: when the facts lead elsewhere the route is worked out anew.
@Suite struct `A route is worked out anew` {
  private func route(_ id: CorrectionID, _ test: TestLedger) throws -> Route? {
    try test.correction(id).advice?.route
  }

  @Test func `once a registration brings both values to the requester`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    #expect(try route(id, test) == .twoSupplier)
    try test.register("\(Fixture.ofB),import,SUPA,2026-03-01,")
    let correction = try test.correction(id)
    #expect(correction.advice?.route == .selfServe)
    #expect(correction.state == .awaitingRequest)
    #expect(correction.consents.map(\.answer) == [.lapsed, .lapsed])
    #expect(correction.holder.party == "SUPA")
    let advised = try #require(try test.steps(id, "RouteAdvised").last)
    #expect(advised.actor == .ledger)
    // What was advised holds: the request passes.
    #expect(try test.submit(update(Fixture.ofB, counter: 1)).judgement?.accepted == true)
    #expect(try test.correction(id).state == .resolved)
  }

  @Test func `once another supplier has come in, who is asked then`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    try test.register("\(Fixture.ofB),import,SUPC,2026-03-01,")
    #expect(try test.correction(id).pendingConsents.map(\.party) == ["SUPC"])
    #expect(try test.steps(id, "ConsentLapsed").count == 1)
  }

  @Test func `not by an import that names the same suppliers`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA).correction.id
    let head = try test.ledger.head()
    try test.register("1100000000111,import,SUPC,2026-03-01,")
    #expect(try test.events(after: head).map(\.name) == ["RegistrationsImported"])
    #expect(try route(id, test) == .twoSupplier)
  }

  @Test func `once a Pending device is seen commissioned`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.pending, wants: Fixture.ofA, by: Fixture.supA).correction.id
    #expect(try route(id, test) == .installingSupplier)
    try test.look([Fixture.pending: ""])
    #expect(try route(id, test) == .selfServe)
    #expect(try test.correction(id).holder.party == "SUPA")
  }

  @Test func `once an alert says that a Pending device was restored`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.pending, wants: Fixture.ofA, by: Fixture.supA).correction.id
    try test.record(
      Message.alert("N17", Message.statusChange(Fixture.pending, "<DeviceRestored/>")))
    let status = try test.device(Fixture.pending).currentStatus?.value
    #expect(try (route(id, test) == .selfServe) == (status == .commissioned))
  }

  @Test func `by remind, once the day has come that it waited for`() throws {
    let test = try TestLedger()
    let wanted = "1100000000111"
    try test.register("\(wanted),import,SUPA,2026-03-20,")
    let id = try test.report(Fixture.other, wants: wanted, by: Fixture.supA).correction.id
    let waiting = try test.correction(id)
    #expect(waiting.state == .awaitingRegistration)
    #expect(waiting.advice?.until == Instant(stored: "2026-03-20T00:00:00.000Z"))
    #expect(waiting.holder.holder == .nobody)
    try test.pass(to: "2026-03-19T23:00:00.000Z")
    #expect(try test.ledger.remind().isEmpty, "not before, and nobody is reminded meanwhile")
    try test.pass(to: "2026-03-20T09:30:00.000Z")
    let done = try test.ledger.remind()
    #expect(done.map(\.correction.id) == [id])
    let correction = try test.correction(id)
    #expect(correction.advice?.route == .selfServe)
    #expect(correction.state == .awaitingRequest)
    // From that day on it was the requester's, whenever somebody looked.
    #expect(correction.turns.map(\.holder).suffix(2) == [.nobody, .requester])
    let since = Instant(stored: "2026-03-20T00:00:00.000Z")
    #expect(correction.turns.last?.from == since)
    #expect(correction.task(at: test.now())?.from == since, "its days are counted from then")
    #expect(try test.ledger.remind().isEmpty)
    #expect(try test.ledger.rebuildViews().same == true)
  }
}
