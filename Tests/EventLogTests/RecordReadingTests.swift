import CanonicalJSON
import Foundation
import Testing

@testable import EventLog

@Suite struct `a record` {
  private static func examples() throws -> [[UInt8]] {
    var encoder = RecordEncoder(random: LogConfiguration.systemRandom)
    let full = Draft(
      type: "Tested", version: 3, effectiveAt: -62_167_219_200_000,
      actor: Actor(user: "u\"1", party: "SUPÅ", role: "supplier", via: "token"), cause: 5,
      body: .object([
        "a": ["b", 1, true, .object([:])], "tags": "\"tags\":[\"x:y\"]", "z": "\n",
      ]))
    let plain = Draft(type: "T", actor: Actor(party: "P1", via: "system"), body: .object([:]))
    let key = AppendKey(kind: "submit", within: "P1", value: "R:\\1")
    let set = ReferenceSet(set: 3, rows: 0, root: TreeMath.emptyRoot)
    return try [
      (plain, nil, []), (plain, RecordEncoder.Header(count: 1), ["a:b"]),
      (full, RecordEncoder.Header(count: 1000, key: key, references: set), ["a:b", "a:c", "b:a"]),
      (full, RecordEncoder.Header(count: 2, references: set), ["device:00-DB"]),
    ].map { draft, header, tags in
      var bytes: [UInt8] = []
      try encoder.append(
        draft, at: 9, recordedAt: 1_709_164_800_123, header: header, tags: tags, to: &bytes)
      return bytes
    }
  }

  /// What the published form says, field by field, of a record that was read as one value.
  private static func isRecord(_ bytes: [UInt8]) -> Bool {
    guard case .object(let record)? = try? Value(reading: bytes) else { return false }
    var known = Set(["actor", "body", "effectiveAt", "id", "recordedAt", "tags", "type", "version"])
    guard known.isSubset(of: record.keys) else { return false }
    known.formUnion(["append", "cause"])
    guard known.isSuperset(of: record.keys), record["body"]?.object != nil,
      isActor(record["actor"]), isAppend(record["append"]),
      let time = record["recordedAt"]?.string.flatMap({ Timestamp.milliseconds($0) }),
      record["effectiveAt"]?.string.flatMap({ Timestamp.milliseconds($0) }) != nil,
      let id = record["id"]?.string, let type = record["type"]?.string,
      let version = record["version"]?.integer, (1...Int64(Int32.max)).contains(version),
      let tags = record["tags"]?.array, tags.count <= 16
    else { return false }
    if let cause = record["cause"] {
      guard let cause = cause.integer, cause >= 1 else { return false }
    }
    let texts = tags.compactMap(\.string)
    return texts.count == tags.count && texts == Set(texts).sorted() && texts.allSatisfy(Tag.isTag)
      && RecordEncoder.isTypeName(type)
      && Array(id.utf8).withUnsafeBufferPointer { RecordID.isIdentity($0, at: time) }
  }

  private static func isActor(_ actor: Value?) -> Bool {
    guard let actor = actor?.object else { return false }
    let keys = Set(actor.keys)
    return keys.isSuperset(of: ["party", "via"])
      && keys.isSubset(of: ["party", "role", "user", "via"])
      && actor.members.allSatisfy { (1...128).contains($0.value.string?.utf8.count ?? 0) }
  }

  private static func isAppend(_ append: Value?) -> Bool {
    guard let append else { return true }
    guard let count = append["count"]?.integer, (1...1000).contains(count),
      Set(append.object?.keys ?? []).isSubset(of: ["count", "key", "references"])
    else { return false }
    if let key = append["key"] {
      let parts = key.object?.members.compactMap(\.value.string) ?? []
      guard key.object?.keys == ["kind", "value", "within"], parts.count == 3,
        parts.allSatisfy(RecordEncoder.isKeyPart)
      else { return false }
    }
    if let references = append["references"] {
      guard references.object?.keys == ["root", "rows", "set"],
        let root = references["root"]?.string, Base64.bytes(text: root)?.count == 32,
        references["rows"]?.integer ?? -1 >= 0, references["set"]?.integer ?? 0 >= 1
      else { return false }
    }
    return true
  }

  @Test func `that was written is read`() throws {
    for bytes in try Self.examples() {
      #expect(Self.isRecord(bytes))
      _ = try Record(reading: bytes)
    }
    let record = try Record(reading: try Self.examples()[2])
    #expect(record.actor == Actor(user: "u\"1", party: "SUPÅ", role: "supplier", via: "token"))
    #expect(record.tags == ["a:b", "a:c", "b:a"])
    #expect(record.append?.key == AppendKey(kind: "submit", within: "P1", value: "R:\\1"))
    #expect(record.append?.count == 1000 && record.append?.references?.set == 3)
    #expect(record.effectiveAt == -62_167_219_200_000 && record.cause == 5 && record.version == 3)
    #expect(record.body["tags"]?.string == "\"tags\":[\"x:y\"]")
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `is read exactly when it has the published form`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let examples = try Self.examples()
    var accepted = 0
    for _ in 0..<1500 {
      var bytes = examples[Int(random.next() % UInt64(examples.count))]
      for _ in 0...random.next() % 2 {
        let place = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 5 {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(bytes[Int(random.next() % UInt64(bytes.count))], at: place)
        case 2: bytes[place] = bytes[Int(random.next() % UInt64(bytes.count))]
        case 3: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        default:
          let end = min(bytes.count, place + Int(random.next() % 40))
          let piece = Array(bytes[place..<end])
          if random.next() % 2 == 0 { bytes.removeSubrange(place..<end) }
          bytes.insert(contentsOf: piece, at: Int(random.next() % UInt64(bytes.count + 1)))
        }
      }
      let isRead = (try? Record(reading: bytes)) != nil
      accepted += isRead ? 1 : 0
      #expect(isRead == Self.isRecord(bytes), "\(String(decoding: bytes, as: UTF8.self))")
    }
    #expect(accepted > 0)
  }

