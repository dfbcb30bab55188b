/// Reads hashes of the tree from stored tiles and leaves, through whatever connection lends them.
struct TreeStore {
  /// A full tile, or `nil` when it isn't stored.
  let tile: (_ level: Int, _ index: Int) throws -> [Hash256]?
  /// The leaf hashes of some consecutive indices, which begin at 0.
  let leaves: (Range<Int>) throws -> [Hash256]
  /// What was found out before about finished tiles.
  let rememberedRoots: TileRoots

  /// Some hashes of one tile of a level, full or not.
  func hashes(level: Int, _ range: Range<Int>) throws -> [Hash256] {
    guard !range.isEmpty else { return [] }
    if level == 0 { return try leaves(range) }
    let index = range.lowerBound / TreeMath.tileWidth
    if let tile = try tile(level, index) {
      let start = index * TreeMath.tileWidth
      return Array(tile[range.lowerBound - start..<range.upperBound - start])
    }
    return try range.map { below in
      try rememberedRoots.root(level: level, index: below) {
        try root(ofTile: below, level: level - 1)
      }
    }
  }

  private func root(ofTile below: Int, level: Int) throws -> Hash256 {
    guard let tile = try tile(level, below) else {
      throw LogError.damaged(position: nil, what: "tile \(below) of level \(level) is missing")
    }
    return TreeMath.perfectRoot(tile)
  }

  /// The hashes in the tiles that are not full when the tree has a size, lowest level first.
  func openLevels(size: Int) throws -> [[Hash256]] {
    var levels: [[Hash256]] = []
    var count = size
    repeat {
      let open = count % TreeMath.tileWidth
      levels.append(try hashes(level: levels.count, count - open..<count))
      count /= TreeMath.tileWidth
    } while count > 0
    return levels
  }
}
