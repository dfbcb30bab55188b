internal import Dispatch
internal import GRDBSQLite

extension Writer {
  /// What waits until everybody has their answer.
  func tidyUp(isImport: Bool = false) {
    guard connection.isOpen else { return }
    prepareIndexSlice()
    checkpointIfDue(isImport: isImport)
  }

  /// Lets the connection keep as many pages as an import changes between two commits: values come in no
  /// order, so each finds its place on another page, and one that was let go is written and read again.
  func makeRoomForImport() {
    guard !hasRoomForImport, connection.isOpen else { return }
    hasRoomForImport = true
    // Without it the import is slower.
    try? connection.handle.execute("PRAGMA cache_size = -114688")
  }

  /// Gives back what an import needed.
  func giveRoomBack() {
    guard hasRoomForImport, connection.isOpen else { return }
    hasRoomForImport = false
    try? connection.handle.execute("PRAGMA cache_size = -65536; PRAGMA shrink_memory")
  }

  /// Moves a piece of the next chunk of the tail into the index table, in the transaction that is
  /// open.
  ///
  /// The piece is a little larger than what came in since the last one, so a chunk is through
  /// before the next is full; where several wait, it is twice as large. Neighbours share pages, so
  /// small pieces are saved up. How far it got is stored with it: a process that ends leaves no
  /// work to be done again.
  func writeIndexSlice(atLeast least: Int = 0) throws(SQLiteFailure) {
    guard let sorted, sorted.range == indexRange else { return }
    let isBehind = shared.tail.withLock { $0.fullChunks } > 1
    state.indexDebt += isBehind ? pending.count * 2 : pending.count + pending.count / 8 + 1
    guard let rows = sorted.rows, max(state.indexDebt, least) >= configuration.indexSlice else {
      return
    }
    let done = state.chunk.last == sorted.range.upperBound ? state.chunk.rows : 0
    guard done <= rows.count else {
      throw SQLiteFailure(
        code: SQLITE_CORRUPT, what: "the index says that it holds \(done) rows of \(rows.count)")
    }
    let end = min(done + max(state.indexDebt, least), rows.count)
    state.indexDebt = 0
    let insert = connection.insertIndex
    for row in rows[done..<end] {
      insert.bind(1, Int(row.mark))
      insert.bind(2, row.position)
      try insert.run()
    }
    state.chunk = (sorted.range.upperBound, end)
    if end == rows.count {
      state.indexedTo = sorted.range.upperBound
      state.chunk.rows = 0
    }
    connection.advanceIndex.bind(1, state.indexedTo)
    connection.advanceIndex.bind(2, state.chunk.last)
    connection.advanceIndex.bind(3, state.chunk.rows)
    try connection.advanceIndex.run()
  }

  /// The events that are next for the index table: those that somebody began with, or a full chunk.
  private var indexRange: ClosedRange<Int>? {
    let begun: Int? = state.chunk.last > state.indexedTo ? state.chunk.last : nil
    let last = begun ?? shared.tail.withLock { $0.firstFullEnd }
    guard let last, last > state.indexedTo else { return nil }
    return state.indexedTo + 1...last
  }

  /// Has the next chunk sorted when the last one is in the table; between two transactions.
  func prepareIndexSlice() {
    guard let range = indexRange else {
      sorted = nil
      return
    }
    if sorted?.range == range { return }
    sorted = SortedChunk(range, from: shared.tail.withLock { $0.chunks(of: range) })
  }

  /// Moves the whole tail into the index table, some thousand rows a transaction.
  func indexAll() throws(LogError) {
    try transaction {}
    shared.tail.withLock { $0.freeze() }
    while true {
      prepareIndexSlice()
      guard let sorted else { return }
      sorted.wait()
      try transaction { try writeIndexSlice(atLeast: 5000) }
    }
  }

  /// Does a little of what is due, for processes that end before they have appended much.
  func indexBeforeClosing() {
    prepareIndexSlice()
    guard let sorted, !hasStopped else { return }
    sorted.wait()
    // The index may stay behind: it is complete with the tail that the next process reads.
    try? transaction { try writeIndexSlice(atLeast: 4000) }
  }

  /// Copies the write-ahead log back when it has grown, under the lock, without waiting for
  /// readers.
  ///
  /// An import changes the same pages again and again, so it lets more of them gather.
  func checkpointIfDue(isImport: Bool = false) {
    let more = isImport ? configuration.checkpointsOfImport - 1 : 0
    let due = nextCheckpoint + more * configuration.checkpointPages
    guard connection.isOpen, !hasStopped, connection.walPages.pointee >= due else { return }
    do throws(FolderLock.Failure) {
      try lock.lock(timeout: configuration.lockTimeout)
    } catch {
      return  // a later commit tries again
    }
    defer { lock.unlock() }
    do throws(SQLiteFailure) {
      let (pages, copied) = try connection.checkpoint()
      if copied == pages {
        nextCheckpoint = configuration.checkpointPages
        unfinishedCheckpoints = 0
      } else {
        // A reader still needs old pages. Trying at every commit would only cost time.
        nextCheckpoint = pages + configuration.checkpointPages
        unfinishedCheckpoints += 1
      }
    } catch {
      // Nothing that was acknowledged depends on it; the log only stays longer than it should.
      nextCheckpoint = connection.walPages.pointee + configuration.checkpointPages
      unfinishedCheckpoints += 1
    }
  }
}

/// The index rows of some events, sorted on another thread: appends do not wait for that.
final class SortedChunk: Sendable {
  let range: ClosedRange<Int>
  private let sorted = Guarded<[IndexRow]?>(nil)
  private let done = Gate()

  init(_ range: ClosedRange<Int>, from chunks: [MarkChunk]) {
    self.range = range
    // Few rows are sorted sooner than a thread is found for them.
    if chunks.reduce(0, { $0 + $1.count }) < 2000 {
      sort(chunks)
    } else {
      DispatchQueue.global(qos: .utility).async { self.sort(chunks) }
    }
  }

  private func sort(_ chunks: [MarkChunk]) {
    var rows: [IndexRow] = []
    rows.reserveCapacity(chunks.reduce(0) { $0 + $1.count })
    for chunk in chunks { chunk.appendRows(of: range, to: &rows) }
    rows.sort { ($0.mark, $0.position) < ($1.mark, $1.position) }
    sorted.withLock { $0 = rows }
    done.open()
  }

  /// The rows, once they are sorted.
  var rows: [IndexRow]? { sorted.withLock { $0 } }

  /// Returns when they are sorted.
  func wait() { done.wait() }
}
