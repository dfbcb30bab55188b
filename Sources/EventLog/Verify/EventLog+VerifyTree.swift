extension EventLog {
  /// Recomputes the tree from its lowest tiles, without reading a record.
  ///
  /// It finds tiles that are missing or don't agree with those below. Whether the records still are
  /// what was hashed it does not look at: for that, ``verifyContent(progress:)``.
  ///
  /// - Parameter progress: Called with the number of events whose hashes have been read, now and then.
  /// - Returns: What was found; empty when all is well.
  /// - Throws: ``LogError`` when the ledger can't be read at all.
  public func verifyTree(
    progress: (Int) -> Void = { _ in }
  ) throws(LogError) -> [VerificationProblem] {
    let size = try lastPosition()
    var pass = VerificationPass(size: size)
    for index in 0..<size / TreeMath.tileWidth {
      if let bytes = try tile(level: 0, index: index), bytes.count == TreeMath.tileWidth * 32 {
        pass.tileRoots.append(
          TreeMath.perfectRoot(bytes.withUnsafeBytes { TreeMath.hashes($0) }))
      } else {
        let first = index * TreeMath.tileWidth + 1
        pass.problems.add(
          first,
          "expected tile \(index) of level 0, the hashes of events \(first) to "
            + "\(first + TreeMath.tileWidth - 1); found none")
        pass.tileRoots.append(.zero)
        // A newest position that nothing else carries: what is missing needs no longer list.
        if pass.problems.dropped > 0 { return pass.problems.all }
      }
      if index % 64 == 0 { progress(index * TreeMath.tileWidth) }
    }
    try pass.checkTiles(of: self)
    return pass.problems.all
  }
}
