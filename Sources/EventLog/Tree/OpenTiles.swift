/// The tiles that are not full yet, lowest level first; the writer's right edge of the tree.
struct OpenTiles {
  /// The hashes in the open tile of each level.
  private var levels: [[Hash256]]
  private(set) var size: Int

  /// A tile that has just become full.
  struct Finished {
    let level: Int
    let index: Int
    let hashes: [Hash256]
  }

  init(size: Int, levels: [[Hash256]]) {
    self.size = size
    self.levels = levels
  }

  /// Adds the next leaf and gives the tiles that it completes.
  mutating func add(_ leaf: Hash256) -> [Finished] {
    size += 1
    if levels.isEmpty { levels.append([]) }
    levels[0].append(leaf)
    guard levels[0].count == TreeMath.tileWidth else { return [] }
    var finished: [Finished] = []
    var level = 0
    while levels[level].count == TreeMath.tileWidth {
      let hashes = levels[level]
      let index = (size >> (8 * (level + 1))) - 1
      finished.append(Finished(level: level, index: index, hashes: hashes))
      levels[level].removeAll(keepingCapacity: true)
      level += 1
      if level == levels.count { levels.append([]) }
      levels[level].append(TreeMath.perfectRoot(hashes))
    }
    return finished
  }

  var root: Hash256 {
    TreeMath.root(of: levels.reversed().flatMap { TreeMath.perfectRoots($0) })
  }
}
