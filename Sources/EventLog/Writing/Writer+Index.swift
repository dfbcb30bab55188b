internal import Dispatch

extension Writer {
  /// What waits until everybody has their answer.
  func tidyUp() {
    guard connection.isOpen else { return }
    prepareIndexSlice()
    checkpointIfDue()
  }

  /// Moves a piece of the oldest full chunk of the tail into the index table, in the transaction
  /// that is open.
  ///
  /// The piece is a little larger than what came in since the last one, so a chunk is through
  /// before the next is full. Neighbours share pages: small pieces are saved up.
  func writeIndexSlice(atLeast least: Int = 0) throws(SQLiteFailure) {
    guard var slice, state.indexedTo < slice.last else { return }
    state.indexDebt += pending.count + pending.count / 8 + 1
    guard max(state.indexDebt, least) >= configuration.indexSlice else { return }
    let wanted = max(state.indexDebt, least)
    state.indexDebt = 0
    let end = min(slice.done + wanted, slice.rows.count)
    let insert = connection.insertIndex
    for row in slice.rows[slice.done..<end] {
      insert.bind(1, Int(row.mark))
      insert.bind(2, row.position)
      try insert.run()
    }
    slice.done = end
    if end == slice.rows.count {
      connection.advanceIndex.bind(1, slice.last)
      try connection.advanceIndex.run()
      state.indexedTo = max(state.indexedTo, slice.last)
    }
    self.slice = slice
  }

  /// Has the next chunk sorted when the last one is in the table; between two transactions.
  func prepareIndexSlice() {
    if let slice, state.indexedTo < slice.last { return }
    slice = nil
    guard let chunk = shared.tail.withLock({ $0.frozen }) else {
      sorting = nil
      return
    }
    if sorting?.first != chunk.first || sorting?.last != chunk.last {
      sorting = SortedChunk(chunk)
    }
    guard let rows = sorting?.rows else { return }
    slice = (rows, chunk.last, 0)
    sorting = nil
  }

  /// Moves the whole tail into the index table, some thousand rows a transaction.
  func indexAll() throws(LogError) {
    try transaction {}
    shared.tail.withLock { $0.freeze() }
    repeat {
      prepareIndexSlice()
      sorting?.wait()
      prepareIndexSlice()
      guard slice != nil else { return }
      while let slice, state.indexedTo < slice.last {
        try transaction { try writeIndexSlice(atLeast: 5000) }
      }
    } while true
  }

  /// Copies the write-ahead log back when it has grown, under the lock, without waiting for
  /// readers.
  func checkpointIfDue() {
    guard connection.isOpen, !hasStopped, connection.walPages.pointee >= nextCheckpoint else {
      return
    }
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

/// The rows of a full chunk of the tail, sorted on another thread: appends do not wait for that.
final class SortedChunk: Sendable {
  let first: Int
  let last: Int
  private let sorted = Guarded<[IndexRow]?>(nil)
  private let done = Gate()

  init(_ chunk: MarkChunk) {
    first = chunk.first
    last = chunk.last
    // Few rows are sorted sooner than a thread is found for them.
    if chunk.count < 2000 {
      sorted.withLock { $0 = chunk.sortedRows() }
      done.open()
      return
    }
    DispatchQueue.global(qos: .utility).async { [self] in
      let rows = chunk.sortedRows()
      sorted.withLock { $0 = rows }
      done.open()
    }
  }

  /// The rows, once they are sorted.
  var rows: [IndexRow]? { sorted.withLock { $0 } }

  /// Returns when they are sorted.
  func wait() { done.wait() }
}
