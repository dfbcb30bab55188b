internal import GRDB

extension EventLog {
  /// The newest set that has rows and is not finished, with the number of its rows.
  public func newestUnfinishedSet() throws(LogError) -> (set: Int, rows: Int)? {
    try read { database in
      let statement = try database.statement(
        """
        SELECT set_id, max(row) FROM reference_row
        WHERE set_id = (SELECT max(set_id) FROM reference_row)
          AND set_id NOT IN (SELECT set_id FROM reference_set)
        """)
      defer { statement.reset() }
      guard try statement.step(), !statement.isNull(0) else { return nil }
      return (statement.int(0), statement.int(1))
    }
  }

  /// A number for a new set; it exists once it has a row.
  public func beginSet() throws(LogError) -> Int {
    try read { database in
      let statement = try database.statement(
        """
        SELECT max(ifnull((SELECT max(set_id) FROM reference_row), 0),
          ifnull((SELECT max(set_id) FROM reference_set), 0)) + 1
        """)
      defer { statement.reset() }
      return try statement.step() ? statement.int(0) : 1
    }
  }

  /// Adds rows to an unfinished set, with the subjects that they name, and returns after they are
  /// on the disk.
  ///
  /// In as few commits as others leave room for, as ``append(_:)`` with many requests: after an error
  /// the first of them may be there.
  ///
  /// - Throws: ``LogError/referenceRowsMoved(set:expected:found:)`` unless the set has exactly
  ///   `first` − 1 rows.
  public func appendRows(
    toSet set: Int, startingAt first: Int, _ rows: [(key: [UInt8], content: [UInt8])],
    subjects: [Subject] = []
  ) throws(LogError) {
    guard set >= 1, first >= 1 else { throw .invalidRequest("sets and rows begin at 1") }
    guard rows.allSatisfy({ (1...255).contains($0.key.count) }) else {
      throw .invalidRequest("a row's key has 1 to 255 bytes")
    }
    guard !rows.isEmpty else { return }
    // What rows name is there before them, or with them.
    let pieces =
      Self.pieces(of: subjects.count).map { (subjects: $0, rows: 0..<0) }
      + Self.pieces(of: rows.count).map { (subjects: 0..<0, rows: $0) }
    try commitTogether(
      pieces,
      { writer, piece in
        try writer.appendRows(
          toSet: set, startingAt: first + piece.rows.lowerBound, rows[piece.rows],
          subjects: subjects[piece.subjects])
      }, committed: { _ in })
  }

  /// So many rows or subjects take a few milliseconds.
  private static func pieces(of count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: 500).map { $0..<min($0 + 500, count) }
  }

  /// Counts and hashes the rows of a set, finished or not, as an append is to name it.
  public func referenceSet(_ set: Int) throws(LogError) -> ReferenceSet {
    var tree = TreeMath.Running()
    var last = 0
    repeat {
      let from = last
      last = try read { database in
        let statement = try database.statement(Self.rowsOfSet)
        defer { statement.reset() }
        statement.bind(1, set)
        statement.bind(2, from)
        var last = from
        while try statement.step() {
          last = statement.int(0)
          tree.add(
            ReferenceRow.leaf(key: statement.lentBytes(1), content: statement.lentBytes(2)))
        }
        return last
      }
      if last == from { break }
    } while true
    return ReferenceSet(set: set, rows: tree.count, root: tree.root)
  }

  /// Hands on the rows of a set in order, a thousand at a time; nothing is held between.
  public func forEachRow(ofSet set: Int, _ body: (ReferenceRow) throws -> Void) throws {
    var last = 0
    while true {
      let rows = try read { database in
        let statement = try database.statement(Self.rowsOfSet)
        defer { statement.reset() }
        statement.bind(1, set)
        statement.bind(2, last)
        var rows: [ReferenceRow] = []
        while try statement.step() {
          rows.append(
            ReferenceRow(
              set: set, row: statement.int(0), key: statement.bytes(1),
              content: statement.bytes(2)))
        }
        return rows
      }
      guard let newest = rows.last else { return }
      for row in rows { try body(row) }
      last = newest.row
    }
  }

  /// The rows with a key in all sets whose event stands at a position or before it, by set and row.
  public func rows(forKey key: [UInt8], upTo position: Int = .max) throws(LogError)
    -> [ReferenceRow]
  {
    try read { database in try database.rows(forKey: key, upTo: position) }
  }

  /// The finished sets with the positions of their events, oldest first.
  public func finishedSets(upTo position: Int = .max) throws(LogError) -> [(
    set: Int, position: Int
  )] {
    try read { database in
      let statement = try database.statement(
        "SELECT set_id, position FROM reference_set WHERE position <= ? ORDER BY position")
      defer { statement.reset() }
      statement.bind(1, position)
      var sets: [(set: Int, position: Int)] = []
      while try statement.step() { sets.append((statement.int(0), statement.int(1))) }
      return sets
    }
  }

  private static let rowsOfSet =
    "SELECT row, key, content FROM reference_row WHERE set_id = ? AND row > ? "
    + "ORDER BY row LIMIT 1000"
}

extension Database {
  func rows(forKey key: [UInt8], upTo position: Int) throws -> [ReferenceRow] {
    let statement = try statement(
      """
      SELECT r.set_id, r.row, r.content FROM reference_row r
      JOIN reference_set s ON s.set_id = r.set_id AND s.position <= ?2
      WHERE substr(r.key, 1, 8) = substr(?1, 1, 8) AND r.key = ?1
      ORDER BY r.set_id, r.row
      """)
    defer { statement.reset() }
    statement.bind(1, key)
    statement.bind(2, position)
    var rows: [ReferenceRow] = []
    while try statement.step() {
      rows.append(
        ReferenceRow(
          set: statement.int(0), row: statement.int(1), key: key, content: statement.bytes(2)))
    }
    return rows
  }
}
