internal import GRDB

/// An erasable value with the random bytes that make its name: whoever has both can compute the name, and
/// recognises it in every record.
public struct Disclosure: Hashable, Sendable {
  /// The token, or the name of the document: 43 characters of base64url.
  public let name: String
  /// The kind of subject; nil for a document.
  public let kind: String?
  /// The value or the content.
  public let bytes: [UInt8]
  /// The 32 random bytes.
  public let random: [UInt8]
}

extension EventLog {
  /// A subject as it is disclosed; nil when it was erased or never was.
  public func disclose(subject token: String) throws(LogError) -> Disclosure? {
    try subject(token).map {
      Disclosure(name: token, kind: $0.kind, bytes: Array($0.value.utf8), random: $0.random)
    }
  }

  /// A document as it is disclosed; nil when it was erased or never was.
  public func disclose(document name: String) throws(LogError) -> Disclosure? {
    guard let digest = Base64.bytes(urlText: name) else { return nil }
    return try read { database in
      let statement = try database.statement("SELECT bytes, random FROM document WHERE name = ?")
      defer { statement.reset() }
      statement.bind(1, digest)
      guard try statement.step() else { return nil }
      return Disclosure(
        name: name, kind: nil, bytes: statement.bytes(0), random: statement.bytes(1))
    }
  }
}
