import Testing

@testable import EventLog

/// RFC 9162 section 2.1.3.2 and 2.1.4.2, the verifier's side: nothing is shared with the log.
private enum Verifier {
  static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    NaiveTree.hash([1] + left + right)
  }

  static func root(leaf: [UInt8], index: Int, size: Int, path: [[UInt8]]) -> [UInt8]? {
    var (node, last, hash) = (index, size - 1, leaf)
    for sibling in path {
      guard last > 0 else { return nil }
      if node & 1 == 1 || node == last {
        hash = self.node(sibling, hash)
        while node & 1 == 0, node > 0 { (node, last) = (node >> 1, last >> 1) }
      } else {
        hash = self.node(hash, sibling)
      }
      (node, last) = (node >> 1, last >> 1)
    }
    return last == 0 ? hash : nil
  }

  static func agrees(
    old: Int, _ oldRoot: [UInt8], new: Int, _ newRoot: [UInt8], path: [[UInt8]]
  ) -> Bool {
    if old == 0 || old == new { return path.isEmpty && (old == 0 || oldRoot == newRoot) }
    var path = path
    if old & (old - 1) == 0 { path.insert(oldRoot, at: 0) }
    guard let first = path.first else { return false }
    var (node, last) = (old - 1, new - 1)
    while node & 1 == 1 { (node, last) = (node >> 1, last >> 1) }
    var (older, newer) = (first, first)
    for hash in path.dropFirst() {
      guard last > 0 else { return false }
      if node & 1 == 1 || node == last {
        older = self.node(hash, older)
        newer = self.node(hash, newer)
        while node & 1 == 0, node > 0 { (node, last) = (node >> 1, last >> 1) }
      } else {
        newer = self.node(newer, hash)
      }
      (node, last) = (node >> 1, last >> 1)
    }
    return older == oldRoot && newer == newRoot && last == 0
  }
}

@Suite struct `Proofs` {
  /// A log of 700 events with the root of each size.
  private func made() throws -> (log: EventLog, leaves: [[UInt8]], folder: TemporaryFolder) {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    _ = try log.append(AppendRequest { _ in Array(repeating: .test(), count: 699) })
    var leaves: [[UInt8]] = []
    try log.forEachEvent { event in leaves.append(NaiveTree.hash([0] + event.record)) }
    return (log, leaves, folder)
  }

  private static let sizes = [1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 513, 699, 700]

  @Test func `of inclusion lead from every leaf to the root of every size`() throws {
    let (log, leaves, _) = try made()
    for size in Self.sizes {
      let root = try log.root(at: size).bytes
      for position in 1...size where size < 300 || position % 37 == 1 || position > size - 3 {
        let path = try log.inclusionProof(of: position, in: size).map(\.bytes)
        #expect(
          Verifier.root(leaf: leaves[position - 1], index: position - 1, size: size, path: path)
            == root, "\(position) of \(size)")
        var other = leaves[position - 1]
        other[0] ^= 1
        #expect(
          Verifier.root(leaf: other, index: position - 1, size: size, path: path) != root)
      }
    }
  }

  @Test func `of consistency join every two sizes, and no others`() throws {
    let (log, _, _) = try made()
    for old in [0] + Self.sizes {
      for new in Self.sizes where old <= new {
        let path = try log.consistencyProof(from: old, to: new).map(\.bytes)
        let (oldRoot, newRoot) = (try log.root(at: old).bytes, try log.root(at: new).bytes)
        #expect(
          Verifier.agrees(old: old, oldRoot, new: new, newRoot, path: path), "\(old) to \(new)")
        guard old > 0, old < new else { continue }
        var wrong = oldRoot
        wrong[31] ^= 1
        #expect(!Verifier.agrees(old: old, wrong, new: new, newRoot, path: path))
      }
    }
  }

  @Test func `of what is not there are refused`() throws {
    let (log, _, _) = try made()
    #expect(throws: LogError.self) { try log.inclusionProof(of: 0, in: 5) }
    #expect(throws: LogError.self) { try log.inclusionProof(of: 6, in: 5) }
    #expect(throws: LogError.self) { try log.inclusionProof(of: 1, in: 701) }
    #expect(throws: LogError.self) { try log.consistencyProof(from: 6, to: 5) }
    #expect(throws: LogError.self) { try log.consistencyProof(from: 5, to: 701) }
  }
}
