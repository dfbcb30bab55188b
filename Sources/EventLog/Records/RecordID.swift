/// Random bytes, drawn some thousands at a time: asking the system costs more than making a record.
struct RandomPool {
  private let random: @Sendable (Int) -> [UInt8]
  private var bytes: [UInt8] = []
  private var used = 0
  private static let size = 4096

  init(random: @escaping @Sendable (Int) -> [UInt8]) {
    self.random = random
  }

  /// Lends fresh bytes, which are never lent again.
  @inline(__always)
  mutating func take<R>(_ count: Int, _ body: (ArraySlice<UInt8>) throws -> R) rethrows -> R {
    if bytes.count - used < count {
      bytes = random(Self.size)
      precondition(bytes.count == Self.size, "random gave \(bytes.count) bytes, not \(Self.size)")
      used = 0
    }
    used += count
    return try body(bytes[used - count..<used])
  }
}

/// Makes UUIDv7 identities: 48 bits of time, and 74 random bits that make a leaf of the tree
/// unguessable.
struct RecordIDs {

  /// Appends a fresh identity in its 36 characters.
  static func append(at milliseconds: Int64, from pool: inout RandomPool, to bytes: inout [UInt8]) {
    let time = UInt64(max(0, milliseconds))
    let high = time << 16 | 0x7000
    pool.take(10) { random in
      var low: UInt64 = 0
      for byte in random.suffix(8) { low = low << 8 | UInt64(byte) }
      let first = UInt64(random[random.startIndex]) << 8 | UInt64(random[random.startIndex + 1])
      let words = (high | first & 0x0FFF, low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 36) { text in
        var place = 0
        for nibble in 0..<32 {
          if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
            text[place] = UInt8(ascii: "-")
            place += 1
          }
          let word = nibble < 16 ? words.0 : words.1
          let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - nibble % 16 * 4)) & 15
          text[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
          place += 1
        }
        bytes.append(contentsOf: UnsafeBufferPointer(text))
      }
    }
  }

}

/// The shape of an identity.
enum RecordID {
  /// Whether a text is a UUIDv7 in lower case whose time is the given one.
  static func isIdentity(_ text: UnsafeBufferPointer<UInt8>, at milliseconds: Int64) -> Bool {
    guard text.count == 36 else { return false }
    var time: UInt64 = 0
    for index in 0..<36 {
      let byte = text[index]
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard byte == UInt8(ascii: "-") else { return false }
        continue
      }
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      default: return false
      }
      if index < 13 { time = time << 4 | UInt64(digit) }
      if index == 14, digit != 7 { return false }
      if index == 19, digit & 0xC != 8 { return false }
    }
    return time == UInt64(max(0, milliseconds))
  }
}
