/// Whether the check digits of a meter point agree with its other digits.
///
/// A wrong one is a warning beside the findings, never a refusal.
public enum CheckDigits: Hashable, Sendable {
  /// They agree.
  case right
  /// They don't: worth a look, since the DCC's own templates hold such values.
  case wrong
  /// The value is too short, or of a length that no published algorithm covers.
  case notDefined

  /// Computes the check of a meter point by its length.
  public init(of mpxn: MPxN) {
    let digits = mpxn.digits.utf8.map { Int($0) - 48 }
    switch mpxn.kind {
    case .mpan: self = CheckDigits.mpan(digits)
    case .mprn: self = CheckDigits.mprn(digits)
    case .neither: self = .notDefined
    }
  }

  /// MPAN core: the sum of the first twelve digits times 3 5 7 13 17 19 23 29 31 37 41 43 (the
  /// prime 11 is left out), mod 11, mod 10, is the thirteenth.
  private static func mpan(_ digits: [Int]) -> CheckDigits {
    let primes = [3, 5, 7, 13, 17, 19, 23, 29, 31, 37, 41, 43]
    let sum = zip(digits, primes).reduce(0) { $0 + $1.0 * $1.1 }
    return sum % 11 % 10 == digits[12] ? .right : .wrong
  }

  /// MPRN: the last two digits are the body's sum weighted n…1, mod 11.
  ///
  /// Industry values have six digits or more; for shorter ones nothing is published.
  private static func mprn(_ digits: [Int]) -> CheckDigits {
    guard digits.count >= 6 else { return .notDefined }
    let body = digits.dropLast(2)
    let sum = zip(body, (1...body.count).reversed()).reduce(0) { $0 + $1.0 * $1.1 }
    return sum % 11 == digits[digits.count - 2] * 10 + digits[digits.count - 1] ? .right : .wrong
  }
}
