internal import Dispatch
internal import GRDB

extension EventLog {
  /// Reads everything and recomputes whatever can be recomputed.
  ///
  /// It streams, in short transactions, on all cores; appends go on meanwhile and are not part of
  /// what is verified. It finds records, hashes, tiles, tags, look-up columns, erasable values and
  /// reference rows that don't agree, and tables or triggers that are not the published ones. It
  /// can't find that *all* of them were made anew in agreement: for that, compare the root with one
  /// that was kept elsewhere.
  ///
  /// - Parameter progress: Called with the number of events that have been read, now and then.
  /// - Returns: What was found; empty when all is well.
  /// - Throws: ``LogError`` when the ledger can't be read at all.
  public func verifyContent(
    progress: (Int) -> Void = { _ in }
  ) throws(LogError) -> [VerificationProblem] {
    var problems = Problems()
    problems.add(try schemaProblems())
    let (size, indexedTo, chunkRows) = try read { database in
      let statement = try database.statement(
        "SELECT (SELECT max(position) FROM event), indexed_to, chunk_to, chunk_rows "
          + "FROM index_state")
      defer { statement.reset() }
      guard try statement.step() else {
        problems.add(
          nil, "expected a row in index_state; found none: the tag index can't be compared")
        return (try database.lastPosition(), 0, 0)
      }
      let furthest = max(statement.int(1), statement.int(2))
      if furthest > statement.int(0) {
        problems.add(
          nil, "expected an index up to \(statement.int(0)) at most; it says \(furthest)")
      }
      let least = min(statement.int(1), statement.int(2), statement.int(3))
      if least < 0 {
        problems.add(nil, "expected no number below 0 of the index; it says \(least)")
      }
      return (statement.int(0), statement.int(1), statement.int(3))
    }
    var seed: UInt64 = 0
    for byte in configuration.random(8) { seed = seed << 8 | UInt64(byte) }
    var pass = VerificationPass(indexedTo: indexedTo, chunkRows: chunkRows, seed: seed)
    try pass.readEvents(of: self, size: size, progress: progress)
    // What can't be read is one finding; the rest is looked at all the same.
    try pass.noting("tiles") { pass throws(LogError) in
      try pass.checkTiles(of: self, size: size)
    }
    try pass.noting("the tag index") { pass throws(LogError) in
      try pass.checkIndex(of: self, size: size)
    }
    try pass.noting("counters") { pass throws(LogError) in try pass.checkCounters(of: self) }
    try pass.noting("values and documents") { pass throws(LogError) in
      try pass.checkErasables(of: self, size: size)
    }
    try pass.noting("reference data") { pass throws(LogError) in
      try pass.checkReferences(of: self, size: size)
    }
    problems.add(pass.problems)
    return problems.all
  }

  /// Tables, indexes, triggers and views that are not the published ones.
  private func schemaProblems() throws(LogError) -> Problems {
    let published = try Self.publishedSchema.get()
    let found = try read { database in try database.schema() }
    var problems = Problems()
    for (name, sql) in published.sorted(by: { $0.key < $1.key }) where found[name] != sql {
      problems.add(
        nil,
        found[name] == nil
          ? "expected the \(name); found none: what it guards is not guarded"
          : "expected the \(name) as published; found another")
    }
    for name in found.keys.sorted() where published[name] == nil {
      problems.add(nil, "found the \(name), which is not part of a ledger")
    }
    return problems
  }

  /// Made once for the process, and its connection is kept open.
  private static let published = Result { try DatabaseQueue() }
  static let publishedSchema = Result { () throws -> [String: String] in
    try published.get().inDatabase { database in
      try database.sqliteConnection?.execute(Schema.sql)
      return try database.schema()
    }
  }.mapError { Writer.named($0) }
}

extension Database {
  /// The SQL of each object by kind and name.
  fileprivate func schema() throws -> [String: String] {
    let statement = try statement("SELECT type || ' ' || name, sql FROM sqlite_schema")
    defer { statement.reset() }
    var schema: [String: String] = [:]
    while try statement.step() { schema[statement.text(0)] = statement.text(1) }
    return schema
  }
}

/// One verification, put together from what the stretches of events say.
struct VerificationPass {
  let indexedTo: Int
  /// How many rows the index says it holds of the events after `indexedTo`.
  let chunkRows: Int
  let seed: UInt64
  var problems = Problems()
  var nextAppend = 1
  var lastUnreadable = 0
  var tileRoots: [Hash256] = []
  var counters: [String: Int] = [:]
  var indexSum = IndexSum()
  var unindexed: [IndexRow] = []
  var finishedSets: [Int: (position: Int, set: ReferenceSet)] = [:]

  init(indexedTo: Int, chunkRows: Int, seed: UInt64) {
    self.indexedTo = indexedTo
    self.chunkRows = chunkRows
    self.seed = seed
  }

  static let stretch = 2048

