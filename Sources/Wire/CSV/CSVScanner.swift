/// Cuts a stream of bytes into rows and cells after RFC 4180, and remembers physical lines.
///
/// It keeps one chunk and the row it is in, so memory stays flat. A row ends with LF, CRLF or CR
/// outside quotes. What a cell means is not decided here.
struct CSVScanner {
  private(set) var buffer: [UInt8] = []
  /// The cells of the current row.
  private(set) var cells: [CSVCell] = []
  /// Where the current row stands in the buffer, and its line end.
  private(set) var row = 0..<0
  private(set) var rowEnd = 0..<0
  /// The physical line on which the current row begins.
  private(set) var line = 0
  /// What is wrong with the quotes or the encoding of the current row.
  private(set) var fault: CSVFault?
  /// How many rows were read, the empty ones included.
  private(set) var rowCount = 0

  private var source: CSVSource
  private var next = 0
  private var nextLine = 1
  private var isAtEnd = false

  /// The largest cell and the largest row that are read.
  static let maxCell = 64 << 10
  static let maxRow = 1 << 20

  init(_ source: CSVSource) throws(FileProblem) {
    self.source = source
    try refill()
  }

  /// How many physical lines have been read.
  var linesRead: Int { nextLine - 1 }

  /// The first bytes of the file, to tell what it is.
  var opening: ArraySlice<UInt8> { buffer.prefix(4) }

  /// Passes over a byte order mark at the very start.
  mutating func skipMark() {
    if next == 0, buffer.starts(with: [0xEF, 0xBB, 0xBF]) { next = 3 }
  }

  func close() { source.close() }

  /// Reads the next row; false at the end of the file.
  mutating func nextRow() throws(CSVStop) -> Bool {
    while true {
      if next == buffer.count {
        guard try more(from: next) else { return false }
        continue
      }
      var scan = CSVRowScan(at: next)
      let isWhole = scan.run(buffer, isLast: isAtEnd, into: &cells)
      if !isWhole {
        guard scan.cellStart + CSVScanner.maxCell > buffer.count,
          next + CSVScanner.maxRow > buffer.count
        else { throw .fault(scan.tooLong, line: nextLine + scan.linesBeforeCell) }
        guard try !more(from: next) else { continue }
        throw .fault(.openQuote, line: nextLine + scan.linesBeforeCell)
      }
      if let long = cells.first(where: { $0.raw.count > CSVScanner.maxCell }) {
        throw .fault(.tooLong, line: nextLine + lines(in: next..<long.raw.lowerBound))
      }
      row = next..<scan.contentEnd
      rowEnd = scan.contentEnd..<scan.at
      line = nextLine
      fault = scan.fault
      if fault == nil, scan.bits >= 0x80 { fault = encodingFault() }
      next = scan.at
      nextLine += scan.lines
      rowCount += 1
      return true
    }
  }

  /// The bytes of a cell without its quotes.
  func content(of cell: CSVCell) -> ArraySlice<UInt8> {
    guard cell.isQuoted else { return buffer[cell.raw] }
    let inner = buffer[(cell.raw.lowerBound + 1)..<cell.closingQuote]
    guard cell.hasDoubledQuotes else { return inner }
    var result: [UInt8] = []
    result.reserveCapacity(inner.count)
    var at = inner.startIndex
    while at < inner.endIndex {
      result.append(inner[at])
      at += inner[at] == 34 ? 2 : 1
    }
    return result[...]
  }

  private func encodingFault() -> CSVFault? {
    var at = row.lowerBound
    while at < row.upperBound {
      guard buffer[at] >= 0x80 else {
        at += 1
        continue
      }
      guard let (_, length) = XMLEncoding.scalar(in: buffer, at: at), at + length <= row.upperBound
      else {
        let (line, column) = XMLEncoding.position(of: at - row.lowerBound, in: Array(buffer[row]))
        return .notUTF8(buffer[at], line: nextLine + line - 1, column: column)
      }
      at += length
    }
    return nil
  }

  private func lines(in range: Range<Int>) -> Int {
    XMLEncoding.position(of: range.count, in: Array(buffer[range])).line - 1
  }

  /// Drops what was read and appends the next chunk; false at the end of the file.
  private mutating func more(from start: Int) throws(CSVStop) -> Bool {
    guard !isAtEnd else { return false }
    do throws(FileProblem) {
      try refill()
    } catch {
      throw .unreadable(error)
    }
    // Even when nothing came, the rest must be looked at once more as the last of the file.
    return !isAtEnd || next < buffer.count
  }

  private mutating func refill() throws(FileProblem) {
    buffer.removeSubrange(0..<next)
    next = 0
    isAtEnd = try !source.read(into: &buffer)
  }
}

/// One cell of a row, by its place in the buffer.
struct CSVCell {
  /// With its quotes.
  let raw: Range<Int>
  let isQuoted: Bool
  let hasDoubledQuotes: Bool
  /// Where the closing quote stands, in a quoted cell.
  let closingQuote: Int
}

/// What can be wrong with a row before any cell is looked at.
enum CSVFault: Hashable {
  case quoteInside
  case textAfterQuote
  case openQuote
  case tooLong
  case rowTooLong
  case notUTF8(UInt8, line: Int, column: Int)
}

/// Why a file can't be read on.
enum CSVStop: Error {
  case fault(CSVFault, line: Int)
  case unreadable(FileProblem)
}
