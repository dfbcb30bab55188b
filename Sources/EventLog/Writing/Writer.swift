internal import CanonicalJSON
internal import GRDB
internal import GRDBSQLite

/// The newest event.
public struct Head: Hashable, Sendable {
  /// Its position, which is also the number of events.
  public let position: Int
  /// When it was recorded, in milliseconds since 1970.
  public let recordedAt: Int64
}

/// The marks that are not in the index table, shared by the writer and all readers.
final class SharedTail: Sendable {
  let tail: Guarded<Tail>

  init(_ tail: Tail) {
    self.tail = Guarded(tail)
  }
}

/// Commits groups of appends.
///
/// `@unchecked Sendable` because only whoever leads the commit queue touches it.
final class Writer: @unchecked Sendable {
  let connection: WriterConnection
  let lock: FolderLock
  let configuration: LogConfiguration
  let shared: SharedTail

  /// What the writer knows of the ledger, as of `dataVersion`; put back when a group is abandoned.
  struct State {
    var head = Head(position: 0, recordedAt: .min)
    var tiles: OpenTiles?
    var indexedTo = 0
    /// The chunk that is being put into the index table: its last event, and how many of its
    /// sorted rows are in.
    var chunk = (last: 0, rows: 0)
    /// Rows that the index table should have been given since it last was.
    var indexDebt = 0
    var counters: [String: Int] = [:]
  }

  var state = State()
  /// What SQLite says when another connection has committed since; `nil` before the first look.
  var dataVersion: Int?
  /// The marks of the group being written.
  var pending = MarkChunk(from: 1)
  var encoder: RecordEncoder
  /// The records being written, where each ends, and their leaf hashes.
  var arena: [UInt8] = []
  var tagList = TagList()
  var ends: [Int] = []
  var leaves: [Hash256] = []
  /// The rows that are next for the index table, sorted on another thread.
  var sorted: SortedChunk?
  /// Whether the connection keeps as many pages as an import needs.
  var hasRoomForImport = false
  /// Set for good when the outcome of a commit is not known.
  private(set) var hasStopped = false
  /// The length of the write-ahead log at which the next checkpoint is tried.
  var nextCheckpoint: Int
  /// Checkpoints that a reader kept from finishing, one after another.
  var unfinishedCheckpoints = 0

  init(
    connection: WriterConnection, lock: FolderLock, configuration: LogConfiguration,
    shared: SharedTail
  ) {
    self.connection = connection
    self.lock = lock
    self.configuration = configuration
    self.shared = shared
    encoder = RecordEncoder(random: configuration.random)
    nextCheckpoint = configuration.checkpointPages
  }

  /// Runs something in one transaction under the lock, and commits it.
  ///
  /// What `body` throws is thrown on, and then nothing was committed.
  func transaction<R>(_ body: () throws -> R) throws(LogError) -> R {
    guard !hasStopped, connection.isOpen else { throw .stopped }
    do throws(FolderLock.Failure) {
      try lock.lock(timeout: configuration.lockTimeout)
    } catch {
      throw .busy(seconds: configuration.lockTimeout / 1000)
    }
    defer { lock.unlock() }
    return try connection.queue.inDatabase { _ in attempt(body) }.get()
  }

  private func attempt<R>(_ body: () throws -> R) -> Result<R, LogError> {
    do {
      try connection.begin.run()
      try refresh()
      let known = state
      pending.removeAll(from: state.head.position + 1)
      do {
        let result = try body()
        if state.head.position > known.head.position { try writeIndexSlice() }
        try commit()
        return .success(result)
      } catch {
        state = known
        throw error
      }
    } catch {
      dataVersion = nil
      if !connection.abandon() { hasStopped = true }
      return .failure(Self.named(error))
    }
  }

  static func named(_ error: any Error) -> LogError {
    switch error {
    case let error as LogError: error
    case let failure as SQLiteFailure: failure.beforeCommit
    default: .draftsFailed(error)
    }
  }

  /// Commits, or finds out what can be said about a commit that failed.
  private func commit() throws(LogError) {
    do throws(SQLiteFailure) {
      try connection.commit.run()
    } catch {
      // A full disk refuses the write of a page, and the last page of a transaction is what makes
      // it one. Whatever else failed may have failed after that.
      if error.code & 0xFF == SQLITE_FULL, connection.abandon() {
        throw .diskFull(what: error.what)
      }
      hasStopped = true
      throw .outcomeUnknown(code: Int(error.code), what: error.what)
    }
    publish()
  }

  /// Lets readers see the marks of what was just committed.
  private func publish() {
    shared.tail.withLock { tail in
      // A reader may have taken over some of them already, from the rows themselves.
      tail.append(contentsOf: pending, through: state.head.position)
      tail.drop(through: state.indexedTo)
    }
  }

  /// Takes note of what other processes committed.
  private func refresh() throws {
    guard try connection.dataVersion.step() else { return }
    let version = connection.dataVersion.int(0)
    connection.dataVersion.reset()
    if version == dataVersion { return }
    try load()
    dataVersion = version
  }

  /// Reads head, open tiles and tail anew.
  func load() throws {
    state.counters = [:]
    let head = connection.head
    defer { head.reset() }
    if try head.step() {
      let position = head.int(0)
      if position != state.head.position {
        let record: Record
        do throws(Record.Malformed) {
          record = try Record(reading: head.lentBytes(1).bindMemory(to: UInt8.self))
        } catch {
          throw LogError.damaged(position: position, what: "\(error)")
        }
        state.head = Head(position: position, recordedAt: record.recordedAt)
        state.tiles = nil
      }
    }
    let index = try Statement(
      preparing: "SELECT indexed_to, chunk_to, chunk_rows FROM index_state",
      on: connection.handle)
    defer { index.finalize() }
    if try index.step() {
      guard (0...state.head.position).contains(index.int(0)) else {
        throw LogError.damaged(
          position: state.head.position,
          what: "the index goes to \(index.int(0)), where no event is; see verify")
      }
      guard (0...state.head.position).contains(index.int(1)), index.int(2) >= 0 else {
        throw LogError.damaged(
          position: state.head.position,
          what:
            "the index says that it holds \(index.int(2)) rows up to \(index.int(1)); see verify")
      }
      state.indexedTo = index.int(0)
      state.chunk = (index.int(1), index.int(2))
    }
    try shared.tail.withLock { tail in
      tail.drop(through: state.indexedTo)
      let rows = connection.marks
      defer { rows.reset() }
      rows.bind(1, tail.end)
      while try rows.step() {
        let marks = rows.lentBytes(1)
        guard rows.int(0) == tail.end + 1 else {
          throw LogError.damaged(position: tail.end + 1, what: "its event is missing; see verify")
        }
        tail.append(
          (0..<marks.count / Mark.width).lazy.map { Mark.mark(in: marks, at: $0) }, at: rows.int(0))
      }
    }
  }
}
