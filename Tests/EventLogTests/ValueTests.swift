import CanonicalJSON
import Testing

@testable import EventLog

@Suite struct `subjects and documents` {
  @Test func `are stored by the append that names them, and found by token and value`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let subject = try log.makeSubject(kind: "mpxn", value: "1234567890123")
    let document = log.makeDocument(Array("hello".utf8))
    #expect(!subject.isStored)
    #expect(try log.token(kind: "mpxn", value: "1234567890123") == nil)
    #expect(try log.document(named: document.name) == nil)
    _ = try log.append(AppendRequest(subjects: [subject], documents: [document]) { _ in [.test()] })
    #expect(try log.token(kind: "mpxn", value: "1234567890123") == subject.token)
    #expect(try log.subject(subject.token)?.value == "1234567890123")
    #expect(try log.document(named: document.name) == Array("hello".utf8))
    let again = try log.makeSubject(kind: "mpxn", value: "1234567890123")
    #expect(again.isStored && again.token == subject.token)
    #expect(try log.makeSubject(kind: "uprn", value: "1234567890123").token != subject.token)
    _ = try log.append(AppendRequest(subjects: [again]) { _ in [.test()] })
    #expect(try log.subject("not a token") == nil)
  }

  @Test func `minted twice at the same time: the second is told, and may retry`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let one = try log.makeSubject(kind: "mpxn", value: "1")
    let other = try log.makeSubject(kind: "mpxn", value: "1")
    _ = try log.append(AppendRequest(subjects: [one]) { _ in [.test()] })
    var kind: String?
    do {
      _ = try log.append(AppendRequest(subjects: [other]) { _ in [.test()] })
    } catch LogError.subjectMinted(let found) { kind = found }
    #expect(kind == "mpxn")
    #expect(try log.head().position == 2)
  }

  @Test func `erased meanwhile are not named again`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let first = try log.makeSubject(kind: "mpxn", value: "1")
    _ = try log.append(AppendRequest(subjects: [first]) { _ in [.test()] })
    let known = try log.makeSubject(kind: "mpxn", value: "1")
    try RawDatabase(folder.database).execute("DELETE FROM subject")
    #expect(throws: LogError.self) {
      try log.append(AppendRequest(subjects: [known]) { _ in [.test()] })
    }
    let fresh = try log.makeSubject(kind: "mpxn", value: "1")
    #expect(!fresh.isStored && fresh.token != first.token)
    _ = try log.append(AppendRequest(subjects: [fresh]) { _ in [.test()] })
  }

  @Test func `never show their value when printed`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let subject = try log.makeSubject(kind: "mpxn", value: "1234567890123")
    #expect(!"\(subject)".contains("1234567890123"))
    #expect(!"\(log.makeDocument(Array("1234567890123".utf8)))".contains("1234567890123"))
  }

  @Test func `numbers go on without gaps, across refusals and reopening`() throws {
    let folder = try TemporaryFolder()
    struct Refused: Error {}
    func take(_ log: EventLog, refuse: Bool = false) throws -> Int? {
      _ = try log.append(
        AppendRequest(numbers: ["correction"]) { context in
          let number = context.number("correction")
          if refuse { throw Refused() }
          return [
            Draft(
              type: "Tested", actor: Actor(party: "P", via: "system"),
              body: .object(["number": .integer(Int64(number))]))
          ]
        })
      return try log.counter("correction")
    }
    let log = try EventLog.make(folder)
    #expect(try take(log) == 1)
    #expect(throws: LogError.self) { try take(log, refuse: true) }
    #expect(try take(log) == 2)
    log.close()
    let again = try EventLog.open(at: folder.ledger, configuration: .test())
    #expect(try take(again) == 3)
    _ = try again.append(
      AppendRequest(numbers: ["correction"]) { context in
        context.skipNumbers(of: "correction", through: 1000)
        return [.test()]
      })
    #expect(try take(again) == 1001)
    #expect(try again.verifyContent() == [])
  }
}

@Suite struct `reference sets` {
  private func rows(_ count: Int, from first: Int = 1) -> [(key: [UInt8], content: [UInt8])] {
    (first..<first + count).map {
      (Array(repeating: UInt8($0 % 7 + 1), count: 32), Array("{\"row\":\($0)}".utf8))
    }
  }

  @Test func `do not exist for look-ups before their event`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let key = [UInt8](repeating: 1, count: 32)
    #expect(try log.newestUnfinishedSet() == nil)
    let set = try log.beginSet()
    #expect(set == 1)
    try log.appendRows(toSet: set, startingAt: 1, rows(10))
    try log.appendRows(toSet: set, startingAt: 11, rows(1500, from: 11))
    #expect(try log.newestUnfinishedSet()?.rows == 1510)
    #expect(try log.rows(forKey: key).isEmpty)
    let finished = try log.referenceSet(set)
    #expect(finished.rows == 1510)
    let appended = try log.append(AppendRequest(references: finished) { _ in [.test("Imported")] })
    #expect(try log.newestUnfinishedSet() == nil)
    #expect(try log.beginSet() == 2)
    #expect(try log.rows(forKey: key).map(\.row) == Array(stride(from: 7, through: 1510, by: 7)))
    #expect(try log.rows(forKey: key, upTo: appended.positions.lowerBound - 1).isEmpty)
    #expect(try log.finishedSets().map(\.position) == [appended.positions.lowerBound])
    var seen = 0
    try log.forEachRow(ofSet: set) { row in
      seen += 1
      #expect(row.row == seen)
    }
    #expect(seen == 1510)
    let header = try log.event(at: appended.positions.lowerBound)?.read().append
    #expect(header?.references == finished)
    #expect(try log.verifyContent() == [])
  }

  @Test func `go on where an interrupted import stopped, and refuse what does not follow`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    try log.appendRows(toSet: 1, startingAt: 1, rows(5))
    log.close()
    let again = try EventLog.open(at: folder.ledger, configuration: .test())
    let unfinished = try #require(try again.newestUnfinishedSet())
    #expect(unfinished == (1, 5))
    #expect(throws: LogError.self) { try again.appendRows(toSet: 1, startingAt: 5, rows(1)) }
    #expect(throws: LogError.self) { try again.appendRows(toSet: 1, startingAt: 7, rows(1)) }
    let early = try again.referenceSet(1)
    try again.appendRows(toSet: 1, startingAt: 6, rows(3, from: 6))
    #expect(throws: LogError.self) {
      try again.append(AppendRequest(references: early) { _ in [.test()] })
    }
    let set = try again.referenceSet(1)
    _ = try again.append(AppendRequest(references: set) { _ in [.test()] })
    #expect(throws: LogError.self) { try again.appendRows(toSet: 1, startingAt: 9, rows(1)) }
    #expect(throws: LogError.self) {
      try again.append(AppendRequest(references: set) { _ in [.test()] })
    }
  }

  @Test func `have the root of an independent tree over their rows`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    for (set, count) in [(1, 0), (2, 1), (3, 2), (4, 3), (5, 1001)] {
      try log.appendRows(toSet: set, startingAt: 1, rows(count))
      let leaves = rows(count).map { row in
        [UInt8(0), 0, UInt8(row.key.count)] + row.key + row.content
      }
      #expect(try log.referenceSet(set).root.bytes == NaiveTree.root(leaves.map(NaiveTree.hash)))
    }
  }
}
