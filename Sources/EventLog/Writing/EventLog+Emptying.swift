internal import Dispatch
internal import GRDB

extension EventLog {
  /// The name of the file in a ledger's folder that ``compact()`` writes anew.
  public static let databaseFile = "ledger.sqlite"

  /// Takes what was erased out of the write-ahead log, too: copies it into the database and cuts it to
  /// nothing.
  ///
  /// - Parameter milliseconds: How long to wait for readers that still read from it.
  /// - Returns: Whether it is empty; false where a reader, perhaps of another process, kept it.
  /// - Throws: ``LogError``.
  public func emptyWAL(waiting milliseconds: Int) throws(LogError) -> Bool {
    let end = DispatchTime.now() + .milliseconds(milliseconds)
    while true {
      if try exclusively({ writer throws(LogError) in try writer.emptyWAL() }) { return true }
      guard DispatchTime.now() < end else { return false }
      _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(50))
    }
  }

  /// Writes the whole database anew, which leaves no old bytes at the end of pages; needs as much room
  /// again, and nobody appends meanwhile.
  public func compact() throws(LogError) {
    try exclusively { writer throws(LogError) in try writer.compact() }
  }

  /// Hands on all documents, some at a time; nothing is held between.
  public func forEachDocument(_ body: (_ name: String, _ bytes: [UInt8]) throws -> Void) throws {
    var last: [UInt8] = []
    while true {
      let page = try read { database in
        let statement = try database.statement(
          "SELECT name, bytes FROM document WHERE name > ? ORDER BY name LIMIT 100")
        defer { statement.reset() }
        statement.bind(1, last)
        var page: [(name: [UInt8], bytes: [UInt8])] = []
        while try statement.step() { page.append((statement.bytes(0), statement.bytes(1))) }
        return page
      }
      guard let newest = page.last else { return }
      for document in page { try body(Base64.urlText(document.name), document.bytes) }
      last = newest.name
    }
  }

  /// Hands on the values of a kind with their tokens, some at a time; nothing is held between.
  public func forEachSubject(
    kind: String, _ body: (_ token: String, _ value: String) throws -> Void
  ) throws {
    var last: String?
    while true {
      let page = try read { database in
        let statement = try database.statement(
          "SELECT token, value FROM subject WHERE kind = ?1 AND (?2 IS NULL OR value > ?2) "
            + "ORDER BY value LIMIT 1000")
        defer { statement.reset() }
        statement.bind(1, kind)
        if let last { statement.bind(2, last) } else { statement.bindNull(2) }
        var page: [(token: [UInt8], value: String)] = []
        while try statement.step() { page.append((statement.bytes(0), statement.text(1))) }
        return page
      }
      guard let newest = page.last else { return }
      for subject in page { try body(Base64.urlText(subject.token), subject.value) }
      last = newest.value
    }
  }

  /// The first positions of appends after a position that still have a commitment to their content, in
  /// order.
  public func commitments(after position: Int, limit: Int) throws(LogError) -> [Int] {
    try read { database in
      let statement = try database.statement(
        "SELECT position FROM content WHERE position > ? ORDER BY position LIMIT ?")
      defer { statement.reset() }
      statement.bind(1, position)
      statement.bind(2, limit)
      var found: [Int] = []
      while try statement.step() { found.append(statement.int(0)) }
      return found
    }
  }

  /// The positions of the append that an event belongs to.
  public func append(of position: Int) throws -> ClosedRange<Int> {
    var first = position
    while let event = try event(at: first) {
      if let header = try event.read().append { return first...first + header.count - 1 }
      first -= 1
    }
    throw LogError.damaged(position: position, what: "no append begins before it; see verify")
  }
}
