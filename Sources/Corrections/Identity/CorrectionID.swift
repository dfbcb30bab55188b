/// The number of a correction, such as `COR-000118`.
public struct CorrectionID: Hashable, Sendable {
  /// 1, 2, 3 …, given in the order of opening.
  public let number: Int

  /// Makes the id of a number that the log gave.
  public init(number: Int) { self.number = number }

  /// Reads `COR-` and six to nine digits, either case; anything else gives nil.
  public init?(_ text: String) {
    guard text.utf8.count >= 10, text.prefix(4).uppercased() == "COR-" else { return nil }
    var value = 0
    for byte in text.utf8.dropFirst(4) {
      guard (48...57).contains(byte), value < 100_000_000 else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    guard value > 0, CorrectionID(number: value).description.utf8.count == text.utf8.count
    else { return nil }
    number = value
  }
}

extension CorrectionID: Comparable {
  /// Says whether one was opened before another.
  public static func < (left: CorrectionID, right: CorrectionID) -> Bool {
    left.number < right.number
  }
}

extension CorrectionID: CustomStringConvertible {
  /// `COR-` and the number with at least six digits.
  public var description: String {
    let digits = String(number)
    return "COR-" + String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
  }
}
