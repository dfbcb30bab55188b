internal import Synchronization

extension Writer {
  /// What waits until everybody has their answer.
  func tidyUp() {
    prepareIndexSlice()
    checkpointIfDue()
  }

  /// Moves a piece of the oldest full chunk of the tail into the index table, in the transaction that is open.
  ///
  /// The piece is a little larger than what the transaction added, so a chunk is through before the next is full.
  func writeIndexSlice() throws(SQLiteFailure) {
    guard var slice else { return }
    let wanted = max(configuration.indexSlice, pending.count + pending.count / 8)
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

  /// Sorts the next chunk when the last one is in the table; between two transactions.
  func prepareIndexSlice() {
    if let slice, slice.done < slice.rows.count { return }
    slice = nil
    guard let chunk = shared.tail.withLock({ $0.frozen }) else { return }
    slice = (chunk.sortedRows(), chunk.last, 0)
  }

  /// Moves the whole tail into the index table, some thousand rows a transaction.
  func indexAll() throws(LogError) {
    try transaction {}
    shared.tail.withLock { $0.freeze() }
    prepareIndexSlice()
    while let pieces = slice, pieces.done < pieces.rows.count || state.indexedTo < pieces.last {
      try transaction {
        for _ in 0..<40 { try writeIndexSlice() }
      }
      prepareIndexSlice()
    }
  }

  /// Copies the write-ahead log back when it has grown, under the lock, without waiting for readers.
  func checkpointIfDue() {
    guard connection.walPages.pointee >= nextCheckpoint, !hasStopped else { return }
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
