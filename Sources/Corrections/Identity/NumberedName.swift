/// Names that are a prefix and a number with at least six digits.
enum NumberedName {
  /// The number in a name of six to nine digits, either case; nil for anything else.
  static func number(in text: String, after prefix: String) -> Int? {
    let length = prefix.utf8.count
    guard text.utf8.count >= length + 6, text.prefix(length).uppercased() == prefix else {
      return nil
    }
    var value = 0
    for byte in text.utf8.dropFirst(length) {
      guard (48...57).contains(byte), value < 100_000_000 else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    guard value > 0, self.text(value, after: prefix).utf8.count == text.utf8.count else {
      return nil
    }
    return value
  }

  /// The name of a number.
  static func text(_ number: Int, after prefix: String) -> String {
    let digits = String(number)
    return prefix + String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
  }
}
