/// The number of a discrepancy, such as `DIS-000041`.
public struct DiscrepancyID: Hashable, Sendable {
  /// 1, 2, 3 …, given in the order of finding.
  public let number: Int

  /// Makes the id of a number that the log gave.
  public init(number: Int) { self.number = number }

  /// Reads `DIS-` and six to nine digits, either case; anything else gives nil.
  public init?(_ text: String) {
    guard let number = NumberedName.number(in: text, after: DiscrepancyID.prefix) else {
      return nil
    }
    self.number = number
  }

  private static let prefix = "DIS-"
}

extension DiscrepancyID: Comparable {
  /// Says whether one was found before another.
  public static func < (left: DiscrepancyID, right: DiscrepancyID) -> Bool {
    left.number < right.number
  }
}

extension DiscrepancyID: CustomStringConvertible {
  /// `DIS-` and the number with at least six digits.
  public var description: String { NumberedName.text(number, after: DiscrepancyID.prefix) }
}
