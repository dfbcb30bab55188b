internal import CanonicalJSON

/// Reads the records of a backup up to a size, and recomputes the tree over them.
package struct BackupReader {
  package let layout: BackupLayout
  /// How many events the state holds that is read; the files may hold more.
  package let size: Int

  package init(_ layout: BackupLayout, size: Int) {
    self.layout = layout
    self.size = size
  }

  /// What was found out on the way through.
  package struct Found: Sendable {
    /// The root over all records.
    package var root = Hash256.zero
    /// The reference sets that records finish, each with the position of its event.
    package var sets: [Int: (position: Int, set: ReferenceSet)] = [:]
  }

  /// One record, lent.
  package struct Lent {
    package let position: Int
    package let bytes: UnsafeBufferPointer<UInt8>
    package let fields: RecordFields
    let leaf: Hash256
  }

  /// Hands on every record in order, and compares the tree over them with the tiles.
  ///
  /// Memory holds one bundle of 256 at a time.
  package func read(
    progress: (Int, Int) -> Void, _ body: (Lent) throws -> Void = { _ in }
  ) throws -> Found {
    var found = Found()
    var edge = Edge(reader: self)
    var memory = RecordMemory()
    for index in 0..<(size + 255) / 256 {
      let width = min(256, size - index * 256)
      let (name, bundle, isExact) = try file("tile/entries", index, width: width)
      var start = 0
      for offset in 0..<width {
        let position = index * 256 + offset + 1
        guard start + 2 <= bundle.count,
          case let length = Int(bundle[start]) << 8 | Int(bundle[start + 1]),
          start + 2 + length <= bundle.count
        else {
          throw DamagedBackup(
            file: name, what: "expected event \(position) in it; found the end of the file")
        }
        try bundle.withUnsafeBufferPointer { bundle in
          let bytes = UnsafeBufferPointer(rebasing: bundle[start + 2..<start + 2 + length])
          let fields: RecordFields
          do throws(Record.Malformed) {
            fields = try RecordFields(reading: bytes, remembering: &memory)
          } catch {
            throw DamagedBackup(
              file: name,
              what: "expected event \(position) in the published form; \(error): it was changed")
          }
          let leaf = TreeMath.leaf(UnsafeRawBufferPointer(bytes))
          try edge.add(leaf, from: name)
          if let set = fields.append?.references { found.sets[set.set] = (position, set) }
          try body(Lent(position: position, bytes: bytes, fields: fields, leaf: leaf))
        }
        start += 2 + length
      }
      guard !isExact || start == bundle.count else {
        throw DamagedBackup(
          file: name,
          what: "expected \(width) records; found \(bundle.count - start) bytes behind them")
      }
      progress(index * 256 + width, size)
    }
    try edge.end()
    found.root = edge.root
    return found
  }

  /// The root over the first so many events, from the tiles that ``read(progress:_:)`` has compared.
  package func root(at size: Int) throws -> Hash256 {
    precondition(size <= self.size, "\(size) of \(self.size) events")
    var levels: [[Hash256]] = []
    var count = size
    var whole = self.size
    while count > 0 {
      let index = count / 256
      let width = count % 256
      if width > 0 {
        let there = index < whole / 256 ? 256 : whole % 256
        let bytes = try file("tile/\(levels.count)", index, width: there).bytes
        levels.append(
          bytes.withUnsafeBytes {
            TreeMath.hashes(UnsafeRawBufferPointer(rebasing: $0[..<(width * 32)]))
          })
      } else {
        levels.append([])
      }
      count /= 256
      whole /= 256
    }
    return TreeMath.root(of: levels.reversed().flatMap { TreeMath.perfectRoots($0) })
  }

  /// The file of exactly this width, else the full one of 256; `isExact` says that nothing stands behind
  /// what was asked for.
  fileprivate func file(
    _ kind: String, _ index: Int, width: Int
  ) throws -> (name: String, bytes: [UInt8], isExact: Bool) {
    let whole = "log/\(kind)/\(TilePath.text(index))"
    // What was partial when a backup ended is full once a later one went on; that may have been of a
    // history that is lost since, so the exact one comes first.
    let names = width == 256 ? [(whole, true)] : [("\(whole).p/\(width)", true), (whole, false)]
    for (name, isExact) in names {
      do throws(FileFailure) {
        if let bytes = try WholeFile.read(layout.folder + "/" + name) {
          return (name, bytes, isExact)
        }
      } catch {
        throw DamagedBackup(file: name, what: "can't be read: \(error.reason)")
      }
    }
    throw DamagedBackup(
      file: width == 256 ? whole : "\(whole).p/\(width)",
      what:
        "expected events \(index * 256 + 1) to \(index * 256 + width) or their hashes; it is not "
        + "there")
  }
}

/// The right edge of the tree over the records of a backup, compared with its tiles.
private struct Edge {
  let reader: BackupReader
  /// The hashes in the tile of each level that is not full yet.
  private var levels: [[Hash256]] = [[]]
  private var indices = [0]
  private var lastBundle = ""

  init(reader: BackupReader) { self.reader = reader }

  var root: Hash256 {
    TreeMath.root(of: levels.reversed().flatMap { TreeMath.perfectRoots($0) })
  }

  mutating func add(_ leaf: Hash256, from bundle: String) throws {
    lastBundle = bundle
    levels[0].append(leaf)
    var level = 0
    while levels[level].count == TreeMath.tileWidth {
      try compare(level)
      let root = TreeMath.perfectRoot(levels[level])
      levels[level].removeAll(keepingCapacity: true)
      indices[level] += 1
      level += 1
      if level == levels.count {
        levels.append([])
        indices.append(0)
      }
      levels[level].append(root)
    }
  }

  /// Compares the tiles that are not full.
  func end() throws {
    for level in levels.indices where !levels[level].isEmpty { try compare(level) }
  }

  private func compare(_ level: Int) throws {
    let computed = TreeMath.bytes(levels[level])
    let (name, bytes, isExact) = try reader.file(
      "tile/\(level)", indices[level], width: levels[level].count)
    guard isExact ? bytes == computed : bytes.starts(with: computed) else {
      let place = zip(bytes, computed).prefix { $0 == $1 }.count / 32
      let first = (indices[level] * TreeMath.tileWidth + place) << (8 * level) + 1
      throw DamagedBackup(
        file: level == 0 ? "\(lastBundle) or \(name)" : name,
        what: level == 0
          ? "expected the hash of event \(first) to be the one in the tile; it is not: one of the two "
            + "was changed"
          : "expected the roots of the tiles below; found others from event \(first) on")
    }
  }
}