  /// Reads all events, some stretches at once on all cores.
  mutating func readEvents(
    of log: EventLog, size: Int, progress: (Int) -> Void
  ) throws(LogError) {
    let stretches = (size + Self.stretch - 1) / Self.stretch
    let (indexedTo, seed) = (indexedTo, seed)
    try Self.onAllCores(stretches) { number throws(LogError) in
      let first = number * Self.stretch + 1
      let range = first...min(first + Self.stretch - 1, size)
      do throws(LogError) {
        return try log.read { database in
          try EventCheck(
            range, in: database, configuration: log.configuration, indexedTo: indexedTo,
            seed: seed)
        }
      } catch .damaged(_, let what) {
        return EventCheck(unreadable: range, what)
      } catch {
        throw error
      }
    } take: { number, check in
      take(check)
      progress(min((number + 1) * Self.stretch, size))
    }
    if nextAppend != size + 1, lastUnreadable < nextAppend {
      problems.add(
        size, "expected an append to end here; the last one says it goes on to \(nextAppend - 1)")
    }
  }

  /// Does a part of the verification, and notes where what it reads is damaged.
  mutating func noting(
    _ part: String, _ check: (inout VerificationPass) throws(LogError) -> Void
  ) throws(LogError) {
    do throws(LogError) {
      try check(&self)
    } catch .damaged(let position, let what) {
      problems.add(
        position,
        "expected \(part) that can be read; found pages that were overwritten or cut: \(what)")
    } catch {
      throw error
    }
  }

  /// Does pieces of work, sixteen at once on all cores, and takes their results in order.
  private static func onAllCores<R: Sendable>(
    _ pieces: Int, _ work: @Sendable (Int) throws(LogError) -> R, take: (Int, R) -> Void
  ) throws(LogError) {
    let width = 64
    for start in stride(from: 0, to: pieces, by: width) {
      let count = min(width, pieces - start)
      let results = Guarded<[Result<R, LogError>?]>(Array(repeating: nil, count: count))
      DispatchQueue.concurrentPerform(iterations: count) { index in
        let result = Result { () throws(LogError) in try work(start + index) }
        results.withLock { $0[index] = result }
      }
      for (index, result) in results.withLock({ $0 }).enumerated() {
        if let result { take(start + index, try result.get()) }
      }
    }
  }

  private mutating func take(_ check: EventCheck) {
    problems.add(check.problems)
    lastUnreadable = max(lastUnreadable, check.lastUnreadable)
    for (position, header) in check.appends {
      // What an unreadable record said about its append is not known, and is no second problem.
      if position != nextAppend, lastUnreadable < nextAppend || nextAppend > position {
        problems.add(
          position,
          "expected an append to begin at \(nextAppend); found one here: its extent was changed")
      }
      nextAppend = position + header.count
      if let references = header.references {
        finishedSets[references.set] = (position, references)
      }
    }
    tileRoots += check.tileRoots
    counters.merge(check.counters) { max($0, $1) }
    indexSum.add(check.indexSum)
    unindexed += check.unindexed
  }

  /// Compares the stored tiles above the leaves.
  mutating func checkTiles(of log: EventLog, size: Int) throws(LogError) {
    var level = 1
    var hashes = tileRoots
    var expectedCount = size >> 8
    while hashes.count >= TreeMath.tileWidth {
      var roots: [Hash256] = []
      for index in 0..<hashes.count / TreeMath.tileWidth {
        let tile = Array(hashes[index * TreeMath.tileWidth..<(index + 1) * TreeMath.tileWidth])
        let stored = try log.tile(level: level, index: index)
        if stored != TreeMath.bytes(tile) {
          problems.add(
            nil,
            "expected tile \(index) of level \(level) to hold the roots of the tiles below; "
              + (stored == nil ? "found none" : "found other hashes"))
        }
        roots.append(TreeMath.perfectRoot(tile))
      }
      expectedCount += roots.count
      hashes = roots
      level += 1
    }
    let (found, early) = try log.read { database in
      let statement = try database.statement(
        """
        SELECT count(*) FILTER (WHERE last <= ?1 AND level >= 0 AND idx >= 0),
          count(*) FILTER (WHERE last > (SELECT max(position) FROM event) OR level < 0 OR idx < 0)
        FROM (SELECT level, idx, (idx + 1) << (8 * (level + 1)) AS last FROM tile)
        """)
      defer { statement.reset() }
      statement.bind(1, size)
      return try statement.step() ? (statement.int(0), statement.int(1)) : (0, 0)
    }
    if found != expectedCount {
      problems.add(nil, "expected \(expectedCount) full tiles; found \(found)")
    }
    if early > 0 {
      problems.add(
        nil,
        "expected no tile of events that are not there; found \(early): added by hand, or the newest "
          + "events were removed")
    }
  }

