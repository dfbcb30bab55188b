import Corrections
import EventLog
import Foundation
import Testing
import Wire

@testable import Ledger

@Suite struct `Importing each kind of file` {
  enum Kind: String, CaseIterable { case users, products, registrations, inventory }

  private static let importer = Corrections.Actor(
    user: nil, party: "ledger", role: nil, via: .import)

  /// The published example of a kind, as lines.
  private func lines(_ kind: Kind) throws -> [String] {
    try String(contentsOfFile: example("\(kind.rawValue).csv"), encoding: .utf8)
      .split(whereSeparator: \.isNewline).map(String.init)
  }

  @discardableResult
  private func take(
    _ kind: Kind, _ lines: [String], into test: TestLedger, at time: Instant? = nil,
    dryRun: Bool = false
  ) throws -> Imported {
    let path = NSTemporaryDirectory() + "\(UUID().uuidString).csv"
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    var options = ImportOptions()
    options.isDryRun = dryRun
    let time = time ?? test.now()
    let (by, ledger) = (Self.importer, test.ledger)
    switch kind {
    case .users: return try ledger.importUsers(path, by: by, at: time, options: options)
    case .products: return try ledger.importProducts(path, by: by, at: time, options: options)
    case .registrations:
      return try ledger.importRegistrations(
        path, mode: .update, by: by, at: time, options: options)
    case .inventory: return try ledger.importInventory(path, by: by, at: time, options: options)
    }
  }

  private func counts(_ imported: Imported) -> [Int] {
    [imported.rows, imported.added, imported.changed, imported.unchanged]
  }

  @Test(arguments: Kind.allCases)
  func `rows are new once and unchanged ever after`(_ kind: Kind) throws {
    let test = try TestLedger(filled: false)
    let lines = try lines(kind)
    let rows = lines.count - 1
    let at = test.now()
    #expect(counts(try take(kind, lines, into: test, at: at)) == [rows, rows, 0, 0])
    let head = try test.ledger.head()
    let again = try take(kind, lines, into: test, at: at)
    #expect(counts(again) == [rows, 0, 0, rows])
    #expect(again.position == nil)
    #expect(try test.ledger.head() == head)
    let shuffled = [lines[0]] + lines.dropFirst().reversed()
    #expect(counts(try take(kind, shuffled, into: test, at: at)) == [rows, 0, 0, rows])
    #expect(try test.ledger.head() == head)
  }

  @Test(arguments: Kind.allCases)
  func `a dry run counts alike and records nothing, not even a token`(_ kind: Kind) throws {
    let test = try TestLedger(filled: false)
    let lines = try lines(kind)
    let head = try test.ledger.head()
    let would = try take(kind, lines, into: test, dryRun: true)
    #expect(try test.ledger.head() == head)
    #expect(try test.ledger.token(of: try point("1655500011126")) == nil)
    #expect(try test.ledger.log.newestUnfinishedSet() == nil)
    #expect(would.position == nil)
    #expect(counts(would) == counts(try take(kind, lines, into: test)))
  }

