import Corrections
import Testing

@testable import Ledger

@Suite struct `The terms of a ledger` {
  @Test func `count each day by the calendar in force at its start, also one that is to come`()
    throws
  {
    let test = try TestLedger(filled: false)
    // The ledger opens on Wednesday 4 March 2026; from Monday 6 April at 00:00 BST it is Scottish.
    let change = try #require(Instant(stored: "2026-04-05T23:00:00.000Z"))
    _ = try test.ledger.append(
      [.calendarSet(CalendarSet(calendar: "scotland", from: change))], [], by: .ledger,
      at: test.now())
    let terms = try test.ledger.terms()
    #expect(terms.calendar(at: change.advanced(byMilliseconds: -1)) == .englandAndWales)
    #expect(terms.calendar(at: change) == .scotland)
    let turn = Turn(
      holder: .dcc, from: try #require(Instant(stored: "2026-04-02T09:00:00.000Z")), to: nil)
    // Two working days after Thursday the 2nd: Easter Monday, by then Scottish, and the 7th.
    #expect(terms.dueAt(turn) == Instant(stored: "2026-04-07T23:00:00.000Z"))
    #expect(
      terms.calendars.name(from: turn.from, to: change.advanced(byMilliseconds: 1))
        == "England and Wales until 5 Apr 2026, then Scotland")
  }
}
