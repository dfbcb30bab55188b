/// Cuts a stream of bytes into rows and cells after RFC 4180, and remembers physical lines.
///
/// It keeps one chunk and the row it is in, so memory stays flat. A row ends with LF, CRLF or CR
/// outside quotes. What a cell means is not decided here.
struct CSVScanner {
  /// Larger than what was read, so that a few bytes beyond a cell may always be looked at.
  private(set) var buffer: [UInt8]
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

  /// Told with each chunk how many lines and bytes have been read.
  private let tell: ((Int, Int) -> Void)?

  private let source: CSVSource
  private var next = 0
  /// Where in the buffer the bytes end that were read.
  private var end = 0
  private var nextLine = 1
  private var isAtEnd = false
  /// Whether any byte in the buffer is NUL.
  private var hasNUL = false

  /// The largest cell and the largest row that are read.
  static let maxCell = 64 << 10
  static let maxRow = 1 << 20
  /// How many bytes of the buffer stay free.
  static let padding = 32

  /// Reads the first chunk.
  ///
  /// - Throws: ``FileProblem``, or ``WireError`` when gzip is damaged in it.
  init(
    _ source: CSVSource, file: String? = nil, telling tell: ((Int, Int) -> Void)? = nil
  ) throws {
    self.source = source
    self.tell = tell
    buffer = Array(repeating: 0, count: 3 * source.chunk + CSVScanner.padding)
    do throws(CSVStop) {
      try refill()
    } catch {
      throw error.cause(file: file)
    }
  }

  /// The bytes of the file that have been read.
  var mark: CSVMark { source.mark }

  /// How many physical lines have been read.
  var linesRead: Int { nextLine - 1 }

  /// The first bytes of the file, to tell what it is.
  var opening: ArraySlice<UInt8> { buffer.prefix(min(end, 4)) }

  /// Passes over a byte order mark at the very start.
  mutating func skipMark() {
    if next == 0, opening.starts(with: [0xEF, 0xBB, 0xBF]) { next = 3 }
  }

  /// Reads the next row; false at the end of the file.
  mutating func nextRow() throws(CSVStop) -> Bool {
    while true {
      if next == end {
        guard try more() else { return false }
        continue
      }
      var scan = CSVRowScan(at: next)
      let isWhole = scanned(&scan)
      if !isWhole {
        guard scan.cellStart + CSVScanner.maxCell > end, next + CSVScanner.maxRow > end
        else { throw .fault(scan.tooLong, line: nextLine + scan.linesBeforeCell) }
        guard try !more() else { continue }
        throw .fault(.openQuote, line: nextLine + scan.linesBeforeCell)
      }
      if scan.contentEnd - next > CSVScanner.maxCell,
        let long = cells.first(where: { $0.raw.count > CSVScanner.maxCell })
      {
        throw .fault(.tooLong, line: nextLine + lines(in: next..<long.raw.lowerBound))
      }
      row = next..<scan.contentEnd
      rowEnd = scan.contentEnd..<scan.at
      line = nextLine
      fault = scan.fault
      if fault == nil, hasNUL { fault = nulFault() }
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

  private func nulFault() -> CSVFault? {
    guard let at = buffer[row].firstIndex(of: 0) else { return nil }
    let (line, column) = XMLEncoding.position(of: at - row.lowerBound, in: Array(buffer[row]))
    return .noText(line: nextLine + line - 1, column: column)
  }

  private mutating func scanned(_ scan: inout CSVRowScan) -> Bool {
    let (end, isAtEnd) = (end, isAtEnd)
    var cells = cells
    self.cells = []
    defer { self.cells = cells }
    return buffer.withUnsafeBufferPointer {
      scan.run(UnsafeBufferPointer(rebasing: $0[..<end]), isLast: isAtEnd, into: &cells)
    }
  }

  /// Drops what was read and appends the next chunk; false at the end of the file.
  private mutating func more() throws(CSVStop) -> Bool {
    guard !isAtEnd else { return false }
    try refill()
    // Even when nothing came, the rest must be looked at once more as the last of the file.
    return !isAtEnd || next < end
  }

  private mutating func refill() throws(CSVStop) {
    let (source, start, rest) = (source, next, end - next)
    // Two chunks, because the first one may come in two.
    let missing = rest + 2 * source.chunk + CSVScanner.padding - buffer.count
    if missing > 0 { buffer += repeatElement(0, count: max(missing, buffer.count)) }
    do throws(CSVStop) {
      let count = try buffer.withUnsafeMutableBufferPointer { (all) throws(CSVStop) -> Int in
        let bytes = UnsafeMutableRawBufferPointer(all)
        bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start..<(start + rest)]))
        return try source.read(
          into: UnsafeMutableRawBufferPointer(
            rebasing: bytes[rest..<(bytes.count - CSVScanner.padding)]))
      }
      next = 0
      end = rest + count
      isAtEnd = count == 0
    } catch .fault(let fault, _) {
      throw .fault(fault, line: nextLine)
    }
    hasNUL = buffer.withUnsafeBufferPointer { $0[..<end].contains(0) }
    tell?(linesRead, source.used)
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
  case gzip(GzipFault)
  case noText(line: Int, column: Int)
  case notUTF8(UInt8, line: Int, column: Int)
}

/// Why a file can't be read on.
enum CSVStop: Error {
  case fault(CSVFault, line: Int)
  case unreadable(FileProblem)
}

extension CSVStop {
  /// What whoever asked for the file is told.
  func cause(file: String?) -> any Error {
    switch self {
    case .unreadable(let problem): problem
    case .fault(let fault, let line): fault.error(file: file, line: line)
    }
  }
}
