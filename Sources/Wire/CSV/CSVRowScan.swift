/// One pass over one row.
struct CSVRowScan {
  private(set) var at: Int
  /// Where the row's content ends and its line end begins.
  private(set) var contentEnd = 0
  /// Line ends passed, the one that ends the row included.
  private(set) var lines = 0
  private(set) var linesBeforeCell = 0
  private(set) var cellStart: Int
  /// All bytes passed, or-ed together: 0x80 or more when something isn't ASCII.
  private(set) var bits: UInt8 = 0
  private(set) var fault: CSVFault?
  private var isInQuotes = false

  init(at start: Int) {
    at = start
    cellStart = start
  }

  /// What is too long when the row doesn't end in the bytes at hand.
  var tooLong: CSVFault { at - cellStart > CSVScanner.maxCell ? .tooLong : .rowTooLong }

  /// Passes over one row; false when its end isn't in the buffer.
  mutating func run(_ buffer: UnsafeBufferPointer<UInt8>, isLast: Bool, into cells: inout [CSVCell])
    -> Bool
  {
    cells.removeAll(keepingCapacity: true)
    let end = buffer.count
    while true {
      cellStart = at
      linesBeforeCell = lines
      var isQuoted = false
      var hasDoubled = false
      var closing = 0
      if at < end, buffer[at] == 34 {
        isQuoted = true
        guard let (quote, doubled) = quoted(buffer) else { return false }
        closing = quote
        hasDoubled = doubled
        // A quote that is the last byte at hand may be the first of two.
        if at == end, !isLast { return false }
      }
      let afterQuote = at
      var hasQuote = false
      while at < end {
        let byte = buffer[at]
        // Most bytes are letters, digits and hyphens, which come after the comma.
        if byte <= 44 {
          if byte == 44 || byte == 10 || byte == 13 { break }
          if byte == 34 { hasQuote = true }
        }
        bits |= byte
        at += 1
      }
      if isQuoted, at > afterQuote { fault = fault ?? .textAfterQuote }
      if hasQuote, !isQuoted, buffer[cellStart] != 61 { fault = fault ?? .quoteInside }
      // A carriage return that is the last byte at hand may be followed by a line feed.
      if !isLast, at + 1 >= end { return false }
      cells.append(
        CSVCell(
          raw: cellStart..<at, isQuoted: isQuoted, hasDoubledQuotes: hasDoubled,
          closingQuote: closing))
      if at < end, buffer[at] == 44 {
        at += 1
        continue
      }
      contentEnd = at
      if at < end {
        at += buffer[at] == 13 && at + 1 < end && buffer[at + 1] == 10 ? 2 : 1
      }
      lines += 1
      return true
    }
  }

  /// Passes over a quoted cell and its closing quote; nil when that isn't in the buffer.
  private mutating func quoted(_ buffer: UnsafeBufferPointer<UInt8>) -> (
    closing: Int, doubled: Bool
  )? {
    var doubled = false
    at += 1
    while at < buffer.count {
      let byte = buffer[at]
      if byte == 34 {
        guard at + 1 < buffer.count, buffer[at + 1] == 34 else {
          at += 1
          return (at - 1, doubled)
        }
        doubled = true
        at += 2
        continue
      }
      if byte == 10 || (byte == 13 && !(at + 1 < buffer.count && buffer[at + 1] == 10)) {
        lines += 1
      }
      bits |= byte
      at += 1
    }
    return nil
  }
}
