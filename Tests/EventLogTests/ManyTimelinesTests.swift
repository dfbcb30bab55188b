import CanonicalJSON
import Testing

@testable import EventLog

@Suite struct `many timelines at one moment` {
  /// What is lent for each tag, in its order.
  private func lent(_ log: EventLog, _ tags: [String], after: Int = 0) throws -> [[Int]] {
    var found: [[Int]] = Array(repeating: [], count: tags.count)
    let last = try log.forEachRecord(onTimelines: tags, after: after) { index, record in
      found[index].append(record.position)
    }
    #expect(try last == log.head().position)
    return found
  }

  private func expectAgreement(_ log: EventLog, _ tags: [String]) throws {
    for after in [0, 40] {
      let single = try tags.map { try log.timeline($0, after: after).map(\.position) }
      #expect(try lent(log, tags, after: after) == single)
    }
  }

  @Test(arguments: [1, 2, 10, 33, 1000], [1, 3, 100])
  func `are what each of them is, however far the index is behind`(
    chunk: Int, slice: Int
  ) throws {
    let folder = try TemporaryFolder()
    let configuration = LogConfiguration.test(chunk: chunk, slice: slice)
    let log = try EventLog.make(folder, configuration)
    // The same tag may be asked for twice, and one that is on nothing.
    let tags = (0..<9).map { "device:\($0)" } + ["request:3", "request:98", "device:2", "user:x"]
    func fill(_ log: EventLog, _ numbers: Range<Int>) throws {
      for number in numbers {
        try log.append(.test(tags: ["device:\(number % 7)", "request:\(number)"]))
      }
    }
    try fill(log, 0..<60)
    try expectAgreement(log, tags)
    // Another process appends what this one has not seen.
    let other = try EventLog.open(at: folder.ledger, configuration: configuration)
    try fill(other, 60..<100)
    try expectAgreement(log, tags)
    try expectAgreement(other, tags)
    try other.indexAll()
    try expectAgreement(log, tags)
    other.close()
  }

  @Test func `lend what stands in a record, where it can be told without reading it`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let tricky = #"a,"body":{"effectiveAt":"","tags":["x"],"type":"T","version":1}"#
    for (number, cause) in [nil, 1, nil].enumerated() {
      _ = try log.append(
        AppendRequest(
          key: number == 0 ? AppendKey(kind: "k", within: "w", value: ",\"body\":") : nil
        ) { _ in
          [
            Draft(
              type: "Tested", effectiveAt: 1_000, actor: Actor(user: tricky, party: "P", via: "x"),
              cause: cause,
              body: .object([
                "tags": .array(["device:1"]), "text": .string(tricky),
                "number": .integer(Int64(number)),
              ]))
          ]
        })
    }
    var seen = 0
    _ = try log.forEachRecord(onTimelines: ["device:1"]) { _, record in
      let whole = try? Record(reading: record.bytes.bindMemory(to: UInt8.self))
      func isEnd(_ type: String, _ version: Int) -> Bool {
        record.hasSuffix(LentRecord.end(ofType: type, version: version))
      }
      #expect(isEnd("Tested", 1) && !isEnd("Tested", 2) && !isEnd("ested", 1))
      #expect(record.isOfType(in: ["Tested"]) && !record.isOfType(in: ["ested", "x"]))
      if whole?.cause == nil {
        let body = try? whole?.body.bytes()
        #expect(body == record.parts.map { Array($0.body) })
        #expect(
          record.parts.map { Timestamp.milliseconds($0.effectiveAt.bindMemory(to: UInt8.self)) }
            == 1_000)
      } else {
        #expect(record.parts == nil)
      }
      seen += 1
    }
    #expect(seen == 3)
  }

  @Test func `and many values are looked up as each of them is`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let stored = try log.makeSubjects((0..<20).map { ("mpxn", "\($0)") })
    #expect(Set(stored.map(\.token)).count == 20 && stored.allSatisfy { !$0.isStored })
    _ = try log.append(AppendRequest(subjects: Array(stored[..<10])) { _ in [.test()] })
    let again = try log.makeSubjects((0..<20).reversed().map { ("mpxn", "\($0)") })
    #expect(again.map(\.value) == (0..<20).reversed().map { "\($0)" })
    for subject in again {
      let isHeld = (Int(subject.value) ?? 0) < 10
      #expect(subject.isStored == isHeld)
      #expect((subject.token == stored[Int(subject.value) ?? 0].token) == isHeld)
    }
    #expect(try log.makeSubjects([]).isEmpty)
  }
}
