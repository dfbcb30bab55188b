public import Corrections
internal import EventLog
internal import Foundation
internal import GRDB
internal import Glibc

/// The access tokens of a ledger, in `access.sqlite` beside the log.
///
/// It is operational: no event names a token, and no backup holds one. Of a secret only its SHA-256 is
/// kept. A revoked token is refused from the next request on, whichever process revoked it: what was looked
/// up is remembered only until the file changes.
public final class AccessStore: Sendable {
  let queue: DatabaseQueue
  let remembered: RememberedTokens

  /// Opens the tokens of a ledger's folder, making the file, readable by its owner only, where there is
  /// none.
  ///
  /// - Throws: ``LogError`` when it can't be made, else what the engine says.
  public init(folder: String) throws {
    let path = folder + "/access.sqlite"
    if !WholeFile.exists(path) {
      // Before the engine sees it, so that nobody else can read it at any time.
      let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw LogError.readOnlyFolder(folder: folder) }
      Glibc.close(descriptor)
    }
    var configuration = Configuration()
    configuration.label = "access"
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      // A rollback journal: no write-ahead log, in which old SQLite can lose a commit of two writers.
      try db.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL")
      try db.execute(sql: "PRAGMA secure_delete = ON")
    }
    queue = try DatabaseQueue(path: path, configuration: configuration)
    remembered = try RememberedTokens(path: path, folder: folder)
    try queue.write { db in
      try db.execute(
        sql: """
          CREATE TABLE IF NOT EXISTS token (
            id TEXT PRIMARY KEY, digest BLOB NOT NULL, party TEXT NOT NULL, role TEXT NOT NULL,
            user TEXT, created INTEGER NOT NULL, expires INTEGER NOT NULL, revoked INTEGER,
            used INTEGER
          ) STRICT, WITHOUT ROWID;
          CREATE TABLE IF NOT EXISTS secret (
            only INTEGER PRIMARY KEY CHECK (only = 1), bytes BLOB NOT NULL
          ) STRICT;
          INSERT OR IGNORE INTO secret VALUES (1, randomblob(32));
          CREATE TABLE IF NOT EXISTS session (
            digest BLOB PRIMARY KEY, token TEXT NOT NULL, started INTEGER NOT NULL,
            ends INTEGER NOT NULL
          ) STRICT, WITHOUT ROWID;
          CREATE INDEX IF NOT EXISTS session_token ON session (token);
          """)
    }
  }

  /// Random bytes that stay the same while this file does: what seals cursors and the like.
  public func secret() throws -> [UInt8] {
    try queue.read { db in
      let bytes = try Data.fetchOne(db, sql: "SELECT bytes FROM secret")
      return Array(bytes ?? Data())
    }
  }

  /// Makes a token; its text is handed out here and never again.
  public func create(
    party: String, role: AccessRole, user: String?, at now: Instant, expires: Instant
  ) throws -> (token: AccessToken, text: String) {
    let text = TokenText.random()
    let token = AccessToken(
      id: text.id, party: party, role: role, user: user, created: now, expires: expires)
    try queue.write { db in
      try db.execute(
        sql: "INSERT INTO token VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        arguments: [
          token.id, Data(text.digest), party, role.rawValue, user, now.milliseconds,
          expires.milliseconds,
        ])
    }
    return (token, text.text)
  }

  /// All tokens, the newest first.
  public func all() throws -> [AccessToken] {
    try queue.read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM token ORDER BY created DESC, id")
        .compactMap(AccessToken.init)
    }
  }

  /// Revokes a token; nil when there is none of that name.
  ///
  /// One that was revoked before stays revoked since then.
  public func revoke(_ id: String, at now: Instant) throws -> AccessToken? {
    try queue.write { db in
      try db.execute(
        sql: "UPDATE token SET revoked = ? WHERE id = ? AND revoked IS NULL",
        arguments: [now.milliseconds, id])
      return try Row.fetchOne(db, sql: "SELECT * FROM token WHERE id = ?", arguments: [id])
        .flatMap(AccessToken.init)
    }
  }

  /// The token that a text is, when it is good now; its use is written down once a minute at most.
  ///
  /// Whatever is not good is nil: unknown, of another secret, expired or revoked look alike.
  public func token(_ text: String, at now: Instant) throws -> AccessToken? {
    guard let text = TokenText(text) else { return nil }
    let found = try remembered.find(.token(text.id)) ?? look(for: text)
    let digest = found?.digest ?? [UInt8](repeating: 0, count: 32)
    guard isSameInConstantTime(digest, text.digest), let token = found?.token,
      token.isGood(at: now)
    else { return nil }
    try noteUse(of: token, at: now)
    return token
  }

  /// The same without waiting for anything: nil, too, where the file must be asked or written.
  public func rememberedToken(_ text: String, at now: Instant) -> AccessToken? {
    guard let text = TokenText(text), let found = remembered.find(.token(text.id)),
      isSameInConstantTime(found.digest, text.digest), found.token.isGood(at: now),
      !isDue(found.token, at: now)
    else { return nil }
    return found.token
  }

  private func look(for text: TokenText) throws -> RememberedTokens.Found? {
    try queue.read { db in
      let statement = try db.cachedStatement(sql: "SELECT * FROM token WHERE id = ?")
      guard let row = try Row.fetchOne(statement, arguments: [text.id]),
        let token = AccessToken(row), let digest: Data = row["digest"]
      else { return nil }
      let found = RememberedTokens.Found(token: token, digest: Array(digest), ends: nil)
      remembered.remember(found, by: .token(text.id))
      return found
    }
  }

  /// Whether it is time to write down that a token is used.
  private func isDue(_ token: AccessToken, at now: Instant) -> Bool {
    token.used.map { now.milliseconds - $0.milliseconds >= 60_000 } ?? true
  }

  /// Writes down that a token is used, once a minute at most.
  func noteUse(of token: AccessToken, at now: Instant) throws {
    guard isDue(token, at: now) else { return }
    try queue.write { db in
      try db.execute(
        sql: "UPDATE token SET used = ? WHERE id = ?", arguments: [now.milliseconds, token.id])
    }
  }

  /// Closes the file; later calls throw.
  public func close() throws { try queue.close() }
}

extension AccessToken {
  /// The token of a row; nil where a newer program wrote a role that this one does not know.
  init?(_ row: Row) {
    func instant(_ column: String) -> Instant? {
      (row[column] as Int64?).map { Instant(milliseconds: $0) }
    }
    guard let id: String = row["id"], let party: String = row["party"],
      let role = (row["role"] as String?).flatMap(AccessRole.init(rawValue:)),
      let created = instant("created"), let expires = instant("expires")
    else { return nil }
    self.init(
      id: id, party: party, role: role, user: row["user"], created: created, expires: expires,
      revoked: instant("revoked"), used: instant("used"))
  }
}
