extension EventLog {
  /// The RFC 6962 inclusion proof of the event at a position in the tree of the first `size` events:
  /// from the sibling of its leaf up to the child of the root.
  ///
  /// The leaf's index in the tree is the position less one.
  ///
  /// - Throws: ``LogError/invalidRequest(_:)`` when the tree does not hold it, or there are fewer events.
  public func inclusionProof(of position: Int, in size: Int) throws(LogError) -> [Hash256] {
    guard (1...max(1, size)).contains(position), size > 0 else {
      throw LogError.invalidRequest("a proof of event \(position) in a tree of \(size)")
    }
    return try proofs(size) { try $0.inclusion(of: position - 1, in: size) }
  }

  /// The RFC 6962 consistency proof between the trees of the first `old` and the first `size` events.
  ///
  /// - Throws: ``LogError/invalidRequest(_:)`` when the first is the larger one, or there are fewer
  ///   events.
  public func consistencyProof(from old: Int, to size: Int) throws(LogError) -> [Hash256] {
    guard (0...max(0, size)).contains(old) else {
      throw LogError.invalidRequest("a proof that a tree of \(old) begins one of \(size)")
    }
    return try proofs(size) { try $0.consistency(from: old, to: size) }
  }

  private func proofs(
    _ size: Int, _ body: (inout TreeProofs) throws -> [Hash256]
  ) throws(LogError) -> [Hash256] {
    try read { database in
      let count = try database.size()
      guard (0...count).contains(size) else {
        throw LogError.invalidRequest("a tree of \(size) where \(count) events are")
      }
      var proofs = TreeProofs(store: tree(database), subtrees: subtreeRoots)
      return try body(&proofs)
    }
  }
}
