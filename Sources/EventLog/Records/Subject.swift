/// A value that personal data hangs on, and the random token that stands for it in records.
///
/// A subject that was made but not yet appended is only a candidate: it is stored by the append
/// that names it.
public struct Subject: Hashable, Sendable {
  /// What kind of value, such as `mpxn` or `address`.
  public let kind: String
  /// The value itself, normalised by the caller.
  public let value: String
  /// What stands in records: 43 characters of base64url.
  public let token: String
  /// Whether the token was already stored when the subject was made.
  public let isStored: Bool
  let random: [UInt8]
  let digest: Hash256

  /// Longest kind and value, in bytes.
  static let longest = (kind: 255, value: 65_535)

  init(kind: String, value: String, random: [UInt8], isStored: Bool) {
    self.kind = kind
    self.value = value
    self.random = random
    self.isStored = isStored
    digest = Self.token(kind: kind, value: value, random: random)
    token = Base64.urlText(digest.bytes)
  }

  private init(stored candidate: Subject) {
    kind = candidate.kind
    value = candidate.value
    token = candidate.token
    random = candidate.random
    digest = candidate.digest
    isStored = true
  }

  /// The same, for an append that comes after the one that stores it; whoever was faster with the same
  /// value makes both fail.
  public var onceStored: Subject { isStored ? self : Subject(stored: self) }

  /// SHA-256("smi-ledger/subject/1" ‖ 0 ‖ random ‖ len8(kind) ‖ kind ‖ len16(value) ‖ value).
  static func token(kind: String, value: String, random: [UInt8]) -> Hash256 {
    precondition(
      kind.utf8.count <= longest.kind && value.utf8.count <= longest.value,
      "a subject's kind or value is too long for its length field")
    var hash = Hash()
    hash.add("smi-ledger/subject/1\0")
    hash.add(random)
    hash.add(kind.utf8.count, width: 1)
    hash.add(kind)
    hash.add(value.utf8.count, width: 2)
    hash.add(value)
    return hash.digest()
  }
}

/// The value never shows in a description.
extension Subject: CustomStringConvertible {
  /// Kind and token, never the value.
  public var description: String { "\(kind):\(token)" }
}
