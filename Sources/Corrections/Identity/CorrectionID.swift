/// The number of a correction, such as `COR-000118`.
public struct CorrectionID: Hashable, Sendable {
  /// 1, 2, 3 …, given in the order of opening.
  public let number: Int

  /// Makes the id of a number that the log gave.
  public init(number: Int) { self.number = number }

  /// Reads `COR-` and six to nine digits, either case; anything else gives nil.
  public init?(_ text: String) {
    guard let number = NumberedName.number(in: text, after: CorrectionID.prefix) else {
      return nil
    }
    self.number = number
  }

  private static let prefix = "COR-"
}

extension CorrectionID: Comparable {
  /// Says whether one was opened before another.
  public static func < (left: CorrectionID, right: CorrectionID) -> Bool {
    left.number < right.number
  }
}

extension CorrectionID: CustomStringConvertible {
  /// `COR-` and the number with at least six digits.
  public var description: String { NumberedName.text(number, after: CorrectionID.prefix) }
}
