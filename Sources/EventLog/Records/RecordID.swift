/// Makes UUIDv7 identities: 48 bits of time, 74 random bits.
///
/// The random bits make a leaf of the tree unguessable. They are drawn some hundreds at a time, since asking the
/// system costs more than the rest of an identity.
struct RecordIDs {
  private let random: @Sendable (Int) -> [UInt8]
  private var pool: [UInt8] = []
  private var used = 0

  init(random: @escaping @Sendable (Int) -> [UInt8]) {
    self.random = random
  }

  /// Appends the next identity in its 36 characters.
  mutating func append(at milliseconds: Int64, to bytes: inout [UInt8]) {
    if pool.count - used < 10 {
      pool = random(4000)
      precondition(pool.count == 4000, "random gave \(pool.count) bytes where 4000 were asked for")
      used = 0
    }
    let time = UInt64(max(0, milliseconds))
    for index in 0..<16 {
      if index == 4 || index == 6 || index == 8 || index == 10 { bytes.append(UInt8(ascii: "-")) }
      var byte: UInt8
      if index < 6 {
        byte = UInt8(truncatingIfNeeded: time >> UInt64(40 - 8 * index))
      } else {
        byte = pool[used + index - 6]
        if index == 6 { byte = 0x70 | byte & 0x0F }
        if index == 8 { byte = 0x80 | byte & 0x3F }
      }
      bytes.append(Self.digits[Int(byte >> 4)])
      bytes.append(Self.digits[Int(byte & 15)])
    }
    used += 10
  }

  fileprivate static let digits = Array("0123456789abcdef".utf8)
}

/// The shape of an identity.
enum RecordID {
  /// Whether a text is a UUIDv7 in lower case whose time is the given one.
  static func isIdentity(_ text: String, at milliseconds: Int64) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 36 else { return false }
    var time: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard byte == UInt8(ascii: "-") else { return false }
        continue
      }
      guard let digit = RecordIDs.digits.firstIndex(of: byte) else { return false }
      if index < 13 { time = time << 4 | UInt64(digit) }
    }
    return time == UInt64(max(0, milliseconds)) && bytes[14] == UInt8(ascii: "7")
      && "89ab".utf8.contains(bytes[19])
  }
}
