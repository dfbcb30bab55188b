internal import GRDB

extension EventLog {
  /// Makes a ledger in a folder that is empty or not there, with its first event.
  ///
  /// The ledger is made under another name and renamed when it is whole and on the disk. A failure
  /// leaves nothing behind; what a killed process has left is taken away by the next attempt.
  ///
  /// - Throws: ``LogError``, mostly ``LogError/cannotCreate(folder:why:)``.
  public static func create(
    at folder: String, configuration: LogConfiguration, first: Draft
  ) throws(LogError) -> EventLog {
    let files = LedgerFiles(folder: folder)
    let error = files.makeFolder()
    let isNew = error == 0
    guard isNew || files.exists(files.folder) else {
      throw .cannotCreate(folder: folder, why: LedgerFiles.reason(error))
    }
    let leftOver = Set(
      ["ledger.lock"] + ["", "-wal", "-shm", "-journal"].map { "ledger.sqlite.new" + $0 })
    guard let names = files.names() else {
      throw .cannotCreate(folder: folder, why: "it can't be read, or is no folder")
    }
    guard leftOver.isSuperset(of: names) else {
      throw .cannotCreate(
        folder: folder, why: "it is not empty: \(names.first { !leftOver.contains($0) } ?? "")")
    }
    let lock: FolderLock
    do throws(LogError) {
      lock = try files.openLock(mayCreate: true)
    } catch {
      if isNew { files.removeFolder() }
      throw .cannotCreate(folder: folder, why: "\(error)")
    }
    do throws(LogError) {
      try files.whileLocked(lock, configuration) { () throws(LogError) in
        guard !files.exists(files.database) else {
          throw .cannotCreate(folder: folder, why: "somebody else made one there just now")
        }
        do throws(LogError) {
          try build(files, configuration: configuration, first: first)
        } catch {
          removeNew(files)
          files.remove(files.lockFile)
          throw error
        }
      }
    } catch {
      if isNew { files.removeFolder() }
      if case .ioFailure(_, let what) = error {
        throw .cannotCreate(folder: folder, why: what)
      }
      throw error
    }
    return try open(at: folder, access: .readWrite, configuration: configuration)
  }

  /// Bytes of a page of a fresh ledger.
  ///
  /// Records are long: on the usual 4,096 an eighth of each page stays empty. Larger ones than this
  /// cost single appends more than they save.
  private static let pageSize = 8192

  private static func build(
    _ files: LedgerFiles, configuration: LogConfiguration, first: Draft
  ) throws(LogError) {
    files.setMode()
    removeNew(files)
    do {
      let path = files.sqlitePath(files.newDatabase, vfs: configuration.vfs)
      try DatabaseQueue(path: path).inDatabase { database in
        try database.sqliteConnection?.execute(
          "PRAGMA page_size = \(pageSize); PRAGMA secure_delete = ON; PRAGMA synchronous = FULL")
        try database.sqliteConnection?.execute("BEGIN; \(Schema.sql) COMMIT")
      }
      let connection = try WriterConnection(
        path: path, synchronousNormal: configuration.unsafeSynchronousNormal,
        keepWALOnClose: false)
      defer { connection.close() }
      // Its own lock would be this one again; nobody else can know the file yet.
      let writer = Writer(
        connection: connection, lock: try FolderLock(path: files.newDatabase + "-lock"),
        configuration: configuration,
        shared: SharedTail(Tail(indexedTo: 0, chunkEvents: configuration.indexChunk)))
      defer { files.remove(files.newDatabase + "-lock") }
      let ticket = CommitQueue.Ticket(AppendRequest { _ in [first] })
      _ = writer.commitGroup(startingWith: ticket, from: CommitQueue())
      _ = try ticket.outcome?.get()
    } catch let error as DatabaseError {
      throw SQLiteFailure(error).beforeCommit
    } catch let error as FolderLock.Failure {
      throw .cannotCreate(folder: files.folder, why: "\(error)")
    } catch {
      throw Writer.named(error)
    }
    guard LedgerFiles.syncFolder(files.folder),
      files.rename(files.newDatabase, to: files.database),
      LedgerFiles.syncFolder(files.folder), LedgerFiles.syncFolder(files.parent)
    else { throw .ioFailure(code: 0, what: "the folder can't be synced") }
  }

  private static func removeNew(_ files: LedgerFiles) {
    for suffix in ["", "-wal", "-shm", "-journal", "-lock"] {
      files.remove(files.newDatabase + suffix)
    }
  }
}
