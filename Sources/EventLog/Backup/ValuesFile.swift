internal import GRDBSQLite

/// The file of a backup that is rewritten whole: the erasable tables as in the ledger, the counters, and
/// which state of the log they belong to.
package final class ValuesFile {
  /// `SMIV` in ASCII.
  static let applicationID = 0x534D_4956
  static let version = 1

  /// The tables that are as in the ledger.
  static let tables = ["subject", "document", "content", "counter"]

  /// How many rows a file holds of each kind.
  package struct Counts: Hashable, Sendable {
    package var subjects = 0
    package var documents = 0
    package var commitments = 0
  }

  /// What a file says of itself.
  package struct Header: Sendable {
    /// The signed note of the state that the values belong to.
    package let checkpoint: String
    package let counts: Counts
    let keys: Hash256
  }

  private let connection: PlainConnection
  var handle: OpaquePointer { connection.handle }
  private let name: String

  private init(_ connection: PlainConnection, name: String) {
    self.connection = connection
    self.name = name
  }

  package func close() { connection.close() }

  /// Opens a file to read it.
  package convenience init(reading path: String, as name: String = BackupLayout.values) throws {
    guard WholeFile.exists(path) else {
      throw DamagedBackup(file: name, what: "expected the values of the backup; it is not there")
    }
    let connection: PlainConnection
    do throws(SQLiteFailure) {
      connection = try PlainConnection(path: path, flags: SQLITE_OPEN_READONLY)
    } catch {
      throw DamagedBackup(file: name, what: "can't be opened: \(error.what)")
    }
    self.init(connection, name: name)
    do throws(SQLiteFailure) {
      guard try handle.number("PRAGMA application_id") == Self.applicationID,
        try handle.number("PRAGMA user_version") == Self.version
      else { throw SQLiteFailure(code: 0, what: "it is another database") }
    } catch {
      throw DamagedBackup(file: name, what: "expected the values of a backup; \(error.what)")
    }
  }

  /// Makes a file that holds its tables and nothing else.
  convenience init(making path: String) throws {
    for suffix in ["", "-journal"] { WholeFile.remove(path + suffix) }
    // Made here so that only its owner can read it; what SQLite makes beside it is as this is.
    try WholeFile.make(path)
    self.init(
      try PlainConnection(path: path, flags: SQLITE_OPEN_READWRITE), name: BackupLayout.values)
    let published = try EventLog.publishedSchema.get()
    let tables = Self.tables.compactMap { published["table \($0)"] }.joined(separator: ";\n")
    try handle.execute(
      """
      PRAGMA page_size = 8192;
      PRAGMA secure_delete = ON;
      PRAGMA synchronous = OFF;
      BEGIN;
      \(tables);
      \(Self.headerTable);
      PRAGMA application_id = \(Self.applicationID);
      PRAGMA user_version = \(Self.version);
      """)
  }

  private static let headerTable = """
    CREATE TABLE backup (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      checkpoint TEXT NOT NULL,
      subjects INTEGER NOT NULL,
      documents INTEGER NOT NULL,
      commitments INTEGER NOT NULL,
      keys BLOB NOT NULL CHECK (length(keys) = 32)
    ) STRICT
    """

  /// What the file says of itself.
  package func header() throws -> Header {
    try damaged {
      let statement = try Statement(
        preparing: "SELECT checkpoint, subjects, documents, commitments, keys FROM backup",
        on: handle)
      defer { statement.finalize() }
      guard try statement.step(), let keys = Hash256(statement.lentBytes(4)) else {
        throw DamagedBackup(
          file: name, what: "expected to read of which state it is; found nothing")
      }
      return Header(
        checkpoint: statement.text(0),
        counts: Counts(
          subjects: statement.int(1), documents: statement.int(2), commitments: statement.int(3)),
        keys: keys)
    }
  }

  /// Whether it still holds what a token stands for.
  package func holds(token: String) throws -> Bool {
    try holds("SELECT 1 FROM subject WHERE token = ?") {
      $0.bind(1, Base64.bytes(urlText: token) ?? [])
    }
  }

  /// Whether it still holds a document.
  package func holds(document: String) throws -> Bool {
    try holds("SELECT 1 FROM document WHERE name = ?") {
      $0.bind(1, Base64.bytes(urlText: document) ?? [])
    }
  }

  /// Whether it still holds the commitment to the content of an append.
  package func holds(commitment: Int) throws -> Bool {
    try holds("SELECT 1 FROM content WHERE position = ?") { $0.bind(1, commitment) }
  }

  private func holds(_ sql: String, _ bind: (Statement) -> Void) throws -> Bool {
    try damaged {
      let statement = try Statement(preparing: sql, on: handle)
      defer { statement.finalize() }
      bind(statement)
      return try statement.step()
    }
  }

  /// The last number that was taken from a counter; 0 when none was.
  package func counter(_ counter: String) throws -> Int {
    try damaged {
      let statement = try Statement(
        preparing: "SELECT value FROM counter WHERE name = ?", on: handle)
      defer { statement.finalize() }
      statement.bind(1, counter)
      return try statement.step() ? statement.int(0) : 0
    }
  }

  /// Writes what the file says of itself, once all rows are in, and commits.
  func finish(checkpoint: String) throws {
    let (counts, keys) = try read()
    let statement = try Statement(
      preparing: "INSERT INTO backup VALUES (1, ?, ?, ?, ?, ?)", on: handle)
    defer { statement.finalize() }
    statement.bind(1, checkpoint)
    for (index, count) in [counts.subjects, counts.documents, counts.commitments].enumerated() {
      statement.bind(Int32(index) + 2, count)
    }
    statement.bind(5, keys)
    try statement.run()
    try handle.execute("COMMIT")
  }

  /// Recomputes every token and document name, and compares how many there are with what the file says.
  package func check(upTo size: Int) throws {
    let header = try header()
    try damaged {
      let published = try EventLog.publishedSchema.get()
      for table in Self.tables {
        let found = try handle.text("SELECT sql FROM sqlite_schema WHERE name = '\(table)'")
        guard found == published["table \(table)"] else {
          throw DamagedBackup(file: name, what: "expected the table \(table) as in a ledger")
        }
      }
      let answer = try handle.text("PRAGMA integrity_check")
      guard answer == "ok" else {
        throw DamagedBackup(file: name, what: "SQLite finds it damaged: \(answer ?? "no answer")")
      }
      let outside = try handle.number(
        "SELECT count(*) FROM content WHERE position NOT BETWEEN 1 AND \(size)")
      guard outside == 0 else {
        throw DamagedBackup(
          file: name,
          what: "expected commitments of its \(size) events; found \(outside ?? 0) others")
      }
      let (counts, keys) = try read()
      guard counts == header.counts, keys == header.keys else {
        throw DamagedBackup(
          file: name,
          what:
            "expected \(header.counts.subjects) subjects, \(header.counts.documents) documents and "
            + "\(header.counts.commitments) commitments as they were put there; found "
            + "\(counts.subjects), \(counts.documents) and \(counts.commitments), or others")
      }
    }
  }

  /// Reads all rows, each of which must be what its key says, and gives a hash over the keys.
  private func read() throws -> (Counts, Hash256) {
    var counts = Counts()
    var keys = Hash()
    try forEach("SELECT token, kind, value, random FROM subject ORDER BY token") { row in
      let (kind, value, random) = (row.text(1), row.text(2), row.bytes(3))
      guard kind.utf8.count <= Subject.longest.kind, value.utf8.count <= Subject.longest.value,
        case let token = Subject.token(kind: kind, value: value, random: random),
        token == Hash256(row.lentBytes(0))
      else {
        throw DamagedBackup(
          file: name,
          what:
            "expected the token \(Base64.urlText(row.bytes(0))) to be made from its value; it is not"
        )
      }
      counts.subjects += 1
      keys.add(token)
    }
    try forEach("SELECT name, random, bytes FROM document ORDER BY name") { row in
      let document = Document.name(bytes: row.bytes(2), random: row.bytes(1))
      guard document == Hash256(row.lentBytes(0)) else {
        throw DamagedBackup(
          file: name,
          what:
            "expected the document \(Base64.urlText(row.bytes(0))) to be named after its bytes; it "
            + "is not")
      }
      counts.documents += 1
      keys.add(document)
    }
    try forEach("SELECT position, random, digest FROM content ORDER BY position") { row in
      counts.commitments += 1
      keys.add(row.int(0), width: 8)
      keys.add(row.lentBytes(1))
      keys.add(row.lentBytes(2))
    }
    try forEach("SELECT name, value FROM counter ORDER BY name") { row in
      keys.add(row.text(0))
      keys.add(row.int(1), width: 8)
    }
    return (counts, keys.digest())
  }

  private func forEach(_ sql: String, _ body: (Statement) throws -> Void) throws {
    let statement = try Statement(preparing: sql, on: handle)
    defer { statement.finalize() }
    while try statement.step() { try body(statement) }
  }

  /// What SQLite can't read is damage of this file.
  private func damaged<R>(_ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let failure as SQLiteFailure {
      throw DamagedBackup(file: name, what: "SQLite says: \(failure.what)")
    }
  }
}

