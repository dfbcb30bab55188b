internal import CanonicalJSON
internal import GRDB

/// What one stretch of events says about itself, and what must be compared with its neighbours.
struct EventCheck: Sendable {
  var problems = Problems()
  /// The appends that begin in the stretch.
  var appends: [(position: Int, count: Int)] = []
  /// The sets of reference rows that events in the stretch finish.
  var finishedSets: [(position: Int, set: ReferenceSet)] = []
  /// The last event whose record could not be read.
  var lastUnreadable = 0
  /// The roots of the full tiles of level 0 that lie in the stretch, in order.
  var tileRoots: [Hash256] = []
  /// The leaf hashes since the last full tile.
  private var leaves: [Hash256] = []
  /// The tags that the event being checked should have.
  private var tags = TagList()
  /// The marks that it should have.
  private var marks: [Int64] = []
  /// The highest number taken from each counter.
  var counters: [String: Int] = [:]
  /// Stands for the set of index rows that the events should have.
  var indexSum = IndexSum()
  /// The index rows of events that the index is not complete for.
  var unindexed: [IndexRow] = []
  /// Events whose records wait for others, so that they are hashed in step.
  private var held = HeldRecords()
  private var tagMarks = TagMarks()

  /// Checks the events after `first` − 1 up to `last`, where `first` − 1 is a multiple of 256.
  ///
  /// - Throws: What the database says when it can't be read.
  init(
    _ range: ClosedRange<Int>, in database: Database, configuration: LogConfiguration,
    indexedTo: Int, seed: UInt64
  ) throws {
    let statement = try database.statement(
      "SELECT position, leaf, marks, record FROM event WHERE position BETWEEN ? AND ? "
        + "ORDER BY position")
    defer { statement.reset() }
    statement.bind(1, max(1, range.lowerBound - 1))
    statement.bind(2, range.upperBound)
    var expected = range.lowerBound
    var previous: (recordedAt: Int64, isKnown: Bool) = (.min, range.lowerBound == 1)
    var memory = RecordMemory()
    let names = configuration.membersRead.map { MemberNames($0) }
    while try statement.step() {
      let position = statement.int(0)
      let bytes = statement.lentBytes(3)
      let record: RecordFields?
      do throws(Record.Malformed) {
        record = try RecordFields(
          reading: bytes.bindMemory(to: UInt8.self), remembering: &memory, membersOfBody: names)
      } catch {
        record = nil
        if position >= range.lowerBound {
          problems.add(
            position, "expected a record in the published form; \(error): the record was changed")
        }
      }
      guard position >= range.lowerBound else {
        previous = (record?.recordedAt ?? .min, record != nil)
        continue
      }
      if position != expected {
        problems.add(
          expected, "expected an event; found the next one at \(position): events are missing")
        expected = position
      }
      expected += 1
      held.add(bytes, at: position, stored: Hash256(statement.lentBytes(1)))
      if held.isFull { compareLeaves() }
      if position % TreeMath.tileWidth == 0 { try compareTile(at: position, in: database) }
      guard let record else {
        lastUnreadable = position
        previous = (.min, false)
        continue
      }
      check(
        record, of: bytes.bindMemory(to: UInt8.self), at: position, configuration: configuration)
      checkTime(record, at: position, previous: previous, configuration: configuration)
      checkMarks(
        record, tags: memory.tags, of: bytes.bindMemory(to: UInt8.self), at: position,
        stored: statement.lentBytes(2),
        wentBack: previous.isKnown && record.recordedAt < previous.recordedAt,
        indexedTo: indexedTo, seed: seed)
      previous = (record.recordedAt, true)
    }
    compareLeaves()
    problems.sort()
    if expected <= range.upperBound {
      problems.add(
        expected,
        "expected events up to \(range.upperBound); found none from here: they are missing")
    }
  }

  /// Says of a stretch that its pages can't be read.
  init(unreadable range: ClosedRange<Int>, _ what: String) {
    lastUnreadable = range.upperBound
    problems.add(
      range.lowerBound,
      "expected the events \(range.lowerBound) to \(range.upperBound); found pages that were overwritten "
        + "or cut: \(what)")
  }

  /// Compares the hashes of the records that are held back with those that are stored.
  private mutating func compareLeaves() {
    held.hash()
    for (event, leaf) in zip(held.events, held.leaves) {
      if event.stored != leaf {
        problems.add(
          event.position,
          "expected the leaf hash \(leaf) of the record; found another: one of them was changed")
      }
      leaves.append(leaf)
    }
    held.removeAll()
  }

  /// Compares the leaves since the last tile with the tile that ends at a position, where they fill one.
  private mutating func compareTile(at position: Int, in database: Database) throws {
    compareLeaves()
    guard leaves.count == TreeMath.tileWidth else { return }
    defer { leaves.removeAll(keepingCapacity: true) }
    let index = position / TreeMath.tileWidth - 1
    // How many agree before the first that does not.
    let same = try database.withTile(level: 0, index: index) { stored in
      guard stored.count == TreeMath.tileWidth * 32 else { return 0 }
      return leaves.indices.prefix { leaf in
        Hash256(UnsafeRawBufferPointer(rebasing: stored[leaf * 32..<(leaf + 1) * 32]))
          == leaves[leaf]
      }.count
    }
    if same == nil {
      problems.add(position, "expected tile \(index) of level 0; found none: it was removed")
    } else if let same, same < TreeMath.tileWidth {
      problems.add(
        position - TreeMath.tileWidth + 1 + same,
        "expected this event's leaf hash in tile \(index) of level 0; found another: the tile or "
          + "the record was changed")
    }
    tileRoots.append(TreeMath.perfectRoot(leaves))
  }

