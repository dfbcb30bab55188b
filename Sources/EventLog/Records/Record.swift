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
    let result = bytes.withUnsafeBufferPointer { bytes in
      Result { () throws(Malformed) in try Record(reading: bytes) }
    }
    self = try result.get()
  }

  /// Reads a record that lies in memory somebody else owns.
  public init(reading bytes: UnsafeBufferPointer<UInt8>) throws(Malformed) {
    let fields = try RecordFields(reading: bytes)
    type = fields.type
    version = fields.version
    id = String(decoding: bytes[fields.id], as: UTF8.self)
    recordedAt = fields.recordedAt
    effectiveAt = fields.effectiveAt
    actor = fields.actor
    cause = fields.cause
    var tags: [String] = []
    tags.reserveCapacity(fields.tags.count)
    fields.forEachTag(in: bytes) { tags.append(String(decoding: bytes[$0], as: UTF8.self)) }
    self.tags = tags
    append = fields.append
    body = fields.body
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
}

/// Looks for things in stored bytes without reading all of them.
enum RecordScan {
  private static let tagsKey = Array(#""tags":["#.utf8)

  /// Whether a record carries a tag.
  ///
  /// Behind the tags stand only type and version, so the last `"tags":[` is theirs, whatever the
  /// body holds.
  static func hasTag(_ record: UnsafeRawBufferPointer, _ tag: String) -> Bool {
    guard let start = tagsStart(record) else { return false }
    var index = start
    while index < record.count, record[index] == UInt8(ascii: "\"") {
      let from = index + 1
      guard let end = record[from...].firstIndex(of: UInt8(ascii: "\"")) else { return false }
      if end - from == tag.utf8.count, record[from..<end].elementsEqual(tag.utf8) { return true }
      index = end + 1
      if index < record.count, record[index] == UInt8(ascii: ",") { index += 1 }
    }
    return false
  }

  /// Lends the bytes of each tag of a record, in their order.
  static func forEachTag(
    _ record: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void
  ) {
    guard var index = tagsStart(record) else { return }
    while index < record.count, record[index] == UInt8(ascii: "\"") {
      let from = index + 1
      guard let end = record[from...].firstIndex(of: UInt8(ascii: "\"")) else { return }
      body(UnsafeRawBufferPointer(rebasing: record[from..<end]))
      index = end + 1
      if index < record.count, record[index] == UInt8(ascii: ",") { index += 1 }
    }
  }

  /// Whether a record is of one of some types: `…"type":"T","version":V}` closes every record.
  static func hasType(_ record: UnsafeRawBufferPointer, in types: Set<String>) -> Bool {
    // From the back: "version" has two quotation marks, the type's value two.
    var end = record.count
    var start = record.count
    for _ in 0..<4 {
      end = start
      repeat { start -= 1 } while start >= 0 && record[start] != UInt8(ascii: "\"")
      guard start >= 0 else { return false }
    }
    return types.contains(String(decoding: record[start + 1..<end], as: UTF8.self))
  }

  /// Where the first tag of a record begins.
  static func tagsStart(_ record: UnsafeRawBufferPointer) -> Int? {
    var start = record.count - tagsKey.count
    while start >= 0 {
      if record[start] == UInt8(ascii: "\""), record[start + 1] == UInt8(ascii: "t"),
        record[start..<start + tagsKey.count].elementsEqual(tagsKey)
      {
        return start + tagsKey.count
      }
      start -= 1
    }
    return nil
  }
}
