/// The bytes of a document as UTF-8, checked character by character.
enum XMLEncoding {
  /// Gives the document as UTF-8 without its mark, or says why that can't be done.
  static func utf8(
    _ bytes: [UInt8], file: String?, limits: DUISLimits
  ) throws(WireError) -> (bytes: [UInt8], wasUTF16: Bool) {
    guard bytes.count <= limits.bytes else {
      throw WireError(
        .limit, file: file, expected: "at most \(limits.shownBytes)", found: "more")
    }
    func refused(_ kind: WireError.Kind, _ expected: String, _ found: String) -> WireError {
      WireError(kind, file: file, line: 1, column: 1, expected: expected, found: found)
    }
    if bytes.isEmpty { throw refused(.syntax, "a DUIS XML document", "an empty file") }
    if let nature = binaryNature(of: bytes) {
      throw refused(.syntax, "a DUIS XML document", nature)
    }
    var result = bytes
    var wasUTF16 = false
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      result.removeFirst(3)
    } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      guard let text = fromUTF16(bytes) else {
        throw refused(.encoding, "UTF-8, or UTF-16 with its mark", "UTF-16 with a broken character")
      }
      result = text
      wasUTF16 = true
    } else if bytes.starts(with: [0x3C, 0]) || bytes.starts(with: [0, 0x3C]) {
      throw refused(.encoding, "UTF-8, or UTF-16 with its mark", "UTF-16 without its mark")
    }
    if result.isEmpty { throw refused(.syntax, "a DUIS XML document", "an empty file") }
    if let bad = firstRefused(in: result) {
      let (line, column) = position(of: bad, in: result)
      let isUTF8 = result[bad] < 0x80 || scalar(in: result, at: bad) != nil
      throw WireError(
        isUTF8 ? .syntax : .encoding, file: file, line: line, column: column,
        expected: isUTF8 ? "characters that XML allows" : "UTF-8, or UTF-16 with its mark",
        found: isUTF8
          ? Shown.text(
            String(decoding: result[bad..<min(result.count, bad + 3)], as: UTF8.self).prefix(1))
          : "the byte 0x\(String(result[bad], radix: 16, uppercase: true))",
        next: isUTF8 ? nil : "Save it as UTF-8")
    }
    return (result, wasUTF16)
  }

  private static func binaryNature(of bytes: [UInt8]) -> String? {
    let natures: [([UInt8], String)] = [
      ([0x50, 0x4B, 3, 4], "a ZIP archive or an Office document"),
      ([0x1F, 0x8B], "a gzip archive"),
      (Array("%PDF".utf8), "a PDF"), ([0xD0, 0xCF, 0x11, 0xE0], "an old Office document"),
    ]
    return natures.first { bytes.starts(with: $0.0) }?.1
  }

  private static func fromUTF16(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count % 2 == 0 else { return nil }
    let low = bytes[0] == 0xFF ? 0 : 1
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for index in stride(from: 2, to: bytes.count, by: 2) {
      units.append(UInt16(bytes[index + low]) | UInt16(bytes[index + 1 - low]) << 8)
    }
    var result: [UInt8] = []
    result.reserveCapacity(units.count)
    let isBroken = transcode(
      units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true
    ) { result.append($0) }
    return isBroken ? nil : result
  }

  /// Where the first byte stands that isn't UTF-8 or isn't a character of XML.
  private static func firstRefused(in bytes: [UInt8]) -> Int? {
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte < 0x80 {
        if byte < 32, byte != 9, byte != 10, byte != 13 { return at }
        at += 1
      } else {
        guard let (value, length) = scalar(in: bytes, at: at), isAllowed(value) else { return at }
        at += length
      }
    }
    return nil
  }

  /// The character that begins at a byte; nil when the bytes there aren't UTF-8.
  static func scalar(in bytes: [UInt8], at offset: Int) -> (value: UInt32, length: Int)? {
    guard offset < bytes.count else { return nil }
    let first = bytes[offset]
    let (length, start, least): (Int, UInt32, UInt32)
    switch first {
    case 0..<0x80: return (UInt32(first), 1)
    case 0xC2...0xDF: (length, start, least) = (2, UInt32(first & 0x1F), 0x80)
    case 0xE0...0xEF: (length, start, least) = (3, UInt32(first & 0x0F), 0x800)
    case 0xF0...0xF4: (length, start, least) = (4, UInt32(first & 0x07), 0x10000)
    default: return nil
    }
    guard offset + length <= bytes.count else { return nil }
    var value = start
    for index in (offset + 1)..<(offset + length) {
      guard bytes[index] & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(bytes[index] & 0x3F)
    }
    guard value >= least, value <= 0x10FFFF, !(0xD800...0xDFFF).contains(value) else { return nil }
    return (value, length)
  }

  /// Whether XML 1.0 allows the character at all.
  static func isAllowed(_ value: UInt32) -> Bool {
    switch value {
    case 9, 10, 13, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  /// Line and column of a byte, both from 1; a column is one character, not one byte.
  static func position(of offset: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    var at = 0
    while at < min(offset, bytes.count) {
      let byte = bytes[at]
      if byte == 10 || (byte == 13 && !(at + 1 < bytes.count && bytes[at + 1] == 10)) {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80, byte != 13 {
        column += 1
      }
      at += 1
    }
    return (line, column)
  }
}
