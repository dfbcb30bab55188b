extension Reader {
  /// Reads a string; the byte at `offset` is its first quotation mark.
  package mutating func string() throws(NotCanonical) -> String {
    let opening = offset
    let start = opening + 1
    let (end, isASCII, _) = plainPiece(from: start)
    offset = end
    if end < bytes.count {
      switch bytes[end] {
      case UInt8(ascii: "\""):
        if !isASCII { try checkUTF8(start..<end) }
        offset += 1
        return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
      case UInt8(ascii: "\\"): return try escapedString(from: start)
      default: throw unexpected("an escape for a control character")
      }
    }
    throw NotCanonical(
      offset: bytes.count, expected: "the quotation mark that ends the string at byte \(opening)",
      found: "the end")
  }

  /// Reads on in a string that has an escape at `offset`.
  private mutating func escapedString(from start: Int) throws(NotCanonical) -> String {
    var text: [UInt8] = []
    var plainFrom = start
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\"") {
        try checkUTF8(plainFrom..<offset)
        text.append(contentsOf: bytes[plainFrom..<offset])
        offset += 1
        return String(decoding: text, as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\") {
        // A character never spans an escape, so each plain piece is checked by itself.
        try checkUTF8(plainFrom..<offset)
        text.append(contentsOf: bytes[plainFrom..<offset])
        text.append(try escape())
        plainFrom = offset
        continue
      }
      if byte < 0x20 { throw unexpected("an escape for a control character") }
      offset += 1
    }
    throw NotCanonical(
      offset: bytes.count, expected: "the quotation mark that ends a string", found: "the end")
  }

  /// Reads one escape, and only the form that a writer uses for that character.
  private mutating func escape() throws(NotCanonical) -> UInt8 {
    let start = offset
    offset += 1
    guard offset < bytes.count else { throw unexpected("an escape") }
    let letter = bytes[offset]
    offset += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return letter
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "u"):
      let digits = offset..<min(offset + 4, bytes.count)
      offset = digits.upperBound
      for control: UInt8 in 0..<0x20 where shortEscape(of: control) == nil {
        let form = [
          UInt8(ascii: "0"), UInt8(ascii: "0"), hexDigit(control >> 4), hexDigit(control & 15),
        ]
        if bytes[digits].elementsEqual(form) { return control }
      }
    default: break
    }
    throw NotCanonical(
      offset: start,
      expected: "one of \\\" \\\\ \\b \\t \\n \\f \\r or \\u00xx for another control",
      found: "another escape")
  }

  /// Refuses bytes that are not UTF-8: overlong forms, surrogates, anything above U+10FFFF.
  private func checkUTF8(_ range: Range<Int>) throws(NotCanonical) {
    var index = range.lowerBound
    while index < range.upperBound {
      let first = bytes[index]
      let length: Int
      let second: ClosedRange<UInt8>
      switch first {
      case 0x00...0x7F: (length, second) = (1, 0x80...0xBF)
      case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
      case 0xE0: (length, second) = (3, 0xA0...0xBF)
      case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
      case 0xED: (length, second) = (3, 0x80...0x9F)
      case 0xF0: (length, second) = (4, 0x90...0xBF)
      case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
      case 0xF4: (length, second) = (4, 0x80...0x8F)
      default: throw notUTF8(index)
      }
      guard index + length <= range.upperBound else { throw notUTF8(index) }
      if length > 1 {
        guard second.contains(bytes[index + 1]) else { throw notUTF8(index) }
        for later in stride(from: index + 2, to: index + length, by: 1)
        where bytes[later] & 0xC0 != 0x80 {
          throw notUTF8(index)
        }
      }
      index += length
    }
  }

  private func notUTF8(_ offset: Int) -> NotCanonical {
    NotCanonical(offset: offset, expected: "UTF-8", found: "bytes that are not")
  }
}
