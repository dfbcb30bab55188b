internal import Wire

/// Five numbers that stand for a row of a file; ordered by the first, then by the next.
struct SortedRow: Hashable, Comparable {
  /// What is looked for: rows with the same belong together.
  var key: UInt64
  var second: UInt64
  var third: UInt64
  var fourth: UInt64
  /// Where the row is.
  var place: UInt64

  static func < (left: SortedRow, right: SortedRow) -> Bool {
    if left.key != right.key { return left.key < right.key }
    if left.second != right.second { return left.second < right.second }
    if left.third != right.third { return left.third < right.third }
    if left.fourth != right.fourth { return left.fourth < right.fourth }
    return left.place < right.place
  }
}

/// Sorts any number of rows in memory that doesn't grow: beyond a million in runs on the disk.
///
/// What stands in the file must be no personal value: numbers, hashes of values with a secret that only
/// this process has, and hashes of what records hold anyway, such as tokens.
final class SpilledSort {
  private let most: Int
  private var rows: [SortedRow] = []
  private var runs: [Int] = []
  private var file: UnnamedFile?

  /// Sorts with so many rows in memory.
  init(inMemory most: Int = 1_000_000) { self.most = most }

  func add(_ row: SortedRow) throws {
    rows.append(row)
    if rows.count == most { try spill() }
  }

  /// Hands on all rows in their order, and forgets them.
  func inOrder(_ body: (SortedRow) throws -> Void) throws {
    defer {
      rows = []
      runs = []
    }
    guard let file, !runs.isEmpty else {
      rows.sort()
      for row in rows { try body(row) }
      return
    }
    if !rows.isEmpty { try spill() }
    rows = []
    var start = 0
    var readers = runs.map { count in
      defer { start += count }
      return Run(rows: start..<start + count)
    }
    for index in readers.indices { try readers[index].fill(from: file) }
    while true {
      var least: Int?
      for index in readers.indices {
        guard let row = readers[index].first else { continue }
        if let known = least, let other = readers[known].first, other <= row { continue }
        least = index
      }
      guard let least, let row = readers[least].first else { return }
      try body(row)
      try readers[least].advance(in: file)
    }
  }

  private func spill() throws {
    let file = try self.file ?? UnnamedFile()
    self.file = file
    rows.sort()
    let offset = runs.reduce(0, +) * MemoryLayout<SortedRow>.stride
    try rows.withUnsafeBytes { try file.put($0, at: offset, keeping: "a list of a file's rows") }
    runs.append(rows.count)
    rows.removeAll(keepingCapacity: true)
  }

  /// One sorted run, some rows of it in memory.
  private struct Run {
    var rows: Range<Int>
    private var page: [SortedRow] = []
    private var next = 0

    init(rows: Range<Int>) { self.rows = rows }

    var first: SortedRow? { next < page.count ? page[next] : nil }

    mutating func advance(in file: UnnamedFile) throws {
      next += 1
      if next == page.count { try fill(from: file) }
    }

    mutating func fill(from file: UnnamedFile) throws {
      let stride = MemoryLayout<SortedRow>.stride
      let count = min(2_000, rows.count)
      next = 0
      page = try Array(unsafeUninitializedCapacity: count) { buffer, filled in
        try file.fill(
          UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count * stride),
          at: rows.lowerBound * stride)
        filled = count
      }
      rows = rows.lowerBound + count..<rows.upperBound
    }
  }
}
