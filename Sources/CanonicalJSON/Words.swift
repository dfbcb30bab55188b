/// Eight bytes at a time: most of a record is text in which nothing has to be looked at one by one.
///
/// A word's first byte is its lowest. Each search marks the high bit of every byte that it looks for; marks
/// above the first may be wrong, since a borrow went there.
enum Words {
  static let highBits: UInt64 = 0x8080_8080_8080_8080

  @inline(__always)
  static func load(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> UInt64 {
    UInt64(
      littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(
        fromByteOffset: offset, as: UInt64.self))
  }

  /// The same byte eight times.
  @inline(__always)
  static func all(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  @inline(__always)
  static func marks(of byte: UInt8, in word: UInt64) -> UInt64 {
    let differences = word ^ all(byte)
    return (differences &- all(1)) & ~differences & highBits
  }

  @inline(__always)
  static func marksOfControls(in word: UInt64) -> UInt64 {
    (word &- all(0x20)) & ~word & highBits
  }
}

extension Reader {
  /// Where from `start` on the first byte stands that needs an escape in a string, and whether all bytes
  /// before it are ASCII, and none of them the control character DEL.
  @inline(__always)
  func plainPiece(from start: Int) -> (end: Int, isASCII: Bool, hasDelete: Bool) {
    var end = start
    var high: UInt64 = 0
    var deletes: UInt64 = 0
    while end + 8 <= bytes.count {
      let word = Words.load(bytes, at: end)
      let stops =
        Words.marksOfControls(in: word) | Words.marks(of: UInt8(ascii: "\""), in: word)
        | Words.marks(of: UInt8(ascii: "\\"), in: word)
      if stops == 0 {
        high |= word
        deletes |= Words.marks(of: 0x7F, in: word)
        end += 8
        continue
      }
      let before = stops.trailingZeroBitCount & ~7
      let mask = (UInt64(1) << UInt64(before)) - 1
      high |= word & mask
      deletes |= Words.marks(of: 0x7F, in: word) & mask
      return (end + before / 8, high & Words.highBits == 0, deletes != 0)
    }
    while end < bytes.count, !needsEscape(bytes[end]) {
      high |= UInt64(bytes[end])
      if bytes[end] == 0x7F { deletes = 1 }
      end += 1
    }
    return (end, high & Words.highBits == 0, deletes != 0)
  }
}
