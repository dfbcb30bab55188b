/// The marks of some consecutive events, in memory, each chained to the one before it with the same
/// mark.
///
/// Appending only adds to arrays, which allocates when they grow; the chains are made when somebody
/// looks. Marks are hashes already, so the table is addressed with their bits; a number that only
/// this process knows is mixed in, lest somebody choose tags that fall into one place.
struct MarkChunk {
  private(set) var first: Int
  private(set) var last: Int
  private(set) var marks: [Int64] = []
  private(set) var positions: [Int] = []
  private var previous: [Int32] = []
  private var slots: [Int32]
  private var mask: Int
  private static let salt = UInt64.random(in: .min ... .max) | 1

  /// Makes an empty chunk for the events from a position on.
  init(from first: Int, slots count: Int = 1024) {
    self.first = first
    last = first - 1
    slots = Array(repeating: -1, count: count)
    mask = count - 1
  }

  var count: Int { marks.count }
  var eventCount: Int { last - first + 1 }

  /// Adds the marks of the next event.
  mutating func append(_ eventMarks: some Sequence<Int64>, at position: Int) {
    last = position
    for mark in eventMarks { append(mark, at: position) }
  }

  mutating func append(_ mark: Int64, at position: Int) {
    marks.append(mark)
    positions.append(position)
  }

  /// Chains what was added since somebody looked.
  private mutating func chain() {
    while slots.count < marks.count * 2 { grow() }
    for entry in previous.count..<marks.count {
      let slot = slot(of: marks[entry])
      previous.append(slots[slot])
      slots[slot] = Int32(entry)
    }
  }

  mutating func removeAll(from first: Int) {
    self.first = first
    last = first - 1
    marks.removeAll(keepingCapacity: true)
    positions.removeAll(keepingCapacity: true)
    guard !previous.isEmpty else { return }
    previous.removeAll(keepingCapacity: true)
    for index in slots.indices { slots[index] = -1 }
  }

  /// Calls with the positions of a mark, the newest first, until told to stop.
  mutating func forEachPosition(of mark: Int64, _ body: (Int) throws -> Bool) rethrows {
    if previous.count < marks.count { chain() }
    var entry = slots[slot(of: mark)]
    while entry >= 0 {
      if try !body(positions[Int(entry)]) { return }
      entry = previous[Int(entry)]
    }
  }

  /// Adds the index rows of the events in a range.
  func appendRows(of range: ClosedRange<Int>, to rows: inout [IndexRow]) {
    for index in marks.indices where range.contains(positions[index]) {
      rows.append(IndexRow(mark: marks[index], position: positions[index]))
    }
  }

  /// The place of a mark, or the free place where it belongs.
  @inline(__always)
  private func slot(of mark: Int64) -> Int {
    var slot = Int(truncatingIfNeeded: (UInt64(bitPattern: mark) &* Self.salt) >> 24) & mask
    while slots[slot] >= 0, marks[Int(slots[slot])] != mark { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: -1, count: old.count * 2)
    mask = slots.count - 1
    for entry in old where entry >= 0 { slots[slot(of: marks[Int(entry)])] = entry }
  }
}

/// One row of the tag index.
struct IndexRow: Hashable, Sendable {
  let mark: Int64
  let position: Int
}
