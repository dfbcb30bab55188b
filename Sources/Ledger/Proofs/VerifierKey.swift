internal import Crypto
internal import Foundation

/// An Ed25519 key by which signed notes are verified, as C2SP `signed-note` writes it.
public struct VerifierKey: Hashable, Sendable {
  /// The key's name: the ledger's origin.
  public let name: String
  /// The public key, 32 bytes.
  public let publicKey: [UInt8]

  /// Makes a key of its name and its 32 bytes; nil for what no key is.
  public init?(name: String, publicKey: [UInt8]) {
    let isName = !name.isEmpty && !name.contains { $0.isWhitespace || $0 == "+" }
    guard isName, (try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey)) != nil else {
      return nil
    }
    self.name = name
    self.publicKey = publicKey
  }

  /// Reads `name+hash+key`, as ``text`` writes it; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let bytes = Data(base64Encoded: String(parts[2])), bytes.first == 1,
      let key = VerifierKey(name: String(parts[0]), publicKey: Array(bytes.dropFirst())),
      key.text == text
    else { return nil }
    self = key
  }

  /// What tells it from other keys of the same name: the first four bytes of a SHA-256.
  var id: [UInt8] {
    let encoded = Array(name.utf8) + [0x0A, 0x01] + publicKey
    return Array(SHA256.hash(data: encoded).prefix(4))
  }

  /// `name+hash+key`: the hash in hexadecimal, the key in base64 after a byte for Ed25519.
  public var text: String {
    let hash = id.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return "\(name)+\(hash)+\(Data([1] + publicKey).base64EncodedString())"
  }

  /// Whether it made a signature of some bytes.
  func verifies(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
    let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey)
    return key?.isValidSignature(signature, for: bytes) ?? false
  }
}
