/// The roots of finished tiles that no stored tile holds yet: at most 255 for each level.
final class TileRoots: Sendable {
  private let known = Guarded<[Int: (tile: Int, roots: [Hash256?])]>([:])

  /// The root of tile `index` of `level`, remembered or made.
  func root(level: Int, index: Int, make: () throws -> Hash256) rethrows -> Hash256 {
    let tile = index / TreeMath.tileWidth
    let place = index % TreeMath.tileWidth
    let found = known.withLock { known in
      known[level].flatMap { $0.tile == tile ? $0.roots[place] : nil }
    }
    if let found { return found }
    let root = try make()
    known.withLock { known in
      if known[level]?.tile ?? -1 < tile {
        known[level] = (tile, Array(repeating: nil, count: TreeMath.tileWidth))
      }
      if known[level]?.tile == tile { known[level]?.roots[place] = root }
    }
    return root
  }
}
