/// The tiles that are not full yet, lowest level first; the writer's right edge of the tree.
struct OpenTiles {
  /// The hashes in the open tile of each level; `nil` until somebody needs them.
  private var levels: [[Hash256]?]
  private(set) var size: Int

  /// A tile that has just become full.
  struct Finished {
    let level: Int
    let index: Int
    let hashes: [Hash256]
  }

  /// Takes the leaves in the open tile of a tree of some size.
  init(size: Int, leaves: [Hash256]) {
    precondition(leaves.count == size % TreeMath.tileWidth, "the leaves of the open tile")
    self.size = size
    levels = [leaves]
  }

  private static func empty() -> [Hash256] {
    var hashes: [Hash256] = []
    hashes.reserveCapacity(TreeMath.tileWidth)
    return hashes
  }

  /// Adds the next leaves and gives the tiles that they complete.
  ///
  /// `load` reads hashes of a level above the leaves; it is asked once a level.
  mutating func add(
    _ leaves: some Collection<Hash256>,
    load: (_ level: Int, _ range: Range<Int>) throws -> [Hash256]
  ) rethrows -> [Finished] {
    var finished: [Finished] = []
    var rest = leaves[...]
    while !rest.isEmpty {
      let some = rest.prefix(TreeMath.tileWidth - size % TreeMath.tileWidth)
      levels[0]?.append(contentsOf: some)
      size += some.count
      rest = rest.dropFirst(some.count)
      if size % TreeMath.tileWidth == 0 { finished += try close(load) }
    }
    return finished
  }

  /// Takes the full tiles out, and puts the root of each into the tile above it.
  private mutating func close(
    _ load: (_ level: Int, _ range: Range<Int>) throws -> [Hash256]
  ) rethrows -> [Finished] {
    var finished: [Finished] = []
    var level = 0
    while let hashes = levels[level], hashes.count == TreeMath.tileWidth {
      let index = (size >> (8 * (level + 1))) - 1
      finished.append(Finished(level: level, index: index, hashes: hashes))
      levels[level] = Self.empty()
      level += 1
      if level == levels.count { levels.append(nil) }
      let open = index % TreeMath.tileWidth
      var above = try levels[level] ?? load(level, index - open..<index)
      above.append(TreeMath.perfectRoot(hashes))
      levels[level] = above
    }
    return finished
  }
}
