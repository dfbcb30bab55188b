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
  /// - Parameter progress: Called with the number of events that have been read, now and then, on any
  ///   thread but never on two at once.
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
    var pass = VerificationPass(size: size, indexedTo: indexedTo, chunkRows: chunkRows, seed: seed)
    try pass.readEvents(of: self, progress: progress)
    // What can't be read is one finding; the rest is looked at all the same.
    try pass.noting("tiles") { pass throws(LogError) in try pass.checkTiles(of: self) }
    try pass.noting("counters") { pass throws(LogError) in try pass.checkCounters(of: self) }
    try pass.checkParts(of: self)
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
  /// The last event that is looked at.
  let size: Int
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
  /// The rows of events that the index is not complete for, by the range of marks they lie in.
  var unindexed: [[IndexRow]]
  let markRanges: MarkRanges
  var finishedSets: [Int: (position: Int, set: ReferenceSet)] = [:]

  init(size: Int, indexedTo: Int = 0, chunkRows: Int = 0, seed: UInt64 = 0) {
    self.size = size
    self.indexedTo = indexedTo
    self.chunkRows = chunkRows
    self.seed = seed
    markRanges = MarkRanges(forEvents: size)
    unindexed = Array(repeating: [], count: markRanges.count)
  }

  static let stretch = 2048

  /// Reads all events, some stretches at once on all cores.
  mutating func readEvents(
    of log: EventLog, progress: (Int) -> Void
  ) throws(LogError) {
    let (size, indexedTo, seed) = (size, indexedTo, seed)
    let stretches = (size + Self.stretch - 1) / Self.stretch
    try onAllCores(stretches) { number throws(LogError) in
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
      problems.add(position, Self.unreadable(part, what))
    } catch {
      throw error
    }
  }

  static func unreadable(_ part: String, _ what: String) -> String {
    "expected \(part) that can be read; found pages that were overwritten or cut: \(what)"
  }

  private mutating func take(_ check: EventCheck) {
    problems.add(check.problems)
    lastUnreadable = max(lastUnreadable, check.lastUnreadable)
    for (position, count) in check.appends {
      // What an unreadable record said about its append is not known, and is no second problem.
      if position != nextAppend, lastUnreadable < nextAppend || nextAppend > position {
        problems.add(
          position,
          "expected an append to begin at \(nextAppend); found one here: its extent was changed")
      }
      nextAppend = position + count
    }
    for (position, set) in check.finishedSets { finishedSets[set.set] = (position, set) }
    tileRoots += check.tileRoots
    counters.merge(check.counters) { max($0, $1) }
    indexSum.add(check.indexSum)
    for row in check.unindexed { unindexed[markRanges.range(of: row.mark)].append(row) }
  }

  /// Compares the stored tiles above the leaves.
  mutating func checkTiles(of log: EventLog) throws(LogError) {
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
