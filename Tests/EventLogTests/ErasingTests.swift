import Testing

@testable import EventLog

@Suite struct `an append that erases` {
  private func filled(_ log: EventLog) throws -> (subject: Subject, document: Document, at: Int) {
    let subject = try log.makeSubject(kind: "mpxn", value: "1200005432101")
    let document = log.makeDocument(Array("about 1200005432101".utf8))
    let appended = try log.append(
      AppendRequest(
        key: AppendKey(kind: "submit", within: "P1", value: "R:1"), content: [1, 2, 3],
        subjects: [subject], documents: [document]
      ) { _ in [.test(tags: ["mpxn:\(subject.token)"], text: document.name)] })
    return (subject, document, appended.positions.lowerBound)
  }

  private func erasing(_ erasure: Erasure) -> AppendRequest {
    AppendRequest(erasing: erasure) { _ in [.test("Erased")] }
  }

  @Test func `takes value, document and commitment away, and leaves every record`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let (subject, document, position) = try filled(log)
    let records = try log.events(from: 1, through: position).map(\.record)
    _ = try log.append(
      erasing(
        Erasure(tokens: [subject.token], documents: [document.name], commitments: [position])))
    #expect(try log.subject(subject.token) == nil)
    #expect(try log.token(kind: "mpxn", value: "1200005432101") == nil)
    #expect(try log.document(named: document.name) == nil)
    #expect(try log.commitments(after: 0, limit: 10).isEmpty)
    #expect(try log.events(from: 1, through: position).map(\.record) == records)
    #expect(try log.verifyContent().isEmpty)
    // The same request again is the first one; that it says the same can't be told any more.
    let again = try log.append(
      AppendRequest(
        key: AppendKey(kind: "submit", within: "P1", value: "R:1"), content: [9]
      ) { _ in [.test()] })
    #expect(again.repeated && !again.contentCompared && again.positions == position...position)
    // The same value again is another subject.
    #expect(try log.makeSubject(kind: "mpxn", value: "1200005432101").token != subject.token)
  }

  @Test func `records nothing where the value is gone already`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let (subject, document, _) = try filled(log)
    let erasure = Erasure(tokens: [subject.token])
    _ = try log.append(erasing(erasure))
    let head = try log.lastPosition()
    #expect(throws: LogError.self) { try log.append(erasing(erasure)) }
    #expect(try log.lastPosition() == head)
    // A document that is gone is passed over.
    _ = try log.append(erasing(Erasure(documents: [document.name])))
    _ = try log.append(erasing(Erasure(documents: [document.name], commitments: [99])))
  }

  @Test func `keeps what it would erase when its drafts are refused`() throws {
    struct No: Error {}
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let (subject, document, _) = try filled(log)
    #expect(throws: LogError.self) {
      try log.append(
        AppendRequest(erasing: Erasure(tokens: [subject.token], documents: [document.name])) { _ in
          throw No()
        })
    }
    #expect(try log.subject(subject.token)?.value == "1200005432101")
    #expect(try log.document(named: document.name) != nil)
  }

  @Test func `is out of the write-ahead log once no reader needs it`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let (subject, document, _) = try filled(log)
    _ = try log.append(
      erasing(Erasure(tokens: [subject.token], documents: [document.name])))
    try log.atOneMoment {
      _ = try log.lastPosition()
      #expect(try !log.emptyWAL(waiting: 0))
    }
    #expect(try log.emptyWAL(waiting: 1000))
    for suffix in ["", "-wal"] {
      let bytes = try folder.bytes("ledger/ledger.sqlite" + suffix)
      #expect(bytes.firstRange(of: Array("1200005432101".utf8)) == nil)
    }
    try log.compact()
    #expect(try log.verifyContent().isEmpty)
  }

  /// What `.recover` would put together again: pages that were freed, and a document that lies across many.
  @Test func `leaves pages that hold nothing`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let document = log.makeDocument(Array(repeating: 0x5A, count: 300_000))
    _ = try log.append(
      AppendRequest(documents: [document]) { _ in [.test(text: document.name)] })
    _ = try log.append(erasing(Erasure(documents: [document.name])))
    #expect(try log.emptyWAL(waiting: 1000))
    let bytes = try folder.bytes("ledger/ledger.sqlite")
    func number(_ at: Int) -> Int { bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
    let page = 8192
    var trunk = number(32)
    var free = 0
    // The free list of SQLite's file format: trunk pages, each with the numbers of its leaves.
    while trunk != 0 {
      let start = (trunk - 1) * page
      let count = number(start + 4)
      for index in 0..<count {
        let leaf = (number(start + 8 + 4 * index) - 1) * page
        #expect(bytes[leaf..<leaf + page].allSatisfy { $0 == 0 })
      }
      #expect(bytes[start + 8 + 4 * count..<start + page].allSatisfy { $0 == 0 })
      free += 1 + count
      trunk = number(start)
    }
    #expect(free == number(36) && free >= 300_000 / page)
    #expect(bytes.firstRange(of: [UInt8](repeating: 0x5A, count: 64)) == nil)
  }

  @Test func `knows the append that an event belongs to`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let appended = try log.append(
      AppendRequest { _ in (0..<5).map { .test(tags: ["device:\($0)"]) } })
    for position in appended.positions {
      #expect(try log.append(of: position) == appended.positions)
    }
    #expect(try log.append(of: 1) == 1...1)
  }
}
