internal import GRDB

extension EventLog {
  /// All events with a tag, in position order, complete as of the newest event when called.
  ///
  /// - Parameters:
  ///   - tag: The tag.
  ///   - after: Only events after this position.
  ///   - upTo: Only events up to this position; `nil` is the newest.
  ///   - passed: Types of events that are passed over unread.
  ///   - limit: At most so many, the oldest first.
  /// - Returns: The events.
  /// - Throws: ``LogError`` when the ledger can't be read.
  public func timeline(
    _ tag: String, after: Int = 0, upTo: Int? = nil, passingOver passed: Set<String> = [],
    limit: Int = .max
  ) throws(LogError) -> [StoredEvent] {
    try withPositions(of: Mark.tag(tag), after: after, upTo: upTo ?? .max) { database, positions in
      var events: [StoredEvent] = []
      events.reserveCapacity(min(positions.count, limit))
      for position in positions {
        guard events.count < limit else { break }
        guard let event = try database.event(at: position) else {
          throw LogError.damaged(position: position, what: "the index names a missing event")
        }
        let isMeant = event.record.withUnsafeBytes { record in
          (passed.isEmpty || !RecordScan.hasType(record, in: passed))
            && RecordScan.hasTag(record, tag)
        }
        if isMeant { events.append(event) }
      }
      return events
    }
  }

  /// The position of the newest event with a tag, or `nil` when there is none.
  public func lastPosition(of tag: String, upTo: Int? = nil) throws(LogError) -> Int? {
    try withPositions(of: Mark.tag(tag), after: 0, upTo: upTo ?? .max) { database, positions in
      for position in positions.reversed() {
        let event = try database.event(at: position)
        if event?.record.withUnsafeBytes({ RecordScan.hasTag($0, tag) }) == true {
          return position
        }
      }
      return nil
    }
  }

  /// The first position of the append that was recorded under a key, or `nil` when none was.
  public func position(of key: AppendKey) throws(LogError) -> Int? {
    try withPositions(of: Mark.key(key), after: 0, upTo: .max) { database, positions in
      for position in positions {
        guard let event = try database.event(at: position) else { continue }
        if try event.read().append?.key == key { return position }
      }
      return nil
    }
  }

  /// The positions of a mark.
  func positions(of mark: Int64, after: Int, upTo: Int) throws(LogError) -> [Int] {
    try withPositions(of: mark, after: after, upTo: upTo) { _, positions in positions }
  }

  /// Finds the positions of a mark and reads on in the same snapshot.
  ///
  /// First the tail in memory, then the snapshot: whatever leaves the tail is in the index table by
  /// then, and whatever was committed since the tail was read is looked for in the rows themselves.
  private func withPositions<R>(
    of mark: Int64, after: Int, upTo: Int, _ body: (Database, [Int]) throws -> R
  ) throws(LogError) -> R {
    let upTo = min(upTo, snapshot?.last ?? .max)
    let (inTail, start, end) = shared.tail.withLock { tail in
      (tail.positions(of: mark, after: after, upTo: upTo), tail.start, tail.end)
    }
    return try read { database in
      // Of what the tail holds the table may hold a piece, and nothing else.
      var positions =
        after + 1 >= start
        ? [] : try database.indexedPositions(of: mark, after: after, upTo: upTo)
      if let indexedTo = snapshot?.indexedTo, indexedTo + 1 < start {
        // The moment is older than the tail: what went to the table since is neither here nor there,
        // but for a piece of a chunk that was in the table already.
        let passed = try database.newerMarks(than: indexedTo, before: start)
          .filter { $0.0 > after && $0.0 <= upTo && $0.1.contains(mark) }.map(\.0)
        if !passed.isEmpty { positions = Set(positions).union(passed).sorted() }
      }
      let last = positions.last ?? 0
      if inTail.first ?? .max > last {
        positions += inTail
      } else if !inTail.isEmpty {
        positions = Set(positions).union(inTail).sorted()
      }
      // Of a moment that the tail reaches to, nothing is newer.
      let newer =
        snapshot.map { $0.last <= end } == true ? [] : try database.newerMarks(than: end)
      for (position, marks) in newer
      where position > after && position <= upTo && marks.contains(mark)
        && position > positions.last ?? 0
      {
        positions.append(position)
      }
      if !newer.isEmpty { try takeOver(newer, from: database) }
      return try body(database, positions)
    }
  }

  /// Keeps the marks of events that another process appended, so that the next read need not look
  /// for them again.
  func takeOver(_ newer: [(Int, [Int64])], from database: Database) throws {
    let indexedTo = try database.reach().indexedTo
    shared.tail.withLock { tail in
      for (position, marks) in newer where position == tail.end + 1 {
        tail.append(marks, at: position)
      }
      tail.drop(through: indexedTo)
    }
  }
}

extension Database {
  fileprivate func indexedPositions(of mark: Int64, after: Int, upTo: Int) throws -> [Int] {
    let statement = try statement(
      "SELECT position FROM tag_index WHERE mark = ? AND position > ? AND position <= ? "
        + "ORDER BY position")
    defer { statement.reset() }
    statement.bind(1, Int(mark))
    statement.bind(2, after)
    statement.bind(3, upTo)
    var positions: [Int] = []
    while try statement.step() { positions.append(statement.int(0)) }
    return positions
  }

  /// The marks of all events after a position, and before another.
  func newerMarks(
    than position: Int, before end: Int = .max
  ) throws -> [(Int, [Int64])] {
    let statement = try statement(
      "SELECT position, marks FROM event WHERE position > ? AND position < ? ORDER BY position")
    defer { statement.reset() }
    statement.bind(1, position)
    statement.bind(2, end)
    var found: [(Int, [Int64])] = []
    while try statement.step() {
      found.append((statement.int(0), Mark.marks(statement.lentBytes(1))))
    }
    return found
  }
}
