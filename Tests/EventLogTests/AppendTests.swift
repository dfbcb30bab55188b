import CanonicalJSON
import Foundation
import Testing

@testable import EventLog

@Suite struct `append` {
  @Test func `gives dense positions, and what was appended is read back`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let appended = try log.append(.test(tags: ["device:A"], text: "x"), .test(tags: ["device:B"]))
    #expect(appended.positions == 2...3)
    #expect(!appended.repeated)
    #expect(try log.head() == Head(position: 3, recordedAt: appended.recordedAt))
    let events = try log.events(from: 1, through: 10)
    #expect(events.map(\.position) == [1, 2, 3])
    let record = try events[1].read()
    #expect(record.type == "Tested")
    #expect(record.tags == ["device:A"])
    #expect(record.append?.count == 2)
    #expect(record.body["text"]?.string == "x")
    #expect(try events[2].read().append == nil)
    #expect(try log.timeline("device:A").map(\.position) == [2])
    #expect(try log.lastPosition(of: "device:B") == 3)
    #expect(try log.lastPosition(of: "device:C") == nil)
  }

  @Test func `is there after closing and opening again`() throws {
    let folder = try TemporaryFolder()
    let configuration = LogConfiguration.test()
    do {
      let log = try EventLog.make(folder, configuration)
      for _ in 0..<10 { try log.append(.test(tags: ["device:A"])) }
      log.close()
      #expect(throws: LogError.self) { try log.append(.test()) }
    }
    for access in [EventLog.Access.readOnly, .readWrite] {
      let log = try EventLog.open(at: folder.ledger, access: access, configuration: configuration)
      #expect(try log.head().position == 11)
      #expect(try log.timeline("device:A").map(\.position) == Array(2...11))
      log.close()
    }
  }

  @Test func `writes the fields of a record in one way only`() throws {
    let folder = try TemporaryFolder()
    let clock = TestClock(1_700_000_000_123)
    let log = try EventLog.make(folder, .test(clock: clock))
    _ = try log.append(
      AppendRequest(key: AppendKey(kind: "submit", within: "P1", value: "R:1")) { context in
        [
          Draft(
            type: "Tested", version: 2, effectiveAt: 0,
            actor: Actor(user: "u1", party: "P1", role: "IS", via: "token"), cause: 1,
            body: .object(["b": 1, "a": "é\n", "tags": ["device:B", "device:A"]]))
        ]
      })
    let event = try #require(try log.event(at: 2))
    let text = String(decoding: event.record, as: UTF8.self)
    let id = try event.read().id
    #expect(
      text == #"{"actor":{"party":"P1","role":"IS","user":"u1","via":"token"},"#
        + #""append":{"count":1,"key":{"kind":"submit","value":"R:1","within":"P1"}},"#
        + #""body":{"a":"é\n","b":1,"tags":["device:B","device:A"]},"cause":1,"#
        + #""effectiveAt":"1970-01-01T00:00:00.000Z","id":"\#(id)","#
        + #""recordedAt":"2023-11-14T22:13:20.123Z","tags":["device:A","device:B"],"#
        + #""type":"Tested","version":2}"#)
    #expect(event.leaf == event.record.withUnsafeBytes { TreeMath.leaf($0) })
    #expect(id.hasPrefix("018bcfe5-687b-7"))
  }
  /// Made ahead or under the lock, a record says the same, and what can't stand in one is refused alike.
  @Test func `writes a draft that was written ahead as it writes any`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    var draft = Draft(
      type: "Tested", version: 2, actor: Actor(user: "u1", party: "P1", via: "token"), cause: 1,
      body: .object(["b": "é\n", "tags": ["device:B", "device:A", "device:B"]]))
    let ahead = try log.writtenAhead(draft)
    #expect(ahead.written != nil)
    try log.append(draft, ahead, after: nil)
    let events = try (2...3).map { try #require(try log.event(at: $0)) }
    func said(_ event: StoredEvent) throws -> String {
      let text = String(decoding: event.record, as: UTF8.self)
      return text.replacingOccurrences(of: try event.read().id, with: "")
        .replacingOccurrences(of: #""append":{"count":2},"#, with: "")
    }
    #expect(try said(events[0]) == said(events[1]) && events[0].marks == events[1].marks)
    #expect(try log.timeline("device:A").map(\.position) == [2, 3])
    // What is said otherwise afterwards is what is recorded.
    draft = ahead
    draft.body = .object(["tags": ["device:C"]])
    try log.append(draft)
    #expect(try log.event(at: 4)?.read().tags == ["device:C"])
    for refused in [
      Draft.test(text: String(repeating: "x", count: 4097)), .test(tags: ["no tag"]),
      .test(tags: (0..<17).map { "device:\($0)" }),
    ] {
      #expect(throws: LogError.self) { try log.writtenAhead(refused) }
      #expect(throws: LogError.self) { try log.append(refused) }
    }
    #expect(try log.lastPosition() == 4 && log.verifyContent() == [])
  }
}
