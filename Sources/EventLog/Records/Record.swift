public import CanonicalJSON

/// A stored record, read: what it says about itself, and its body.
public struct Record: Sendable {
  /// What happened.
  public let type: String
  /// The version of the body's shape.
  public let version: Int
  /// Its UUIDv7.
  public let id: String
  /// When the ledger learned it, in milliseconds since 1970.
  public let recordedAt: Int64
  /// When it is true in the world, in milliseconds since 1970.
  public let effectiveAt: Int64
  /// Who caused it.
  public let actor: Actor
  /// The position it follows from.
  public let cause: Int?
  /// Its timelines.
  public let tags: [String]
  /// What is said about the whole append, in its first record.
  public let append: Append?
  /// The facts.
  public let body: Value

  /// The extent of an append, and what came with it.
  public struct Append: Hashable, Sendable {
    /// How many records it has.
    public let count: Int
    /// The name under which it was recorded once.
    public let key: AppendKey?
    /// The reference set that it finished.
    public let references: ReferenceSet?
  }

  /// Reads a record strictly: canonical form, no field missing, none unknown, each of its shape.
  public init(reading bytes: [UInt8]) throws(Malformed) {
    let value: Value
    do throws(NotCanonical) {
      value = try Value(reading: bytes)
    } catch {
      throw Malformed(field: "the record", what: "\(error)")
    }
    try self.init(value)
  }

  /// Reads a record that lies in memory somebody else owns.
  public init(reading bytes: UnsafeBufferPointer<UInt8>) throws(Malformed) {
    let value: Value
    do throws(NotCanonical) {
      value = try Value(reading: bytes)
    } catch {
      throw Malformed(field: "the record", what: "\(error)")
    }
    try self.init(value)
  }

  /// Why bytes are no record.
  public struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
    /// Which field.
    public let field: String
    /// What was expected and found.
    public let what: String

    /// Field and finding in one line.
    public var description: String { "\(field): \(what)" }
  }

  private init(_ value: Value) throws(Malformed) {
    guard case .object(let record) = value else {
      throw Malformed(field: "the record", what: "expected an object")
    }
    var fields = Fields(record)
    actor = try Self.actor(fields.take("actor"))
    append = try fields.taken("append").map(Self.append)
    guard let body = fields.taken("body"), case .object = body else {
      throw Malformed(field: "body", what: "expected an object")
    }
    self.body = body
    cause = try fields.taken("cause").map { value throws(Malformed) in
      guard let cause = value.integer, cause >= 1 else {
        throw Malformed(field: "cause", what: "expected a position")
      }
      return Int(cause)
    }
    effectiveAt = try Self.time(fields.take("effectiveAt"), "effectiveAt")
    id = try Self.text(fields.take("id"), "id")
    recordedAt = try Self.time(fields.take("recordedAt"), "recordedAt")
    tags = try Self.tags(fields.take("tags"))
    type = try Self.text(fields.take("type"), "type")
    guard let version = fields.taken("version")?.integer, (1...Int64(Int32.max)).contains(version)
    else { throw Malformed(field: "version", what: "expected an integer from 1") }
    self.version = Int(version)
    try fields.end()
    guard RecordEncoder.isTypeName(type) else {
      throw Malformed(field: "type", what: "expected a capital and letters or digits")
    }
    guard RecordID.isIdentity(id, at: recordedAt) else {
      throw Malformed(field: "id", what: "expected a UUIDv7 of the time in recordedAt")
    }
  }
}

extension Record {
  /// Takes fields in the order they are stored, so that a field too many or in between shows
  /// itself.
  private struct Fields {
    private let members: [Object.Member]
    private var next = 0

    init(_ object: Object) { members = object.members }

    mutating func taken(_ key: String) -> Value? {
      guard next < members.count, members[next].key == key else { return nil }
      next += 1
      return members[next - 1].value
    }

    mutating func take(_ key: String) throws(Malformed) -> Value {
      guard let value = taken(key) else { throw Malformed(field: key, what: "is missing") }
      return value
    }

    func end() throws(Malformed) {
      guard next == members.count else {
        throw Malformed(field: members[next].key, what: "is not a field of a record")
      }
    }
  }

  private static func text(_ value: Value, _ field: String) throws(Malformed) -> String {
    guard let text = value.string else { throw Malformed(field: field, what: "expected a string") }
    return text
  }

  private static func time(_ value: Value, _ field: String) throws(Malformed) -> Int64 {
    guard let text = value.string, let time = Timestamp.milliseconds(text) else {
      throw Malformed(field: field, what: "expected YYYY-MM-DDTHH:MM:SS.mmmZ")
    }
    return time
  }

