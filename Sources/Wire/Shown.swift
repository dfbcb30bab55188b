/// Text made fit to be shown in a message or a log.
enum Shown {
  /// Quotes a value: digits masked, control characters visible, at most about forty characters.
  ///
  /// Six digits or more in a run, also with blanks between them, show only their last three.
  static func text(_ value: some StringProtocol) -> String {
    if value.isEmpty { return "nothing" }
    let masked = maskingDigits(Array(value.unicodeScalars.prefix(400)), across: isBlank)
    return shortened(visible(masked))
  }

  /// Quotes a value that should have been a meter point: digits are masked across anything but
  /// letters, unless it has the shape of a number that a spreadsheet rounded.
  static func meterPoint(_ value: some StringProtocol) -> String {
    if value.isEmpty { return "nothing" }
    let scalars = Array(value.unicodeScalars.prefix(400))
    if SpreadsheetNumber.isRounded(Array(value.utf8)[...]) { return shortened(visible(scalars)) }
    var masked = maskingDigits(scalars) { scalar in !isLetter(scalar) && scalar != "." }
    masked = maskingDigits(masked) { scalar in !isLetter(scalar) }
    return shortened(visible(masked))
  }

  /// Says how long a personal value is, and nothing of what it says.
  static func length(of value: some StringProtocol) -> String {
    let count = value.unicodeScalars.count
    return count == 0 ? "nothing" : count == 1 ? "1 character" : "\(count) characters"
  }

  private static func maskingDigits(
    _ scalars: [Unicode.Scalar], across isSeparator: (Unicode.Scalar) -> Bool
  ) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var at = 0
    while at < scalars.count {
      guard isDigit(scalars[at]) else {
        result.append(scalars[at])
        at += 1
        continue
      }
      var digits: [Unicode.Scalar] = []
      var end = at
      var look = at
      while look < scalars.count, isDigit(scalars[look]) || isSeparator(scalars[look]) {
        if isDigit(scalars[look]) {
          digits.append(scalars[look])
          end = look + 1
        }
        look += 1
      }
      if digits.count >= 6 {
        result.append("…")
        result.append(contentsOf: digits.suffix(3))
      } else {
        result.append(contentsOf: scalars[at..<end])
      }
      at = end
    }
    return result
  }

  private static func visible(_ scalars: [Unicode.Scalar]) -> String {
    var text = ""
    for scalar in scalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse,
        .surrogate:
        text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  private static func shortened(_ text: String) -> String {
    text.count > 40 ? text.prefix(39) + "…" : text
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      ? ("0"..."9").contains(scalar) : scalar.properties.generalCategory == .decimalNumber
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar.properties.generalCategory == .format
  }
}

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
