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
    let hyphen = UInt8(ascii: "-")
    guard text.count == 36, text[8] == hyphen, text[13] == hyphen, text[18] == hyphen,
      text[23] == hyphen
    else { return false }
    // The 32 digits in four words: time; time, version and what follows; variant and what follows.
    let words = (
      pair(text, 0, 4), pair(text, 9, 14), pair(text, 19, 24), pair(text, 28, 32)
    )
    guard isHex(words.0), isHex(words.1), isHex(words.2), isHex(words.3) else { return false }
    let low = number(words.1)
    let variant = number(words.2) >> 28
    guard low >> 12 & 0xF == 7, variant & 0xC == 8 else { return false }
    let time = number(words.0) << 16 | low >> 16
    return time == UInt64(max(0, milliseconds))
  }

  /// Eight characters from two places, the first in the highest byte.
  @inline(__always)
  private static func pair(
    _ text: UnsafeBufferPointer<UInt8>, _ first: Int, _ second: Int
  ) -> UInt64 {
    func four(_ place: Int) -> UInt64 {
      UInt64(
        UInt32(
          bigEndian: UnsafeRawBufferPointer(text).loadUnaligned(
            fromByteOffset: place, as: UInt32.self)))
    }
    return four(first) << 32 | four(second)
  }

  /// Whether eight characters are all 0 to 9 or a to f; each sum stays within its byte.
  @inline(__always)
  private static func isHex(_ word: UInt64) -> Bool {
    func all(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }
    let digits = (word &+ all(0x80 - 0x30)) & ~(word &+ all(0x80 - 0x3A))
    let letters = (word &+ all(0x80 - 0x61)) & ~(word &+ all(0x80 - 0x67))
    let high = all(0x80)
    return word & high == 0 && (digits | letters) & high == high
  }

  /// The value of eight hexadecimal characters.
  @inline(__always)
  private static func number(_ word: UInt64) -> UInt64 {
    var nibbles = (word & 0x0F0F_0F0F_0F0F_0F0F) &+ (word >> 6 & 0x0101_0101_0101_0101) &* 9
    nibbles = (nibbles | nibbles >> 4) & 0x00FF_00FF_00FF_00FF
    nibbles = (nibbles | nibbles >> 8) & 0x0000_FFFF_0000_FFFF
    return (nibbles | nibbles >> 16) & 0xFFFF_FFFF
  }
}
