public import Corrections
internal import Crypto
internal import Foundation
internal import GRDB

/// Sessions of browsers: what a cookie names instead of the token that was typed once.
///
/// Of a session only the SHA-256 of its 256 random bits is kept, beside the name of its token. Each look-up
/// asks the token, too: a session ends with it.
extension AccessStore {
  /// How long a session lasts at most.
  public static let longestSession: Int64 = 12 * 3_600_000

  /// How many sessions a token has at most; the oldest gives way.
  static let mostSessions = 50

  /// Begins a session of a token that is good; its text is for one cookie, and handed out here only.
  public func startSession(of token: AccessToken, at now: Instant) throws -> String {
    var generator = SystemRandomNumberGenerator()
    let secret = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let ends = min(token.expires, now.advanced(byMilliseconds: AccessStore.longestSession))
    try queue.write { db in
      try db.execute(sql: "DELETE FROM session WHERE ends <= ?", arguments: [now.milliseconds])
      try db.execute(
        sql: """
          DELETE FROM session WHERE digest IN (
            SELECT digest FROM session WHERE token = ? ORDER BY started DESC LIMIT -1 OFFSET ?)
          """, arguments: [token.id, AccessStore.mostSessions - 1])
      try db.execute(
        sql: "INSERT INTO session VALUES (?, ?, ?, ?)",
        arguments: [
          AccessStore.digest(secret), token.id, now.milliseconds, ends.milliseconds,
        ])
    }
    return SecretText.text(secret)
  }

  /// The token of a session, when both are good now.
  public func token(ofSession text: String, at now: Instant) throws -> AccessToken? {
    guard let digest = AccessStore.digest(ofSession: text) else { return nil }
    let key = RememberedTokens.Key.session(Array(digest))
    guard let found = try remembered.find(key) ?? look(forSession: digest, key),
      let ends = found.ends, ends > now, found.token.isGood(at: now)
    else { return nil }
    try noteUse(of: found.token, at: now)
    return found.token
  }

  private func look(
    forSession digest: Data, _ key: RememberedTokens.Key
  ) throws -> RememberedTokens.Found? {
    try queue.read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT token.*, session.ends FROM session JOIN token ON token.id = session.token
            WHERE session.digest = ?
          """)
      guard let row = try Row.fetchOne(statement, arguments: [digest]),
        let token = AccessToken(row), let ends: Int64 = row["ends"]
      else { return nil }
      let found = RememberedTokens.Found(
        token: token, digest: Array(digest), ends: Instant(milliseconds: ends))
      remembered.remember(found, by: key)
      return found
    }
  }

  /// Ends a session; one that isn't there is ended already.
  public func endSession(_ text: String) throws {
    guard let digest = AccessStore.digest(ofSession: text) else { return }
    try queue.write { db in
      try db.execute(sql: "DELETE FROM session WHERE digest = ?", arguments: [digest])
    }
  }

  private static func digest(_ secret: [UInt8]) -> Data { Data(SHA256.hash(data: secret)) }

  private static func digest(ofSession text: String) -> Data? {
    SecretText.bytes(text).map(digest)
  }
}
