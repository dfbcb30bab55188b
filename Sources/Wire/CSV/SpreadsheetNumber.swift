/// The shapes in which spreadsheets save numbers that were codes.
enum SpreadsheetNumber {
  /// Whether it is `1.0999E+12`: digits that were rounded away.
  static func isRounded(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let e = bytes.firstIndex(where: { $0 | 32 == 101 }) else { return false }
    let exponent = bytes[(e + 1)...]
    let power = exponent.first == 43 || exponent.first == 45 ? exponent.dropFirst() : exponent
    return isDecimal(bytes[..<e]) && (1...3).contains(power.count) && power.allSatisfy(isDigit)
      && power.count != exponent.count
  }

  /// Whether it is digits, a point and digits.
  static func hasPoint(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.contains(46) && isDecimal(bytes)
  }

  /// Whether it is `01-Dec` or `4-Mar-26`: a code such as `DEC1` that was taken for a day.
  static func isDay(_ bytes: ArraySlice<UInt8>) -> Bool {
    let parts = bytes.split(separator: 45, omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), (1...2).contains(parts[0].count),
      parts[0].allSatisfy(isDigit), parts.count == 2 || parts[2].allSatisfy(isDigit)
    else { return false }
    return months.contains { parts[1].elementsEqual($0.utf8) }
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func isDecimal(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, let last = bytes.last, isDigit(first), isDigit(last)
    else { return false }
    var points = 0
    for byte in bytes {
      if byte == 46 { points += 1 } else if !isDigit(byte) { return false }
    }
    return points <= 1
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
