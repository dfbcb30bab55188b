/// The chain of one timeline: what stands for all its events and their order.
struct TimelineChain: Hashable {
  /// How many events it has.
  var count = 0
  /// The position of the last one.
  var last = 0
  /// c₀ is 32 zero bytes.
  var head = Hash256.zero

  /// cₖ = SHA-256(0x02 ‖ cₖ₋₁ ‖ u64 position ‖ leaf hash).
  mutating func add(_ position: Int, _ leaf: Hash256) {
    var hash = Hash()
    hash.add(2)
    hash.add(head)
    hash.add(position, width: 8)
    hash.add(leaf)
    head = hash.digest()
    count += 1
    last = position
  }

  /// SHA-256(0x00 ‖ key ‖ u64 count ‖ u64 last position ‖ c): its leaf in the trie.
  func leaf(_ key: Hash256) -> Hash256 {
    var hash = Hash()
    hash.add(0)
    hash.add(key)
    hash.add(count, width: 8)
    hash.add(last, width: 8)
    hash.add(head)
    return hash.digest()
  }
}

/// The binary Merkle trie over the keys of all timelines: SHA-256 of each tag.
///
/// A subtree with one entry is its leaf, an empty one 32 zero bytes; so a timeline lies as deep as it
/// takes to tell its key from all others.
enum TimelineTrie {
  /// A subtree: its hash, and whether it has none, one or more entries.
  struct Node: Hashable {
    var hash = Hash256.zero
    var entries = 0

    static let empty = Node()

    /// The subtree of two; SHA-256(0x01 ‖ left ‖ right) once they have two entries.
    static func joining(_ left: Node, _ right: Node) -> Node {
      switch (left.entries, right.entries) {
      case (0, 0): .empty
      case (1, 0): left
      case (0, 1): right
      default:
        Node(
          hash: TreeMath.node(left.hash, right.hash), entries: left.entries + right.entries)
      }
    }
  }

  /// An entry: its key, and its leaf.
  typealias Entry = (key: Hash256, leaf: Hash256)

  /// The key of a timeline.
  static func key(of tag: String) -> Hash256 {
    var hash = Hash()
    hash.add(tag)
    return hash.digest()
  }

  /// The subtree of entries, sorted by key, whose keys agree in the first `depth` bits.
  static func node(of entries: ArraySlice<Entry>, depth: Int) -> Node {
    guard let first = entries.first else { return .empty }
    guard entries.count > 1 else { return Node(hash: first.leaf, entries: 1) }
    let (left, right) = halves(of: entries, depth: depth)
    return .joining(node(of: left, depth: depth + 1), node(of: right, depth: depth + 1))
  }

  /// The siblings of a key on its way down from `depth`, nil when it is not there.
  static func siblings(
    of key: Hash256, in entries: ArraySlice<Entry>, depth: Int
  ) -> [Hash256]? {
    guard let first = entries.first else { return nil }
    guard entries.count > 1 else { return first.key == key ? [] : nil }
    let (left, right) = halves(of: entries, depth: depth)
    let isRight = key.bit(depth)
    let rest = siblings(of: key, in: isRight ? right : left, depth: depth + 1)
    return rest.map { [node(of: isRight ? left : right, depth: depth + 1).hash] + $0 }
  }

  private static func halves(
    of entries: ArraySlice<Entry>, depth: Int
  ) -> (ArraySlice<Entry>, ArraySlice<Entry>) {
    var low = entries.startIndex
    var high = entries.endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if entries[middle].key.bit(depth) { high = middle } else { low = middle + 1 }
    }
    return (entries[..<low], entries[low...])
  }

  /// The root that a proof leads to: the siblings stand deepest first, as they are published.
  static func root(_ leaf: Hash256, key: Hash256, siblings: [Hash256]) -> Hash256 {
    var hash = leaf
    for (index, sibling) in siblings.enumerated() {
      let depth = siblings.count - 1 - index
      hash = key.bit(depth) ? TreeMath.node(sibling, hash) : TreeMath.node(hash, sibling)
    }
    return hash
  }
}

extension Hash256 {
  /// A bit, the most significant one of the first byte first.
  func bit(_ index: Int) -> Bool {
    withUnsafeBytes { $0[index >> 3] & (0x80 >> UInt8(index & 7)) != 0 }
  }
}
