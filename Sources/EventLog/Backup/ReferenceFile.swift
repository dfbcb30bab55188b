/// The rows of a finished reference set in a file: for each the length of its key in one byte, the key, the
/// length of its content in four bytes, big-endian, the content.
package enum ReferenceFile {
  /// The longest content that is read; far more than a row has.
  static let longestContent = 1 << 24

  /// Hands on the rows of a set, in order, and gives how many they are and their root.
  package static func read(
    _ set: Int, in layout: BackupLayout,
    _ body: (_ row: Int, _ key: UnsafeRawBufferPointer, _ content: UnsafeRawBufferPointer) throws
      -> Void = { _, _, _ in }
  ) throws -> ReferenceSet {
    let name = BackupLayout.reference(set)
    let file: FileReader
    do throws(FileFailure) {
      file = try FileReader(layout.folder + "/" + name)
    } catch {
      throw DamagedBackup(file: name, what: "expected the rows of set \(set); \(error.reason)")
    }
    var tree = TreeMath.Running()
    var rest: [UInt8] = []
    var start = 0
    var isAtEnd = false
    /// Makes sure that so many bytes are there, if the file has them.
    func has(_ count: Int) throws(FileFailure) -> Bool {
      while rest.count - start < count, !isAtEnd {
        rest.removeSubrange(..<start)
        start = 0
        if let piece = try file.next(FileReader.pieceBytes) {
          rest += piece
        } else {
          isAtEnd = true
        }
      }
      return rest.count - start >= count
    }
    func number(at offset: Int, width: Int) -> Int {
      rest[start + offset..<start + offset + width].reduce(0) { $0 << 8 | Int($1) }
    }
    while try has(1) {
      let keyCount = Int(rest[start])
      guard keyCount > 0, try has(1 + keyCount + 4),
        case let count = number(at: 1 + keyCount, width: 4), count <= longestContent,
        try has(1 + keyCount + 4 + count)
      else {
        throw DamagedBackup(
          file: name,
          what: "expected a key and content as row \(tree.count + 1); found something else, or the "
            + "end of the file")
      }
      try rest.withUnsafeBytes { bytes in
        let key = UnsafeRawBufferPointer(rebasing: bytes[start + 1..<start + 1 + keyCount])
        let from = start + 1 + keyCount + 4
        let content = UnsafeRawBufferPointer(rebasing: bytes[from..<from + count])
        tree.add(ReferenceRow.leaf(key: key, content: content))
        try body(tree.count, key, content)
      }
      start += 1 + keyCount + 4 + count
    }
    return ReferenceSet(set: set, rows: tree.count, root: tree.root)
  }

  /// Whether a set is what its event says.
  package static func check(_ found: ReferenceSet, named: ReferenceSet) throws {
    guard found.rows == named.rows else {
      throw DamagedBackup(
        file: BackupLayout.reference(named.set),
        what: "expected \(named.rows) rows, as its event says; found \(found.rows)")
    }
    guard found.root == named.root else {
      throw DamagedBackup(
        file: BackupLayout.reference(named.set),
        what:
          "expected rows with the root \(named.root), as its event says; found \(found.root): a row "
          + "was changed")
    }
  }
}

extension EventLog {
  /// Writes the rows of a finished set into a backup, where they aren't yet; false when they were.
  ///
  /// A file of that number may hold the set of a history that is lost since; it is compared.
  package func writeReferences(_ set: Int, to layout: BackupLayout) throws -> Bool {
    let path = layout.folder + "/" + BackupLayout.reference(set)
    if WholeFile.exists(path), let there = try? ReferenceFile.read(set, in: layout),
      try there == referenceSet(set)
    {
      return false
    }
    try WholeFile.makeFolder(layout.references)
    let file = try FileWriter(path)
    do {
      try forEachRow(ofSet: set) { row in
        try file.write(row.key.count, width: 1)
        try file.write(row.key)
        try file.write(row.content.count, width: 4)
        try file.write(row.content)
      }
      try file.finish()
    } catch {
      file.discard()
      throw error
    }
    return true
  }
}
