import Corrections
import EventLog
import Foundation
import Synchronization
import Testing
import Wire

@testable import Ledger

@Suite struct `Importing many rows` {
  private static let importer = Corrections.Actor(
    user: nil, party: "ledger", role: nil, via: .import)
  private static let rowsOfSlice = 2_000
  private static let options = {
    var options = ImportOptions()
    options.rowsOfSlice = rowsOfSlice
    return options
  }()
  private static let heading = "DeviceID,DeviceType,DeviceStatus,ImportMPxN,UPRN,PostCode"

  private func file(_ test: TestLedger, _ lines: [String]) throws -> String {
    let path = test.folder + "/\(UUID().uuidString).csv"
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @discardableResult
  private func inventory(
    _ test: TestLedger, _ rows: [String], at time: Instant? = nil, into ledger: Ledger? = nil
  ) throws -> Imported {
    try (ledger ?? test.ledger).importInventory(
      file(test, [Self.heading] + rows), by: Self.importer, at: time ?? test.now(),
      options: Self.options)
  }

  private func registrations(
    _ test: TestLedger, _ rows: [String], _ mode: RegistrationsImported.Mode = .update
  ) throws -> Imported {
    try test.ledger.importRegistrations(
      file(test, ["mpxn,kind,supplier,effective_from,effective_to"] + rows), mode: mode,
      by: Self.importer, at: test.now(), options: Self.options)
  }

  private func device(_ number: Int) -> String {
    "\(EUI64(bits: 0x00DB_1234_5600_0000 + UInt64(number)))"
  }

  private func row(_ number: Int, _ status: String = "Commissioned") -> String {
    // Neighbours share a place, as the devices of a household do.
    "\(device(number)),ESME,\(status),1\(100_000_000_000 + number),\(number / 5 + 1),ZZ9 9ZZ"
  }

  private func counts(_ imported: Imported) -> [Int] {
    [imported.rows, imported.added, imported.changed, imported.unchanged]
  }

  @Test func `several slices are one extract, and a second one is told by its differences`() throws
  {
    let test = try TestLedger(filled: false)
    let count = Self.rowsOfSlice * 2 + 300
    let rows = (0..<count).map { row($0) }
    #expect(counts(try inventory(test, rows)) == [count, count, 0, 0])
    let head = try test.ledger.head()
    var changed = rows
    for index in stride(from: 7, to: count, by: 1_000) { changed[index] = row(index, "Suspended") }
    changed.append(row(count))
    let differences = (count - 7 + 999) / 1_000
    let again = try inventory(test, changed)
    #expect(counts(again) == [count + 1, 1, differences, count - differences])
    #expect(try test.ledger.head() == head + differences + 2)
    #expect(try test.ledger.log.verifyContent().isEmpty)
    let last = try #require(EUI64(device(count - 1)))
    let place = try #require(try test.ledger.lastObservation(of: last, at: test.now())?.uprn)
    #expect(try test.ledger.log.subject(place.text)?.value == "\((count - 1) / 5 + 1)")
  }

  @Test func `a device that stands in two slices with the same words counts once`() throws {
    let test = try TestLedger(filled: false)
    let count = Self.rowsOfSlice + 10
    let rows = (0..<count).map { row($0) } + [row(3), row(count - 2)]
    #expect(counts(try inventory(test, rows)) == [count + 2, count, 0, 2])
  }

  @Test func `two rows that contradict each other refuse the file and are both named`() throws {
    let test = try TestLedger(filled: false)
    let head = try test.ledger.head()
    let rows = (0..<50).map { row($0) } + [row(4, "Suspended"), row(9), row(20, "Pending")]
    #expect {
      try inventory(test, rows)
    } throws: { error in
      guard let found = error as? CSVProblems else { return false }
      return found.total == 2 && found.problems.map(\.line) == [52, 54]
        && found.problems[0].message.contains("line 6")
        && found.problems[1].message.contains("line 22")
        && found.problems.allSatisfy { $0.place == "DeviceID" }
    }
    #expect(try test.ledger.head() == head)
    #expect(try test.ledger.log.token(kind: "postcode", value: "ZZ9 9ZZ") == nil)
  }

