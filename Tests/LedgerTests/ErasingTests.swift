import Corrections
import EventLog
import Foundation
import Testing
import Wire

@testable import Ledger

@Suite struct `A value is found` {
  @Test(arguments: [
    "2001234501019", "MPAN 2001234501019.", "20 0123 4501 019", "2001-2345-01019",
    "00 801 090 20 0123 4501 019", "008010902001234501019",
    "<ImportMPxN>2001234501019</ImportMPxN>",
    "MPAN2001234501019", "2001234501019x", "2001/2345/01019", "2001,234,501,019",
    "(2001) 234501019",
    "2001\u{2013}2345\u{2013}01019", "2001\u{200B}234501019", "20012\u{AD}34501019",
    "2001_234501019",
    "\u{FF12}001234501019", "<!-- &#50;001234501019 -->", "&#x32;001234501019",
  ])
  func `however it is written`(_ text: String) {
    let search = ValueSearch("2001234501019")
    #expect(search.isIn(Array(text.utf8)))
    #expect(search.isIn(text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }))
    #expect(search.isIn(text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }))
  }

  @Test(arguments: ["20012345010199", "2001234501018", "2001234501", ""])
  func `where it is not another one`(_ text: String) {
    #expect(!ValueSearch("2001234501019").isIn(Array(text.utf8)))
  }

  @Test func `as words, in either case and in XML`() {
    let name = ValueSearch("Ann O'Neil & Co")
    #expect(name.isIn(Array("asked ann  o'neil & co. again".utf8)))
    #expect(name.isIn(Array("<Name>Ann O&apos;Neil &amp; Co</Name>".utf8)))
    #expect(!ValueSearch("Ann").isIn(Array("Annual plan".utf8)))
    let zoe = ValueSearch("Zo\u{EB} O'Brien")
    #expect(zoe.isIn(Array("ZOE\u{308} O'BRIEN called".utf8)) && zoe.isSame(as: "zo\u{EB} obrien"))
    #expect(!ValueSearch("8").isTelling && !ValueSearch("5.4").isTelling)
    #expect(ValueSearch("AB1 2CD").isIn(Array("at ab12cd, flat 3".utf8)))
    #expect(!ValueSearch("12345678").isIn(Array("00DB123456789012".utf8)))
  }
}

@Suite struct `A document` {
  @Test func `is read alike whether or not it is plain`() {
    // The same text with a reference in it takes the long way.
    let value = ValueSearch("AB1 2CD")
    for text in [
      "at AB1 2CD.", "--ab12cd--", "xAB12CD", "AB1 2CDx", "AB1\n2CD", "", " - ", "AB1 2C",
    ] {
      #expect(
        value.isIn(Array(text.utf8)) == value.isIn(Array((text + " &amp; \u{E9}").utf8)), "\(text)")
    }
  }

  @Test func `that comes while others are searched goes, too`() throws {
    let test = try TestLedger()
    let opened = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA)
    _ = try test.act(.note("nothing of it"), opened.correction.id, by: "DCC-017")
    let words = "spelled \(Fixture.ofB.prefix(4))/\(Fixture.ofB.dropFirst(4))"
    let user = try #require(try test.ledger.user("DCC-017"))
    let other = try test.another()
    defer { other.log.close() }
    var looks = 0
    let erased = try test.ledger.erase(
      .value(.mpxn, Fixture.ofB), reason: "asked for", by: user, via: .system
    ) { _ in
      looks += 1
      guard looks == 1 else { return }
      _ = try? other.act(
        .note(words), on: opened.correction.id, by: user, via: .system, at: other.now())
    }
    #expect(looks == 2 && erased.documents == 1)
    // Where nobody recorded anything meanwhile, documents are looked at once.
    looks = 0
    _ = try test.ledger.erase(
      .value(.mpxn, Fixture.ofA), reason: "asked for", by: user, via: .system
    ) { _ in looks += 1 }
    #expect(looks == 1)
    try test.expectNowhere([words])
  }
}

@Suite struct `Erasing` {
  private func user(_ test: TestLedger) throws -> User {
    try #require(try test.ledger.user("DCC-017"))
  }

  private func erase(
    _ thing: ErasableThing, in test: TestLedger, dryRun: Bool = false
  ) throws -> Erased {
    try test.ledger.erase(
      thing, reason: "asked for", by: try user(test), via: .system, dryRun: dryRun)
  }

  @Test func `takes a meter point out of every place, and changes no figure`() throws {
    let test = try TestLedger()
    let opened = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA)
    _ = try test.act(
      .note("called about \(Fixture.ofB)"), opened.correction.id, by: "DCC-017")
    let month = try #require(Month("2026-03"))
    let position = try test.ledger.head()
    let before = try test.ledger.report(month)
    let records = try test.records()
    let checkpoint = try test.ledger.checkpoint()
    let tried = try erase(.value(.mpxn, Fixture.ofB), in: test, dryRun: true)
    #expect(tried.position == nil && tried.values == 1 && tried.documents == 1)
    #expect(try test.ledger.head() == position)

    let erased = try erase(.value(.mpxn, Fixture.ofB), in: test)
    #expect(erased.values == 1 && erased.documents == 1 && erased.isWALEmpty)
    #expect(erased.found.isEmpty && erased.filesSearched > 3)
    try test.expectNowhere([Fixture.ofB])

