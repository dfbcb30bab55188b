import Corrections

/// Text made fit to be shown in a message or a log.
public enum Shown {
  /// Quotes what a person typed on the command line: six digits or more in a row, or ten or more set
  /// apart by blanks, points, hyphens, slashes or underscores, show only their last three.
  ///
  /// An EUI-64 or a RequestID stays whole, and so does a date; control characters are visible, and
  /// what is longer than about forty characters is cut.
  public static func typed(_ value: some StringProtocol) -> String {
    let text = String(value)
    if EUI64(text) != nil || RequestID(text) != nil { return text }
    let scalars = Array(text.unicodeScalars.prefix(400))
    let joined = maskingDigits(scalars, from: 10) { " .-_/".unicodeScalars.contains($0) }
    return shortened(visible(maskingDigits(joined) { _ in false }))
  }

  /// Quotes a value: digits masked, control characters visible, at most about forty characters.
  ///
  /// Six digits or more in a run, also with blanks between them, show only their last three. Of
  /// more than two words only the first is shown, and of a postcode nothing: it might be an address
  /// that slipped into another column.
  static func text(_ value: some StringProtocol) -> String {
    let words = value.unicodeScalars.split { isBlank($0) || $0 == "," || $0 == ";" }
    if words.isEmpty && !value.isEmpty { return "only blanks" }
    if words.count > 2 || isPostCode(value) {
      if isPostCode(value) { return length(of: value) }
      var first = ""
      first.unicodeScalars.append(contentsOf: words[0])
      return "\(name(first))… (\(length(of: value)))"
    }
    return name(value)
  }

  /// Quotes the name of a column or an element: as ``text(_:)``, but with all its words.
  static func name(_ value: some StringProtocol) -> String {
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
    var text = ""
    text.unicodeScalars.append(contentsOf: masked)
    return masked.contains(where: isLetter) ? self.text(text) : name(text)
  }

  /// Says how long a personal value is, and nothing of what it says.
  static func length(of value: some StringProtocol) -> String {
    let count = value.unicodeScalars.count
    return count == 0 ? "nothing" : count == 1 ? "1 character" : "\(count) characters"
  }

  /// Whether it looks like `ZZ9 9ZZ`: letters and digits, then at the end a digit and two letters.
  private static func isPostCode(_ value: some StringProtocol) -> Bool {
    let bytes = Array(value.utf8.filter { $0 != 32 })
    guard (5...7).contains(bytes.count), value.utf8.count <= 8 else { return false }
    let isLetter = bytes.map { (65...90).contains($0 & 0xDF) }
    let isDigit = bytes.map { (48...57).contains($0) }
    let tail = bytes.count - 3
    return isLetter[0] && isDigit[tail] && isLetter[tail + 1] && isLetter[tail + 2]
      && isDigit[1..<tail].contains(true) && (1..<tail).allSatisfy { isLetter[$0] || isDigit[$0] }
  }

  private static func maskingDigits(
    _ scalars: [Unicode.Scalar], from least: Int = 6,
    across isSeparator: (Unicode.Scalar) -> Bool
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
      if digits.count >= least {
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