  @Test func `a meter point that another process names meanwhile keeps the token it got there`()
    throws
  {
    let test = try TestLedger(filled: false)
    let other = try test.another()
    let count = Self.rowsOfSlice * 3
    let rows = (0..<count).map { row($0) }
    let path = try file(test, [Self.heading] + rows)
    var options = Self.options
    let minted = Mutex<[Int: String]>([:])
    // When the first slice is told of, the second has its tokens and is not on its way yet.
    options.progress = { done, _ in
      guard done == Self.rowsOfSlice else { return }
      for (row, number) in [done + 5, done * 3 - 1].enumerated() {
        guard
          let subject = try? other.log.makeSubject(
            kind: "mpxn", value: "1\(100_000_000_000 + number)"),
          (try? other.log.appendRows(
            toSet: 1, startingAt: row + 1, [([UInt8(row)], [2])], subjects: [subject])) != nil
        else { return }
        minted.withLock { $0[number] = subject.token }
      }
    }
    let imported = try test.ledger.importInventory(
      path, by: Self.importer, at: test.now(), options: options)
    #expect(counts(imported) == [count, count, 0, 0])
    #expect(try test.ledger.log.verifyContent().isEmpty)
    let elsewhere = minted.withLock { $0 }
    #expect(
      elsewhere.keys.sorted() == [Self.rowsOfSlice + 5, count - 1],
      "the other one was first")
    for number in [0, Self.rowsOfSlice + 5, count - 1] {
      let id = try #require(EUI64(device(number)))
      let token = try #require(
        try test.ledger.lastObservation(of: id, at: test.now())?.importMPxN)
      #expect(
        try test.ledger.log.subject(token.text)?.value == "1\(100_000_000_000 + number)")
      #expect(elsewhere[number].map { $0 == token.text } ?? true)
    }
    other.log.close()
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `rows are compared as reading each timeline would`(_ seed: UInt64) throws {
    let test = try TestLedger()
    var random = seed
    func below(_ limit: Int) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(random >> 33) % limit
    }
    let statuses = ["Commissioned", "Suspended", "Pending"]
    for round in 0..<12 {
      if below(3) == 0 {
        // What is known of later refuses some.
        _ = try? test.submit(
          update(Fixture.ofA, device: Fixture.other, counter: UInt64(round + 1)))
      }
      var rows = (0..<6).filter { _ in below(4) > 0 }.map { row($0, statuses[below(3)]) }
      if below(2) == 0 { rows.append("\(Fixture.other),ESME,Commissioned,1655500011126,1,ZZ9 9ZZ") }
      let time =
        below(3) == 0
        ? test.now()
        : try #require(Instant(stored: "202\(4 + below(2))-0\(1 + below(9))-01T00:00:00.000Z"))
      if below(3) == 0, let last = try test.ledger.timeline(Tag.inventory).last {
        // Something recorded in error is no look that counts.
        let user = try #require(try test.ledger.user("DCC-017"))
        _ = try? test.ledger.annul(
          last.position - 1, reason: "read from another file", replacedBy: nil, by: user,
          via: .system)
      }
      var expected = (added: 0, changed: 0, unchanged: 0)
      let pool = SubjectPool(test.ledger.log)
      let path = try file(test, [Self.heading] + rows)
      _ = try CSVFile<InventoryRow>.read(path) { row, _ in
        let entry = test.ledger.entry(of: row, naming: try pool.find(row.personalValues))
        switch try test.ledger.lastObservation(of: row.deviceID, at: time) {
        case nil: expected.added += 1
        case entry?: expected.unchanged += 1
        case _?: expected.changed += 1
        }
      }
      let imported = try test.ledger.importInventory(
        path, by: Self.importer, at: time, options: ImportOptions())
      let found = [imported.added, imported.changed, imported.unchanged]
      let wanted = [expected.added, expected.changed, expected.unchanged]
      #expect(found == wanted, "round \(round)")
    }
  }

  @Test func `registrations of several slices are one set, and change by their differences`() throws
  {
    let test = try TestLedger(filled: false)
    let rows = (0..<9_500).map {
      "1\(100_000_000_000 + $0 / 3),import,SUP\($0 % 3),201\($0 % 3)-01-01,201\($0 % 3)-12-31"
    }
    #expect(counts(try registrations(test, rows)) == [9_500, 9_500, 0, 0])
    #expect(counts(try registrations(test, rows)) == [9_500, 0, 0, 9_500])
    var changed = rows
    changed[4_500] = changed[4_500].replacingOccurrences(of: "-12-31", with: "-06-30")
    changed.append("1999999999999,import,SUPX,2020-01-01,")
    #expect(counts(try registrations(test, changed)) == [9_501, 1, 1, 9_499])
    #expect(try test.ledger.log.verifyContent().isEmpty)
    let full = try registrations(test, Array(changed.dropFirst(9_000)), .full)
    #expect(full.changed == 0, "what has ended is not ended again")
    let open = try registrations(test, ["1999999999998,import,SUPX,2020-01-01,"], .full)
    #expect(counts(open) == [1, 1, 1, 0])
  }

  @Test func `registrations that overlap in one file are kept and flagged`() throws {
    let test = try TestLedger(filled: false)
    let imported = try registrations(
      test,
      [
        "1100000000090,import,SUPA,2024-01-01,2025-01-31",
        "1100000000090,import,SUPB,2025-02-01,",
        "1100000000090,export,SUPA,2024-06-01,",
        "1100000000090,import,SUPC,2025-01-31,2025-02-28",
        "1100000000090,import,SUPB,2025-02-01,",
        "1100000000090,import,SUPB,2025-02-01,2026-01-31",
      ])
    #expect(imported.added == 6)
    let overlaps = imported.warnings.filter { $0.kind == .overlappingRegistrations }
    #expect(overlaps.map(\.line) == [5, 7, 7], "the same row twice is no overlap")
    #expect(imported.warningCount == 3)
    #expect(overlaps.allSatisfy { !$0.text.contains("1100000000090") })
    #expect(overlaps.contains { $0.text.contains("the later line counts") })
    #expect(overlaps.contains { $0.text.contains("both are kept") })
  }
}

@Suite struct `Sorting more than memory holds` {
  @Test(arguments: [0, 1, 99, 100, 101, 5_000])
  func `gives every row once, in order`(_ count: Int) throws {
    let sort = SpilledSort(inMemory: 100)
    var expected: [SortedRow] = []
    var state: UInt64 = 7
    for place in 0..<count {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      let row = SortedRow(
        key: state >> 54, second: state >> 20 & 3, third: 0, fourth: state & 1, place: UInt64(place)
      )
      expected.append(row)
      try sort.add(row)
    }
    var found: [SortedRow] = []
    try sort.inOrder { found.append($0) }
    #expect(found == expected.sorted())
  }
}
