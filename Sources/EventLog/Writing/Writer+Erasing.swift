internal import GRDBSQLite

extension Writer {
  /// Refuses to erase a value that somebody else erased since the caller looked.
  func check(_ erasure: Erasure) throws(LogError) {
    do throws(SQLiteFailure) {
      for token in erasure.tokens {
        connection.subjectByToken.bind(1, Base64.bytes(urlText: token) ?? [])
        defer { connection.subjectByToken.reset() }
        guard try connection.subjectByToken.step() else { throw SQLiteFailure(code: 0, what: "") }
      }
    } catch {
      throw error.code == 0 ? .subjectMinted(kind: "subject") : error.beforeCommit
    }
  }

  /// Deletes erasable rows in the transaction that is open; what they held is overwritten in the file.
  func erase(_ erasure: Erasure) throws(SQLiteFailure) {
    let token = try Statement(
      preparing: "DELETE FROM subject WHERE token = ?", on: connection.handle)
    defer { token.finalize() }
    for text in erasure.tokens {
      token.bind(1, Base64.bytes(urlText: text) ?? [])
      try token.run()
    }
    let name = try Statement(
      preparing: "DELETE FROM document WHERE name = ?", on: connection.handle)
    defer { name.finalize() }
    for text in erasure.documents {
      name.bind(1, Base64.bytes(urlText: text) ?? [])
      try name.run()
    }
    let position = try Statement(
      preparing: "DELETE FROM content WHERE position = ?", on: connection.handle)
    defer { position.finalize() }
    for first in erasure.commitments {
      position.bind(1, first)
      try position.run()
    }
  }

  /// Copies the whole write-ahead log into the database and cuts it to nothing; false while a reader,
  /// here or in another process, still reads from it.
  func emptyWAL() throws(LogError) -> Bool {
    try whileLocked { () throws(SQLiteFailure) in
      let code = sqlite3_wal_checkpoint_v2(
        connection.handle, "main", SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
      guard code == SQLITE_OK || code == SQLITE_BUSY else { throw SQLiteFailure(connection.handle) }
      return code == SQLITE_OK
    }
  }

  /// Writes the database anew without what is left at the end of pages.
  func compact() throws(LogError) {
    try whileLocked { () throws(SQLiteFailure) in
      let vacuum = try Statement(preparing: "VACUUM", on: connection.handle)
      defer { vacuum.finalize() }
      try vacuum.run()
    }
  }

  /// Does something outside of any transaction, under the lock that a commit holds.
  private func whileLocked<R>(_ body: () throws(SQLiteFailure) -> R) throws(LogError) -> R {
    do throws(FolderLock.Failure) {
      try lock.lock(timeout: configuration.lockTimeout)
    } catch {
      throw .busy(seconds: configuration.lockTimeout / 1000)
    }
    defer { lock.unlock() }
    do throws(SQLiteFailure) { return try body() } catch { throw error.beforeCommit }
  }
}
