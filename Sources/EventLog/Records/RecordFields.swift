package import CanonicalJSON

/// A record taken apart in one pass: every field is checked, and what few readers need is left as
/// a place in the bytes.
///
/// The fields stand in the order of their keys, so each is expected where it must be.
package struct RecordFields {
  /// Who caused it.
  package let actor: Actor
  /// What is said about the whole append, in its first record.
  package let append: Record.Append?
  /// The facts, an object; where only some of its members were asked for, no others.
  package let body: Value
  /// The position it follows from.
  package let cause: Int?
  /// When it is true in the world, in milliseconds since 1970.
  package let effectiveAt: Int64
  /// When the ledger learned it, in milliseconds since 1970.
  package let recordedAt: Int64
  /// What happened.
  package let type: String
  /// The version of the body's shape.
  package let version: Int

  /// Where its UUIDv7 stands.
  let id: Range<Int>
  /// Where its tags stand, between the brackets, and how many they are.
  let tags: (range: Range<Int>, count: Int)

  /// Reads a record strictly: canonical form, no field missing, none unknown, each of its shape.
  package init(reading bytes: UnsafeBufferPointer<UInt8>) throws(Record.Malformed) {
    var memory = RecordMemory()
    try self.init(reading: bytes, remembering: &memory)
  }

  /// Reads one of many records: what it has in common with the one read before is not read again.
  ///
  /// Where only some members of its body are asked for, the others are held to their form all the same.
  package init(
    reading bytes: UnsafeBufferPointer<UInt8>, remembering memory: inout RecordMemory,
    membersOfBody names: MemberNames? = nil
  ) throws(Record.Malformed) {
    var reader = FieldReader(bytes)
    try reader.key("actor", "{\"actor\":")
    let actor = try reader.actor(&memory)
    let append = reader.has(",\"append\":") ? try reader.append() : nil
    try reader.key("body", ",\"body\":")
    let body = try reader.object("body", names)
    let cause =
      reader.has(",\"cause\":")
      ? try reader.integer("cause", in: 1...Int(Value.largestInteger), "a position") : nil
    try reader.key("effectiveAt", ",\"effectiveAt\":")
    let effectiveAt = try reader.time("effectiveAt", &memory)
    try reader.key("id", ",\"id\":")
    let id = try reader.plainText("id")
    try reader.key("recordedAt", ",\"recordedAt\":")
    let recordedAt = try reader.time("recordedAt", &memory)
    try reader.key("tags", ",\"tags\":")
    let tags = try reader.tags(&memory)
    try reader.key("type", ",\"type\":")
    let type = try reader.type(&memory)
    try reader.key("version", ",\"version\":")
    let version = try reader.integer("version", in: 1...Int(Int32.max), "an integer from 1")
    try reader.end("the record")
    guard reader.isAtEnd else {
      throw Record.Malformed(field: "the record", what: "expected nothing behind it")
    }
    guard RecordID.isIdentity(UnsafeBufferPointer(rebasing: bytes[id]), at: recordedAt) else {
      throw Record.Malformed(field: "id", what: "expected a UUIDv7 of the time in recordedAt")
    }
    // All at once, so that what was read is not copied when it turns out to be whole.
    (self.actor, self.append, self.body, self.cause) = (actor, append, body, cause)
    (self.effectiveAt, self.recordedAt) = (effectiveAt, recordedAt)
    (self.id, self.tags, self.type, self.version) = (id, tags, type, version)
  }

  /// Whether its tags are these; `bytes` are those that these fields were read from.
  func hasTags(_ wanted: TagList, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard wanted.count == tags.count else { return false }
    var reader = Reader(bytes: bytes, at: tags.range.lowerBound)
    var agree = true
    wanted.lend { tag in
      agree =
        agree && reader.take(UInt8(ascii: "\"")) && reader.take(tag)
        && reader.take(UInt8(ascii: "\""))
      _ = reader.take(UInt8(ascii: ","))
    }
    return agree
  }

  /// Hands on where each tag lies in the bytes that these fields were read from.
  func forEachTag(in bytes: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void) {
    var reader = Reader(bytes: bytes, at: tags.range.lowerBound)
    while let range = reader.plainString() {
      body(range)
      guard reader.take(UInt8(ascii: ",")) else { return }
    }
  }
}

