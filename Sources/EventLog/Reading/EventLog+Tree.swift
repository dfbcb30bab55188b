internal import GRDB

extension EventLog {
  /// The RFC 6962 root of the first `size` events.
  ///
  /// - Throws: ``LogError/invalidRequest(_:)`` when there are fewer.
  public func root(at size: Int) throws(LogError) -> Hash256 {
    try read { database in
      let count = try database.size()
      guard (0...count).contains(size) else {
        throw LogError.invalidRequest("a tree of \(size) where \(count) events are")
      }
      let levels = try tree(database).openLevels(size: size)
      return TreeMath.root(of: levels.reversed().flatMap { TreeMath.perfectRoots($0) })
    }
  }

  /// Some hashes of a level of the tree, where level 0 are the leaves and each hash of a level
  /// covers 256 of the one below; `range` counts from 0 and lies within one tile.
  public func hashes(level: Int, _ range: Range<Int>) throws(LogError) -> [Hash256] {
    try read { database in
      let count = try database.size()
      guard level >= 0, level < 8, range.lowerBound >= 0, range.upperBound <= count >> (8 * level),
        range.isEmpty || range.lowerBound >> 8 == (range.upperBound - 1) >> 8
      else {
        throw LogError.invalidRequest("hashes \(range) of level \(level) of a tree of \(count)")
      }
      return try tree(database).hashes(level: level, range)
    }
  }

  /// The 256 hashes of a tile one after another, or `nil` when it isn't full.
  public func tile(level: Int, index: Int) throws(LogError) -> [UInt8]? {
    try read { database in
      let start = index * TreeMath.tileWidth
      let end = start + TreeMath.tileWidth
      let count = try database.size()
      guard level >= 0, level < 7, index >= 0, end <= count >> (8 * level) else { return nil }
      return TreeMath.bytes(try tree(database).hashes(level: level, start..<end))
    }
  }

  /// The tree as a snapshot shows it.
  func tree(_ database: Database) -> TreeStore {
    TreeStore(
      leaves: { range in
        let statement = try database.statement(
          "SELECT leaf FROM event WHERE position > ? AND position <= ? ORDER BY position")
        defer { statement.reset() }
        statement.bind(1, range.lowerBound)
        statement.bind(2, range.upperBound)
        var leaves: [Hash256] = []
        while try statement.step() {
          if let leaf = Hash256(statement.lentBytes(0)) { leaves.append(leaf) }
        }
        return leaves
      },
      roots: { level, range in try database.roots(level: level, range) })
  }
}

extension Database {
  fileprivate func size() throws -> Int {
    let statement = try statement("SELECT max(position) FROM event")
    defer { statement.reset() }
    return try statement.step() ? statement.int(0) : 0
  }

  /// The roots of some consecutive full subtrees, as they are stored.
  func roots(level: Int, _ range: Range<Int>) throws -> [Hash256] {
    let statement = try statement(Statement.rootsOfSubtrees)
    defer { statement.reset() }
    return try statement.roots(level: level, range)
  }
}

extension Statement {
  static let rootsOfSubtrees =
    "SELECT root FROM subtree WHERE level = ? AND idx >= ? AND idx < ? ORDER BY idx"

  /// Runs ``rootsOfSubtrees``.
  func roots(level: Int, _ range: Range<Int>) throws(SQLiteFailure) -> [Hash256] {
    bind(1, level)
    bind(2, range.lowerBound)
    bind(3, range.upperBound)
    var roots: [Hash256] = []
    while try step() {
      if let root = Hash256(lentBytes(0)) { roots.append(root) }
    }
    return roots
  }
}
