internal import Foundation

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

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
/// The file has no name as soon as it is open, so it ends with the process, however that ends. What
/// stands in it must be no personal value: numbers, and hashes with a secret that only this process
/// has.
final class SpilledSort {
  private let most: Int
  private var rows: [SortedRow] = []
  private var runs: [Int] = []
  private var descriptor: Int32 = -1

  /// Sorts with so many rows in memory.
  init(inMemory most: Int = 1_000_000) { self.most = most }

  deinit { if descriptor >= 0 { close(descriptor) } }

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
    guard !runs.isEmpty else {
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
    for index in readers.indices { try readers[index].fill(from: descriptor) }
    while true {
      var least: Int?
      for index in readers.indices {
        guard let row = readers[index].first else { continue }
        if let known = least, let other = readers[known].first, other <= row { continue }
        least = index
      }
      guard let least, let row = readers[least].first else { return }
      try body(row)
      try readers[least].advance(in: descriptor)
    }
  }

  private func spill() throws {
    if descriptor < 0 { descriptor = try Self.file() }
    rows.sort()
    var offset = runs.reduce(0, +) * MemoryLayout<SortedRow>.stride
    try rows.withUnsafeBytes { bytes in
      var rest = UnsafeRawBufferPointer(rebasing: bytes[...])
      while !rest.isEmpty {
        let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset))
        guard count > 0 else {
          if count < 0, errno == EINTR { continue }
          throw Self.problem("can't be written")
        }
        offset += count
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
    runs.append(rows.count)
    rows.removeAll(keepingCapacity: true)
  }

  private static func file() throws -> Int32 {
    var path = Array((NSTemporaryDirectory() + "/smi-ledger-XXXXXX").utf8CString)
    let descriptor = mkstemp(&path)
    guard descriptor >= 0 else { throw problem("can't be made") }
    unlink(path)
    return descriptor
  }

  private static func problem(_ what: String) -> SpillProblem {
    SpillProblem(what: "\(what): \(String(cString: strerror(errno)))")
  }

  /// One sorted run, some rows of it in memory.
  private struct Run {
    var rows: Range<Int>
    private var page: [SortedRow] = []
    private var next = 0

    init(rows: Range<Int>) { self.rows = rows }

    var first: SortedRow? { next < page.count ? page[next] : nil }

    mutating func advance(in descriptor: Int32) throws {
      next += 1
      if next == page.count { try fill(from: descriptor) }
    }

    mutating func fill(from descriptor: Int32) throws {
      let stride = MemoryLayout<SortedRow>.stride
      let count = min(2_000, rows.count)
      next = 0
      page = try Array(unsafeUninitializedCapacity: count) { buffer, filled in
        var have = 0
        let bytes = UnsafeMutableRawBufferPointer(buffer)
        while have < count * stride {
          let read = pread(
            descriptor, bytes.baseAddress.map { $0 + have }, count * stride - have,
            off_t(rows.lowerBound * stride + have))
          guard read > 0 else {
            if read < 0, errno == EINTR { continue }
            throw SpilledSort.problem("can't be read")
          }
          have += read
        }
        filled = count
      }
      rows = rows.lowerBound + count..<rows.upperBound
    }
  }
}

/// The temporary file of a long file's check can't be used; nothing was recorded.
struct SpillProblem: Error, CustomStringConvertible {
  let what: String

  var description: String {
    "the temporary file that a long file is checked with \(what). TMPDIR names its folder"
  }
}
