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
    switch mpxn.kind {
    case .mpan: self = CheckDigits.mpan(mpxn.digits.utf8)
    case .mprn: self = CheckDigits.mprn(mpxn.digits.utf8)
    case .neither: self = .notDefined
    }
  }

  private static let primes = [3, 5, 7, 13, 17, 19, 23, 29, 31, 37, 41, 43]

  /// MPAN core: the sum of the first twelve digits times 3 5 7 13 17 19 23 29 31 37 41 43 (the
  /// prime 11 is left out), mod 11, mod 10, is the thirteenth.
  private static func mpan(_ digits: String.UTF8View) -> CheckDigits {
    var (sum, last) = (0, 0)
    for (index, byte) in digits.enumerated() {
      last = Int(byte) - 48
      if index < primes.count { sum += last * primes[index] }
    }
    return sum % 11 % 10 == last ? .right : .wrong
  }

  /// MPRN: the last two digits are the body's sum weighted n…1, mod 11.
  ///
  /// Industry values have six digits or more; for shorter ones nothing is published.
  private static func mprn(_ digits: String.UTF8View) -> CheckDigits {
    guard digits.count >= 6 else { return .notDefined }
    var (weight, sum, check) = (digits.count - 2, 0, 0)
    for byte in digits {
      let digit = Int(byte) - 48
      if weight > 0 { sum += digit * weight } else { check = check * 10 + digit }
      weight -= 1
    }
    return sum % 11 == check ? .right : .wrong
  }
}
