import Corrections
import EventLog
import Testing
import Wire

@testable import Ledger

/// A file of old tickets, in the order of its columns.
private let heading =
  "reference,raised_at,category,device_id,mpxn,error_code,raised_by,resolved_at,handovers,field,"
  + "requested,closed_at,outcome,route"

extension TestLedger {
  /// Takes over rows of old tickets.
  @discardableResult
  func tickets(_ rows: String..., dryRun: Bool = false) throws -> Imported {
    try file([heading] + rows) {
      var options = ImportOptions()
      options.isDryRun = dryRun
      return try ledger.importIncidents($0, by: TestLedger.importer, options: options)
    }
  }

  /// Every correction, ended ones too.
  func allCorrections() throws -> [Correction] {
    var filter = CorrectionFilter()
    filter.includesEnded = true
    return try ledger.corrections(filter).corrections
  }
}

@Suite struct `An old ticket` {
  private func day(_ text: String) throws -> Instant {
    try #require(Instant(stored: text + ":00.000Z"))
  }

  @Test func `becomes a correction with its own dates`() throws {
    let test = try TestLedger()
    let done = try test.tickets(
      "INC1,2026-01-05T09:00:00Z,3,\(Fixture.other),\(Fixture.ofA),E080415,SUPA,"
        + "2026-02-02T16:30:00Z,7,importMPxN,\(Fixture.ofA),2026-02-09T12:00:00Z,resolved,manual")
    #expect(done.added == 1 && done.changed == 0)
    let correction = try #require(try test.allCorrections().first)
    #expect(try correction.openedAt == day("2026-01-05T09:00"))
    #expect(try correction.resolvedAt == day("2026-02-02T16:30"))
    #expect(try correction.confirmationLapsedAt == day("2026-02-09T12:00"))
    #expect(correction.state == .resolved && correction.hasEnded)
    #expect(correction.category == 3 && correction.handovers == 7)
    #expect(correction.firstCode == "E080415" && correction.requester == "SUPA")
    #expect(correction.resolutions.first?.route == .manual)
    #expect(correction.turns.map(\.holder) == [.notKnown, .nobody])
    #expect(correction.ticket?.isBundled == false)
    #expect(try test.device(Fixture.other).openCorrection(of: .importMPxN) == nil)
    #expect(
      try test.steps(correction.id, "IncidentTakenOver").map(\.effectiveAt) == [
        day("2026-01-05T09:00")
      ])
  }

  @Test func `that is open has been nobody's that is known, and is the DCC's from now on`() throws {
    let test = try TestLedger()
    try test.tickets("INC1,2026-01-05,,\(Fixture.other),,,SUPA,,0,importMPxN,\(Fixture.ofA),,,")
    let id = try #require(try test.device(Fixture.other).openCorrection(of: .importMPxN))
    let taken = try test.correction(id)
    #expect(taken.turns.map(\.holder) == [.notKnown, .dcc])
    #expect(taken.advice == nil)
    _ = try test.ledger.remind()
    #expect(try test.correction(id).advice?.route == .selfServe)
    try test.submit(update(Fixture.ofA, device: Fixture.other, counter: 1))
    #expect(try test.correction(id).state == .resolved)
  }

  @Test func `of several rows is one correction a row, each marked as bundled`() throws {
    let test = try TestLedger()
    try test.tickets(
      "INC1,2026-01-05,,\(Fixture.other),,,SUPA,,0,importMPxN,\(Fixture.ofA),,,",
      "INC1,2026-01-05,,\(Fixture.device),,,SUPA,,0,importMPxN,\(Fixture.ofA),,,",
      "INC2,2026-01-05,,\(Fixture.pending),,,SUPA,,0,importMPxN,\(Fixture.ofA),,,")
    let all = try test.allCorrections()
    #expect(all.map { $0.ticket?.isBundled } == [true, true, false])
    let last = try #require(try test.ledger.log.event(at: try test.ledger.head())).recorded()
    #expect(
      last.event
        == .incidentsImported(IncidentsImported(rows: 3, takenOver: 3, bundled: 2)))
  }

  @Test func `read again changes nothing`() throws {
    let test = try TestLedger()
    let rows = [
      "INC1,2026-01-05,,\(Fixture.other),,E080415,SUPA,2026-02-01,1,importMPxN,\(Fixture.ofA),,,",
      "INC2,2026-01-06,,,,,SUPB,,0,,,,,",
      "INC3,2026-01-07,,\(Fixture.device),,,SUPC,,0,other,the words of the ticket,,,",
    ]
    try test.tickets(rows[0], rows[1], rows[2])
    let head = try test.ledger.head()
    let again = try test.tickets(rows[0], rows[1], rows[2])
    #expect(again.unchanged == 3 && again.added == 0 && again.changed == 0)
    #expect(again.position == nil)
    #expect(try test.ledger.head() == head)
  }

  @Test func `that ended meanwhile replaces what was taken over, under the same number`() throws {
    let test = try TestLedger()
    let open = "INC1,2026-01-05,,\(Fixture.other),,,SUPA,,0,importMPxN,\(Fixture.ofA),,,"
    try test.tickets(open)
    let id = try #require(try test.device(Fixture.other).openCorrection(of: .importMPxN))
    let ended = open.replacing("SUPA,,0", with: "SUPA,2026-02-20T10:00:00Z,2")
    let tried = try test.tickets(ended, dryRun: true)
    #expect(tried.changed == 1)
    #expect(try test.correction(id).isOpen)
    #expect(try test.tickets(ended).changed == 1)
    #expect(try test.allCorrections().map(\.id) == [id])
    #expect(try test.correction(id).state == .resolved)
    #expect(try test.device(Fixture.other).openCorrection(of: .importMPxN) == nil)
    #expect(try test.ledger.rebuildViews().same == true)
    #expect(try test.tickets(ended).unchanged == 1)
  }

  @Test func `on which somebody works here is not replaced`() throws {
    let test = try TestLedger()
    let open = "INC1,2026-01-05,,\(Fixture.other),,,SUPA,,0,importMPxN,\(Fixture.ofA),,,"
    try test.tickets(open)
    let id = try #require(try test.device(Fixture.other).openCorrection(of: .importMPxN))
    _ = try test.act(.note("looking"), id, by: "DCC-017")
    let ended = open.replacing("SUPA,,0", with: "SUPA,2026-02-20T10:00:00Z,2")
    #expect(try test.tickets(ended).unchanged == 1)
    #expect(try test.correction(id).isOpen)
    #expect(try test.device(Fixture.other).openCorrection(of: .importMPxN) == id)
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `without a device can be noted and rejected, and refuses every other action`() throws {
    let test = try TestLedger()
    try test.tickets("INC1,2026-01-05,,,\(Fixture.ofA),,SUPA,,0,importMPxN,,,,")
    let correction = try #require(try test.allCorrections().first)
    #expect(correction.knownDevice == nil && correction.state == .open)
    for action in [Action.advise, .withdraw(reason: "x"), .escalate(reason: "x")] {
      #expect(throws: Refusal.noDevice(correction.id)) {
        try test.act(action, correction.id, by: Fixture.supA)
      }
    }
    #expect(try test.ledger.remind().isEmpty)
    _ = try test.act(.note("nobody knows which meter"), correction.id, by: "DCC-017")
    _ = try test.act(.reject(reason: "nobody knows which meter"), correction.id, by: "DCC-017")
    #expect(try test.correction(correction.id).state == .rejected)
    #expect(try test.allCorrections().map(\.state) == [.rejected])
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `that is open joins the correction that is open for its device and field`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.other, wants: Fixture.ofA, by: Fixture.supA).correction.id
    let row = "INC1,2026-03-02,,\(Fixture.other),,,SUPC,,0,importMPxN,\(Fixture.ofA),,,"
    try test.tickets(row)
    let ticket = try #require(try test.allCorrections().first { $0.id != id })
    #expect(ticket.state == .merged && ticket.mergedInto == id)
    #expect(ticket.openedAt == (try day("2026-03-02T00:00")), "with its own date")
    #expect(try test.correction(id).reporters == ["SUPA", "SUPC"])
    #expect(try test.correction(id).absorbed == [ticket.id])
    #expect(try test.device(Fixture.other).openCorrection(of: .importMPxN) == id)
    #expect(try test.ledger.rebuildViews().same == true)
    let head = try test.ledger.head()
    #expect(try test.tickets(row).unchanged == 1)
    #expect(try test.ledger.head() == head)
    // One that has ended is a correction of its own.
    try test.tickets(
      row.replacing("INC1", with: "INC2").replacing("SUPC,,", with: "SUPC,2026-03-03,"))
    #expect(try test.allCorrections().count == 3)
  }

  @Test func `of one fault by one party are several tickets of one correction`() throws {
    let test = try TestLedger()
    let id = try test.report(Fixture.other, wants: Fixture.ofA, by: Fixture.supA).correction.id
    let rows = [
      "INC1,2026-03-02,,\(Fixture.other),,,SUPA,,3,importMPxN,\(Fixture.ofA),,,",
      "INC2,2026-03-03,,\(Fixture.other),,E080415,SUPC,,0,importMPxN,\(Fixture.ofB),,,",
      "INC3,2026-03-04,,\(Fixture.other),,,SUPC,,0,importMPxN,,,,",
    ]
    #expect(try test.tickets(rows[0], rows[1], rows[2]).added == 3)
    let correction = try test.correction(id)
    #expect(correction.absorbed.count == 3 && correction.joined == 3)
    #expect(correction.reporters == ["SUPA", "SUPC"])
    #expect(correction.disputes.map(\.party) == ["SUPC"], "what INC3 does not say settles nothing")
    let tickets = try test.allCorrections().filter { $0.mergedInto == id }
    #expect(tickets.map(\.handovers) == [3, 0, 0])
    #expect(tickets.map(\.firstCode) == [nil, "E080415", nil])
    #expect(try test.tickets(rows[0], rows[1], rows[2]).unchanged == 3)
    #expect(try test.ledger.rebuildViews().same == true)
  }

  @Test func `of a device that nobody knows are one correction for each field`() throws {
    let test = try TestLedger()
    let nobodys = "00-DB-12-34-56-78-FF-01"
    let row = "INC1,2026-03-02,,\(nobodys),,,SUPA,,0,importMPxN,\(Fixture.ofA),,,"
    try test.tickets(
      row, row.replacing("INC1", with: "INC2"),
      row.replacing("INC1", with: "INC3").replacing("importMPxN", with: "exportMPAN"))
    let all = try test.allCorrections()
    #expect(all.map(\.state) == [.open, .merged, .open])
    #expect(all[1].mergedInto == all[0].id)
  }

  @Test func `that is open again joins what was opened meanwhile, and opens nothing beside it`()
    throws
  {
    let test = try TestLedger()
    let ended = "INC1,2026-01-05,,\(Fixture.other),,,SUPA,2026-02-20,0,importMPxN,\(Fixture.ofA),,,"
    try test.tickets(ended)
    let id = try test.report(Fixture.other, wants: Fixture.ofB, by: Fixture.supC).correction.id
    let again = ended.replacing("2026-02-20", with: "")
    try test.tickets(again)
    #expect(try test.allCorrections().map(\.mergedInto) == [id, nil])
    #expect(try test.correction(id).reporters == ["SUPC", "SUPA"])
    #expect(try test.allCorrections().filter(\.isOpen).map(\.id) == [id])
    #expect(try test.tickets(again).unchanged == 1)
  }

  @Test func `that was ended and is open leaves no row of its end behind`() throws {
    let test = try TestLedger()
    let ended = "INC1,2026-01-05,,\(Fixture.other),,,SUPA,2026-02-20,0,importMPxN,\(Fixture.ofA),,,"
    try test.tickets(ended)
    try test.ledger.catchUpViews()
    try test.tickets(ended.replacing("2026-02-20", with: ""))
    #expect(try test.ledger.rebuildViews().same == true)
    #expect(try test.ledger.report(try #require(Month("2026-02"))).report.resolved.isEmpty)
  }

  @Test func `without a field never joins another`() throws {
    let test = try TestLedger()
    _ = try test.report(Fixture.other, wants: Fixture.ofA, by: Fixture.supA)
    try test.tickets("INC1,2026-01-05,,\(Fixture.other),,,SUPC,,0,,,,,")
    #expect(try test.allCorrections().count == 2)
  }

  @Test func `counts in the months of its own dates`() throws {
    let test = try TestLedger()
    try test.tickets(
      "INC1,2026-01-05T09:00:00Z,,\(Fixture.other),,,SUPA,2026-02-02T16:30:00Z,7,importMPxN,"
        + "\(Fixture.ofA),,,manual", "INC2,2026-01-20,,,,,SUPB,,0,,,,,",
      "INC3,2026-02-03,,,,,SUPB,,0,,,2026-02-04,rejected,")
    func report(_ month: String) throws -> ResolutionReport {
      try test.ledger.report(try #require(Month(month))).report
    }
    let (january, february) = (try report("2026-01"), try report("2026-02"))
    #expect(january.opened == 2 && january.resolved.isEmpty && january.running.count == 2)
    #expect(february.opened == 1 && february.resolved.count == 1 && february.rejected == 1)
    #expect(february.running.count == 1)
    #expect(try report("2025-12").opened == 0)
    #expect(february.groups(.byRoute).map(\.name) == ["manual"])
  }

  @Test(arguments: [
    "INC1,2036-01-05,,,,,SUPA,,0,,,,,", "INC1,2026-01-05,,,,,SUPA,2036-01-05,0,,,,,",
    "INC1,2026-01-05,,,,,SUPA,,0,,,2036-01-05,,", "INC1,2026-01-05,,,,,SUPA,2026-01-04,0,,,,,",
    "INC1,2026-01-05,6,,,,SUPA,,0,,,,,", "INC1,2026-01-05,,,,,1655500011126,,0,,,,,",
    "INC1,2026-01-05,,\(Fixture.other),,,SUPA,,0,status,Broken,,,",
    "INC1,2026-01-05,,\(Fixture.other),,,SUPA,,0,importMPxN,abc,,,", ",2026-01-05,,,,,SUPA,,0,,,,,",
  ])
  func `that can't be so refuses the whole file`(_ row: String) throws {
    let test = try TestLedger()
    let head = try test.ledger.head()
    #expect(throws: (any Error).self) {
      try test.tickets("INC0,2026-01-05,,,,,SUPA,,0,,,,,", row)
    }
    #expect(try test.ledger.head() == head)
  }
}
