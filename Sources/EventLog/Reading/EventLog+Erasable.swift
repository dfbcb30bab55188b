internal import GRDB

extension EventLog {
  /// The token that stands for a value, or `nil` when none was given out or it was erased.
  public func token(kind: String, value: String) throws(LogError) -> String? {
    try read { database in
      let statement = try database.statement(
        "SELECT token FROM subject WHERE kind = ? AND value = ?")
      defer { statement.reset() }
      statement.bind(1, kind)
      statement.bind(2, value)
      return try statement.step() ? Base64.urlText(statement.bytes(0)) : nil
    }
  }

  /// What a token stands for, or `nil` when that was erased or never was.
  public func subject(_ token: String) throws(LogError) -> Subject? {
    guard let digest = Base64.bytes(urlText: token) else { return nil }
    return try read { database in
      let statement = try database.statement(
        "SELECT kind, value, random FROM subject WHERE token = ?")
      defer { statement.reset() }
      statement.bind(1, digest)
      guard try statement.step() else { return nil }
      return Subject(
        kind: statement.text(0), value: statement.text(1), random: statement.bytes(2),
        isStored: true)
    }
  }

  /// The subject of a value: the live one, or a candidate with fresh random bytes that an append is
  /// to store.
  ///
  /// - Precondition: `kind` has at most 255 bytes and `value` at most 65,535.
  public func makeSubject(kind: String, value: String) throws(LogError) -> Subject {
    let random: [UInt8]? = try read { database in
      let statement = try database.statement(
        "SELECT random FROM subject WHERE kind = ? AND value = ?")
      defer { statement.reset() }
      statement.bind(1, kind)
      statement.bind(2, value)
      return try statement.step() ? statement.bytes(0) : nil
    }
    return Subject(
      kind: kind, value: value, random: random ?? configuration.random(32),
      isStored: random != nil)
  }

  /// The 32 bytes that a token writes, or `nil` when it is none.
  public static func bytes(ofToken token: String) -> [UInt8]? { Base64.bytes(urlText: token) }

  /// A document with a fresh name, which an append is to store.
  public func makeDocument(_ bytes: [UInt8]) -> Document {
    Document(bytes: bytes, random: configuration.random(32))
  }

  /// The bytes of a document, or `nil` when they were erased or never were.
  public func document(named name: String) throws(LogError) -> [UInt8]? {
    guard let digest = Base64.bytes(urlText: name) else { return nil }
    return try read { database in
      let statement = try database.statement("SELECT bytes FROM document WHERE name = ?")
      defer { statement.reset() }
      statement.bind(1, digest)
      return try statement.step() ? statement.bytes(0) : nil
    }
  }

  /// The last number that was taken from a counter; 0 when none was.
  public func counter(_ name: String) throws(LogError) -> Int {
    try read { database in
      let statement = try database.statement("SELECT value FROM counter WHERE name = ?")
      defer { statement.reset() }
      statement.bind(1, name)
      return try statement.step() ? statement.int(0) : 0
    }
  }
}
