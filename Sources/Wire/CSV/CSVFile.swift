/// Reads a file of one kind of row, a chunk at a time.
///
/// All problems are collected before anything is thrown, and a file with a single problem counts as
/// not read. Memory doesn't grow with the file.
public enum CSVFile<Row: CSVRow> {
  /// Reads a whole file without handing anything on.
  ///
  /// - Throws: ``CSVProblems``, or ``FileProblem`` when it can't be opened or read.
  public static func validate(_ path: String, _ options: CSVOptions = CSVOptions()) throws
    -> CSVSummary
  {
    try read(path, options) { _, _ in }
  }

  /// Reads a file and hands on each row with the physical line on which it begins.
  ///
  /// Rows are handed on until the first problem; from then on the rest is only checked. Whoever
  /// must not act on half a file calls ``validate(_:_:)`` first, and gives what it answered as
  /// `same`: then no row is handed on whose bytes are others than those that were checked.
  ///
  /// - Throws: ``CSVProblems``, or ``FileProblem`` when it can't be opened or read or has changed, or
  ///   what `onRow` throws.
  public static func read(
    _ path: String, _ options: CSVOptions = CSVOptions(), same whole: CSVSummary? = nil,
    onRow: (Row, Int) throws -> Void
  ) throws -> CSVSummary {
    let ahead = CSVReadAhead<Row> {
      let source = try CSVSource(path: path, options, same: whole?.mark)
      return try CSVPass(source, path, options, isChecking: whole == nil)
    }
    defer { ahead.giveUp() }
    while let rows = ahead.next() {
      for (row, line) in rows { try onRow(row, line) }
    }
    return try ahead.finish()
  }

  /// Reads a file as ``read(_:_:same:onRow:)`` does, and hands its rows on so many at a time, the last
  /// time what is left; not at all where there are none.
  public static func readSlices(
    of path: String, _ options: CSVOptions = CSVOptions(), same whole: CSVSummary? = nil,
    rows count: Int, _ body: ([Row]) throws -> Void
  ) throws {
    var slice: [Row] = []
    _ = try read(path, options, same: whole) { row, _ in
      slice.append(row)
      guard slice.count == count else { return }
      try body(slice)
      slice.removeAll(keepingCapacity: true)
    }
    if !slice.isEmpty { try body(slice) }
  }

  /// Reads a file that is already in memory.
  public static func read(
    _ bytes: [UInt8], file: String? = nil, _ options: CSVOptions = CSVOptions(),
    onRow: (Row, Int) throws -> Void
  ) throws -> CSVSummary {
    var pass = try CSVPass<Row>(CSVSource(bytes: bytes), file, options, isChecking: true)
    while let (row, line) = try pass.next() {
      if let row, !pass.hasProblems { try onRow(row, line) }
    }
    return try pass.finish()
  }
}

/// One pass over a file.
struct CSVPass<Row: CSVRow> {
  private(set) var cells: CSVCells
  private var stop: WireError?
  private var isDamaged = false
  private let file: String?

  /// Opens the file and reads its header.
  ///
  /// - Throws: ``CSVProblems`` when the header makes it useless to go on.
  init(_ source: CSVSource, _ file: String?, _ options: CSVOptions, isChecking: Bool) throws {
    self.file = file
    var notes = CSVNotes(kept: options.kept)
    var scanner: CSVScanner
    let header: CSVHeader
    do {
      let tell = options.progress.map { tell in
        { tell(CSVProgress(lines: $0, bytes: $1, length: source.length, isChecking: isChecking)) }
      }
      scanner = try CSVScanner(source, file: file, telling: tell)
      let headings = try scanner.headings(file: file)
      header = CSVHeader(headings, Row.columns, options, &notes, file: file)
    } catch let error as WireError {
      notes.note(error)
      throw notes.problems(of: file)
    }
    if notes.total > 0 { throw notes.problems(of: file) }
    cells = CSVCells(scanner: scanner, header: header, options: options, file: file, notes: notes)
  }

  var hasProblems: Bool { stop != nil || cells.notes.total > 0 }

  /// The next row with its line, nil for the row when it has problems; nil at the end.
  mutating func next() throws -> (row: Row?, line: Int)? {
    do throws(CSVStop) {
      guard try cells.advance() else { return nil }
    } catch {
      switch error {
      case .unreadable(let problem): throw problem
      case .fault(let fault, let line):
        stop = fault.error(file: file, line: line)
        isDamaged = fault.isOfWholeFile
        return nil
      }
    }
    let line = cells.scanner.line
    // A row of the wrong shape has its one cause named; its cells would only repeat it.
    if cells.hasProblems { return (nil, line) }
    guard let row = Row(&cells), !cells.hasProblems else { return (nil, line) }
    cells.countRow()
    return (row, line)
  }

  /// What was read, or all that was wrong.
  func finish() throws -> CSVSummary {
    var notes = cells.notes
    // What damage makes of the rows before it is found has that one cause.
    if let stop { notes.note(stop, first: isDamaged) }
    if notes.total > 0 { throw notes.problems(of: file) }
    let lines = cells.scanner.linesRead
    if let warning = CSVWarning(rows: cells.scanner.rowCount, lines: lines) {
      notes.warn(warning.kind) { warning }
    }
    notes.summary.mark = cells.scanner.mark
    return notes.summary
  }
}

extension CSVWarning {
  /// Excel holds 1,048,576 rows: a file with exactly as many may have been cut there.
  init?(rows: Int, lines: Int) {
    guard rows == 1_048_576 || lines == 1_048_576 else { return nil }
    self.init(
      kind: .rowLimit, line: lines, place: nil,
      text: "the file has exactly 1,048,576 lines, where Excel stops: it may be cut")
  }
}
