internal import GRDB
internal import GRDBSQLite

extension EventLog {
  /// Opens a ledger.
  ///
  /// A folder that holds none, or something else, is left as it is.
  ///
  /// - Throws: ``LogError``: `notFound`, `notALedger`, `newerVersion`, `readOnlyFolder`, `busy`,
  ///   `ioFailure`, `damaged`.
  public static func open(
    at folder: String, access: Access = .readWrite, configuration: LogConfiguration
  ) throws(LogError) -> EventLog {
    let files = LedgerFiles(folder: folder)
    if let found = files.otherThing { throw .notALedger(folder: folder, found: found) }
    guard files.exists(files.database) else { throw .notFound(folder: folder) }
    if access == .readWrite, !files.isWritable { throw .readOnlyFolder(folder: folder) }
    // Somebody else's folder gets no lock file; a restored ledger may have lost its own.
    if !files.exists(files.lockFile) { try checkIdentity(files, configuration) }
    let lock = try files.openLock(mayCreate: true)
    return try files.whileLocked(lock, configuration) { () throws(LogError) in
      try checkIdentity(files, configuration)
      do {
        return try connect(files, access: access, lock: lock, configuration: configuration)
      } catch let error as DatabaseError {
        throw SQLiteFailure(error).whileOpening(folder)
      } catch let error as SQLiteFailure {
        throw error.whileOpening(folder)
      } catch {
        throw Writer.named(error)
      }
    }
  }

  /// Opens the connections; the caller holds the lock.
  static func connect(
    _ files: LedgerFiles, access: Access, lock: FolderLock, configuration: LogConfiguration
  ) throws -> EventLog {
    let path = files.sqlitePath(vfs: configuration.vfs)
    let shared = SharedTail(Tail(indexedTo: 0, chunkEvents: configuration.indexChunk))
    var writer: Writer?
    if access == .readWrite {
      let connection = try WriterConnection(
        path: path, synchronousNormal: configuration.unsafeSynchronousNormal, keepWALOnClose: true)
      let opened = Writer(
        connection: connection, lock: lock, configuration: configuration, shared: shared)
      try connection.handle.execute("BEGIN")
      defer { _ = connection.abandon() }
      try opened.load()
      writer = opened
    }
    // The readers come after the writer: before it, one of them could have to recover the
    // write-ahead log.
    var readerConfiguration = Configuration()
    readerConfiguration.label = "reader"
    readerConfiguration.readonly = true
    readerConfiguration.prepareDatabase { database in
      try database.sqliteConnection?.execute("PRAGMA cache_size = -16384")
    }
    let readers = try Readers(path: path, configuration: readerConfiguration)
    let log = EventLog(
      folder: files.folder, configuration: configuration, lock: lock, readers: readers,
      shared: shared, writer: writer)
    if writer == nil {
      // The tail begins where the index ends, or the first read would look at every event.
      let indexedTo = try log.read { database in
        let reach = try database.reach()
        return min(reach.indexedTo, reach.last)
      }
      shared.tail.withLock { $0.drop(through: indexedTo) }
    }
    return log
  }

  /// Finds out whether the file is a ledger that this version can read, without changing it.
  ///
  /// First by the file alone: a look that takes in the write-ahead log makes files beside it, which
  /// somebody else's database shall not get from us. That look can tell what is no ledger, but not
  /// what is damaged: without its write-ahead log a sound ledger may look so.
  private static func checkIdentity(
    _ files: LedgerFiles, _ configuration: LogConfiguration
  ) throws(LogError) {
    for isImmutable in [true, false] {
      try checkIdentity(files, configuration, isImmutable: isImmutable)
    }
  }

  private static func checkIdentity(
    _ files: LedgerFiles, _ configuration: LogConfiguration, isImmutable: Bool
  ) throws(LogError) {
    var handle: OpaquePointer?
    defer { sqlite3_close(handle) }
    let code = sqlite3_open_v2(
      files.sqlitePath(vfs: configuration.vfs, isImmutable: isImmutable), &handle,
      SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let handle else {
      throw SQLiteFailure(code: code, what: "the database can't be opened")
        .whileOpening(files.folder)
    }
    sqlite3_busy_timeout(handle, 5000)
    do throws(SQLiteFailure) {
      let application = try handle.number("PRAGMA application_id") ?? 0
      guard application == Schema.applicationID else {
        let isEmpty = try handle.number("PRAGMA page_count") == 0
        throw SQLiteFailure(
          code: 0, what: isEmpty ? "an empty file" : "an SQLite database of another program")
      }
      let version = try handle.number("PRAGMA user_version") ?? 0
      guard version >= Schema.version else {
        throw SQLiteFailure(
          code: 0, what: "one of version \(version), which no program has written")
      }
      guard version == Schema.version else {
        throw SQLiteFailure(code: 1, what: "\(version)")
      }
    } catch {
      switch error.code & 0xFF {
      case 0: throw .notALedger(folder: files.folder, found: error.what)
      case 1 where Int(error.what) != nil:
        throw .newerVersion(found: Int(error.what) ?? 0, known: Schema.version)
      case SQLITE_CORRUPT where isImmutable: return
      default: throw error.whileOpening(files.folder)
      }
    }
  }
}

extension SQLiteFailure {
  init(_ error: DatabaseError) {
    self.init(
      code: error.extendedResultCode.rawValue, what: error.message ?? "no message")
  }

  /// The failure of an attempt to open a ledger.
  func whileOpening(_ folder: String) -> LogError {
    switch code & 0xFF {
    case SQLITE_NOTADB: .notALedger(folder: folder, found: "a file that is no SQLite database")
    case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM: .readOnlyFolder(folder: folder)
    default: beforeCommit
    }
  }
}
