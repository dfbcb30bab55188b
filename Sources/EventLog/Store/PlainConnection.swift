internal import GRDBSQLite

/// A connection to a database beside the log that one thread uses, and the statements prepared on it.
///
/// Both are given back with it, also where whoever opened it fails half way.
final class PlainConnection {
  let handle: OpaquePointer
  private var statements: [Statement] = []
  private var isOpen = true

  /// Opens a file with SQLite's own flags; an empty path is a temporary file of SQLite's own.
  init(path: String, flags: Int32) throws(SQLiteFailure) {
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let handle = opened else {
      defer { sqlite3_close_v2(opened) }
      throw SQLiteFailure(opened)
    }
    self.handle = handle
  }

  deinit { close() }

  /// Prepares a statement that lasts as long as the connection.
  func prepare(_ sql: String) throws(SQLiteFailure) -> Statement {
    let statement = try Statement(preparing: sql, on: handle)
    statements.append(statement)
    return statement
  }

  /// Closes it, once.
  func close() {
    guard isOpen else { return }
    isOpen = false
    for statement in statements { statement.finalize() }
    sqlite3_close_v2(handle)
  }
}
