internal import CanonicalJSON

/// Writes records: the fields of design and schema in the order of their keys.
struct RecordEncoder {
  static let longestRecord = Limits.recordBytes
  static let longestString = Limits.bodyStringBytes
  static let longestName = 64
  static let longestActorField = 128
  static let longestKeyPart = 256

  private var actor: Actor?
  private var actorBytes: [UInt8] = []
  private var time: Int64?
  private var timeBytes: [UInt8] = []
  private(set) var random: RandomPool

  init(random: @escaping @Sendable (Int) -> [UInt8]) {
    self.random = RandomPool(random: random)
  }

  /// What stands in the first record of an append.
  struct Header {
    var count: Int
    var key: AppendKey?
    var references: ReferenceSet?
  }

  /// Fresh random bytes for a salt.
  mutating func salt() -> [UInt8] { random.take(32) { Array($0) } }

  /// Appends one record to `bytes`; after an error they may end in half of one.
  mutating func append(
    _ draft: Draft, at position: Int, recordedAt: Int64, header: Header?, tags: [String],
    to bytes: inout [UInt8]
  ) throws(LogError) {
    try check(draft, at: position)
    let start = bytes.count
    bytes.append(#"{"actor":"#)
    if draft.actor != actor { try encode(draft.actor) }
    bytes.append(contentsOf: actorBytes)
    if let header { Self.append(header, to: &bytes) }
    bytes.append(#","body":"#)
    if let written = draft.written {
      bytes.append(contentsOf: written.bytes)
    } else {
      try Self.append(draft.body, of: draft.type, to: &bytes)
    }
    if let cause = draft.cause {
      bytes.append(#","cause":"#)
      bytes.appendDecimal(Int64(cause))
    }
    bytes.append(#","effectiveAt":""#)
    if time != recordedAt {
      timeBytes.removeAll(keepingCapacity: true)
      Timestamp.append(recordedAt, to: &timeBytes)
      time = recordedAt
    }
    if let effectiveAt = draft.effectiveAt, effectiveAt != recordedAt {
      Timestamp.append(effectiveAt, to: &bytes)
    } else {
      bytes.append(contentsOf: timeBytes)
    }
    bytes.append(#"","id":""#)
    RecordIDs.append(at: recordedAt, from: &random, to: &bytes)
    bytes.append(#"","recordedAt":""#)
    bytes.append(contentsOf: timeBytes)
    bytes.append(#"","tags":["#)
    for (index, tag) in tags.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(UInt8(ascii: "\""))
      bytes.append(contentsOf: tag.utf8)
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(#"],"type":""#)
    bytes.append(contentsOf: draft.type.utf8)
    bytes.append(#"","version":"#)
    bytes.appendDecimal(Int64(draft.version))
    bytes.append(UInt8(ascii: "}"))
    guard bytes.count - start <= Self.longestRecord else {
      throw .tooLarge(
        what: "bytes of a record of \(draft.type)", limit: Self.longestRecord,
        found: bytes.count - start)
    }
  }

  /// Appends a body, which is one level down in its record.
  static func append(
    _ body: Value, of type: String, to bytes: inout [UInt8]
  ) throws(LogError) {
    do throws(OutOfProfile) {
      try body.write(to: &bytes, longestString: longestString, depth: 2)
    } catch {
      switch error {
      case .stringTooLong(let limit, let found):
        throw .tooLarge(
          what: "bytes of a string in the body of \(type)", limit: limit, found: found)
      case .tooDeep, .integerTooLarge, .keyNotPlain:
        throw .invalidRequest("body of \(type): \(error)")
      }
    }
  }

  private static func append(_ header: Header, to bytes: inout [UInt8]) {
    bytes.append(#","append":{"count":"#)
    bytes.appendDecimal(Int64(header.count))
    if let key = header.key {
      bytes.append(#","key":{"kind":"#)
      bytes.appendJSON(key.kind)
      bytes.append(#","value":"#)
      bytes.appendJSON(key.value)
      bytes.append(#","within":"#)
      bytes.appendJSON(key.within)
      bytes.append(UInt8(ascii: "}"))
    }
    if let references = header.references {
      bytes.append(#","references":{"root":"#)
      bytes.appendJSON(references.root.description)
      bytes.append(#","rows":"#)
      bytes.appendDecimal(Int64(references.rows))
      bytes.append(#","set":"#)
      bytes.appendDecimal(Int64(references.set))
      bytes.append(UInt8(ascii: "}"))
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private mutating func encode(_ actor: Actor) throws(LogError) {
    self.actor = nil
    actorBytes.removeAll(keepingCapacity: true)
    var separator = UInt8(ascii: "{")
    for (name, field) in [
      ("party", actor.party), ("role", actor.role), ("user", actor.user), ("via", actor.via),
    ] {
      guard let field else { continue }
      let length = field.utf8.count
      guard (1...Self.longestActorField).contains(length) else {
        throw .invalidRequest(
          "actor.\(name) takes 1 to \(Self.longestActorField) bytes, or is absent")
      }
      actorBytes.append(separator)
      separator = UInt8(ascii: ",")
      actorBytes.appendJSON(name)
      actorBytes.append(UInt8(ascii: ":"))
      actorBytes.appendJSON(field)
    }
    actorBytes.append(UInt8(ascii: "}"))
    self.actor = actor
  }

  private func check(_ draft: Draft, at position: Int) throws(LogError) {
    guard Self.isTypeName(draft.type) else {
      throw .invalidRequest(
        "an event type is a capital and up to \(Self.longestName - 1) letters or digits")
    }
    guard (1...Int(Int32.max)).contains(draft.version) else {
      throw .invalidRequest("version \(draft.version) of \(draft.type) is not 1 or more")
    }
    guard case .object = draft.body else {
      throw .invalidRequest("the body of \(draft.type) is not an object")
    }
    if let cause = draft.cause, !(1..<position).contains(cause) {
      throw .invalidRequest("\(draft.type) at \(position) names position \(cause) as its cause")
    }
    if let effectiveAt = draft.effectiveAt, !Timestamp.range.contains(effectiveAt) {
      throw .invalidRequest("\(draft.type) is effective outside the years 0000 to 9999")
    }
  }

  static func isTypeName(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { isTypeName($0) }
  }

  static func isTypeName(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard (1...longestName).contains(name.count) else { return false }
    for index in name.indices {
      switch name[index] {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): break
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        if index == 0 { return false }
      default: return false
      }
    }
    return true
  }

  static func isKeyPart(_ text: String) -> Bool {
    (1...longestKeyPart).contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
  }
}
