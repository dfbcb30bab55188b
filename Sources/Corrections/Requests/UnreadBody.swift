/// The body of a request that is recognised only, kept so that the same request sent again can be
/// told from another one with the same RequestID.
///
/// It may hold meter points, so printing shows its size only.
public struct UnreadBody: Hashable, Sendable {
  /// The body without the accidents of its spelling: blanks between elements, prefixes, comments.
  public let canonical: [UInt8]

  /// Takes the canonical form; without one there is nothing that isn't read.
  public init(canonical: [UInt8] = []) { self.canonical = canonical }
}

extension UnreadBody: CustomStringConvertible, CustomReflectable {
  /// How large it is.
  public var description: String { "\(canonical.count) bytes" }
  /// Hides the bytes from `dump` too.
  public var customMirror: Mirror { Mirror(self, children: ["bytes": canonical.count]) }
}