    #expect(Array(try test.records().prefix(position)) == records)
    #expect(try test.ledger.holds(checkpoint))
    #expect(try Verification.run(at: test.folder, progress: { _, _ in }).answer == .proven)
    _ = try test.ledger.catchUpViews(waiting: 1000)
    #expect("\(try test.ledger.report(month).report)" == "\(before.report)")
    #expect(try test.correction(opened.correction.id).state == opened.correction.state)
    #expect(throws: CannotErase.self) { try erase(.value(.mpxn, Fixture.ofB), in: test) }
  }

  @Test func `gives the value that comes again a token of its own`() throws {
    let test = try TestLedger()
    let first = try test.report(
      Fixture.device, wants: Fixture.ofB, by: Fixture.supA, batch: "march")
    let token = try #require(try test.ledger.token(of: try point(Fixture.ofB)))
    _ = try erase(.value(.mpxn, Fixture.ofB), in: test)
    // The same row again is the first one: nobody can tell any more whether it says the same.
    let again = try test.report(
      Fixture.device, wants: Fixture.ofB, by: Fixture.supA, batch: "march")
    #expect(again.repeated && again.correction.id == first.correction.id)
    #expect(try test.ledger.token(of: try point(Fixture.ofB)) == nil)
    try test.look([Meter.all[0]: Fixture.ofB])
    let other = try #require(try test.ledger.token(of: try point(Fixture.ofB)))
    #expect(other != token)
    #expect(try test.ledger.timeline(Tag.mpxn(other)).allSatisfy { $0.name == "InventoryObserved" })
    let old = try test.ledger.timeline(Tag.mpxn(token))
    #expect(old.last?.name == "SubjectErased")
  }

  @Test func `takes a device's documents, and says which`() throws {
    let test = try TestLedger()
    let opened = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA)
    _ = try test.act(.note("the words of it"), opened.correction.id, by: "DCC-017")
    let device = try eui(Fixture.device)
    let erased = try erase(.documents(of: device), in: test)
    #expect(erased.documents >= 1 && erased.values == 0)
    try test.expectNowhere(["the words of it"])
    let event = try #require(try test.ledger.timeline(Tag.device(device)).last)
    #expect(event.name == "DocumentsErased")
    #expect(throws: CannotErase.self) { try erase(.documents(of: device), in: test) }
    #expect(try test.ledger.token(of: try point(Fixture.ofB)) != nil)
  }

  @Test func `finds every spelling of a value that is held, and nothing by a few characters`()
    throws
  {
    let test = try TestLedger()
    let heading = "DeviceID,DeviceType,DeviceStatus,PostCode"
    let device = "00-DB-12-34-56-78-20-0"
    let rows = ["1,ESME,Commissioned,ZZ9 9ZZ", "2,ESME,Commissioned,zz99zz"].map { device + $0 }
    _ = try test.file([heading] + rows) {
      try test.ledger.importInventory(
        $0, by: TestLedger.importer, at: test.now(), options: ImportOptions())
    }
    let erased = try erase(.value(.postcode, "ZZ99ZZ"), in: test)
    #expect(erased.values == 2)
    try test.expectNowhere(["ZZ9 9ZZ", "zz99zz"])
    for (kind, value) in [(SubjectKind.mpxn, "8"), (.reference, "5.4"), (.person, "sr")] {
      #expect(throws: CannotErase.self) { try erase(.value(kind, value), in: test) }
    }
  }

  @Test func `lets a full list of registrations end nothing of what was erased`() throws {
    let test = try TestLedger()
    let token = try #require(try test.ledger.token(of: try point(Fixture.ofA)))
    let before = try test.ledger.registrations(of: token, upTo: try test.ledger.head())
    _ = try erase(.value(.mpxn, Fixture.ofA), in: test)
    _ = try test.ledger.importRegistrations(
      example("registrations.csv"), mode: .full, by: TestLedger.importer, at: test.now(),
      options: ImportOptions())
    #expect(
      try test.ledger.registrations(of: token, upTo: try test.ledger.head()).map(\.to)
        == before.map(\.to))
  }

  @Test func `is refused where the reason names the value`() throws {
    let test = try TestLedger()
    #expect(throws: CannotErase.self) {
      try test.ledger.erase(
        .value(.mpxn, Fixture.ofA), reason: "the owner of \(Fixture.ofA) asked",
        by: try user(test), via: .system)
    }
  }

  @Test func `of more documents than one event can name is recorded in several`() throws {
    let target = try ErasureTarget.made(documents: 25_000, commitments: 3)
    #expect(target.parts.map(\.documents.count) == [10_000, 10_000, 5_000])
    #expect(target.parts.map(\.commitments.count) == [3, 0, 0])
    for part in target.parts {
      let events = target.events(of: part, with: [], device: nil, Fixture.name)
      #expect(events.count == part.documents.count / 500)
      for event in events {
        let stored = StoredForm.encode(.upkeep(event))
        #expect("\(stored.body)".utf8.count < 60_000)
      }
    }
  }

  @Test func `lists every erasure in a file of tokens`() throws {
    let test = try TestLedger()
    _ = try erase(.value(.mpxn, Fixture.ofA), in: test)
    _ = try erase(.value(.mpxn, Fixture.ofB), in: test)
    let path = test.folder + "/erasures.jsonl"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == (try test.ledger.timeline(Tag.erasures)).count)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }
}

extension ErasureTarget {
  /// One that was not looked for, with so many names.
  fileprivate static func made(documents: Int, commitments: Int) throws -> ErasureTarget {
    let test = try TestLedger()
    var target = try ErasureTarget(
      .documents(of: try eui("00-DB-12-34-56-78-FF-FF")), nil, in: test.ledger,
      upTo: try test.ledger.head(), { _ in })
    target.documents = Array(repeating: Fixture.name, count: documents)
    target.commitments = Array(repeating: 10_000_000, count: commitments)
    return target
  }
}

extension Fixture {
  fileprivate static let name = String(repeating: "A", count: 43)
}
