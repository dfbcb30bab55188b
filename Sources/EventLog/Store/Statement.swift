internal import GRDBSQLite

/// What SQLite said when it failed.
struct SQLiteFailure: Error {
  /// The extended result code.
  let code: Int32
  let what: String

  init(_ database: OpaquePointer?) {
    code = sqlite3_extended_errcode(database)
    what = sqlite3_errmsg(database).map { String(cString: $0) } ?? "no message"
  }

  init(code: Int32, what: String) {
    self.code = code
    self.what = what
  }

  /// The failure of something that had committed nothing.
  var beforeCommit: LogError {
    switch code & 0xFF {
    case SQLITE_FULL: .diskFull(what: what)
    case SQLITE_BUSY, SQLITE_LOCKED: .busy(seconds: 5)
    case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged(position: nil, what: "SQLite says: \(what)")
    default: .ioFailure(code: Int(code), what: what)
    }
  }
}

/// A prepared statement; whoever prepared it owns it.
///
/// The append path binds, steps and resets with nothing in between: GRDB's own statements build an
/// array of arguments and copy every blob.
struct Statement {
  let handle: OpaquePointer

  init(_ handle: OpaquePointer) {
    self.handle = handle
  }

  /// Prepares a statement that is used again and again, to be given back with ``finalize()``.
  init(preparing sql: String, on database: OpaquePointer) throws(SQLiteFailure) {
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v3(
      database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    guard code == SQLITE_OK, let handle else { throw SQLiteFailure(database) }
    self.handle = handle
  }

  func finalize() { sqlite3_finalize(handle) }

  func bind(_ index: Int32, _ number: Int) {
    sqlite3_bind_int64(handle, index, Int64(number))
  }

  /// Binds bytes that SQLite does not copy: they must stay where they are until ``reset()``.
  func bind(_ index: Int32, lent bytes: UnsafeRawBufferPointer) {
    if let start = bytes.baseAddress, !bytes.isEmpty {
      sqlite3_bind_blob64(handle, index, start, UInt64(bytes.count), nil)
    } else {
      sqlite3_bind_zeroblob(handle, index, 0)
    }
  }

  /// Binds a copy of bytes.
  func bind(_ index: Int32, _ bytes: [UInt8]) {
    bytes.withUnsafeBytes { buffer in
      if let start = buffer.baseAddress, !buffer.isEmpty {
        _ = sqlite3_bind_blob64(handle, index, start, UInt64(buffer.count), Self.transient)
      } else {
        _ = sqlite3_bind_zeroblob(handle, index, 0)
      }
    }
  }

  /// Binds a copy of a text.
  func bind(_ index: Int32, _ text: String) {
    sqlite3_bind_text64(
      handle, index, text, UInt64(text.utf8.count), Self.transient, UInt8(SQLITE_UTF8))
  }

  func bindNull(_ index: Int32) { sqlite3_bind_null(handle, index) }

  func bind(_ index: Int32, _ digest: Hash256) { bind(index, digest.bytes) }

  /// Goes to the next row; `false` when there is none.
  func step() throws(SQLiteFailure) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default:
      let failure = SQLiteFailure(sqlite3_db_handle(handle))
      sqlite3_reset(handle)
      throw failure
    }
  }

  /// Runs to the end and is ready again.
  func run() throws(SQLiteFailure) {
    while try step() {}
    reset()
  }

  func reset() { sqlite3_reset(handle) }

  func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  /// The bytes of a column, until the next step or reset.
  func lentBytes(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(handle, column)
    return UnsafeRawBufferPointer(
      start: start, count: Int(sqlite3_column_bytes(handle, column)))
  }

  func bytes(_ column: Int32) -> [UInt8] { Array(lentBytes(column)) }

  func text(_ column: Int32) -> String {
    String(decoding: lentBytes(column), as: UTF8.self)
  }

  /// Tells SQLite to copy; the C macro is a cast that Swift does not import.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}

extension OpaquePointer {
  /// Runs SQL that gives no rows, on a connection.
  func execute(_ sql: String) throws(SQLiteFailure) {
    guard sqlite3_exec(self, sql, nil, nil, nil) == SQLITE_OK else { throw SQLiteFailure(self) }
  }

  /// The first column of the first row, as a number.
  func number(_ sql: String) throws(SQLiteFailure) -> Int? {
    let statement = try Statement(preparing: sql, on: self)
    defer { statement.finalize() }
    return try statement.step() ? statement.int(0) : nil
  }

  /// The first column of the first row, as text.
  func text(_ sql: String) throws(SQLiteFailure) -> String? {
    let statement = try Statement(preparing: sql, on: self)
    defer { statement.finalize() }
    return try statement.step() ? statement.text(0) : nil
  }
}