  @Test(arguments: Kind.allCases)
  func `a bad row in the middle takes nothing of the file and is named`(_ kind: Kind) throws {
    let test = try TestLedger(filled: false)
    var lines = try lines(kind)
    let head = try test.ledger.head()
    let cells = lines[3].split(separator: ",", omittingEmptySubsequences: false)
    lines[3] = (["!!"] + cells.dropFirst()).joined(separator: ",")
    #expect {
      try take(kind, lines, into: test)
    } throws: { error in
      guard let problems = error as? CSVProblems, let first = problems.problems.first else {
        return false
      }
      return problems.total == 1 && first.line == 4 && first.place != nil
        && first.file?.hasSuffix(".csv") == true
    }
    #expect(try test.ledger.head() == head)
    #expect(try test.ledger.log.newestUnfinishedSet() == nil)
    #expect(try test.ledger.token(of: try point("1655500011126")) == nil)
  }

  @Test func `a changed user replaces the one held`() throws {
    let test = try TestLedger()
    let header = try lines(.users)[0]
    let imported = try take(
      .users, [header, "\(Fixture.supA),SUPA,SUPA;SUPX,IS,suspended,"], into: test)
    #expect(counts(imported) == [1, 0, 1, 0])
    let user = try #require(try test.ledger.user(Fixture.supA))
    #expect(user.marketParticipantIDs == ["SUPA", "SUPX"])
    #expect(user.status == .suspended)
    #expect(try test.ledger.user(Fixture.supA.lowercased()) == user)
    #expect(try test.ledger.party(ofParticipant: "SUPX") == nil, "nobody may act for it")
  }

  @Test func `a person's name changes by its token`() throws {
    let test = try TestLedger(filled: false)
    let header = try lines(.users)[0]
    try take(.users, [header, "DCC-030,DCC,,DCC,active,Example One"], into: test)
    let first = try test.ledger.user("DCC-030")?.name
    let changed = try take(
      .users, [header, "DCC-030,DCC,,DCC,active,Example Two"], into: test)
    #expect(changed.changed == 1)
    #expect(try test.ledger.user("DCC-030")?.name != first)
    try take(.users, [header, "DCC-030,DCC,,DCC,active,Example One"], into: test)
    #expect(try test.ledger.user("DCC-030")?.name == first, "one live token per value")
  }

  @Test func `a changed product replaces the one held, another one stands beside it`() throws {
    let test = try TestLedger(filled: false)
    let lines = try lines(.products)
    try take(.products, lines, into: test)
    let ended = lines[1].replacingOccurrences(of: "Active", with: "Withdrawn")
    #expect(counts(try take(.products, [lines[0], ended], into: test)) == [1, 0, 1, 0])
    let other = lines[1].replacingOccurrences(of: "0002012F", with: "00020130")
    #expect(counts(try take(.products, [lines[0], other], into: test)) == [1, 1, 0, 0])
    #expect(counts(try take(.products, [lines[0], ended, other], into: test)) == [2, 0, 0, 2])
  }

  @Test func `an extract says what changed and is passed over where nothing did`() throws {
    let test = try TestLedger()
    var lines = try lines(.inventory)
    lines[1] = lines[1].replacingOccurrences(of: "Commissioned", with: "Suspended")
    let imported = try take(.inventory, lines, into: test)
    #expect(counts(imported) == [5, 0, 1, 4])
    let device = try #require(try test.ledger.device(try eui(Fixture.other)))
    #expect(device.currentStatus?.value == .suspended)
  }

  @Test func `an extract that still shows what an accepted request replaced is recorded`() throws {
    let test = try TestLedger()
    try test.submit(update(Fixture.ofA, device: Fixture.other, counter: 1))
    let imported = try take(.inventory, try lines(.inventory), into: test)
    #expect(imported.changed == 0)
    #expect(imported.added + imported.unchanged == 5)
    let device = try #require(try test.ledger.device(try eui(Fixture.other)))
    let shown = try #require(device.current(.importMPxN))
    #expect(
      try test.ledger.mpxn(shown.value)?.digits == "1655500011126",
      "what the SMI said last is what it says")
    #expect(device.history(.importMPxN).entries.count == 3)
  }

  @Test func `an extract of an earlier day changes the past only`() throws {
    let test = try TestLedger()
    let lines = try lines(.inventory)
    let early = try #require(Instant(stored: "2025-01-01T00:00:00.000Z"))
    let row =
      "\(Fixture.other),ESME,Pending,CD02,0A0B0C0D,V5.1,0002012E,,\(Fixture.ofA),,,BDE,,,,,,"
    try take(.inventory, [lines[0], row], into: test, at: early)
    let device = try #require(try test.ledger.device(try eui(Fixture.other)))
    #expect(device.currentStatus?.value == .commissioned)
    #expect(device.details.esmeVariant == .ADE)
    #expect(device.details.manufacturer == "AB01")
    let shown = try #require(device.current(.importMPxN))
    #expect(try test.ledger.mpxn(shown.value)?.digits == "1655500011126")
    let history = try device.history(.importMPxN).entries.map {
      try $0.value.flatMap { try test.ledger.mpxn($0)?.digits }
    }
    #expect(history == [Fixture.ofA, "1655500011126"])
  }

  @Test func `a registration changes its end and begins anew without losing what was`() throws {
    let test = try TestLedger(filled: false)
    let header = try lines(.registrations)[0]
    try take(.registrations, [header, "\(Fixture.ofB),import,SUPB,2026-01-09,"], into: test)
    let token = try #require(try test.ledger.token(of: try point(Fixture.ofB)))
    let ended = try take(
      .registrations,
      [
        header, "\(Fixture.ofB),import,SUPB,2026-01-09,2026-02-28",
        "\(Fixture.ofB),import,SUPC,2026-03-01,",
      ],
      into: test)
    #expect(counts(ended) == [2, 1, 1, 0])
    let rows = try test.ledger.registrations(of: token, upTo: test.ledger.head())
    #expect(rows.map(\.supplier).sorted() == ["SUPB", "SUPC"])
    let last = try #require(Instant(stored: "2026-02-28T23:59:59.999Z"))
    let first = try #require(Instant(stored: "2026-03-01T00:00:00.000Z"))
    #expect(RegistrationAnswer(rows: rows, at: last).registration?.supplier == "SUPB")
    #expect(RegistrationAnswer(rows: rows, at: first).registration?.supplier == "SUPC")
  }

  @Test func `an interrupted extract goes on where it was`() throws {
    let test = try TestLedger(filled: false)
    let rows = (0..<600).map { index in
      let low = String(index + 0x1000, radix: 16, uppercase: true)
      return "00-DB-12-34-56-78-\(low.prefix(2))-\(low.suffix(2)),ESME,Commissioned"
    }
    let header = "DeviceID,DeviceType,DeviceStatus"
    try take(.inventory, [header] + rows.prefix(250), into: test)
    let imported = try take(.inventory, [header] + rows, into: test)
    #expect(counts(imported) == [600, 350, 0, 250])
    #expect(counts(try take(.inventory, [header] + rows, into: test)) == [600, 0, 0, 600])
  }

  @Test func `the same row twice in one file counts once`() throws {
    for kind in Kind.allCases {
      let test = try TestLedger(filled: false)
      let lines = try lines(kind)
      let imported = try take(kind, [lines[0], lines[1], lines[1]], into: test)
      #expect(imported.rows == 2, "\(kind)")
      #expect(counts(try take(kind, [lines[0], lines[1]], into: test)) == [1, 0, 0, 1], "\(kind)")
      // Registrations come by the million: a row listed twice is stored twice and counts once.
      #expect(imported.added == (kind == .registrations ? 2 : 1), "\(kind)")
    }
  }
}
