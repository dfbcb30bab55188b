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

  /// A full tile as it is stored, or `nil` when it isn't full.
  public func tile(level: Int, index: Int) throws(LogError) -> [UInt8]? {
    try read { database in try database.tile(level: level, index: index) }
  }

  /// The tree as a snapshot shows it.
  func tree(_ database: Database) -> TreeStore {
    TreeStore(
      tile: { level, index in
        try database.withTile(level: level, index: index) { bytes in
          guard bytes.count == TreeMath.tileWidth * 32 else {
            throw LogError.damaged(
              position: nil, what: "tile \(index) of level \(level) does not hold 256 hashes")
          }
          return TreeMath.hashes(bytes)
        }
      },
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
        guard leaves.count == range.count else {
          throw LogError.damaged(
            position: nil,
            what: "of the hashes of events \(range.lowerBound + 1) to \(range.upperBound) "
              + "\(leaves.count) of \(range.count) are there")
        }
        return leaves
      },
      rememberedRoots: tileRoots)
  }
}

extension Database {
  func size() throws -> Int {
    let statement = try statement("SELECT max(position) FROM event")
    defer { statement.reset() }
    return try statement.step() ? statement.int(0) : 0
  }

  func tile(level: Int, index: Int) throws -> [UInt8]? {
    try withTile(level: level, index: index) { Array($0) }
  }

  /// Lends the bytes of a stored tile; `nil` when it isn't there.
  func withTile<R>(
    level: Int, index: Int, _ body: (UnsafeRawBufferPointer) throws -> R
  ) throws -> R? {
    let statement = try statement("SELECT hashes FROM tile WHERE level = ? AND idx = ?")
    defer { statement.reset() }
    statement.bind(1, level)
    statement.bind(2, index)
    return try statement.step() ? body(statement.lentBytes(0)) : nil
  }
}
