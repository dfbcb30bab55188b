/// The shape of a tag, and of the other short texts of a record.
enum Tag {
  static let most = Limits.tags
  static let longest = Limits.tagBytes

  /// Whether a text is `kind:value` of letters, digits, dot, underscore and hyphen.
  static func isTag(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { isTag($0) }
  }

  static func isTag(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard (3...longest).contains(bytes.count) else { return false }
    let colon = UInt8(ascii: ":")
    var colons = 0
    for byte in bytes {
      // One bit for each of 128 characters: 0 to 9, hyphen and dot; A to Z, a to z and underscore.
      let set: UInt64 = byte < 64 ? 0x03FF_6000_0000_0000 : 0x07FF_FFFE_87FF_FFFE
      guard byte < 128, set >> UInt64(byte & 63) & 1 == 1 else {
        guard byte == colon else { return false }
        colons += 1
        continue
      }
    }
    return colons == 1 && bytes[0] != colon && bytes[bytes.count - 1] != colon
  }

  /// The part of a tag before its colon.
  static func kind(_ tag: String) -> Substring { tag.prefix { $0 != ":" } }

  /// Sorts, drops repeats and checks.
  static func normalized(_ tags: [String], type: String) throws(LogError) -> [String] {
    for tag in tags where !isTag(tag) {
      throw .invalidRequest(
        "a tag of \(type) is not kind:value of A-Z a-z 0-9 . _ - in \(longest) bytes")
    }
    var sorted = tags
    if !isSorted(tags) {
      sorted.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      var unique = sorted.prefix(1)
      for tag in sorted.dropFirst() where tag != unique.last { unique.append(tag) }
      sorted = Array(unique)
    }
    guard sorted.count <= most else {
      throw .tooLarge(what: "tags of one event", limit: most, found: sorted.count)
    }
    return sorted
  }

  /// Whether tags, which are ASCII, are in order and unique.
  private static func isSorted(_ tags: [String]) -> Bool {
    for index in tags.indices.dropFirst() where tags[index - 1] >= tags[index] { return false }
    return true
  }
}

/// Six bytes that stand for a tag or a key in the index, as a signed number: the largest that SQLite
/// stores in six.
///
/// Two may collide; whoever finds one looks at the record itself.
enum Mark {
  /// Bytes of a mark in the column `marks`.
  static let width = 6

  static func tag(_ tag: String) -> Int64 {
    var hash = Hash()
    hash.add(tag)
    return mark(hash.digest())
  }

  static func tag(_ tag: UnsafeBufferPointer<UInt8>) -> Int64 {
    var hash = Hash()
    hash.add(UnsafeRawBufferPointer(tag))
    return mark(hash.digest())
  }

  /// Adds the marks of a record's tags, in their order: two are hashed in step where the processor can.
  static func append(
    tagsOf record: RecordFields, in bytes: UnsafeBufferPointer<UInt8>, to marks: inout [Int64]
  ) {
    var held: UnsafeBufferPointer<UInt8>?
    record.forEachTag(in: bytes) { other in
      guard Hash.isFast, let one = held else {
        if Hash.isFast { held = other } else { marks.append(tag(other)) }
        return
      }
      held = nil
      let (first, second) = Hash.two(UnsafeRawBufferPointer(one), UnsafeRawBufferPointer(other))
      marks.append(mark(first))
      marks.append(mark(second))
    }
    if let held { marks.append(tag(held)) }
  }

  static func key(_ key: AppendKey) -> Int64 {
    var hash = Hash()
    hash.add("key\0\(key.kind)\0\(key.within)\0\(key.value)")
    return mark(hash.digest())
  }

  /// Stands on a record whose time is earlier than that of the record before it.
  static let clockWentBack: Int64 = {
    var hash = Hash()
    hash.add("clock\0")
    return mark(hash.digest())
  }()

  private static func mark(_ digest: Hash256) -> Int64 {
    Int64(bitPattern: digest.prefix) >> 16
  }

  /// Writes marks as the column `marks` holds them.
  static func append(_ marks: some Sequence<Int64>, to bytes: inout [UInt8]) {
    for mark in marks {
      withUnsafeBytes(of: (mark << 16).bigEndian) { bytes.append(contentsOf: $0.prefix(width)) }
    }
  }

  static func bytes(_ marks: some Sequence<Int64>) -> [UInt8] {
    var bytes: [UInt8] = []
    append(marks, to: &bytes)
    return bytes
  }

  static func marks(_ bytes: UnsafeRawBufferPointer) -> [Int64] {
    (0..<bytes.count / width).map { mark(in: bytes, at: $0) }
  }

  /// One of the marks that a column holds.
  static func mark(in bytes: UnsafeRawBufferPointer, at index: Int) -> Int64 {
    let start = index * width
    let high = bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)
    let low = bytes.loadUnaligned(fromByteOffset: start + 4, as: UInt16.self)
    return Int64(Int32(bitPattern: UInt32(bigEndian: high))) << 16 | Int64(UInt16(bigEndian: low))
  }
}