extension EventLog {
  /// Copies everything that can be erased into a fresh file, as it is at the moment of the thread, whose
  /// signed note the file will name.
  package func copyValues(
    to path: String, checkpoint: String, progress: (Int, Int) -> Void
  ) throws -> ValuesFile.Counts {
    try atOneMoment {
      guard let database = snapshot?.database else {
        preconditionFailure("a body that runs at one moment has it")
      }
      let file = try ValuesFile(making: path)
      defer { file.close() }
      let total = try ValuesFile.tables.reduce(0) { sum, table in
        let statement = try database.statement("SELECT count(*) FROM \(table)")
        defer { statement.reset() }
        return try sum + (statement.step() ? statement.int(0) : 0)
      }
      var done = 0
      for (table, columns) in [
        ("subject", "token, kind, value, random"), ("document", "name, random, bytes"),
        ("content", "position, random, digest"), ("counter", "name, value"),
      ] {
        let read = try database.statement("SELECT \(columns) FROM \(table)")
        defer { read.reset() }
        let marks = columns.split(separator: ",").map { _ in "?" }.joined(separator: ", ")
        let write = try Statement(
          preparing: "INSERT INTO \(table) (\(columns)) VALUES (\(marks))", on: file.handle)
        defer { write.finalize() }
        while try read.step() {
          for column in 0..<sqlite3_column_count(read.handle) {
            sqlite3_bind_value(write.handle, column + 1, sqlite3_column_value(read.handle, column))
          }
          try write.run()
          done += 1
          if done % 1024 == 0 { progress(done, total) }
        }
      }
      try file.finish(checkpoint: checkpoint)
      return try file.header().counts
    }
  }
}
