internal import CLedgerShim

/// The hashes of an RFC 6962 tree, and how its pieces are put together.
enum TreeMath {
  /// Hashes in a tile of C2SP `tlog-tiles`.
  static let tileWidth = 256

  /// The hash of a record as a leaf.
  static func leaf(_ record: UnsafeRawBufferPointer) -> Hash256 {
    var hash = Hash()
    hash.add(0)
    hash.add(record)
    return hash.digest()
  }

  /// Adds the hashes of records, which lie in the same bytes, as leaves.
  static func append(
    leavesOf records: [Range<Int>], in bytes: UnsafeRawBufferPointer, to leaves: inout [Hash256]
  ) {
    Hash.append(to: &leaves, of: records, in: bytes, prefix: 0)
  }

  /// The hash of two subtrees.
  static func node(_ left: Hash256, _ right: Hash256) -> Hash256 {
    withUnsafeTemporaryAllocation(byteCount: 65, alignment: 8) { buffer in
      buffer[0] = 1
      left.withUnsafeBytes { buffer[1..<33].copyBytes(from: $0) }
      right.withUnsafeBytes { buffer[33..<65].copyBytes(from: $0) }
      var hash = Hash()
      hash.add(UnsafeRawBufferPointer(buffer))
      return hash.digest()
    }
  }

  /// The root of a tree without leaves.
  static let emptyRoot = Hash().digest()

  /// The root of a perfect subtree: `hashes` are as many as a power of two.
  static func perfectRoot(_ hashes: some Collection<Hash256>) -> Hash256 {
    var row = Array(hashes)
    precondition(!row.isEmpty && row.count & (row.count - 1) == 0, "a perfect subtree")
    var count = row.count
    while count > 1 {
      count /= 2
      if Hash.isFast {
        row.withUnsafeMutableBytes { ledger_sha256_nodes($0.baseAddress, $0.baseAddress, count) }
      } else {
        for index in 0..<count { row[index] = node(row[2 * index], row[2 * index + 1]) }
      }
    }
    return row[0]
  }

  /// Splits hashes of equal height into perfect subtrees, the largest first, and gives their roots.
  static func perfectRoots(_ hashes: some RandomAccessCollection<Hash256>) -> [Hash256] {
    var roots: [Hash256] = []
    var rest = hashes[...]
    while !rest.isEmpty {
      let size = 1 << (Int.bitWidth - 1 - rest.count.leadingZeroBitCount)
      roots.append(perfectRoot(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    return roots
  }

  /// The root over perfect subtrees, from the largest to the smallest.
  static func root(of subtrees: [Hash256]) -> Hash256 {
    guard var root = subtrees.last else { return emptyRoot }
    for subtree in subtrees.dropLast().reversed() { root = node(subtree, root) }
    return root
  }

  /// The root over leaves that come one after another, in memory that grows only with the logarithm
  /// of their number.
  struct Running: Sendable {
    private(set) var count = 0
    private var pending: [Hash256?] = []

    mutating func add(_ leaf: Hash256) {
      var carry = leaf
      var level = 0
      while level < pending.count, let left = pending[level] {
        carry = node(left, carry)
        pending[level] = nil
        level += 1
      }
      if level == pending.count { pending.append(carry) } else { pending[level] = carry }
      count += 1
    }

    var root: Hash256 { TreeMath.root(of: pending.reversed().compactMap { $0 }) }
  }

  static func bytes(_ hashes: some Collection<Hash256>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(hashes.count * 32)
    for hash in hashes { hash.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    return bytes
  }

  static func hashes(_ bytes: UnsafeRawBufferPointer) -> [Hash256] {
    let count = bytes.count / 32
    return Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      buffer.initialize(repeating: .zero)
      UnsafeMutableRawBufferPointer(buffer).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: bytes[..<(count * 32)]))
      initialized = count
    }
  }
}
