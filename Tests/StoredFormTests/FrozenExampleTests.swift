import CanonicalJSON
import Corrections
import Foundation
import Testing
import Wire

/// Records as they were written when their version was released: each must read for ever.
///
/// One file per type and version, one record a line, in the bytes that were hashed. A file is never
/// changed once it is there; a new version adds a file.
@Suite(.serialized) struct `Frozen example records` {
  @Test(arguments: EventShape.all.map(\.name))
  func `are there for each released version`(_ name: String) throws {
    let path = "events/examples/\(name).jsonl"
    if Published.isWriting, try Published.text(path) == nil {
      try Published.write(path, try ExampleRecords.lines(of: name))
    }
    #expect(
      try Published.text(path) != nil, "schemas/\(path) is missing; SMI_WRITE_SCHEMAS=1 adds it")
  }

  @Test func `all decode, and encode to the same bytes while their version is the newest`() throws {
    let folder = Published.path("events/examples")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(!files.isEmpty)
    for file in files {
      let text = try #require(try Published.text("events/examples/\(file)"))
      let lines = text.split(separator: "\n")
      #expect(lines.count >= 3, "\(file) holds few examples")
      for (index, line) in lines.enumerated() {
        let place = "\(file), line \(index + 1)"
        let record = try Value(reading: Array(line.utf8))
        let recorded = try StoredForm.recorded(position: 12, record: record)
        let stored = StoredForm.encode(recorded.event)
        #expect("\(stored.type).\(record["version"]?.integer ?? 0).jsonl" == file, "\(place)")
        let tags = try EventShape.tags(
          type: stored.type, version: Int(record["version"]?.integer ?? 0),
          body: try #require(record["body"]))
        #expect(
          record["tags"]?.array?.compactMap(\.string) == tags, "\(place): its tags have changed")
        let read = (record["body"]?.object?.members ?? [])
          .filter { EventShape.membersWithTags.contains($0.key) }
          .map { ($0.key, Optional($0.value)) }
        #expect(
          try EventShape.tags(
            type: stored.type, version: Int(record["version"]?.integer ?? 0),
            body: .object(Object(read))) == tags, "\(place): other members give tags")
        if record["version"]?.integer == Int64(stored.version) {
          #expect(record["body"] == stored.body, "\(place): it encodes differently now")
        }
      }
    }
  }
}

/// Makes the examples of a version, by chance that its name fixes.
enum ExampleRecords {
  static func lines(of name: String) throws -> String {
    var text = ""
    for kind in EventKind.allCases {
      for seed in 1...4 as ClosedRange<UInt64> {
        var dice = Dice(seed: seed)
        let event = kind.sample(&dice)
        let stored = StoredForm.encode(event)
        guard "\(stored.type).\(stored.version)" == name else { break }
        let line = try record(stored, &dice).bytes()
        text += String(decoding: line, as: UTF8.self) + "\n"
      }
    }
    return text
  }

  private static func record(_ stored: StoredForm.Encoded, _ dice: inout Dice) throws -> Value {
    let recordedAt = Instant(milliseconds: 1_772_618_280_000 + Int64(dice.below(86_400_000)))
    let milliseconds = String(recordedAt.milliseconds, radix: 16)
    let time = String(repeating: "0", count: 12 - milliseconds.count) + milliseconds
    let random = String(dice.next() | 1 << 63, radix: 16)
    let id =
      "\(time.prefix(8))-\(time.suffix(4))-7\(random.prefix(3))-a\(random.dropFirst(3).prefix(3))-"
      + "\(String(dice.next() | 1 << 63, radix: 16).prefix(12))"
    let via = dice.one(of: [Via.asserted(account: 501), .import, .system])
    return .object([
      "actor": .object([
        "party": .string(dice.party()), "user": dice.maybe { .string($0.staff()) },
        "via": .string(via.stored),
      ]),
      "body": stored.body,
      "cause": dice.maybe { .integer(Int64(1 + $0.below(11))) },
      "effectiveAt": .string(
        recordedAt.advanced(byMilliseconds: -Int64(dice.below(90_000_000))).stored),
      "id": .string(id),
      "recordedAt": .string(recordedAt.stored),
      "tags": .array(
        try EventShape.tags(type: stored.type, version: stored.version, body: stored.body)
          .map { .string($0) }),
      "type": .string(stored.type), "version": .integer(Int64(stored.version)),
    ])
  }
}
