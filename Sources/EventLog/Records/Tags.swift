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
    var allowed: UInt64 = .max
    // Eight bytes at a time.
    for index in stride(from: 0, to: bytes.count, by: 8) {
      let marks = marks(in: word(bytes, at: index))
      allowed &= marks.allowed
      colons += marks.colons.nonzeroBitCount
    }
    return allowed & 0x8080_8080_8080_8080 == 0x8080_8080_8080_8080 && colons == 1
      && bytes[0] != colon && bytes[bytes.count - 1] != colon
  }

  /// The eight bytes from an index on, the first of them lowest; where they end, letters stand for more.
  @inline(__always)
  private static func word(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt64 {
    let raw = UnsafeRawBufferPointer(bytes)
    let letters: UInt64 = 0x6161_6161_6161_6161
    if index + 8 <= raw.count {
      return UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    }
    let missing = UInt64(index + 8 - raw.count) * 8
    if raw.count >= 8 {
      let last = raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt64.self)
      return UInt64(littleEndian: last) >> missing | letters << (64 - missing)
    }
    return raw.reversed().reduce(letters) { $0 << 8 | UInt64($1) }
  }

  /// Marks, by the highest bit of each of eight bytes, those that a tag may hold, and the colons.
  @inline(__always)
  private static func marks(in word: UInt64) -> (allowed: UInt64, colons: UInt64) {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let low = word & (ones &* 0x7F)
    /// The bytes of `word` from one to another; none of them is above 127.
    func marks(_ word: UInt64, from first: UInt8, to last: UInt8) -> UInt64 {
      (word &+ ones &* UInt64(0x80 - first)) & ~(word &+ ones &* UInt64(0x7F - last))
    }
    let letters = marks(low | ones &* 0x20, from: UInt8(ascii: "a"), to: UInt8(ascii: "z"))
    let digits = marks(low, from: UInt8(ascii: "0"), to: UInt8(ascii: ":"))
    let points = marks(low, from: UInt8(ascii: "-"), to: UInt8(ascii: "."))
    let lines = marks(low, from: UInt8(ascii: "_"), to: UInt8(ascii: "_"))
    let colons = marks(low, from: UInt8(ascii: ":"), to: UInt8(ascii: ":")) & ~word & (ones &* 0x80)
    return ((letters | digits | points | lines) & ~word, colons)
  }

  /// The part of a tag before its colon.
  static func kind(_ tag: String) -> Substring { tag.prefix { $0 != ":" } }
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

  static func mark(_ digest: Hash256) -> Int64 {
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

/// Makes the marks of the tags of records, one after another, in memory that serves for all of them.
struct TagMarks {
  private var digests: [Hash256] = []

  /// Adds the marks of tags that lie in the bytes of a record, in their order.
  mutating func append(
    of tags: [Range<Int>], in bytes: UnsafeBufferPointer<UInt8>, to marks: inout [Int64]
  ) {
    digests.removeAll(keepingCapacity: true)
    Hash.append(to: &digests, of: tags, in: UnsafeRawBufferPointer(bytes))
    for digest in digests { marks.append(Mark.mark(digest)) }
  }
}
