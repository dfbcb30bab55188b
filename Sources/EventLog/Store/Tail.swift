/// The marks of all events that the index table doesn't hold yet, oldest chunk first.
///
/// It may hold more than that, never less, up to `end`; who reads takes both and drops what is
/// twice.
struct Tail {
  private(set) var chunks: [MarkChunk]
  private let smallestChunk: Int
  private var chunkEvents: Int

  /// An empty tail after a table that is complete up to `indexedTo`.
  init(indexedTo: Int, chunkEvents: Int) {
    chunks = [MarkChunk(from: indexedTo + 1)]
    smallestChunk = chunkEvents
    self.chunkEvents = chunkEvents
    drop(through: indexedTo)
  }

  /// The first event that is, or will be, in the tail.
  var start: Int { chunks[0].first }

  /// The last event that is in the tail.
  var end: Int { chunks[chunks.count - 1].last }

  /// How many chunks are full, and wait for the table.
  var fullChunks: Int { chunks.count - 1 }

  /// The end of the chunk that is next for the table, once it is full.
  var firstFullEnd: Int? { chunks.count > 1 ? chunks[0].last : nil }

  /// The chunks that hold some of the events in a range.
  func chunks(of range: ClosedRange<Int>) -> [MarkChunk] {
    chunks.filter { $0.last >= range.lowerBound && $0.first <= range.upperBound }
  }

  /// Adds the marks of the event after `end`.
  mutating func append(_ marks: some Sequence<Int64>, at position: Int) {
    precondition(position == end + 1, "the tail ends at \(end), not before \(position)")
    chunks[chunks.count - 1].append(marks, at: position)
    if chunks[chunks.count - 1].eventCount >= chunkEvents {
      chunks.append(MarkChunk(from: position + 1))
    }
  }

  /// Adds the marks of the events after `end` that a chunk holds, up to the last of them.
  mutating func append(contentsOf chunk: MarkChunk, through last: Int) {
    var entry = chunk.positions.firstIndex { $0 > end } ?? chunk.positions.endIndex
    while end < last {
      let position = end + 1
      let from = entry
      while entry < chunk.positions.count, chunk.positions[entry] == position { entry += 1 }
      append(chunk.marks[from..<entry], at: position)
    }
  }

  /// Drops the chunks that the table holds.
  ///
  /// In a large table a chunk has to be larger, too, or each of its rows would need a page of its
  /// own.
  mutating func drop(through indexedTo: Int) {
    chunkEvents = max(smallestChunk, min(indexedTo / 10, smallestChunk * 5 / 2))
    while chunks.count > 1, chunks[0].last <= indexedTo { chunks.removeFirst() }
    if chunks.count == 1, end < indexedTo {
      chunks = [MarkChunk(from: indexedTo + 1)]
    }
  }

  /// Ends the last chunk where it is, so that all of it can go to the table.
  mutating func freeze() {
    if chunks[chunks.count - 1].eventCount > 0 { chunks.append(MarkChunk(from: end + 1)) }
  }

  /// The positions of a mark after one and up to another, ascending.
  mutating func positions(of mark: Int64, after: Int, upTo: Int) -> [Int] {
    var found: [Int] = []
    for index in chunks.indices.reversed() {
      if chunks[index].last <= after { break }
      chunks[index].forEachPosition(of: mark) { position in
        if position > after, position <= upTo { found.append(position) }
        return position > after
      }
    }
    found.reverse()
    return found
  }
}
