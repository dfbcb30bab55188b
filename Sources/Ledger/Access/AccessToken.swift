public import Corrections
internal import Crypto
internal import Foundation

/// What somebody with a token may see and do; `schemas/openapi.yaml` and the table of rights say more.
public enum AccessRole: String, CaseIterable, Hashable, Sendable {
  /// A supplier: what concerns it.
  case supplier
  /// The DCC's service centre: everything, and the DCC's actions.
  case servicecentre
  /// The Data Service Provider: its queue, and its actions.
  case dsp
  /// SECAS: figures, and rows with masked meter points.
  case secas
  /// An auditor: everything, and no action.
  case auditor
}

extension AccessRole {
  /// The roles of which a user that acts with such a token must have one.
  public var userRoles: Set<UserRole> {
    switch self {
    case .supplier: [.importSupplier, .exportSupplier, .gasSupplier]
    case .servicecentre: [.dcc]
    case .dsp: [.dsp]
    case .secas: [.secas]
    case .auditor: [.auditor]
    }
  }
}

/// An access token as it is kept: everything but its secret.
public struct AccessToken: Hashable, Sendable {
  /// Its name, which is part of the token and no secret.
  public let id: String
  /// The party that it speaks for.
  public let party: String
  /// What it may see and do.
  public let role: AccessRole
  /// The user that acts with it, as records name it; nil where it only reads.
  public let user: String?
  /// When it was made.
  public let created: Instant
  /// From when on it is no good.
  public let expires: Instant
  /// When it was revoked.
  public internal(set) var revoked: Instant?
  /// When it was last used, to the minute.
  public internal(set) var used: Instant?

  /// Whether it is good at a moment.
  public func isGood(at moment: Instant) -> Bool {
    (revoked.map { $0 > moment } ?? true) && moment < expires
  }
}

/// The text of a token, as whoever has it keeps it: `smil_`, its name, `_`, and 256 random bits.
struct TokenText {
  static let prefix = "smil_"
  static let idLength = 10
  private static let alphabet = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)

  let id: String
  let secret: [UInt8]

  /// A new one.
  static func random() -> TokenText {
    var generator = SystemRandomNumberGenerator()
    let id = (0..<idLength).map { _ in
      alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
    }
    let secret = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    return TokenText(id: String(decoding: id, as: UTF8.self), secret: secret)
  }

  private init(id: String, secret: [UInt8]) {
    self.id = id
    self.secret = secret
  }

  /// Reads a token as it was handed out; nil for whatever can't be one.
  init?(_ text: String) {
    guard text.utf8.count == TokenText.prefix.utf8.count + TokenText.idLength + 1 + 43,
      text.hasPrefix(TokenText.prefix)
    else { return nil }
    let rest = Array(text.utf8.dropFirst(TokenText.prefix.utf8.count))
    let id = rest.prefix(TokenText.idLength)
    guard rest[TokenText.idLength] == UInt8(ascii: "_"),
      id.allSatisfy(TokenText.alphabet.contains)
    else { return nil }
    let encoded = String(decoding: rest.dropFirst(TokenText.idLength + 1), as: UTF8.self)
    guard let secret = SecretText.bytes(encoded) else { return nil }
    self.init(id: String(decoding: id, as: UTF8.self), secret: secret)
  }

  /// The text to hand out, once.
  var text: String { TokenText.prefix + id + "_" + SecretText.text(secret) }

  /// What is kept of the secret: as random as it is, it needs no salt.
  var digest: [UInt8] { Array(SHA256.hash(data: secret)) }
}

/// The 32 bytes of a secret as 43 characters of base64url.
enum SecretText {
  static func text(_ secret: [UInt8]) -> String {
    Data(secret).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  /// The bytes; nil for whatever can't be a secret.
  static func bytes(_ text: String) -> [UInt8]? {
    guard text.utf8.count == 43 else { return nil }
    var base64 = Data(
      text.utf8.map { byte in
        switch byte {
        case UInt8(ascii: "-"): UInt8(ascii: "+")
        case UInt8(ascii: "_"): UInt8(ascii: "/")
        // Of the other alphabet, which a secret never has.
        case UInt8(ascii: "+"), UInt8(ascii: "/"): UInt8(ascii: "!")
        default: byte
        }
      })
    base64.append(UInt8(ascii: "="))
    guard let bytes = Data(base64Encoded: base64), bytes.count == 32 else { return nil }
    return Array(bytes)
  }
}

/// Compares without telling by its time where two differ.
package func isSameInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  guard left.count == right.count else { return false }
  return zip(left, right).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
}
