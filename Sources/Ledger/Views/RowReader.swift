import GRDB
import GRDBSQLite

/// One pass over the rows of a query of the views, without making values of what nobody looks at.
struct RowReader {
  private let statement: Statement
  private let handle: OpaquePointer

  init(_ db: Database, _ sql: String) throws {
    statement = try db.makeStatement(sql: sql)
    handle = statement.sqliteStatement
  }

  /// Moves to the next row; false after the last.
  func next() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: "the views can't be read")
    }
  }

  /// A text; nil where there is none.
  func text(_ column: Int32) -> String? {
    guard let start = sqlite3_column_text(handle, column) else { return nil }
    let count = Int(sqlite3_column_bytes(handle, column))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// Whether a text is this one.
  func says(_ column: Int32, _ word: StaticString) -> Bool {
    guard let start = sqlite3_column_text(handle, column) else { return false }
    let count = Int(sqlite3_column_bytes(handle, column))
    return count == word.utf8CodeUnitCount
      && UnsafeBufferPointer(start: start, count: count).elementsEqual(
        UnsafeBufferPointer(start: word.utf8Start, count: count))
  }

  /// Whether there is a value.
  func has(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) != SQLITE_NULL }

  /// A number; 0 where there is none.
  func number(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }
}
