/// Finds a personal value in bytes of any kind: free text, XML, pages of a file.
///
/// Letters match in either case; blanks, hyphens and dots between characters don't matter, nor does
/// UTF-16. A value inside a longer word or number is another one, but for an MPAN at the end of a
/// longer number: a supply number of 21 digits ends with it.
struct ValueSearch: Sendable {
  private let patterns: [[UInt8]]
  private let mayEndNumber: Bool

  init(_ value: String) {
    let plain = Self.essence(Array(value.utf8))
    let escaped = Self.essence(
      value.utf8.flatMap { byte in
        switch byte {
        case 38: Array("&amp;".utf8)
        case 60: Array("&lt;".utf8)
        case 62: Array("&gt;".utf8)
        case 34: Array("&quot;".utf8)
        case 39: Array("&apos;".utf8)
        default: [byte]
        }
      })
    patterns = Set([plain, escaped]).filter { !$0.isEmpty }.sorted { $0.count < $1.count }
    mayEndNumber = plain.count == 13 && plain.allSatisfy { (48...57).contains($0) }
  }

  /// Whether the value stands in the bytes.
  func isIn(_ bytes: [UInt8]) -> Bool {
    var essence: [UInt8] = []
    essence.reserveCapacity(bytes.count)
    // Whether a character follows the one before it with nothing between.
    var isJoined: [Bool] = []
    isJoined.reserveCapacity(bytes.count)
    var isAfterGap = true
    for byte in bytes {
      if Self.isGap(byte) {
        // The zero bytes of UTF-16 separate nothing.
        if byte != 0 { isAfterGap = true }
        continue
      }
      essence.append(Self.lowered(byte))
      isJoined.append(!isAfterGap)
      isAfterGap = false
    }
    return patterns.contains { pattern in
      var start = 0
      while let found = essence.firstIndex(of: pattern, from: start) {
        let end = found + pattern.count
        let isBegun = found > 0 && isJoined[found] && Self.isWord(essence[found - 1])
        let isContinued = end < essence.count && isJoined[end] && Self.isWord(essence[end])
        let begins = !isBegun || (mayEndNumber && Self.isDigit(essence[found - 1]))
        if begins, !isContinued { return true }
        start = found + 1
      }
      return false
    }
  }

  private static func essence(_ bytes: [UInt8]) -> [UInt8] {
    bytes.filter { !isGap($0) }.map(lowered)
  }

  /// Blanks, hyphens, dots, and what makes ASCII of UTF-16.
  private static func isGap(_ byte: UInt8) -> Bool {
    switch byte {
    case 0, 9, 10, 13, 32, 45, 46, 0xA0, 0xC2: true
    default: false
    }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (65...90).contains(byte) ? byte + 32 : byte
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || (97...122).contains(byte) || byte >= 0x80
  }
}

extension [UInt8] {
  /// Where a pattern stands first, from an index on.
  fileprivate func firstIndex(of pattern: [UInt8], from start: Int) -> Int? {
    guard count - start >= pattern.count else { return nil }
    let first = pattern[0]
    for index in start...count - pattern.count where self[index] == first {
      if self[index..<index + pattern.count].elementsEqual(pattern) { return index }
    }
    return nil
  }
}