  private mutating func check(
    _ record: RecordFields, of bytes: UnsafeBufferPointer<UInt8>, at position: Int,
    configuration: LogConfiguration
  ) {
    do {
      // The record's own are in order, unique and well formed.
      try configuration.putTags(of: record.type, record.version, record.body, into: &tags)
      if !record.hasTags(tags, in: bytes) {
        problems.add(
          position,
          "expected the tags that \(record.type) \(record.version) gives; found others: the event "
            + "is on the wrong timelines")
      }
    } catch {
      problems.add(position, "the tags of \(record.type) \(record.version) can't be told: \(error)")
    }
    if let cause = record.cause, cause >= position {
      problems.add(position, "expected a cause before it; found position \(cause)")
    }
    if let append = record.append {
      appends.append((position, append.count))
      if let set = append.references { finishedSets.append((position, set)) }
    }
    for (name, number) in configuration.numbers(record.type, record.version, record.body) {
      counters[name] = max(counters[name] ?? 0, number)
    }
  }

  private mutating func checkTime(
    _ record: RecordFields, at position: Int, previous: (recordedAt: Int64, isKnown: Bool),
    configuration: LogConfiguration
  ) {
    guard previous.isKnown, position > 1 else { return }
    if record.append == nil {
      if record.recordedAt != previous.recordedAt {
        problems.add(position, "expected the time of the record before it, as in one append")
      }
    } else if record.recordedAt < previous.recordedAt,
      record.type != configuration.clockCorrectionType
    {
      problems.add(
        position,
        "expected a time not before \(Timestamp.text(previous.recordedAt)); found "
          + Timestamp.text(record.recordedAt))
    }
  }

  private mutating func checkMarks(
    _ record: RecordFields, tags: [Range<Int>], of bytes: UnsafeBufferPointer<UInt8>,
    at position: Int, stored: UnsafeRawBufferPointer, wentBack: Bool, indexedTo: Int, seed: UInt64
  ) {
    marks.removeAll(keepingCapacity: true)
    tagMarks.append(of: tags, in: bytes, to: &marks)
    if let key = record.append?.key { marks.append(Mark.key(key)) }
    if wentBack { marks.append(Mark.clockWentBack) }
    let isStored =
      stored.count == marks.count * Mark.width
      && marks.indices.allSatisfy { Mark.mark(in: stored, at: $0) == marks[$0] }
    if !isStored {
      problems.add(
        position,
        "expected the marks of its tags and key; found others: look-ups may miss this event")
    }
    for (index, mark) in marks.enumerated() where !marks[..<index].contains(mark) {
      let row = IndexRow(mark: mark, position: position)
      if position <= indexedTo { indexSum.add(row, seed: seed) } else { unindexed.append(row) }
    }
  }
}

/// Records that are kept until there are some to be hashed together.
private struct HeldRecords {
  private var bytes: [UInt8] = []
  private var records: [Range<Int>] = []
  private(set) var events: [(position: Int, stored: Hash256?)] = []
  /// The hash of each as a leaf, once they are hashed.
  private(set) var leaves: [Hash256] = []

  /// Together they should stay in the processor's nearest memory.
  var isFull: Bool { records.count == 16 || bytes.count > 1 << 14 }

  mutating func add(_ record: UnsafeRawBufferPointer, at position: Int, stored: Hash256?) {
    let start = bytes.count
    bytes.append(contentsOf: record)
    records.append(start..<bytes.count)
    events.append((position, stored))
  }

  mutating func hash() {
    bytes.withUnsafeBytes { TreeMath.append(leavesOf: records, in: $0, to: &leaves) }
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    records.removeAll(keepingCapacity: true)
    events.removeAll(keepingCapacity: true)
    leaves.removeAll(keepingCapacity: true)
  }
}

/// A sum that stands for a set of index rows: two sets with the same sum are the same, but for a
/// chance of 2⁻⁶⁴ that nobody can aim at, since the seed is drawn for each verification.
struct IndexSum: Hashable, Sendable {
  private(set) var sum: UInt64 = 0
  private(set) var rows = 0

  mutating func add(_ row: IndexRow, seed: UInt64) {
    rows += 1
    var mixed = UInt64(bitPattern: row.mark) ^ seed
    for _ in 0..<2 {
      mixed = (mixed ^ (mixed >> 32)) &* 0xD6E8_FEB8_6659_FD93
      mixed ^= UInt64(row.position) &* 0x9E37_79B9_7F4A_7C15
      mixed = (mixed ^ (mixed >> 29)) &* 0xBF58_476D_1CE4_E5B9
    }
    sum &+= mixed ^ (mixed >> 31)
  }

  mutating func add(_ other: IndexSum) {
    rows += other.rows
    sum &+= other.sum
  }
}