  private static func actor(_ value: Value) throws(Malformed) -> Actor {
    guard case .object(let object) = value else {
      throw Malformed(field: "actor", what: "expected an object")
    }
    var fields = Fields(object)
    func part(_ value: Value, _ name: String) throws(Malformed) -> String {
      guard let text = value.string,
        (1...RecordEncoder.longestActorField).contains(text.utf8.count)
      else {
        throw Malformed(
          field: "actor.\(name)", what: "expected 1 to \(RecordEncoder.longestActorField) bytes")
      }
      return text
    }
    let party = try part(fields.take("party"), "party")
    let role = try fields.taken("role").map { value throws(Malformed) in try part(value, "role") }
    let user = try fields.taken("user").map { value throws(Malformed) in try part(value, "user") }
    let via = try part(fields.take("via"), "via")
    try fields.end()
    return Actor(user: user, party: party, role: role, via: via)
  }

  private static func tags(_ value: Value) throws(Malformed) -> [String] {
    guard case .array(let values) = value, values.count <= Tag.most else {
      throw Malformed(field: "tags", what: "expected an array of at most \(Tag.most)")
    }
    var tags: [String] = []
    tags.reserveCapacity(values.count)
    for value in values {
      guard let tag = value.string, Tag.isTag(tag) else {
        throw Malformed(field: "tags", what: "expected kind:value of A-Z a-z 0-9 . _ -")
      }
      if let last = tags.last, !last.utf8.lexicographicallyPrecedes(tag.utf8) {
        throw Malformed(field: "tags", what: "expected them sorted and unique")
      }
      tags.append(tag)
    }
    return tags
  }

  private static func append(_ value: Value) throws(Malformed) -> Append {
    guard case .object(let object) = value else {
      throw Malformed(field: "append", what: "expected an object")
    }
    var fields = Fields(object)
    guard let count = fields.taken("count")?.integer, (1...1000).contains(count) else {
      throw Malformed(field: "append.count", what: "expected 1 to 1000")
    }
    let key = try fields.taken("key").map(Self.key)
    let references = try fields.taken("references").map(Self.references)
    try fields.end()
    return Append(count: Int(count), key: key, references: references)
  }

  private static func key(_ value: Value) throws(Malformed) -> AppendKey {
    guard case .object(let object) = value else {
      throw Malformed(field: "append.key", what: "expected an object")
    }
    var fields = Fields(object)
    let kind = try text(fields.take("kind"), "append.key.kind")
    let name = try text(fields.take("value"), "append.key.value")
    let within = try text(fields.take("within"), "append.key.within")
    try fields.end()
    for part in [kind, name, within] where !RecordEncoder.isKeyPart(part) {
      throw Malformed(field: "append.key", what: "expected printable ASCII of 1 to 256 bytes")
    }
    return AppendKey(kind: kind, within: within, value: name)
  }

  private static func references(_ value: Value) throws(Malformed) -> ReferenceSet {
    guard case .object(let object) = value else {
      throw Malformed(field: "append.references", what: "expected an object")
    }
    var fields = Fields(object)
    let root = Base64.bytes(text: try text(fields.take("root"), "append.references.root"))
    guard let root = root.flatMap({ Hash256($0) }), let rows = fields.taken("rows")?.integer,
      rows >= 0, let set = fields.taken("set")?.integer, set >= 1
    else { throw Malformed(field: "append.references", what: "expected root, rows and set") }
    try fields.end()
    return ReferenceSet(set: Int(set), rows: Int(rows), root: root)
  }
}

/// Looks for things in stored bytes without reading all of them.
enum RecordScan {
  private static let tagsKey = Array(#""tags":["#.utf8)

  /// Whether a record carries a tag.
  ///
  /// Behind the tags stand only type and version, so the last `"tags":[` is theirs, whatever the
  /// body holds.
  static func hasTag(_ record: UnsafeRawBufferPointer, _ tag: String) -> Bool {
    var start = record.count - tagsKey.count
    while start >= 0, !record[start..<start + tagsKey.count].elementsEqual(tagsKey) { start -= 1 }
    guard start >= 0 else { return false }
    var index = start + tagsKey.count
    while index < record.count, record[index] == UInt8(ascii: "\"") {
      let from = index + 1
      guard let end = record[from...].firstIndex(of: UInt8(ascii: "\"")) else { return false }
      if record[from..<end].elementsEqual(tag.utf8) { return true }
      index = end + 1
      if index < record.count, record[index] == UInt8(ascii: ",") { index += 1 }
    }
    return false
  }
}
