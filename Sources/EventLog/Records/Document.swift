/// Bytes that may hold personal data, and the random name that stands for them in records.
public struct Document: Hashable, Sendable {
  /// What stands in records: 43 characters of base64url.
  public let name: String
  /// The content.
  public let bytes: [UInt8]
  let random: [UInt8]
  let digest: Hash256

  init(bytes: [UInt8], random: [UInt8]) {
    self.bytes = bytes
    self.random = random
    digest = Self.name(bytes: bytes, random: random)
    name = Base64.urlText(digest.bytes)
  }

  /// SHA-256("smi-ledger/document/1" ‖ 0 ‖ random ‖ bytes).
  static func name(bytes: [UInt8], random: [UInt8]) -> Hash256 {
    var hash = Hash()
    hash.add("smi-ledger/document/1\0")
    hash.add(random)
    hash.add(bytes)
    return hash.digest()
  }
}

extension Document: CustomStringConvertible {
  /// Name and length, never the content.
  public var description: String { "document \(name) of \(bytes.count) bytes" }
}

/// The salted commitment to what a command meant.
enum ContentCommitment {
  /// SHA-256("smi-ledger/content/1" ‖ 0 ‖ random ‖ bytes).
  static func digest(of bytes: [UInt8], random: [UInt8]) -> Hash256 {
    var hash = Hash()
    hash.add("smi-ledger/content/1\0")
    hash.add(random)
    hash.add(bytes)
    return hash.digest()
  }
}
