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
    for request in requests { try check(request) }
    try commitTogether(requests) { writer, request in
      outcomes.append(try writer.append(request))
    }
    return outcomes
  }

  /// Does pieces of work in order, in as few transactions as others leave room for.
  ///
  /// A piece takes a few milliseconds: so long, and for a sync, somebody waits who wants the lock.
  func commitTogether<Piece>(
    _ pieces: [Piece], _ body: (Writer, Piece) throws -> Void
  ) throws(LogError) {
    var done = 0
    while done < pieces.count {
      let most = min(pieces.count, done + max(1, configuration.piecesOfCommit))
      try exclusively(isImport: true) { writer throws(LogError) in
        var next = done
        try writer.transaction {
          repeat {
            try body(writer, pieces[next])
            next += 1
          } while next < most && !lock.isWanted && !queue.isWanted
        }
        done = next
      }
    }
  }
}
