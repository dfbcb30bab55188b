/// The stand-in for a personal value (MPxN, UPRN, postcode, address, person) in a stored event.
///
/// 43 characters of base64url. It says nothing about the value unless the value's random bytes are
/// disclosed with it.
public struct Token: Hashable, Sendable {
  /// The 43 characters.
  public let text: String

  /// Takes 43 characters of `A–Z a–z 0–9 - _`; anything else gives nil.
  public init?(_ text: String) {
    guard text.utf8.count == 43,
      text.utf8.allSatisfy({ byte in
        switch byte {
        case 48...57, 65...90, 97...122, 45, 95: true
        default: false
        }
      })
    else { return nil }
    self.text = text
  }
}

extension Token: CustomStringConvertible {
  /// The 43 characters; a token may stand in a log.
  public var description: String { text }
}