  /// Compares the tag index with the marks of all events.
  mutating func checkIndex(of log: EventLog, size: Int) throws(LogError) {
    var found = IndexSum()
    var later = 0
    // Marks are hashes, so equal ranges of them hold about as many rows each.
    let pieces = max(16, size / 16_384)
    let width = (1 << (8 * Mark.width)) / pieces + 1
    let (indexedTo, seed) = (indexedTo, seed)
    // Only rows of a chunk that is half in are asked for, so a set is made when there are any.
    lazy var expected = Set(unindexed)
    try Self.onAllCores(pieces) { number throws(LogError) in
      let first = number * width - (1 << (8 * Mark.width - 1))
      return try log.read { database in
        try database.indexSum(
          from: number == 0 ? .min : first, to: number == pieces - 1 ? .max : first + width - 1,
          indexedTo: indexedTo, seed: seed)
      }
    } take: { _, piece in
      found.add(piece.sum)
      later += piece.later.count
      for row in piece.later where row.position <= size && !expected.contains(row) {
        problems.add(
          row.position, "expected no such row in the tag index; found one: it was added by hand")
      }
    }
    // Appends that go on may have put in more, never less.
    if later < chunkRows {
      problems.add(
        nil,
        "expected \(chunkRows) rows of events after \(indexedTo) in the tag index; found \(later): "
          + "those left out would never come in")
    }
    guard found != indexSum else { return }
    let before = problems.list.count
    try findMissingRows(of: log, upTo: min(indexedTo, size))
    try findExtraRows(of: log)
    if problems.list.count == before {
      problems.add(nil, "the tag index is not the one of these events; rebuild it")
    }
  }

  private mutating func findMissingRows(of log: EventLog, upTo last: Int) throws(LogError) {
    var missing = Problems()
    do {
      try log.forEachBatch(through: last) { events in
        try log.read { database in
          let statement = try database.statement(
            "SELECT 1 FROM tag_index WHERE mark = ? AND position = ?")
          for event in events {
            for mark in event.marks {
              statement.bind(1, Int(mark))
              statement.bind(2, event.position)
              defer { statement.reset() }
              if try !statement.step() {
                missing.add(
                  event.position,
                  "expected its tags and key in the tag index; one is missing: look-ups miss it")
              }
            }
          }
        }
      }
    } catch {
      throw Writer.named(error)
    }
    problems.add(missing)
  }

  private mutating func findExtraRows(of log: EventLog) throws(LogError) {
    var last: IndexRow? = nil
    repeat {
      let (extra, next) = try log.read { database in
        let rows = try database.indexRows(after: last, limit: 5000)
        let statement = try database.statement("SELECT marks FROM event WHERE position = ?")
        var extra: [IndexRow] = []
        for row in rows {
          statement.bind(1, row.position)
          defer { statement.reset() }
          if try !statement.step() || !Mark.marks(statement.lentBytes(0)).contains(row.mark) {
            extra.append(row)
          }
        }
        return (extra, rows.last)
      }
      for row in extra {
        problems.add(
          row.position, "expected no such row in the tag index; found one: it was added by hand")
      }
      last = next
    } while last != nil
  }

  /// Refuses counters that would give out a number again.
  mutating func checkCounters(of log: EventLog) throws(LogError) {
    for (name, number) in counters.sorted(by: { $0.key < $1.key }) {
      let stored = try log.counter(name)
      if stored < number {
        problems.add(
          nil,
          "expected the counter \(name) at \(number); found \(stored): a number would be given out "
            + "twice")
      }
    }
  }
}

extension Database {
  /// The sum of the index rows in a range of marks, and the rows of events that the index is not
  /// complete for.
  fileprivate func indexSum(
    from first: Int, to last: Int, indexedTo: Int, seed: UInt64
  ) throws -> (sum: IndexSum, later: [IndexRow]) {
    let statement = try statement(
      "SELECT mark, position FROM tag_index WHERE mark BETWEEN ? AND ?")
    defer { statement.reset() }
    statement.bind(1, first)
    statement.bind(2, last)
    var sum = IndexSum()
    var later: [IndexRow] = []
    while try statement.step() {
      let row = IndexRow(mark: Int64(statement.int(0)), position: statement.int(1))
      if row.position <= indexedTo { sum.add(row, seed: seed) } else { later.append(row) }
    }
    return (sum, later)
  }

  fileprivate func indexRows(after last: IndexRow?, limit: Int) throws -> [IndexRow] {
    let statement = try statement(
      "SELECT mark, position FROM tag_index WHERE (mark, position) > (?, ?) "
        + "ORDER BY mark, position LIMIT ?")
    defer { statement.reset() }
    statement.bind(1, last.map { Int($0.mark) } ?? .min)
    statement.bind(2, last.map { $0.position } ?? .min)
    statement.bind(3, limit)
    var rows: [IndexRow] = []
    while try statement.step() {
      rows.append(IndexRow(mark: Int64(statement.int(0)), position: statement.int(1)))
    }
    return rows
  }
}
