/// A meter point: an MPAN (13 digits, electricity) or an MPRN (up to 10 digits, gas).
///
/// The schema checks lengths only, and the DCC's own templates hold wrong check digits, so a wrong
/// check digit never stops a value from being read; see ``CheckDigits``. Printing shows the last
/// three digits only.
public struct MPxN: Hashable, Sendable {
  /// All digits.
  ///
  /// Show it only to whoever may see it; never in a message or a log.
  public let digits: String

  /// Reads 1–13 ASCII digits; anything else gives nil.
  public init?(_ text: String) {
    guard (1...13).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    digits = text
  }

  /// What the length says this is.
  public enum Kind: Hashable, Sendable { case mpan, mprn, neither }

  /// MPAN at 13 digits, MPRN up to 10, and neither at 11 or 12, which the schema lets through.
  public var kind: Kind {
    switch digits.utf8.count {
    case 13: .mpan
    case ...10: .mprn
    default: .neither
    }
  }

  /// `…743`: what messages may show; of three digits or fewer, nothing.
  public var masked: String { digits.utf8.count > 3 ? "…\(digits.suffix(3))" : "…" }
}

extension MPxN: CustomStringConvertible, CustomReflectable {
  /// The masked form: what is printed may land in a log.
  public var description: String { masked }
  /// Hides the digits from `dump` too.
  public var customMirror: Mirror { Mirror(self, children: ["masked": masked]) }
}
