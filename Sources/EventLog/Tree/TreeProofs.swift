/// Roots of perfect subtrees that proofs have asked for; they never change.
///
/// Of those within a stored tile none is kept: a proof reads that tile, and all it needs of it, at once.
final class SubtreeRoots: Sendable {
  private static let most = 100_000
  private let known = Guarded<[Int: Hash256]>([:])

  func root(_ low: Int, _ height: Int, make: () throws -> Hash256) rethrows -> Hash256 {
    let key = low << 6 | height
    if let root = known.withLock({ $0[key] }) { return root }
    let root = try make()
    known.withLock { known in
      if known.count >= Self.most { known.removeAll(keepingCapacity: true) }
      known[key] = root
    }
    return root
  }
}

/// RFC 6962 proofs (sections 2.1.1 and 2.1.2), put together from the hashes of tiles.
struct TreeProofs {
  let store: TreeStore
  let subtrees: SubtreeRoots
  /// The lowest tile that was read last.
  private var tile: (index: Int, hashes: [Hash256])?

  init(store: TreeStore, subtrees: SubtreeRoots) {
    self.store = store
    self.subtrees = subtrees
  }

  /// From the sibling of a leaf up to the child of the root of the first `size` leaves.
  mutating func inclusion(of leaf: Int, in size: Int) throws -> [Hash256] {
    var (low, high) = (0, size)
    var path: [Hash256] = []
    while high - low > 1 {
      let split = low + Self.split(high - low)
      if leaf < split {
        path.append(try root(split..<high))
        high = split
      } else {
        path.append(try root(low..<split))
        low = split
      }
    }
    return path.reversed()
  }

  /// That the first `old` leaves begin the first `size`; empty when they are all, or none.
  mutating func consistency(from old: Int, to size: Int) throws -> [Hash256] {
    guard old > 0 else { return [] }
    var (low, high) = (0, size)
    var rest = old
    /// Whether the old tree is a whole subtree of the new one, whose root is known then.
    var isWhole = true
    var path: [Hash256] = []
    while rest != high - low {
      let split = Self.split(high - low)
      if rest <= split {
        path.append(try root(low + split..<high))
        high = low + split
      } else {
        path.append(try root(low..<low + split))
        low += split
        rest -= split
        isWhole = false
      }
    }
    if !isWhole { path.append(try root(low..<high)) }
    return path.reversed()
  }

  /// The largest power of two below a number of leaves.
  private static func split(_ count: Int) -> Int {
    1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
  }

  /// The root of leaves that begin where a subtree of their number may.
  private mutating func root(_ range: Range<Int>) throws -> Hash256 {
    var subtrees: [Hash256] = []
    var low = range.lowerBound
    while low < range.upperBound {
      let height = Int.bitWidth - 1 - (range.upperBound - low).leadingZeroBitCount
      subtrees.append(try perfectRoot(low, height))
      low += 1 << height
    }
    return TreeMath.root(of: subtrees)
  }

  /// The root of a perfect subtree: of one hash, or of a power of two that lies in one tile.
  private mutating func perfectRoot(_ low: Int, _ height: Int) throws -> Hash256 {
    let level = height / 8
    let first = low >> (8 * level)
    let range = first..<first + 1 << (height % 8)
    if level == 0, let tile = try lowestTile(low / TreeMath.tileWidth) {
      let start = low % TreeMath.tileWidth
      return TreeMath.perfectRoot(tile[start..<start + range.count])
    }
    return try subtrees.root(low, height) {
      TreeMath.perfectRoot(try store.hashes(level: level, range))
    }
  }

  private mutating func lowestTile(_ index: Int) throws -> [Hash256]? {
    if let tile, tile.index == index { return tile.hashes }
    guard let hashes = try store.tile(0, index) else { return nil }
    tile = (index, hashes)
    return hashes
  }
}
