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
    do {
      try make(at: folder, configuration: configuration) { files in
        try build(files, configuration: configuration, first: first)
      }
    } catch {
      throw Writer.named(error)
    }
    return try open(at: folder, access: .readWrite, configuration: configuration)
  }

  /// Makes a ledger's files in a folder that is empty or not there, while nobody else does.
  ///
  /// `build` makes the database under its new name, and ``publish(_:)`` has the last word; when it throws,
  /// nothing is left behind.
  static func make(
    at folder: String, configuration: LogConfiguration, _ build: (LedgerFiles) throws -> Void
  ) throws {
    let files = LedgerFiles(folder: folder)
    let error = files.makeFolder()
    let isNew = error == 0
    guard isNew || files.exists(files.folder) else {
      throw LogError.cannotCreate(folder: folder, why: LedgerFiles.reason(error))
    }
    try mustBeEmpty(files)
    let lock: FolderLock
    do throws(LogError) {
      lock = try files.openLock(mayCreate: true)
    } catch {
      if isNew { files.removeFolder() }
      throw LogError.cannotCreate(folder: folder, why: "\(error)")
    }
    var refusal: (any Error)?
    do throws(LogError) {
      try files.whileLocked(lock, configuration) { () throws(LogError) in
        guard !files.exists(files.database) else {
          throw .cannotCreate(folder: folder, why: "somebody else made one there just now")
        }
        files.setMode()
        removeNew(files)
        do {
          try build(files)
        } catch {
          removeNew(files)
          files.remove(files.lockFile)
          refusal = error
        }
      }
    } catch {
      refusal = error
    }
    guard let refusal else { return }
    if isNew { files.removeFolder() }
    if case LogError.ioFailure(_, let what) = refusal {
      throw LogError.cannotCreate(folder: folder, why: what)
    }
    throw refusal
  }

  /// Refuses a folder that holds anything but what a killed process left of a ledger to be.
  static func mustBeEmpty(_ files: LedgerFiles) throws(LogError) {
    let leftOver = Set(["ledger.lock"] + newNames + companions.filter(files.isLeftOver))
    guard let names = files.names() else {
      throw .cannotCreate(folder: files.folder, why: "it can't be read, or is no folder")
    }
    guard leftOver.isSuperset(of: names) else {
      throw .cannotCreate(
        folder: files.folder,
        why: "it is not empty: \(names.first { !leftOver.contains($0) } ?? "")")
    }
  }

  /// Bytes of a page of a fresh ledger.
  ///
  /// Records are long: on the usual 4,096 an eighth of each page stays empty. Larger ones than this
  /// cost single appends more than they save.
  static let pageSize = 8192

  private static func build(
    _ files: LedgerFiles, configuration: LogConfiguration, first: Draft
  ) throws(LogError) {
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
    try publish(files)
  }

  /// Puts the database that is whole and on the disk in its place, once all that was left for it is in its
  /// own.
  ///
  /// Until then each of those files has both of its names, so that what a killed process left is told from
  /// what a person put there.
  static func publish(_ files: LedgerFiles) throws(LogError) {
    let there = companions.map { files.folder + "/" + $0 }
      .filter { files.exists($0 + WholeFile.unfinished) }
    guard LedgerFiles.syncFolder(files.folder),
      there.allSatisfy({ files.link($0 + WholeFile.unfinished, to: $0) }),
      LedgerFiles.syncFolder(files.folder), files.rename(files.newDatabase, to: files.database)
    else { throw .ioFailure(code: 0, what: "a file of the ledger can't be put in its place") }
    for path in there { files.remove(path + WholeFile.unfinished) }
    guard LedgerFiles.syncFolder(files.folder), LedgerFiles.syncFolder(files.parent) else {
      throw .ioFailure(code: 0, what: "the folder can't be synced")
    }
  }

  /// What may be left for a ledger to be, under a name that ends in `.new`.
  private static let companions = ["ledger.key", "last-checkpoint", "erasures.jsonl"]

  /// The names that a ledger to be has until it is one; nothing of somebody else's stands under them.
  private static let newNames =
    ["", "-wal", "-shm", "-journal", "-lock"].map { "ledger.sqlite.new" + $0 }
    + companions.map { $0 + WholeFile.unfinished }

  private static func removeNew(_ files: LedgerFiles) {
    for name in companions where files.isLeftOver(name) { files.remove(files.folder + "/" + name) }
    for name in newNames { files.remove(files.folder + "/" + name) }
  }
}
