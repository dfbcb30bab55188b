import GRDB
import GRDBSQLite

/// One prepared statement of a view, bound without boxing a value.
///
/// GRDB owns the connection and the statement; only binding and stepping go to SQLite directly,
/// because a rebuild writes several rows an event and boxing the arguments cost more than SQLite
/// did.
struct RowStatement {
  private let statement: Statement
  private let handle: OpaquePointer

  init(_ db: Database, _ sql: String) throws {
    statement = try db.cachedStatement(sql: sql)
    handle = statement.sqliteStatement
  }

  /// Writes one row; the values are bound in order.
  func run(_ values: Cell...) throws {
    for (index, value) in values.enumerated() { bind(Int32(index + 1), value) }
    let code = sqlite3_step(handle)
    sqlite3_reset(handle)
    guard code == SQLITE_DONE else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: "a row of a view can't be written")
    }
  }

  /// Whether the query gives a row for one value.
  func finds(_ value: Cell) throws -> Bool {
    bind(1, value)
    let code = sqlite3_step(handle)
    sqlite3_reset(handle)
    guard code == SQLITE_ROW || code == SQLITE_DONE else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: "a view can't be read")
    }
    return code == SQLITE_ROW
  }

  private func bind(_ index: Int32, _ value: Cell) {
    switch value {
    case .null: sqlite3_bind_null(handle, index)
    case .integer(let number): sqlite3_bind_int64(handle, index, Int64(number))
    case .text(var text):
      text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { characters in
          // SQLite copies the text before the closure ends.
          _ = sqlite3_bind_text(
            handle, index, characters.baseAddress, Int32(characters.count),
            unsafeBitCast(-1, to: sqlite3_destructor_type.self))
        }
      }
    }
  }

  /// A value of a row.
  enum Cell {
    case null
    case integer(Int)
    case text(String)

    static func of(_ text: String?) -> Cell { text.map { .text($0) } ?? .null }
    static func of(_ number: Int) -> Cell { .integer(number) }
    static func of(_ number: Int?) -> Cell { number.map { .integer($0) } ?? .null }
  }
}
