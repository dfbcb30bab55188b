internal import GRDBSQLite

/// Fills the database of a ledger to be, as fast as SQLite takes rows: nothing is synced and nothing can be
/// taken back before the end, since a half one is thrown away.
package final class Rebuilder {
  private let connection: PlainConnection
  private var handle: OpaquePointer { connection.handle }
  private let configuration: LogConfiguration
  private let insertEvent, insertTile, insertIndex, insertRow, insertSet: Statement

  private var tiles = OpenTiles(size: 0, leaves: [])
  private var lastRecordedAt: Int64 = .min
  private var position = 0
  private var counters: [String: Int] = [:]
  private var indexRows: [IndexRow] = []
  private var markBytes: [UInt8] = []
  private var tagMarks = TagMarks()
  private var inTransaction = 0

  /// Rows of the tag index that are sorted together: 64 MB.
  private static let indexChunk = 4_000_000
  private static let rowsInTransaction = 20_000

  init(path: String, configuration: LogConfiguration) throws {
    self.configuration = configuration
    connection = try PlainConnection(
      path: path, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI)
    try connection.handle.execute(
      """
      PRAGMA page_size = \(EventLog.pageSize);
      PRAGMA secure_delete = ON;
      PRAGMA journal_mode = OFF;
      PRAGMA synchronous = OFF;
      PRAGMA cache_size = -131072;
      BEGIN;
      \(Schema.sql)
      COMMIT;
      BEGIN;
      """)
    insertEvent = try connection.prepare(
      "INSERT INTO event (position, leaf, marks, record) VALUES (?, ?, ?, ?)")
    insertTile = try connection.prepare("INSERT INTO tile (level, idx, hashes) VALUES (?, ?, ?)")
    insertIndex = try connection.prepare(
      "INSERT OR IGNORE INTO tag_index (mark, position) VALUES (?, ?)")
    insertRow = try connection.prepare(
      "INSERT INTO reference_row (set_id, row, key, content) VALUES (?, ?, ?, ?)")
    insertSet = try connection.prepare(
      "INSERT INTO reference_set (set_id, position) VALUES (?, ?)")
  }

  func close() { connection.close() }

  /// Adds the next record, exactly as it was.
  package func add(_ record: BackupReader.Lent) throws {
    precondition(record.position == position + 1, "records come in order")
    position = record.position
    var marks: [Int64] = []
    var tags: [Range<Int>] = []
    record.fields.forEachTag(in: record.bytes) { tags.append($0) }
    tagMarks.append(of: tags, in: record.bytes, to: &marks)
    if let key = record.fields.append?.key { marks.append(Mark.key(key)) }
    if record.fields.recordedAt < lastRecordedAt { marks.append(Mark.clockWentBack) }
    lastRecordedAt = record.fields.recordedAt
    markBytes.removeAll(keepingCapacity: true)
    Mark.append(marks, to: &markBytes)
    for mark in marks { indexRows.append(IndexRow(mark: mark, position: position)) }

    insertEvent.bind(1, position)
    insertEvent.bind(2, record.leaf)
    try markBytes.withUnsafeBytes { marks in
      insertEvent.bind(3, lent: marks)
      insertEvent.bind(4, lent: UnsafeRawBufferPointer(record.bytes))
      try insertEvent.run()
    }
    for tile in tiles.add(CollectionOfOne(record.leaf), load: { _, _ in [] }) {
      insertTile.bind(1, tile.level)
      insertTile.bind(2, tile.index)
      insertTile.bind(3, TreeMath.bytes(tile.hashes))
      try insertTile.run()
    }
    let fields = record.fields
    for (name, number) in configuration.numbers(fields.type, fields.version, fields.body) {
      counters[name] = max(counters[name] ?? 0, number)
    }
    if indexRows.count >= Self.indexChunk { try writeIndex() }
    try commitIfDue()
  }

  /// Adds a row of a reference set.
  package func add(
    set: Int, row: Int, key: UnsafeRawBufferPointer, content: UnsafeRawBufferPointer
  ) throws {
    insertRow.bind(1, set)
    insertRow.bind(2, row)
    insertRow.bind(3, lent: key)
    insertRow.bind(4, lent: content)
    try insertRow.run()
    try commitIfDue()
  }

  /// Says with which event a set whose rows are in was finished.
  package func finish(set: Int, at position: Int) throws {
    insertSet.bind(1, set)
    insertSet.bind(2, position)
    try insertSet.run()
  }

  /// Takes over everything that can be erased but for what was erased since, and the counters.
  ///
  /// What is left out never comes into the file, so no byte of it can stay behind there.
  package func addValues(from path: String, leavingOut erased: Erasure) throws {
    try handle.execute(
      """
      COMMIT;
      CREATE TEMP TABLE gone (name BLOB PRIMARY KEY) WITHOUT ROWID;
      CREATE TEMP TABLE gone_content (position INTEGER PRIMARY KEY);
      """)
    for name in erased.tokens + erased.documents {
      try run("INSERT OR IGNORE INTO gone VALUES (?)") {
        $0.bind(1, Base64.bytes(urlText: name) ?? [])
      }
    }
    for position in erased.commitments {
      try run("INSERT OR IGNORE INTO gone_content VALUES (?)") { $0.bind(1, position) }
    }
    try run("ATTACH ? AS kept") { $0.bind(1, path) }
    try handle.execute(
      """
      BEGIN;
      INSERT INTO subject (token, kind, value, random)
        SELECT token, kind, value, random FROM kept.subject
        WHERE token NOT IN (SELECT name FROM gone) ORDER BY token;
      INSERT INTO document (name, random, bytes)
        SELECT name, random, bytes FROM kept.document WHERE name NOT IN (SELECT name FROM gone);
      INSERT INTO content (position, random, digest)
        SELECT position, random, digest FROM kept.content
        WHERE position NOT IN (SELECT position FROM gone_content) ORDER BY position;
      INSERT INTO counter (name, value) SELECT name, value FROM kept.counter;
      COMMIT;
      DETACH kept;
      DROP TABLE gone;
      DROP TABLE gone_content;
      BEGIN;
      """)
  }

  private func run(_ sql: String, _ bind: (Statement) -> Void) throws {
    let statement = try Statement(preparing: sql, on: handle)
    defer { statement.finalize() }
    bind(statement)
    try statement.run()
  }

  /// Writes what is derived from the records.
  func finish() throws {
    try writeIndex()
    let setCounter = try Statement(
      preparing: "INSERT INTO counter (name, value) VALUES (?, ?) "
        + "ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)", on: handle)
    defer { setCounter.finalize() }
    for (name, value) in counters {
      setCounter.bind(1, name)
      setCounter.bind(2, value)
      try setCounter.run()
    }
    try handle.execute(
      "UPDATE index_state SET indexed_to = \(position), chunk_to = \(position), chunk_rows = 0; COMMIT"
    )
    close()
  }

  /// Sorted by mark, so that neighbours share pages.
  private func writeIndex() throws {
    indexRows.sort { ($0.mark, $0.position) < ($1.mark, $1.position) }
    for row in indexRows {
      insertIndex.bind(1, Int(row.mark))
      insertIndex.bind(2, row.position)
      try insertIndex.run()
      try commitIfDue()
    }
    indexRows.removeAll(keepingCapacity: true)
  }

  private func commitIfDue() throws {
    inTransaction += 1
    guard inTransaction >= Self.rowsInTransaction else { return }
    inTransaction = 0
    try handle.execute("COMMIT; BEGIN")
  }
}
