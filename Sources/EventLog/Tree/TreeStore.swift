/// Reads hashes of the tree, through whatever connection lends them.
struct TreeStore {
  /// The leaf hashes of some consecutive indices, which begin at 0.
  let leaves: (Range<Int>) throws -> [Hash256]
  /// The roots of some consecutive full subtrees of a level from 1.
  let roots: (_ level: Int, Range<Int>) throws -> [Hash256]

  /// Some consecutive hashes of a level.
  func hashes(level: Int, _ range: Range<Int>) throws -> [Hash256] {
    guard !range.isEmpty else { return [] }
    let hashes = level == 0 ? try leaves(range) : try roots(level, range)
    guard hashes.count == range.count else {
      throw LogError.damaged(
        position: nil,
        what: "of the hashes \(range) of level \(level) of the tree, only \(hashes.count) are there"
      )
    }
    return hashes
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
