import Foundation
import Testing

@testable import EventLog

@Suite struct `condition of an append` {
  private func conflict(_ body: () throws -> Void) -> Conflict? {
    do {
      try body()
      return nil
    } catch LogError.conflict(let conflict) {
      return conflict
    } catch {
      Issue.record(error)
      return nil
    }
  }

  @Test(arguments: [1, 3, 1000])
  func `holds until an event with the tag comes after the position`(chunk: Int) throws {
    let folder = try TemporaryFolder()
    var configuration = LogConfiguration.test()
    configuration.indexChunk = chunk
    let log = try EventLog.make(folder, configuration)
    for index in 0..<20 { try log.append(.test(tags: ["device:\(index % 3)", "party:P"])) }
    let last = try #require(try log.lastPosition(of: "device:1"))
    let holds = AppendCondition(noEventTagged: ["device:1", "device:9"], after: last)
    try log.append(.test(tags: ["device:2"]), after: holds)
    try log.append(.test(tags: ["device:1"]), after: holds)
    let found = conflict { try log.append(.test(tags: ["device:1"]), after: holds) }
    #expect(found == Conflict(tag: "device:1", after: last, found: 23))
    let old = AppendCondition(noEventTagged: ["device:0"], after: 1)
    #expect(conflict { try log.append(.test(), after: old) }?.after == 1)
    #expect(try log.head().position == 23)
  }

  @Test func `sees what came before it in the same commit`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let head = try log.head().position
    let outcomes = inParallel(8) { _ in
      Result {
        try log.append(
          .test(tags: ["device:A"]),
          after: AppendCondition(noEventTagged: ["device:A"], after: head))
      }
    }
    #expect(outcomes.count { (try? $0.get()) != nil } == 1)
    #expect(try log.head().position == head + 1)
  }

  @Test func `does not take a collision of marks for the tag`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    try log.append(.test(tags: ["device:A"]))
    log.close()
    // The mark of A now stands on an event that has only B, as if both had the same first six
    // bytes.
    let raw = try RawDatabase(folder.database)
    try raw.execute("DROP TRIGGER event_update")
    let mark = Mark.bytes([Mark.tag("device:B")]).map { String(format: "%02x", $0) }.joined()
    try raw.execute("UPDATE event SET marks = x'\(mark)' WHERE position = 2")
    let again = try EventLog.open(at: folder.ledger, configuration: .test())
    #expect(try again.timeline("device:B").isEmpty)
    #expect(try again.lastPosition(of: "device:B") == nil)
    try again.append(
      .test(tags: ["device:B"]), after: AppendCondition(noEventTagged: ["device:B"], after: 1))
  }

  @Test func `is refused on a kind of tag that is shared by everybody`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    for tag in ["party:P", "device", "device:", "device:a b"] {
      #expect(throws: LogError.self) {
        try log.append(.test(), after: AppendCondition(noEventTagged: [tag], after: 1))
      }
    }
    #expect(try log.head().position == 1)
  }
}
