internal import CanonicalJSON
internal import GRDBSQLite

extension Writer {
  /// Appends the first request and whatever is in line behind it, in one commit, and gives all that
  /// were answered.
  func commitGroup(
    startingWith first: CommitQueue.Ticket, from queue: CommitQueue
  ) -> [CommitQueue.Ticket] {
    var group: [CommitQueue.Ticket] = [first]
    do throws(LogError) {
      try transaction {
        let start = state.head.position
        var ticket: CommitQueue.Ticket? = first
        while let current = ticket {
          if current !== first { group.append(current) }
          if let request = current.request { current.outcome = try outcome(of: request) }
          guard state.head.position - start < configuration.groupLimit else { break }
          ticket = queue.takeNext()
        }
      }
    } catch {
      // None of them was recorded; those that were refused keep their own reason.
      for ticket in group {
        switch ticket.outcome {
        case .failure: break
        case .success(let appended) where appended.repeated: break
        case .success, nil: ticket.outcome = .failure(error)
        }
      }
    }
    return group
  }

  /// What becomes of one request: its refusal, which leaves no trace, or its outcome.
  ///
  /// Throws only what ends the whole group.
  private func outcome(of request: AppendRequest) throws -> Result<Appended, LogError> {
    do {
      return .success(try append(request))
    } catch let failure as SQLiteFailure {
      throw failure
    } catch let error as LogError {
      return .failure(error)
    } catch {
      return .failure(.draftsFailed(error))
    }
  }

  func append(_ request: AppendRequest) throws -> Appended {
    if let key = request.key, let first = try position(of: key) {
      return try repeated(request, first: first)
    }
    if let condition = request.condition { try check(condition) }
    let recordedAt = try time(for: request)
    try check(request.subjects)
    if let erasing = request.erasing { try check(erasing) }
    if let references = request.references { try check(references) }

    var counters: [String: Int] = [:]
    for name in request.numbers { counters[name] = try counter(name) }
    let firstPosition = state.head.position + 1
    let context = AppendContext(
      firstPosition: firstPosition, recordedAt: recordedAt, counters: counters)
    let drafts = try request.drafts(context)
    let marks = try encode(drafts, request: request, at: firstPosition, recordedAt: recordedAt)

    // From here on only the disk can refuse.
    try insertEvents(marks: marks, key: request.key, recordedAt: recordedAt)
    try insertErasables(request, at: firstPosition)
    if let erasing = request.erasing { try erase(erasing) }
    if let references = request.references {
      connection.insertSet.bind(1, references.set)
      connection.insertSet.bind(2, firstPosition)
      try connection.insertSet.run()
    }
    for (name, value) in context.counters where value != counters[name] {
      connection.setCounter.bind(1, name)
      connection.setCounter.bind(2, value)
      try connection.setCounter.run()
      state.counters[name] = value
    }
    return Appended(
      positions: firstPosition...state.head.position, recordedAt: recordedAt, repeated: false,
      contentCompared: false)
  }

  /// The time of the records: never before the last, unless they are about that.
  private func time(for request: AppendRequest) throws(LogError) -> Int64 {
    let now = configuration.clock()
    let last = state.head.recordedAt
    if now >= last || request.correctsClock { return now }
    guard last - now <= 5000 else {
      throw .clockBehind(seconds: Int((last - now) / 1000), lastRecordedAt: last)
    }
    return last
  }

  private func counter(_ name: String) throws(SQLiteFailure) -> Int {
    if let known = state.counters[name] { return known }
    let statement = connection.counter
    defer { statement.reset() }
    statement.bind(1, name)
    let value = try statement.step() ? statement.int(0) : 0
    state.counters[name] = value
    return value
  }

  /// Writes all records into the arena, and gives the marks of their tags; nothing has been stored yet.
  private func encode(
    _ drafts: [Draft], request: AppendRequest, at firstPosition: Int, recordedAt: Int64
  ) throws -> [[Int64]] {
    guard !drafts.isEmpty else { throw LogError.invalidRequest("an append without records") }
    guard drafts.count <= Limits.recordsInAppend else {
      throw LogError.tooLarge(
        what: "records in one append", limit: Limits.recordsInAppend, found: drafts.count)
    }
    arena.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    var header: RecordEncoder.Header? = RecordEncoder.Header(
      count: drafts.count, key: request.key, references: request.references)
    var marks: [[Int64]] = []
    marks.reserveCapacity(drafts.count)
    for (index, draft) in drafts.enumerated() {
      let tags = try tags(of: draft)
      if request.correctsClock, draft.type != configuration.clockCorrectionType, index == 0 {
        throw LogError.invalidRequest(
          "\(draft.type) corrects no clock; \(configuration.clockCorrectionType) does")
      }
      try encoder.append(
        draft, at: firstPosition + index, recordedAt: recordedAt, header: header,
        tags: tags.texts, to: &arena)
      header = nil
      ends.append(arena.count)
      marks.append(tags.marks)
    }
    return marks
  }

