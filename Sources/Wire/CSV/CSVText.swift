/// What is taken off a cell before it is read.
enum CSVText {
  /// The bytes without blanks, tabs and no-break spaces around them.
  static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let first = bytes.first, let last = bytes.last else { return bytes }
    if first > 32, first < 0x80, last > 32, last < 0x80 { return bytes }
    var rest = bytes
    while let length = blank(atStartOf: rest) { rest = rest.dropFirst(length) }
    while let length = blank(atEndOf: rest) { rest = rest.dropLast(length) }
    return rest
  }

  /// Takes `'` and `="…"` off, with which spreadsheets keep a number as text.
  static func withoutTextMark(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    if bytes.first == 39 { return bytes.dropFirst() }
    if bytes.count >= 3, bytes.starts(with: [61, 34]), bytes.last == 34 {
      return bytes.dropFirst(2).dropLast()
    }
    return bytes
  }

  /// Takes off the `'` that was put before a free text beginning like a formula, and no other.
  static func withoutFormulaMark(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard bytes.first == 39, bytes.count > 1 else { return bytes }
    switch bytes[bytes.startIndex + 1] {
    case 61, 43, 45, 64, 9, 13: return bytes.dropFirst()
    default: return bytes
    }
  }

  /// The bytes without blanks and hyphens of any sort, also inside.
  static func withoutSeparators(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes
    while let first = rest.first {
      if let length = blank(atStartOf: rest) ?? hyphen(atStartOf: rest) {
        rest = rest.dropFirst(length)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// What a spreadsheet puts where a formula failed or a column was too narrow.
  static func isSpreadsheetError(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.first == 35, bytes.count > 2 else { return false }
    let names = [
      "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
    ]
    return names.contains { bytes.elementsEqual($0.utf8) } || bytes.allSatisfy { $0 == 35 }
  }

  /// What a spreadsheet writes for a truth value.
  static func isTruth(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.elementsEqual("TRUE".utf8) || bytes.elementsEqual("FALSE".utf8)
  }

  private static func blank(atStartOf bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = bytes.first else { return nil }
    if first <= 32 { return 1 }
    return first < 0x80 ? nil : blanks.first { bytes.starts(with: $0) }?.count
  }

  private static func blank(atEndOf bytes: ArraySlice<UInt8>) -> Int? {
    guard let last = bytes.last else { return nil }
    if last <= 32 { return 1 }
    return last < 0x80 ? nil : blanks.first { bytes.suffix($0.count).elementsEqual($0) }?.count
  }

  private static func hyphen(atStartOf bytes: ArraySlice<UInt8>) -> Int? {
    if bytes.first == 45 { return 1 }
    return bytes.first == 0xE2 ? hyphens.first { bytes.starts(with: $0) }?.count : nil
  }

  /// No-break, thin, figure, narrow no-break and zero-width spaces, and a byte order mark.
  private static let blanks: [[UInt8]] = [
    [0xC2, 0xA0], [0xE2, 0x80, 0x89], [0xE2, 0x80, 0x87], [0xE2, 0x80, 0xAF], [0xE2, 0x80, 0x8B],
    [0xEF, 0xBB, 0xBF],
  ]
  /// Hyphen, no-break hyphen, figure dash and en dash.
  private static let hyphens: [[UInt8]] = [
    [0xE2, 0x80, 0x90], [0xE2, 0x80, 0x91], [0xE2, 0x80, 0x92], [0xE2, 0x80, 0x93],
  ]
}
