/// What a place of the SMI holds or held, where that is known.
///
/// An optional one is nil where nothing is known: empty is another thing.
public enum FieldValue: Hashable, Sendable {
  /// The place was seen to hold nothing.
  case empty
  /// The place holds this meter point.
  case mpxn(Token)

  /// The meter point, where there is one.
  public var mpxn: Token? {
    switch self {
    case .empty: nil
    case .mpxn(let token): token
    }
  }

  init(_ token: Token?) { self = token.map(FieldValue.mpxn) ?? .empty }
}
