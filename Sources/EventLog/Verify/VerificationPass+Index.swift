internal import GRDB

extension VerificationPass {
  /// The comparison of the tag index with the marks of all events, range by range.
  func indexParts(of log: EventLog) -> [VerificationPart] {
    let (size, indexedTo, seed) = (size, indexedTo, seed)
    return (0..<markRanges.count).map { number in
      let marks = markRanges[number]
      let unindexed = unindexed[number]
      return VerificationPart(.index) { () throws(LogError) in
        let (sum, later) = try log.read { database in
          try database.indexSum(of: marks, indexedTo: indexedTo, seed: seed)
        }
        var finding = VerificationPart.Finding(index: sum, later: later.count)
        // Only rows of a chunk that is half in are asked for, so a set is made when there are any.
        lazy var expected = Set(unindexed)
        for row in later where row.position <= size && !expected.contains(row) {
          finding.problems.add(
            row.position, "expected no such row in the tag index; found one: it was added by hand")
        }
        return finding
      }
    }
  }

  /// Compares what all ranges of the index hold with what the events say, and looks for the rows where they differ.
  mutating func finishIndex(
    of log: EventLog, _ found: VerificationPart.Finding
  ) throws(LogError) {
    // Appends that go on may have put in more, never less.
    if found.later < chunkRows {
      problems.add(
        nil,
        "expected \(chunkRows) rows of events after \(indexedTo) in the tag index; found \(found.later): "
          + "those left out would never come in")
    }
    guard found.index != indexSum else { return }
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
}

extension Database {
  /// The sum of the index rows in a range of marks, and the rows of events that the index is not
  /// complete for.
  fileprivate func indexSum(
    of marks: ClosedRange<Int>, indexedTo: Int, seed: UInt64
  ) throws -> (sum: IndexSum, later: [IndexRow]) {
    // Without an upper bound SQLite need not compare each row with it.
    let statement = try statement(
      "SELECT mark, position FROM tag_index WHERE mark >= ? ORDER BY mark, position")
    defer { statement.reset() }
    statement.bind(1, marks.lowerBound)
    var sum = IndexSum()
    var later: [IndexRow] = []
    while try statement.step() {
      let row = IndexRow(mark: Int64(statement.int(0)), position: statement.int(1))
      guard row.mark <= marks.upperBound else { break }
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

/// All marks, cut into equal ranges: marks are hashes, so each holds about as many rows.
struct MarkRanges: Sendable {
  let count: Int
  private let width: Int
  private static let lowest = -(1 << (8 * Mark.width - 1))

  init(forEvents events: Int) {
    count = max(16, events / 16_384)
    width = (1 << (8 * Mark.width)) / count + 1
  }

  /// The marks of a range; the first and the last also hold whatever is no mark.
  subscript(number: Int) -> ClosedRange<Int> {
    let first = number * width + Self.lowest
    return (number == 0 ? .min : first)...(number == count - 1 ? .max : first + width - 1)
  }

  /// The range that a mark lies in.
  func range(of mark: Int64) -> Int { (Int(mark) - Self.lowest) / width }
}