/// What records that are read one after another have in common: many are of one append, or of one import.
package struct RecordMemory {
  fileprivate var actorBytes: [UInt8] = []
  fileprivate var actor: Actor?
  fileprivate var typeBytes: [UInt8] = []
  fileprivate var type = ""
  /// The two times that were read last, with their quotation marks: when it was true, and when recorded.
  fileprivate var times: (Time, Time) = (Time(), Time())
  /// Where each tag of the record that was read last lies in its bytes.
  fileprivate(set) var tags: [Range<Int>] = []

  fileprivate struct Time {
    var bytes: [UInt8] = []
    var milliseconds: Int64 = 0
  }

  /// Remembers nothing yet.
  package init() {}
}

/// Reads the fields of a record one after another, and names the one that has not its shape.
private struct FieldReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var reader: Reader

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    reader = Reader(bytes: bytes)
  }

  var isAtEnd: Bool { reader.offset == bytes.count }

  /// Passes over a key with what stands around it, if it comes next.
  mutating func has(_ text: StaticString) -> Bool { reader.take(text) }

  mutating func key(_ field: String, _ text: StaticString) throws(Record.Malformed) {
    guard reader.take(text) else { throw Record.Malformed(field: field, what: "is missing") }
  }

  mutating func end(_ field: String) throws(Record.Malformed) {
    guard reader.take(UInt8(ascii: "}")) else {
      throw Record.Malformed(field: field, what: "has a field that is not one of a record's")
    }
  }

  /// Reads with the reader of values, which knows nothing of fields.
  private mutating func read<R>(
    _ field: String, _ body: (inout Reader) throws(NotCanonical) -> R
  ) throws(Record.Malformed) -> R {
    do throws(NotCanonical) {
      return try body(&reader)
    } catch {
      throw Record.Malformed(field: field, what: "\(error)")
    }
  }

  mutating func object(
    _ field: String, _ names: MemberNames?
  ) throws(Record.Malformed) -> Value {
    let value = try read(field) { (reader) throws(NotCanonical) -> Value in
      guard let names else { return try reader.value(depth: 2) }
      return .object(try reader.object(of: names, depth: 2))
    }
    guard case .object = value else {
      throw Record.Malformed(field: field, what: "expected an object")
    }
    return value
  }

  mutating func integer(
    _ field: String, in range: ClosedRange<Int>, _ expected: String
  ) throws(Record.Malformed) -> Int {
    let value = try read(field) { (reader) throws(NotCanonical) in try reader.value(depth: 2) }
    guard let number = value.integer, range.contains(Int(number)) else {
      throw Record.Malformed(field: field, what: "expected \(expected)")
    }
    return Int(number)
  }

  mutating func text(_ field: String) throws(Record.Malformed) -> String {
    guard !isAtEnd, bytes[reader.offset] == UInt8(ascii: "\"") else {
      throw Record.Malformed(field: field, what: "expected a string")
    }
    return try read(field) { (reader) throws(NotCanonical) in try reader.string() }
  }

  /// Reads a string of printable ASCII without escapes, and gives where it lies.
  mutating func plainText(_ field: String) throws(Record.Malformed) -> Range<Int> {
    guard let range = reader.plainString() else {
      throw Record.Malformed(field: field, what: "expected a string without escapes")
    }
    return range
  }

  mutating func time(
    _ field: String, _ memory: inout RecordMemory
  ) throws(Record.Malformed) -> Int64 {
    if has(memory.times.0) { return memory.times.0.milliseconds }
    if has(memory.times.1) { return memory.times.1.milliseconds }
    let start = reader.offset
    guard let range = reader.plainString(),
      let time = Timestamp.milliseconds(UnsafeBufferPointer(rebasing: bytes[range]))
    else { throw Record.Malformed(field: field, what: "expected YYYY-MM-DDTHH:MM:SS.mmmZ") }
    swap(&memory.times.0, &memory.times.1)
    memory.times.0.bytes.removeAll(keepingCapacity: true)
    memory.times.0.bytes.append(contentsOf: bytes[start..<reader.offset])
    memory.times.0.milliseconds = time
    return time
  }

  /// Passes over a time that is remembered, if it comes next.
  private mutating func has(_ time: RecordMemory.Time) -> Bool {
    !time.bytes.isEmpty && time.bytes.withUnsafeBufferPointer { reader.take($0) }
  }

  mutating func type(_ memory: inout RecordMemory) throws(Record.Malformed) -> String {
    if !memory.type.isEmpty, memory.typeBytes.withUnsafeBufferPointer({ reader.take($0) }) {
      return memory.type
    }
    let start = reader.offset
    let name = UnsafeBufferPointer(rebasing: bytes[try plainText("type")])
    guard RecordEncoder.isTypeName(name) else {
      throw Record.Malformed(field: "type", what: "expected a capital and letters or digits")
    }
    memory.type = String(decoding: name, as: UTF8.self)
    memory.typeBytes.removeAll(keepingCapacity: true)
    memory.typeBytes.append(contentsOf: bytes[start..<reader.offset])
    return memory.type
  }

  mutating func actor(_ memory: inout RecordMemory) throws(Record.Malformed) -> Actor {
    if let actor = memory.actor, memory.actorBytes.withUnsafeBufferPointer({ reader.take($0) }) {
      return actor
    }
    let start = reader.offset
    let actor = try newActor()
    memory.actorBytes.removeAll(keepingCapacity: true)
    memory.actorBytes.append(contentsOf: bytes[start..<reader.offset])
    memory.actor = actor
    return actor
  }

  private mutating func newActor() throws(Record.Malformed) -> Actor {
    func part(_ name: String) throws(Record.Malformed) -> String {
      let text = try text(name)
      guard (1...RecordEncoder.longestActorField).contains(text.utf8.count) else {
        throw Record.Malformed(
          field: name, what: "expected 1 to \(RecordEncoder.longestActorField) bytes")
      }
      return text
    }
    try key("actor.party", "{\"party\":")
    let party = try part("actor.party")
    let role = has(",\"role\":") ? try part("actor.role") : nil
    let user = has(",\"user\":") ? try part("actor.user") : nil
    try key("actor.via", ",\"via\":")
    let via = try part("actor.via")
    try end("actor")
    return Actor(user: user, party: party, role: role, via: via)
  }

  /// Reads tags, sorted and unique, and gives where they lie.
  mutating func tags(
    _ memory: inout RecordMemory
  ) throws(Record.Malformed) -> (range: Range<Int>, count: Int) {
    guard reader.take(UInt8(ascii: "[")) else {
      throw Record.Malformed(field: "tags", what: "expected an array of at most \(Tag.most)")
    }
    let start = reader.offset
    memory.tags.removeAll(keepingCapacity: true)
    var last: UnsafeBufferPointer<UInt8>?
    var count = 0
    while !reader.take(UInt8(ascii: "]")) {
      guard count == 0 || reader.take(UInt8(ascii: ",")), let range = reader.plainString(),
        case let tag = UnsafeBufferPointer(rebasing: bytes[range]), Tag.isTag(tag)
      else {
        throw Record.Malformed(field: "tags", what: "expected kind:value of A-Z a-z 0-9 . _ -")
      }
      if let last, !last.lexicographicallyPrecedes(tag) {
        throw Record.Malformed(field: "tags", what: "expected them sorted and unique")
      }
      last = tag
      count += 1
      memory.tags.append(range)
      guard count <= Tag.most else {
        throw Record.Malformed(field: "tags", what: "expected at most \(Tag.most)")
      }
    }
    return (start..<reader.offset - 1, count)
  }

  mutating func append() throws(Record.Malformed) -> Record.Append {
    try key("append.count", "{\"count\":")
    let count = try integer("append.count", in: 1...Limits.recordsInAppend, "1 to 1000")
    let key = has(",\"key\":") ? try appendKey() : nil
    let references = has(",\"references\":") ? try references() : nil
    try end("append")
    return Record.Append(count: count, key: key, references: references)
  }

  private mutating func appendKey() throws(Record.Malformed) -> AppendKey {
    try key("append.key.kind", "{\"kind\":")
    let kind = try text("append.key.kind")
    try key("append.key.value", ",\"value\":")
    let value = try text("append.key.value")
    try key("append.key.within", ",\"within\":")
    let within = try text("append.key.within")
    try end("append.key")
    for part in [kind, value, within] where !RecordEncoder.isKeyPart(part) {
      throw Record.Malformed(
        field: "append.key", what: "expected printable ASCII of 1 to 256 bytes")
    }
    return AppendKey(kind: kind, within: within, value: value)
  }

  private mutating func references() throws(Record.Malformed) -> ReferenceSet {
    try key("append.references.root", "{\"root\":")
    let root = Base64.bytes(text: try text("append.references.root")).flatMap { Hash256($0) }
    try key("append.references.rows", ",\"rows\":")
    let most = Int(Value.largestInteger)
    let rows = try integer("append.references.rows", in: 0...most, "a number of rows")
    try key("append.references.set", ",\"set\":")
    let set = try integer("append.references.set", in: 1...most, "the number of a set")
    try end("append.references")
    guard let root else {
      throw Record.Malformed(field: "append.references.root", what: "expected 32 bytes in base64")
    }
    return ReferenceSet(set: set, rows: rows, root: root)
  }
}
