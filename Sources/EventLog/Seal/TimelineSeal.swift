internal import GRDB
internal import GRDBSQLite

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// That a timeline has these events and no others, up to a position.
public struct CompletenessProof: Hashable, Sendable {
  /// The timeline.
  public let tag: String
  /// How many events it has.
  public let count: Int
  /// The position of the last one.
  public let last: Int
  /// From its leaf in the trie up to the root, deepest first; 32 bytes each.
  public let siblings: [Hash256]

  /// The root that events, each by its position and leaf hash, lead to.
  ///
  /// It is the sealed one exactly if they are all of the timeline, in their order, and none is another.
  public func root(of events: [(position: Int, leaf: Hash256)]) -> Hash256 {
    var chain = TimelineChain()
    for event in events { chain.add(event.position, event.leaf) }
    let key = TimelineTrie.key(of: tag)
    return TimelineTrie.root(chain.leaf(key), key: key, siblings: siblings)
  }
}

/// What all timelines of a log come to, up to a position: derived, beside the log, advanced when sealing.
public final class TimelineSeal {
  /// All timelines up to a position, as one root.
  public struct Root: Hashable, Sendable {
    /// The last position that it covers.
    public let upTo: Int
    /// How many timelines there are.
    public let tags: Int
    /// The root of the trie over them.
    public let root: Hash256
  }

  private let log: EventLog
  private let store: ChainStore
  /// Whether it was begun anew, so that everything in it was read from the log just now.
  public let isAnew: Bool
  /// Events that are added together.
  static let slice = 20_000

  init(_ log: EventLog, _ store: ChainStore, isAnew: Bool) throws {
    self.log = log
    self.store = store
    self.isAnew = isAnew
    let last = try store.last
    guard last.position > 0 else { return }
    // A record is like no other, so one that is the same has the same before it.
    guard try log.event(at: last.position)?.leaf == last.leaf else { throw SealFileDamaged() }
  }

  /// The last position that is covered.
  public var upTo: Int { get throws { try store.last.position } }

  /// Reads on to a position, which is not before ``upTo``, and gives the root there.
  ///
  /// Memory does not grow with the log; what is done stays done when it is interrupted. `progress` is
  /// told the position reached, now and then.
  public func advance(to position: Int, progress: (Int) -> Void = { _ in }) throws -> Root {
    var last = try store.last.position
    precondition(position >= last, "a seal goes on, never back")
    while last < position {
      let end = min(last + Self.slice, position)
      let (timelines, leaf) = try log.timelines(after: last, through: end)
      try store.add(timelines, upTo: (end, leaf))
      last = end
      progress(last)
    }
    let (tags, root) = try store.seal()
    return Root(upTo: position, tags: tags, root: root)
  }

  /// Proves that a timeline has no other events up to ``upTo``; nil when it has none at all.
  ///
  /// Only after ``advance(to:progress:)``.
  public func proof(of tag: String) throws -> CompletenessProof? {
    let key = TimelineTrie.key(of: tag)
    guard let chain = try store.chain(of: key), let siblings = try store.siblings(of: key) else {
      return nil
    }
    return CompletenessProof(tag: tag, count: chain.count, last: chain.last, siblings: siblings)
  }
}

extension EventLog {
  /// Works with the seal of this folder, alone among all processes.
  ///
  /// Where its file is damaged, or says something else than the log, it is made anew, and `body` is called
  /// again; so `body` may throw ``SealFileDamaged`` itself, once.
  ///
  /// - Throws: ``LogError``: `busy` while somebody else seals, `readOnlyFolder`; and what `body` throws.
  public func withSeal<R>(anew: Bool = false, _ body: (TimelineSeal) throws -> R) throws -> R {
    let lock: FolderLock
    do throws(FolderLock.Failure) {
      lock = try FolderLock(path: folder + "/seal.lock")
    } catch {
      throw LogError.readOnlyFolder(folder: folder)
    }
    do throws(FolderLock.Failure) {
      try lock.lock(timeout: configuration.lockTimeout)
    } catch {
      throw LogError.busy(seconds: configuration.lockTimeout / 1000)
    }
    defer { lock.unlock() }
    let path = folder + "/seal.sqlite"
    do {
      return try withStore(path, isLasting: true, isAnew: anew, body)
    } catch is SealFileDamaged {
      return try withStore(path, isLasting: true, isAnew: true, body)
    }
  }

  /// Works with a seal in a temporary file, which leaves the folder as it is.
  ///
  /// - Throws: ``LogError``, and what `body` throws.
  public func withPassingSeal<R>(_ body: (TimelineSeal) throws -> R) throws -> R {
    // An empty path is a temporary file of SQLite's own, gone when it is closed.
    try withStore("", isLasting: false, isAnew: true, body)
  }

  private func withStore<R>(
    _ path: String, isLasting: Bool, isAnew: Bool, _ body: (TimelineSeal) throws -> R
  ) throws -> R {
    if isAnew, !path.isEmpty {
      for suffix in ["", "-journal", "-wal", "-shm"] { unlink(path + suffix) }
    }
    do {
      let store = try ChainStore(path: path, isLasting: isLasting)
      return try body(try TimelineSeal(self, store, isAnew: isAnew))
    } catch let failure as SQLiteFailure {
      // What the disk says is said on; anything else is said of a file that can be made anew.
      switch failure.code & 0xFF {
      case SQLITE_FULL, SQLITE_IOERR, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_READONLY, SQLITE_NOMEM:
        throw failure.beforeCommit
      default:
        guard !isAnew else { throw failure.beforeCommit }
        throw SealFileDamaged()
      }
    }
  }

  /// The events of a stretch by the key of their timelines.
  fileprivate func timelines(
    after first: Int, through last: Int
  ) throws -> (timelines: [Hash256: [(position: Int, leaf: Hash256)]], last: Hash256) {
    try read { database in
      let statement = try database.statement(
        "SELECT position, leaf, record FROM event WHERE position > ? AND position <= ? "
          + "ORDER BY position")
      defer { statement.reset() }
      statement.bind(1, first)
      statement.bind(2, last)
      var timelines: [Hash256: [(position: Int, leaf: Hash256)]] = [:]
      var expected = first
      var newest = Hash256.zero
      while try statement.step() {
        expected += 1
        let position = statement.int(0)
        guard position == expected, let leaf = Hash256(statement.lentBytes(1)) else {
          throw LogError.damaged(
            position: expected, what: "the event or its hash is not there; see verify")
        }
        newest = leaf
        RecordScan.forEachTag(statement.lentBytes(2)) { tag in
          var hash = Hash()
          hash.add(tag)
          timelines[hash.digest(), default: []].append((position, leaf))
        }
      }
      guard expected == last else {
        throw LogError.damaged(position: expected + 1, what: "the event is not there; see verify")
      }
      return (timelines, newest)
    }
  }
}
