internal import CLedgerShim

extension EventLog {
  /// Records much at once: some appends, one after another, and returns after all are on the disk.
  ///
  /// Many share a commit, so that each page of the file that several of them change is written and
  /// synced once; but as soon as somebody else waits for the lock, or for this log, the commit ends
  /// where it is and lets them in. After an error the first of the appends may be there, each whole.
  ///
  /// - Throws: ``LogError``, also when a single one of them is refused.
  public func append(_ requests: [AppendRequest]) throws(LogError) -> [Appended] {
    var outcomes: [Appended] = []
    try append(requests) { outcomes += $0 }
    return outcomes
  }

  /// Records some appends as ``append(_:)`` does, and tells after each commit which of them it holds: they
  /// are on the disk, whatever comes of the rest.
  ///
  /// - Throws: ``LogError``, also when a single one of them is refused.
  public func append(
    _ requests: [AppendRequest], recorded: (ArraySlice<Appended>) -> Void
  ) throws(LogError) {
    var outcomes: [Appended] = []
    for request in requests { try check(request) }
    try commitTogether(
      requests, { writer, request in outcomes.append(try writer.append(request)) },
      committed: { recorded(outcomes[$0]) })
  }

  /// Gives back the memory that many appends together, or many rows, took.
  package func endImport() {
    // Without it the process keeps more than it needs.
    try? exclusively { writer in writer.giveRoomBack() }
    ledger_give_memory_back()
  }

  /// Does pieces of work in order, in as few transactions as others leave room for.
  ///
  /// A piece takes a few milliseconds: so long, and for a sync, somebody waits who wants the lock.
  /// `committed` is told the pieces of each transaction, once it is on the disk and others may go on.
  func commitTogether<Piece>(
    _ pieces: [Piece], _ body: (Writer, Piece) throws -> Void, committed: (Range<Int>) -> Void
  ) throws(LogError) {
    var done = 0
    while done < pieces.count {
      let first = done
      let most = min(pieces.count, done + max(1, configuration.piecesOfCommit))
      try exclusively(isImport: true) { writer throws(LogError) in
        writer.makeRoomForImport()
        var next = done
        try writer.transaction {
          repeat {
            try body(writer, pieces[next])
            next += 1
          } while next < most && !lock.isWanted && !queue.isWanted
        }
        done = next
      }
      committed(first..<done)
    }
  }
}
