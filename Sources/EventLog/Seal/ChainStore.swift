internal import GRDBSQLite

/// The file that a seal is advanced in is damaged, or says something else than the log: it is derived, so it
/// is made anew.
public struct SealFileDamaged: Error, Sendable {
  /// Says so, for whoever makes it anew.
  public init() {}
}

/// The chains of all timelines up to a position, and the upper part of the trie over them, in a file of
/// its own: derived from the log, and advanced only when sealing.
///
/// `@unchecked Sendable` because only whoever holds the seal's lock touches it.
final class ChainStore: @unchecked Sendable {
  private let connection: PlainConnection
  private var handle: OpaquePointer { connection.handle }
  private let read, write, upTo, known, mark, dirty, entries, keep, counted: Statement
  /// How many bits of a key tell its bucket.
  private static let bits = 16
  private static let version = 2
  /// The upper part of the trie as it was counted last.
  private var counts: [[TimelineTrie.Node]]?

  /// Opens a store, and makes it where there is none; one of another form is made anew.
  init(path: String, isLasting: Bool) throws(SQLiteFailure) {
    connection = try PlainConnection(path: path, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    let handle = connection.handle
    try handle.execute(
      isLasting
        ? "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536"
        : "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536")
    if try handle.number("PRAGMA user_version") != Self.version {
      try handle.execute(
        """
        BEGIN IMMEDIATE;
        DROP TABLE IF EXISTS chain; DROP TABLE IF EXISTS bucket; DROP TABLE IF EXISTS state;
        CREATE TABLE chain (
          key BLOB NOT NULL PRIMARY KEY, count INTEGER NOT NULL, last INTEGER NOT NULL,
          head BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        -- Entries and hash of the keys that begin with some bits; no hash where it has to be counted anew.
        CREATE TABLE bucket (
          prefix INTEGER PRIMARY KEY, entries INTEGER NOT NULL, hash BLOB
        ) STRICT;
        -- The last event that is covered, by its position and leaf hash.
        CREATE TABLE state (only INTEGER PRIMARY KEY, up_to INTEGER NOT NULL, leaf BLOB NOT NULL) STRICT;
        INSERT INTO state VALUES (1, 0, zeroblob(32));
        PRAGMA user_version = \(Self.version);
        COMMIT;
        """)
    }
    read = try connection.prepare("SELECT count, last, head FROM chain WHERE key = ?")
    write = try connection.prepare(
      "INSERT OR REPLACE INTO chain (key, count, last, head) VALUES (?, ?, ?, ?)")
    upTo = try connection.prepare("UPDATE state SET up_to = ?, leaf = ?")
    known = try connection.prepare("SELECT entries, hash FROM bucket WHERE prefix = ?")
    mark = try connection.prepare(
      "INSERT INTO bucket (prefix, entries) VALUES (?, 0) "
        + "ON CONFLICT (prefix) DO UPDATE SET hash = NULL")
    dirty = try connection.prepare("SELECT prefix FROM bucket WHERE hash IS NULL ORDER BY prefix")
    entries = try connection.prepare(
      "SELECT key, count, last, head FROM chain WHERE key >= ? AND key < ? ORDER BY key")
    keep = try connection.prepare("UPDATE bucket SET entries = ?, hash = ? WHERE prefix = ?")
    counted = try connection.prepare("SELECT prefix, entries, hash FROM bucket ORDER BY prefix")
  }

  /// The last event that the chains cover: its position and leaf hash.
  var last: (position: Int, leaf: Hash256) {
    get throws {
      let state = try Statement(preparing: "SELECT up_to, leaf FROM state", on: handle)
      defer { state.finalize() }
      guard try state.step() else { throw SealFileDamaged() }
      return (state.int(0), try hash(state.lentBytes(1)))
    }
  }

  /// Adds events to their timelines, in the order of positions, in one transaction.
  ///
  /// A bucket that is touched is counted first, so that what was changed by hand is not built upon.
  func add(
    _ events: [Hash256: [(position: Int, leaf: Hash256)]], upTo last: (position: Int, leaf: Hash256)
  ) throws {
    try inTransaction {
      let keys = events.keys.sorted()
      var bucket = -1
      for key in keys {
        if key.bucket != bucket {
          bucket = key.bucket
          try markDirty(bucket)
        }
        var chain = try chain(of: key) ?? TimelineChain()
        for event in events[key] ?? [] { chain.add(event.position, event.leaf) }
        write.bind(1, key)
        write.bind(2, chain.count)
        write.bind(3, chain.last)
        write.bind(4, chain.head)
        try write.run()
      }
      upTo.bind(1, last.position)
      upTo.bind(2, last.leaf)
      try upTo.run()
    }
  }

  private func markDirty(_ bucket: Int) throws {
    known.bind(1, bucket)
    let isKnown = try known.step()
    let kept = isKnown && !known.isNull(1) ? try hash(known.lentBytes(1)) : nil
    let entries = isKnown ? known.int(0) : 0
    known.reset()
    if kept != nil || !isKnown {
      let node = TimelineTrie.node(of: try self.bucket(bucket)[...], depth: Self.bits)
      guard node.entries == entries, node.hash == kept ?? .zero else { throw SealFileDamaged() }
    }
    mark.bind(1, bucket)
    try mark.run()
  }

  /// The chain of a timeline; nil when it has no event.
  func chain(of key: Hash256) throws -> TimelineChain? {
    read.bind(1, key)
    defer { read.reset() }
    guard try read.step() else { return nil }
    return try TimelineChain(
      count: read.int(0), last: read.int(1), head: hash(read.lentBytes(2)))
  }

  /// Counts anew what changed, and gives how many timelines there are and the root over them.
  func seal() throws -> (tags: Int, root: Hash256) {
    var levels = try levels()
    try inTransaction {
      var prefixes: [Int] = []
      while try dirty.step() { prefixes.append(dirty.int(0)) }
      dirty.reset()
      for prefix in prefixes {
        let node = TimelineTrie.node(of: try bucket(prefix)[...], depth: Self.bits)
        keep.bind(1, node.entries)
        keep.bind(2, node.hash)
        keep.bind(3, prefix)
        try keep.run()
        guard levels[Self.bits].indices.contains(prefix) else { throw SealFileDamaged() }
        levels[Self.bits][prefix] = node
      }
      // Only the ways from what changed to the root are counted anew.
      var above = Set(prefixes.map { $0 >> 1 })
      for depth in stride(from: Self.bits - 1, through: 0, by: -1) {
        for index in above {
          levels[depth][index] = .joining(
            levels[depth + 1][2 * index], levels[depth + 1][2 * index + 1])
        }
        above = Set(above.map { $0 >> 1 })
      }
    }
    counts = levels
    let root = levels[0][0]
    return (root.entries, root.hash)
  }

  /// The siblings of a timeline from its leaf to the root, deepest first; nil when it has no event.
  ///
  /// Only after ``seal()``.
  func siblings(of key: Hash256) throws -> [Hash256]? {
    let levels = try levels()
    var path: [Hash256] = []
    for depth in 1...Self.bits {
      let index = key.bucket >> (Self.bits - depth)
      // Where a subtree holds this one timeline only, it is its leaf, and the way ends.
      guard levels[depth - 1][index >> 1].entries > 1 else {
        return try chain(of: key) == nil ? nil : path.reversed()
      }
      path.append(levels[depth][index ^ 1].hash)
    }
    return try TimelineTrie.siblings(
      of: key, in: bucket(key.bucket)[...], depth: Self.bits
    ).map { (path + $0).reversed() }
  }

  /// The upper part of the trie, from the root down to the buckets.
  private func levels() throws -> [[TimelineTrie.Node]] {
    if let counts { return counts }
    var row = [TimelineTrie.Node](repeating: .empty, count: 1 << Self.bits)
    defer { counted.reset() }
    while try counted.step() {
      guard row.indices.contains(counted.int(0)) else { throw SealFileDamaged() }
      // What has no hash is counted anew before it is asked for.
      guard !counted.isNull(2) else { continue }
      row[counted.int(0)] = TimelineTrie.Node(
        hash: try hash(counted.lentBytes(2)), entries: counted.int(1))
    }
    var levels = [row]
    while row.count > 1 {
      row = stride(from: 0, to: row.count, by: 2).map {
        TimelineTrie.Node.joining(row[$0], row[$0 + 1])
      }
      levels.append(row)
    }
    levels.reverse()
    counts = levels
    return levels
  }

  private func bucket(_ prefix: Int) throws -> [TimelineTrie.Entry] {
    entries.bind(1, [UInt8(prefix >> 8), UInt8(prefix & 255)])
    let next = prefix + 1
    entries.bind(
      2,
      next < 1 << Self.bits
        ? [UInt8(next >> 8), UInt8(next & 255)] : [UInt8](repeating: 255, count: 33))
    defer { entries.reset() }
    var found: [TimelineTrie.Entry] = []
    while try entries.step() {
      let key = try hash(entries.lentBytes(0))
      let chain = TimelineChain(
        count: entries.int(1), last: entries.int(2), head: try hash(entries.lentBytes(3)))
      found.append((key, chain.leaf(key)))
    }
    return found
  }

  private func hash(_ bytes: UnsafeRawBufferPointer) throws -> Hash256 {
    guard let hash = Hash256(bytes) else { throw SealFileDamaged() }
    return hash
  }

  private func inTransaction(_ body: () throws -> Void) throws {
    try handle.execute("BEGIN IMMEDIATE")
    do {
      try body()
      try handle.execute("COMMIT")
    } catch {
      counts = nil
      try? handle.execute("ROLLBACK")
      throw error
    }
  }
}

extension Hash256 {
  /// The bucket of a key.
  fileprivate var bucket: Int { Int(prefix >> 48) }
}

extension Hash256: Comparable {
  /// The order of the bytes.
  public static func < (left: Hash256, right: Hash256) -> Bool {
    left.prefix != right.prefix
      ? left.prefix < right.prefix : left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}
