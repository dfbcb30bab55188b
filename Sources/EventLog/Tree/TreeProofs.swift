/// RFC 6962 proofs (sections 2.1.1 and 2.1.2), put together from the hashes of tiles.
struct TreeProofs {
  let store: TreeStore

  /// From the sibling of a leaf up to the child of the root of the first `size` leaves.
  func inclusion(of leaf: Int, in size: Int) throws -> [Hash256] {
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
  func consistency(from old: Int, to size: Int) throws -> [Hash256] {
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
  private func root(_ range: Range<Int>) throws -> Hash256 {
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
  private func perfectRoot(_ low: Int, _ height: Int) throws -> Hash256 {
    let level = height / 8
    let first = low >> (8 * level)
    return TreeMath.perfectRoot(
      try store.hashes(level: level, first..<first + 1 << (height % 8)))
  }
}
