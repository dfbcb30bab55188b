import Crypto
import Foundation
import Ledger

/// What says who asks.
enum Credential: Sendable {
  case token(String)
  case session(String)
}

extension Shared {
  /// Who asks, when what says so is good now.
  func principal(_ credential: Credential) throws -> Principal? {
    let now = ledger.now()
    switch credential {
    case .token(let text): return try access.token(text, at: now).map { Principal($0) }
    case .session(let text):
      return try access.token(ofSession: text, at: now).map {
        Principal($0, csrf: seal("form", text))
      }
    }
  }

  /// The same without waiting for anything; nil, too, where it must be looked up.
  func rememberedPrincipal(_ credential: Credential) -> Principal? {
    guard case .token(let text) = credential else { return nil }
    return access.rememberedToken(text, at: ledger.now()).map { Principal($0) }
  }

  /// A text that only this server can make of another.
  func seal(_ purpose: String, _ text: String) -> String {
    let key = SymmetricKey(data: secret)
    let all = Data("\(purpose)\u{0}\(text)".utf8)
    return HMAC<SHA256>.authenticationCode(for: all, using: key).prefix(20)
      .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

/// The cookie that names a session.
enum SessionCookie {
  /// With TLS its name makes browsers refuse it from anywhere but this very host.
  static func name(isSecure: Bool) -> String { isSecure ? "__Host-smil" : "smil" }

  /// The session that a browser names.
  static func read(_ header: String?, isSecure: Bool) -> String? {
    guard let header, header.utf8.count < 8_192 else { return nil }
    let prefix = name(isSecure: isSecure) + "="
    for part in header.split(separator: ";") {
      let pair = part.drop { $0 == " " }
      if pair.hasPrefix(prefix) { return String(pair.dropFirst(prefix.count)) }
    }
    return nil
  }

  /// What makes a browser keep a session, or with an empty one forget it.
  static func set(_ session: String, isSecure: Bool) -> String {
    name(isSecure: isSecure) + "=" + session + "; Path=/; HttpOnly; SameSite=Strict"
      + (isSecure ? "; Secure" : "") + (session.isEmpty ? "; Max-Age=0" : "")
  }
}
