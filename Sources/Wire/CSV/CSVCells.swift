/// The cells of one row, by column, and the problems found in reading them.
///
/// A row type asks for each of its cells once. What is not of its type is noted with its line and
/// column and comes back as nil, so that one pass finds all problems of a row.
public struct CSVCells {
  var scanner: CSVScanner
  let header: CSVHeader
  let options: CSVOptions
  let file: String?
  private(set) var notes: CSVNotes
  var memos = CSVMemos()
  /// Problems of the current row, for the file that is handed back.
  private(set) var rowProblems: [WireError] = []

  init(
    scanner: CSVScanner, header: CSVHeader, options: CSVOptions, file: String?, notes: CSVNotes
  ) {
    self.scanner = scanner
    self.header = header
    self.options = options
    self.file = file
    self.notes = notes
  }

  /// Whether anything in the current row was refused.
  public var hasProblems: Bool { !rowProblems.isEmpty }

  /// What the next row of a file is.
  enum Step { case row, emptyRow, end }

  /// Moves on to the next row that isn't empty; false at the end of the file.
  mutating func advance() throws(CSVStop) -> Bool {
    while true {
      switch try step() {
      case .row: return true
      case .emptyRow: continue
      case .end: return false
      }
    }
  }

  /// Moves on to the next row, and notes what is wrong with it as a whole.
  mutating func step() throws(CSVStop) -> Step {
    guard try scanner.nextRow() else { return .end }
    rowProblems.removeAll(keepingCapacity: true)
    if isEmptyRow {
      notes.summary.emptyRows += 1
      return .emptyRow
    }
    checkShape()
    return .row
  }

  private var isEmptyRow: Bool {
    scanner.fault == nil && scanner.cells.indices.allSatisfy { isEmpty(at: $0) }
  }

  /// Checks what can be wrong with a row as a whole.
  private mutating func checkShape() {
    if let fault = scanner.fault { note(fault.error(file: file, line: scanner.line)) }
    let count = scanner.cells.count
    if count < header.width {
      note(
        .width, nil, expected: "\(header.width) columns", found: "\(count)",
        next: "Something cut the row short")
    }
    for index in header.unnamed where index < count && !value(at: index).isEmpty {
      note(
        .width, nil, expected: "nothing in column \(index + 1), which has no heading",
        found: Shown.length(of: String(decoding: value(at: index), as: UTF8.self)))
    }
    for index in min(header.fullWidth, count)..<count where !value(at: index).isEmpty {
      note(.width, nil, expected: "\(header.width) columns", found: "\(count)")
      break
    }
  }

  /// A cell without quotes and without the blanks around it; empty when the file has no such
  /// column.
  func value(_ column: CSVColumn) -> ArraySlice<UInt8> {
    let index = header.places[column.index]
    return index < 0 || index >= scanner.cells.count ? [] : value(at: index)
  }

  /// Whether the file has such a column.
  func hasColumn(_ column: CSVColumn) -> Bool { header.places[column.index] >= 0 }

  /// Whether the row leaves a column empty.
  func isEmpty(_ column: CSVColumn) -> Bool { isEmpty(at: header.places[column.index]) }

  /// The same of a place in the row; a place without a cell is empty.
  func isEmpty(at index: Int) -> Bool {
    guard index >= 0, index < scanner.cells.count else { return true }
    let cell = scanner.cells[index]
    if cell.raw.isEmpty { return true }
    // What begins with neither a blank nor a quote has something in it.
    let first = scanner.buffer[cell.raw.lowerBound]
    return first > 34 && first < 0x80 ? false : value(at: index).isEmpty
  }

  private func value(at index: Int) -> ArraySlice<UInt8> {
    CSVText.trimmed(scanner.content(of: scanner.cells[index]))
  }

  /// Notes a problem of one cell, or of the whole row.
  public mutating func note(
    _ kind: WireError.Kind, _ column: CSVColumn?, expected: String, found: String,
    next: String? = nil
  ) {
    note(
      WireError(
        kind, file: file, line: scanner.line, place: column?.name, expected: expected, found: found,
        next: next))
  }

  /// Notes something odd in one cell that is read all the same.
  public mutating func warn(
    _ kind: CSVWarning.Kind, _ column: CSVColumn, _ text: @autoclosure () -> String
  ) {
    let line = scanner.line
    notes.warn(kind) { CSVWarning(kind: kind, line: line, place: column.name, text: text()) }
  }

  private mutating func note(_ problem: WireError) {
    rowProblems.append(problem)
    notes.note(problem)
  }

  mutating func countRow() { notes.summary.rows += 1 }
}

/// What a pass over a file found.
struct CSVNotes {
  let kept: Int
  var summary = CSVSummary()
  private(set) var problems: [WireError] = []
  private(set) var total = 0
  private(set) var counts: [WireError.Kind: Int] = [:]

  init(kept: Int) { self.kept = kept }

  mutating func note(_ problem: WireError, first: Bool = false) {
    total += 1
    counts[problem.kind, default: 0] += 1
    if first {
      problems.insert(problem, at: 0)
      problems = Array(problems.prefix(kept))
    } else if problems.count < kept {
      problems.append(problem)
    }
  }

  /// Counts a warning, and makes it only where it is kept.
  mutating func warn(_ kind: CSVWarning.Kind, _ warning: () -> CSVWarning) {
    summary.warningCounts[kind, default: 0] += 1
    if summary.warnings.count < kept { summary.warnings.append(warning()) }
  }

  func problems(of file: String?) -> CSVProblems {
    CSVProblems(
      file: file, problems: problems, total: total, counts: counts, areBetweenRows: false)
  }
}

extension CSVFault {
  /// Whether it says that the file was damaged, and not one row of it.
  var isOfWholeFile: Bool {
    if case .gzip = self { true } else { false }
  }

  func error(file: String?, line: Int) -> WireError {
    let (kind, expected, found, next): (WireError.Kind, String, String, String?)
    switch self {
    case .quoteInside:
      (kind, expected, found, next) = (
        .syntax, "quotes around the whole cell, those inside it doubled",
        "a quote in the middle of a cell", nil
      )
    case .textAfterQuote:
      (kind, expected, found, next) = (
        .syntax, "a comma after the closing quote", "more text", "A quote inside a cell is doubled"
      )
    case .openQuote:
      (kind, expected, found, next) = (
        .syntax, "a closing quote for the cell that begins here", "the end of the file", nil
      )
    case .tooLong:
      (kind, expected, found, next) = (
        .limit, "cells of at most \(CSVScanner.maxCell) bytes", "a longer one",
        "A quote that never closes looks like this"
      )
    case .rowTooLong:
      (kind, expected, found, next) = (
        .limit, "rows of at most \(CSVScanner.maxRow) bytes", "a longer one", nil
      )
    case .gzip(let fault):
      kind = .syntax
      (expected, found, next) = fault.words
    case .noText(let line, let column):
      return WireError(
        .encoding, file: file, line: line, column: column, expected: "text",
        found: "a NUL byte (0x00)",
        next: "No text holds one: the file was damaged, or was never a CSV file")
    case .notUTF8(let byte, let line, let column):
      return WireError(
        .encoding, file: file, line: line, column: column, expected: "UTF-8",
        found: "the byte 0x\(String(byte, radix: 16, uppercase: true))",
        next: "In the spreadsheet save it as \"CSV UTF-8\"")
    }
    return WireError(kind, file: file, line: line, expected: expected, found: found, next: next)
  }
}