  private func tags(of draft: Draft) throws -> (texts: [String], marks: [Int64]) {
    if let written = draft.written { return (written.tags, written.marks) }
    try configuration.putTags(of: draft.type, draft.version, draft.body, into: &tagList)
    return (try tagList.texts(of: draft.type), tagList.marks())
  }

  private func insertEvents(
    marks allMarks: [[Int64]], key: AppendKey?, recordedAt: Int64
  ) throws(SQLiteFailure) {
    var tiles = try openTiles()
    state.tiles = nil  // so that the arrays in `tiles` have one owner while they grow
    let insert = connection.insertEvent
    if !configuration.unsafeWithoutTree { hashArena() }
    var start = 0
    var markBytes: [UInt8] = []
    for (index, tagMarks) in allMarks.enumerated() {
      let position = state.head.position + 1
      var marks = tagMarks
      if index == 0 {
        if let key { marks.append(Mark.key(key)) }
        if recordedAt < state.head.recordedAt { marks.append(Mark.clockWentBack) }
      }
      pending.append(marks, at: position)
      markBytes.removeAll(keepingCapacity: true)
      Mark.append(marks, to: &markBytes)

      let record = start..<ends[index]
      let leaf = configuration.unsafeWithoutTree ? .zero : leaves[index]
      start = record.upperBound
      insert.bind(1, position)
      let code = arena.withUnsafeBytes { arena in
        markBytes.withUnsafeBytes { marks in
          leaf.withUnsafeBytes { leaf in
            insert.bind(2, lent: leaf)
            insert.bind(3, lent: marks)
            insert.bind(4, lent: UnsafeRawBufferPointer(rebasing: arena[record]))
            defer { insert.reset() }
            return sqlite3_step(insert.handle)
          }
        }
      }
      guard code == SQLITE_DONE else { throw SQLiteFailure(connection.handle) }
      state.head = Head(position: position, recordedAt: recordedAt)
    }
    if !configuration.unsafeWithoutTree {
      for tile in try finishedTiles(of: &tiles, adding: leaves) { try self.insert(tile) }
    }
    state.tiles = tiles
  }

  /// Hashes the records in the arena as leaves.
  private func hashArena() {
    leaves.removeAll(keepingCapacity: true)
    let records = ends.indices.map { ($0 == 0 ? 0 : ends[$0 - 1])..<ends[$0] }
    arena.withUnsafeBytes { TreeMath.append(leavesOf: records, in: $0, to: &leaves) }
  }

  private func insert(_ tile: OpenTiles.Finished) throws(SQLiteFailure) {
    let insert = connection.insertTile
    insert.bind(1, tile.level)
    insert.bind(2, tile.index)
    let code = tile.hashes.withUnsafeBytes { hashes in
      insert.bind(3, lent: hashes)
      defer { insert.reset() }
      return sqlite3_step(insert.handle)
    }
    guard code == SQLITE_DONE else { throw SQLiteFailure(connection.handle) }
  }

  private func finishedTiles(
    of tiles: inout OpenTiles, adding leaves: [Hash256]
  ) throws(SQLiteFailure) -> [OpenTiles.Finished] {
    do {
      return try tiles.add(leaves) { level, range in
        try connection.tree.hashes(level: level, range)
      }
    } catch let failure as SQLiteFailure {
      throw failure
    } catch {
      throw SQLiteFailure(code: SQLITE_CORRUPT, what: "\(error)")
    }
  }

  private func openTiles() throws(SQLiteFailure) -> OpenTiles {
    if let tiles = state.tiles { return tiles }
    do {
      let size = state.head.position
      let open = size - size % TreeMath.tileWidth..<size
      return OpenTiles(size: size, leaves: try connection.tree.hashes(level: 0, open))
    } catch let failure as SQLiteFailure {
      throw failure
    } catch {
      throw SQLiteFailure(code: SQLITE_CORRUPT, what: "\(error)")
    }
  }
}

/// The bounds of the stored form that callers meet.
public enum Limits {
  /// Records in one append.
  public static let recordsInAppend = 1000
  /// Bytes of one record.
  public static let recordBytes = 65_535
  /// Bytes of one string in a body; what is longer becomes a document.
  public static let bodyStringBytes = 4096
  /// Tags of one event.
  public static let tags = 16
  /// Bytes of one tag.
  public static let tagBytes = 128
}