  /// Records as they come one after another: of few actors, times and types, one in four of them changed.
  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `read after others is what it is alone`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    var encoder = RecordEncoder(random: LogConfiguration.systemRandom)
    var memory = RecordMemory()
    var refused = 0
    for position in 2...400 {
      func one<T>(of choices: [T]) -> T { choices[Int(random.next() % UInt64(choices.count))] }
      let draft = Draft(
        type: one(of: ["T", "Te", "Tested", "TestedAtLength", "TestedAtGreaterLength"]),
        effectiveAt: one(of: [nil, 0, 1_709_164_800_000]),
        actor: one(of: [
          Actor(party: "P", via: "system"), Actor(party: "P", via: "systems"),
          Actor(party: "PP", via: "system"), Actor(user: "u", party: "P", via: "token"),
          Actor(user: "u", party: "P", role: "r", via: "token"),
        ]), body: .object(["n": .integer(Int64(position))]))
      var bytes: [UInt8] = []
      try encoder.append(
        draft, at: position, recordedAt: 1_709_164_800_000 + one(of: [0, 1, 1000]), header: nil,
        tags: ["a:b"], to: &bytes)
      if random.next() % 4 == 0 {
        let place = Int(random.next() % UInt64(bytes.count))
        bytes[place] = bytes[Int(random.next() % UInt64(bytes.count))]
      }
      let (alone, after) = bytes.withUnsafeBufferPointer { bytes in
        (
          Result { () throws(Record.Malformed) in try RecordFields(reading: bytes) },
          Result { () throws(Record.Malformed) in
            try RecordFields(reading: bytes, remembering: &memory)
          }
        )
      }
      switch (alone, after) {
      case (.success(let alone), .success(let after)):
        #expect(
          alone.actor == after.actor && alone.type == after.type
            && alone.effectiveAt == after.effectiveAt && alone.recordedAt == after.recordedAt
            && alone.body == after.body)
      case (.failure(let alone), .failure(let after)):
        refused += 1
        #expect(alone.field == after.field)
      default: Issue.record("\(String(decoding: bytes, as: UTF8.self))")
      }
    }
    #expect(refused > 0)
  }

  @Test func `has an identity of hexadecimal digits, hyphens, version, variant and its time`() {
    let text = Array("018df0a5-6c00-7123-8abc-def012345678".utf8)
    let time: Int64 = 0x018d_f0a5_6c00
    func isIdentity(_ text: [UInt8], at time: Int64) -> Bool {
      text.withUnsafeBufferPointer { RecordID.isIdentity($0, at: time) }
    }
    #expect(isIdentity(text, at: time) && !isIdentity(text, at: time + 1))
    #expect(!isIdentity(Array(text.dropLast()), at: time) && !isIdentity(text + [48], at: time))
    for place in text.indices {
      for byte in UInt8.min...UInt8.max where byte != text[place] {
        var changed = text
        changed[place] = byte
        let isHex = "0123456789abcdef".utf8.contains(byte)
        let isAllowed =
          switch place {
          case 0...14, 18, 23: false
          case 19: "89ab".utf8.contains(byte)
          default: isHex
          }
        #expect(isIdentity(changed, at: time) == isAllowed, "\(place) \(byte)")
      }
    }
  }

  @Test(arguments: [
    (#""party":"P1""#, #""party":"""#, "actor.party"), (#","body":{}"#, "", "body"),
    (#","id":"#, #","ID":"#, "id"), (#""tags":["a:b"]"#, #""tags":["a"]"#, "tags"),
    (#""version":1"#, #""version":0"#, "version"), (#""count":1"#, #""count":0"#, "append.count"),
    (#""version":1}"#, #""version":1,"x":1}"#, "the record"),
  ])
  func `that has not the form names the field`(what: String, instead: String, field: String) throws
  {
    let text = String(decoding: try Self.examples()[1], as: UTF8.self)
    let range = try #require(text.range(of: what))
    let changed = Array(text.replacingCharacters(in: range, with: instead).utf8)
    #expect(throws: Record.Malformed.self) { try Record(reading: changed) }
    do throws(Record.Malformed) {
      _ = try Record(reading: changed)
    } catch {
      #expect(error.field == field, "\(error)")
    }
  }
}
