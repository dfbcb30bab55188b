internal import GRDB

extension EventLog {
  /// The newest event.
  public func head() throws(LogError) -> Head {
    try read { database in
      let statement = try database.statement(
        "SELECT position, record FROM event ORDER BY position DESC LIMIT 1")
      defer { statement.reset() }
      guard try statement.step() else {
        throw LogError.damaged(position: nil, what: "the ledger has no first event")
      }
      return Head(position: statement.int(0), recordedAt: try recordedAt(statement, column: 1))
    }
  }

  /// The position of the newest event.
  public func lastPosition() throws(LogError) -> Int {
    if let snapshot { return snapshot.last }
    return try read { try $0.lastPosition() }
  }

  /// One event, or `nil` when there is none at the position.
  public func event(at position: Int) throws(LogError) -> StoredEvent? {
    try read { database in try database.event(at: position) }
  }

  /// Hands on all events from a position to another, in order.
  ///
  /// Events are read a batch at a time; between batches nothing is held, so `body` may take as long
  /// as it likes, and appends and checkpoints go on. `body` may use the log.
  ///
  /// - Parameters:
  ///   - first: Where to begin.
  ///   - last: Where to end; `nil` is the newest event at each moment.
  ///   - batch: How many events a transaction reads.
  ///   - body: What to do with each event.
  /// - Throws: ``LogError`` when the ledger can't be read, and whatever `body` throws.
  public func forEachEvent(
    from first: Int = 1, through last: Int? = nil, batch: Int = 1000,
    _ body: (StoredEvent) throws -> Void
  ) throws {
    try forEachBatch(from: first, through: last, batch: batch) { events in
      for event in events { try body(event) }
    }
  }

  /// Hands on all events from a position to another, in order and in batches.
  public func forEachBatch(
    from first: Int = 1, through last: Int? = nil, batch: Int = 1000,
    _ body: ([StoredEvent]) throws -> Void
  ) throws {
    var next = first
    while last.map({ next <= $0 }) ?? true {
      let end = min(next + batch - 1, last ?? .max)
      let events = try events(from: next, through: end)
      guard let newest = events.last else { return }
      try body(events)
      next = newest.position + 1
    }
  }

  /// Lends the records from a position to another, in one snapshot, without copying them.
  ///
  /// `body` keeps nothing of the bytes, and does not use the log.
  package func forEachRecord(
    from first: Int, through last: Int,
    _ body: (_ position: Int, UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws {
    var refusal: (any Error)?
    try read { database in
      let statement = try database.statement(
        "SELECT position, record FROM event WHERE position BETWEEN ? AND ? ORDER BY position")
      defer { statement.reset() }
      statement.bind(1, first)
      statement.bind(2, last)
      while try statement.step() {
        do {
          try body(statement.int(0), statement.lentBytes(1).bindMemory(to: UInt8.self))
        } catch {
          refusal = error
          return
        }
      }
    }
    if let refusal { throw refusal }
  }

  /// The events from a position to another, all in memory.
  public func events(from first: Int, through last: Int) throws(LogError) -> [StoredEvent] {
    try read { database in
      let statement = try database.statement(
        "SELECT position, leaf, marks, record FROM event WHERE position BETWEEN ? AND ? "
          + "ORDER BY position")
      defer { statement.reset() }
      statement.bind(1, first)
      statement.bind(2, last)
      var events: [StoredEvent] = []
      events.reserveCapacity(max(0, min(last - first + 1, 1000)))
      while try statement.step() { events.append(try statement.event()) }
      return events
    }
  }

  /// The newest position that was recorded at a time or before it; 0 when none was.
  ///
  /// Where the clock had gone wrong and was corrected, that is the newest position whose own time
  /// is not later.
  public func position(atOrBefore recordedAt: Int64) throws(LogError) -> Int {
    let head = try head()
    // Between two corrections of the clock times never go back, so each stretch can be searched by
    // halves.
    var end = head.position
    for start in try positions(of: Mark.clockWentBack, after: 0, upTo: end).reversed() + [1] {
      var low = start
      var high = end + 1
      while low < high {
        let middle = (low + high) / 2
        guard middle <= end else { break }
        if try time(at: middle) <= recordedAt { low = middle + 1 } else { high = middle }
      }
      if low > start { return low - 1 }
      end = start - 1
    }
    return 0
  }

  private func time(at position: Int) throws(LogError) -> Int64 {
    try read { database in
      let statement = try database.statement("SELECT record FROM event WHERE position = ?")
      defer { statement.reset() }
      statement.bind(1, position)
      guard try statement.step() else {
        throw LogError.damaged(position: position, what: "there is no such event")
      }
      return try recordedAt(statement, column: 0)
    }
  }

  private func recordedAt(_ statement: Statement, column: Int32) throws(LogError) -> Int64 {
    do throws(Record.Malformed) {
      return try Record(reading: statement.lentBytes(column).bindMemory(to: UInt8.self)).recordedAt
    } catch {
      throw .damaged(position: nil, what: "\(error)")
    }
  }

  /// Reads in one snapshot: that of the thread, where it has one.
  func read<R>(_ body: (Database) throws -> R) throws(LogError) -> R {
    do {
      if let snapshot { return try body(snapshot.database) }
      return try readers.read { try $0.inOneTransaction(body) }
    } catch let error as DatabaseError {
      throw error.resultCode == .SQLITE_MISUSE ? .stopped : SQLiteFailure(error).beforeCommit
    } catch {
      throw Writer.named(error)
    }
  }
}

extension Database {
  /// Reads in one transaction, and so one moment of the log.
  ///
  /// GRDB's own way prepares its statements anew each time; a reader's connection can't write.
  fileprivate func inOneTransaction<R>(_ body: (Database) throws -> R) throws -> R {
    let begin = try statement("BEGIN")
    defer { begin.reset() }
    _ = try begin.step()
    defer {
      if let end = try? statement("COMMIT") {
        _ = try? end.step()
        end.reset()
      }
    }
    return try body(self)
  }

  /// A statement that this connection keeps; whoever uses it resets it.
  func statement(_ sql: String) throws -> Statement {
    Statement(try cachedStatement(sql: sql).sqliteStatement)
  }

  func event(at position: Int) throws -> StoredEvent? {
    let statement = try statement(
      "SELECT position, leaf, marks, record FROM event WHERE position = ?")
    defer { statement.reset() }
    statement.bind(1, position)
    return try statement.step() ? try statement.event() : nil
  }
}

extension Statement {
  /// The event in a row of position, leaf, marks and record.
  func event() throws(LogError) -> StoredEvent {
    let position = int(0)
    guard let leaf = Hash256(lentBytes(1)) else {
      throw .damaged(position: position, what: "the leaf hash has not 32 bytes")
    }
    return StoredEvent(
      position: position, record: bytes(3), leaf: leaf, marks: Mark.marks(lentBytes(2)))
  }
}
