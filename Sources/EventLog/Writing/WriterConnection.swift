internal import CLedgerShim
internal import GRDB
internal import GRDBSQLite

/// The one connection that may write, with its statements.
///
/// `@unchecked Sendable` because only whoever leads the commit queue touches it.
final class WriterConnection: @unchecked Sendable {
  let queue: DatabaseQueue
  let handle: OpaquePointer
  private(set) var isOpen = true
  private var statements: [Statement] = []
  private let tileRoots = TileRoots()

  let begin, commit, rollback, dataVersion: Statement
  let head, insertEvent, record, marks, insertTile: Statement
  let indexed, insertIndex, advanceIndex: Statement
  let subjectByValue, subjectByToken, insertSubject, insertDocument: Statement
  let content, insertContent, counter, setCounter: Statement
  let lastRow, setPosition, insertRow, insertSet: Statement

  /// Pages in the write-ahead log after the last commit, written by SQLite's hook.
  let walPages = UnsafeMutablePointer<Int>.allocate(capacity: 1)

  /// Opens the connection; the caller holds the lock.
  init(path: String, synchronousNormal: Bool, keepWALOnClose: Bool) throws {
    var configuration = Configuration()
    configuration.label = "writer"
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { database in
      guard let handle = database.sqliteConnection else { return }
      try handle.execute(
        """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = \(synchronousNormal ? "NORMAL" : "FULL");
        PRAGMA wal_autocheckpoint = 0;
        PRAGMA secure_delete = ON;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA cache_size = -65536;
        PRAGMA temp_store = MEMORY;
        """)
      // What may be refused by a trigger makes SQLite set each page aside that a row changes. The statements
      // below only add, and what stands there already they refuse by key; everybody else meets the triggers.
      precondition(ledger_without_triggers(handle) == 1, "SQLite runs triggers")
      if keepWALOnClose {
        precondition(ledger_no_checkpoint_on_close(handle) == 1, "SQLite checkpoints on close")
      }
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    guard let handle = queue.inDatabase({ $0.sqliteConnection }) else {
      throw SQLiteFailure(code: SQLITE_CANTOPEN, what: "no connection")
    }
    self.queue = queue
    self.handle = handle
    walPages.initialize(to: 0)
    // GRDB puts a writer back to NORMAL in some modes, silently; an acknowledgement would then
    // promise too much.
    let synchronous = try handle.number("PRAGMA synchronous")
    precondition(
      synchronousNormal || synchronous == 2, "commits are not synced: \(synchronous ?? -1)")
    let mode = try handle.text("PRAGMA journal_mode")
    precondition(mode == "wal", "the journal mode is \(mode ?? "unknown")")

    var prepared: [Statement] = []
    func prepare(_ sql: String) throws(SQLiteFailure) -> Statement {
      let statement = try Statement(preparing: sql, on: handle)
      prepared.append(statement)
      return statement
    }
    begin = try prepare("BEGIN IMMEDIATE")
    commit = try prepare("COMMIT")
    rollback = try prepare("ROLLBACK")
    dataVersion = try prepare("PRAGMA data_version")
    head = try prepare("SELECT position, record FROM event ORDER BY position DESC LIMIT 1")
    insertEvent = try prepare(
      "INSERT INTO event (position, leaf, marks, record) VALUES (?, ?, ?, ?)")
    record = try prepare("SELECT record FROM event WHERE position = ?")
    marks = try prepare(
      "SELECT position, marks FROM event WHERE position > ? ORDER BY position")
    insertTile = try prepare("INSERT INTO tile (level, idx, hashes) VALUES (?, ?, ?)")
    indexed = try prepare(
      "SELECT position FROM tag_index WHERE mark = ? AND position > ? ORDER BY position DESC")
    insertIndex = try prepare("INSERT OR IGNORE INTO tag_index (mark, position) VALUES (?, ?)")
    advanceIndex = try prepare(
      "UPDATE index_state SET indexed_to = ?, chunk_to = ?, chunk_rows = ?")
    subjectByValue = try prepare("SELECT token FROM subject WHERE kind = ? AND value = ?")
    subjectByToken = try prepare("SELECT 1 FROM subject WHERE token = ?")
    insertSubject = try prepare(
      "INSERT INTO subject (token, kind, value, random) VALUES (?, ?, ?, ?)")
    insertDocument = try prepare("INSERT INTO document (name, random, bytes) VALUES (?, ?, ?)")
    content = try prepare("SELECT random, digest FROM content WHERE position = ?")
    insertContent = try prepare("INSERT INTO content (position, random, digest) VALUES (?, ?, ?)")
    counter = try prepare("SELECT value FROM counter WHERE name = ?")
    setCounter = try prepare(
      "INSERT INTO counter (name, value) VALUES (?, ?) "
        + "ON CONFLICT (name) DO UPDATE SET value = excluded.value")
    lastRow = try prepare("SELECT max(row) FROM reference_row WHERE set_id = ?")
    setPosition = try prepare("SELECT position FROM reference_set WHERE set_id = ?")
    insertRow = try prepare(
      "INSERT INTO reference_row (set_id, row, key, content) VALUES (?, ?, ?, ?)")
    insertSet = try prepare("INSERT INTO reference_set (set_id, position) VALUES (?, ?)")
    statements = prepared

    sqlite3_wal_hook(
      handle,
      { context, _, _, pages in
        context?.assumingMemoryBound(to: Int.self).pointee = Int(pages)
        return SQLITE_OK
      }, walPages)
  }

  deinit {
    close()
    walPages.deallocate()
  }

  /// Closes the connection, once.
  func close() {
    guard isOpen else { return }
    isOpen = false
    sqlite3_wal_hook(handle, nil, nil)
    for statement in statements { statement.finalize() }
    // A connection that can't be closed is closed with the process; nothing is pending in it.
    try? queue.close()
  }

  /// Ends a transaction that can't be committed; `false` when even that failed.
  func abandon() -> Bool {
    if sqlite3_get_autocommit(handle) != 0 { return true }
    return (try? rollback.run()) != nil
  }

  /// Copies what it can from the write-ahead log to the database file, without waiting for readers.
  ///
  /// Gives the pages in the log and how many of them were copied.
  func checkpoint() throws(SQLiteFailure) -> (pages: Int, copied: Int) {
    var pages: Int32 = 0
    var copied: Int32 = 0
    let code = sqlite3_wal_checkpoint_v2(
      handle, "main", SQLITE_CHECKPOINT_PASSIVE, &pages, &copied)
    guard code == SQLITE_OK || code == SQLITE_BUSY else { throw SQLiteFailure(handle) }
    return (Int(pages), Int(copied))
  }

  /// The tree as this connection sees it.
  var tree: TreeStore {
    TreeStore(
      tile: { [handle] level, index in
        let statement = try Statement(
          preparing: "SELECT hashes FROM tile WHERE level = ? AND idx = ?", on: handle)
        defer { statement.finalize() }
        statement.bind(1, level)
        statement.bind(2, index)
        return try statement.step() ? TreeMath.hashes(statement.lentBytes(0)) : nil
      },
      leaves: { [handle] range in
        let statement = try Statement(
          preparing:
            "SELECT leaf FROM event WHERE position > ? AND position <= ? ORDER BY position",
          on: handle)
        defer { statement.finalize() }
        statement.bind(1, range.lowerBound)
        statement.bind(2, range.upperBound)
        var leaves: [Hash256] = []
        while try statement.step() {
          if let leaf = Hash256(statement.lentBytes(0)) { leaves.append(leaf) }
        }
        return leaves
      },
      rememberedRoots: tileRoots)
  }
}
