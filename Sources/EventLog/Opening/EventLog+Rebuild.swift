internal import GRDB

extension EventLog {
  /// Makes a ledger in a folder that is empty or not there from records, rows and values that were kept.
  ///
  /// It is made under another name. What `complete` appends and verifies comes before anybody can see it;
  /// then it is put in its place at once. When anything throws, nothing is left behind; what a killed
  /// process leaves is taken away by the next attempt.
  ///
  /// `fill` hands the records, in order, and then all else to the rebuilder. `complete` does what has to be
  /// done with the log before it counts. What it leaves as `ledger.key.new`, `last-checkpoint.new` and
  /// `erasures.jsonl.new` takes its place before the log does.
  ///
  /// - Throws: ``LogError``, mostly ``LogError/cannotCreate(folder:why:)``, and whatever the closures throw.
  package static func rebuild(
    at folder: String, configuration: LogConfiguration, fill: (Rebuilder) throws -> Void,
    complete: (EventLog) throws -> Void
  ) throws {
    do {
      try make(at: folder, configuration: configuration) { files in
        let rebuilder = try Rebuilder(
          path: files.sqlitePath(files.newDatabase, vfs: configuration.vfs),
          configuration: configuration)
        do {
          try fill(rebuilder)
          try rebuilder.finish()
        } catch {
          rebuilder.close()
          throw error
        }
        var new = files
        new.isNew = true
        try completed(new, configuration, complete)
        try publish(files)
      }
    } catch let failure as SQLiteFailure {
      throw failure.beforeCommit
    } catch let error as DatabaseError {
      throw SQLiteFailure(error).beforeCommit
    }
  }

  /// Refuses a folder in which no ledger can be made, without making anything.
  package static func mustBeFree(_ folder: String) throws(LogError) {
    let files = LedgerFiles(folder: folder)
    if files.exists(files.folder) { try mustBeEmpty(files) }
  }

  private static func completed(
    _ files: LedgerFiles, _ configuration: LogConfiguration, _ complete: (EventLog) throws -> Void
  ) throws {
    defer { files.remove(files.database + "-lock") }
    let lock = try FolderLock(path: files.database + "-lock")
    let log = try connect(files, access: .readWrite, lock: lock, configuration: configuration)
    do {
      try complete(log)
    } catch {
      log.close()
      throw error
    }
    log.close()
    // The file takes its place alone: all that is in the write-ahead log goes into it, and with that to the
    // disk, as everything that came before.
    try WriterConnection(
      path: files.sqlitePath(vfs: configuration.vfs), synchronousNormal: false,
      keepWALOnClose: false
    ).close()
    guard !files.exists(files.database + "-wal") else {
      throw LogError.ioFailure(code: 0, what: "the write-ahead log can't be copied back")
    }
  }
}
