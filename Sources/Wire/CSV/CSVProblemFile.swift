extension CSVFile {
  /// Hands a refused file back: the same rows, with a last column `problem` that says what is
  /// wrong.
  ///
  /// A column of that name is passed over when the file is read again, and replaced when it is
  /// handed back again. What is wrong with the header stands in the first row. A file that can't be
  /// cut into rows, because of its encoding, its separator or a quote that never closes, can't be
  /// handed back.
  ///
  /// - Parameters:
  ///   - path: the refused file.
  ///   - options: how it was read.
  ///   - output: the file to write.
  ///   - more: what was found by comparing rows, which no row tells of itself; each stands in the row
  ///     that begins on its line.
  /// - Returns: how many rows have a problem.
  /// - Throws: ``CSVProblems`` when the file can't be handed back, or ``FileProblem``.
  @discardableResult
  public static func writeProblems(
    of path: String, _ options: CSVOptions = CSVOptions(), to output: String,
    also more: [WireError] = []
  ) throws -> Int {
    let width = try widestRow(of: path, options)
    let sink = try CSVSink(path: output, unlike: options.spool == nil ? path : nil)
    defer { sink.close() }
    return try copy(path, options, width: width, to: sink, Dictionary(grouping: more, by: \.line))
  }

  /// The number of cells of the widest row, so that the new column stands after all of them.
  private static func widestRow(of path: String, _ options: CSVOptions) throws -> Int {
    var notes = CSVNotes(kept: options.kept)
    var width = 0
    do {
      var scanner = try CSVScanner(CSVSource(path: path, options), file: path)
      _ = try scanner.headings(file: path)
      repeat { width = max(width, scanner.cells.count) } while try scanner.nextRow()
    } catch let stop as CSVStop {
      guard let error = stop.cause(file: path) as? WireError else { throw stop.cause(file: path) }
      notes.note(error)
      throw notes.problems(of: path)
    } catch let error as WireError {
      notes.note(error)
      throw notes.problems(of: path)
    }
    return width
  }

  private static func copy(
    _ path: String, _ options: CSVOptions, width: Int, to sink: CSVSink,
    _ more: [Int?: [WireError]]
  ) throws -> Int {
    var scanner = try CSVScanner(CSVSource(path: path, options), file: path)
    let hasMark = scanner.opening.starts(with: [0xEF, 0xBB, 0xBF])
    let headings = try scanner.headings(file: path)
    var notes = CSVNotes(kept: options.kept)
    let header = CSVHeader(headings, Row.columns, options, &notes, file: path)
    var pending = notes.problems
    var sink = sink
    if hasMark { try sink.put([0xEF, 0xBB, 0xBF]) }
    let old = header.problemColumn
    try sink.put(row: scanner, without: old, width: width, problem: CSVHeader.problem)
    var cells = CSVCells(
      scanner: scanner, header: header, options: options, file: path, notes: CSVNotes(kept: 0))
    var count = 0
    while true {
      switch try cells.step() {
      case .end:
        if !pending.isEmpty { try sink.put(problem: text(pending), width: width, without: old) }
        try sink.flush()
        return count
      case .emptyRow: try sink.put(row: cells.scanner, without: old, width: width, problem: "")
      case .row:
        if notes.total == 0, !cells.hasProblems { _ = Row(&cells) }
        let problems = pending + cells.rowProblems + more[cells.scanner.line, default: []]
        pending = []
        if !problems.isEmpty { count += 1 }
        // A row that was cut short isn't filled up, or it would pass when the file is read again.
        let isShort = cells.scanner.cells.count < header.width
        try sink.put(
          row: cells.scanner, without: old, width: isShort ? 0 : width, problem: text(problems))
      }
    }
  }

  private static func text(_ problems: [WireError]) -> String {
    problems.map { problem in
      (problem.place.map { "\($0): " } ?? "") + problem.sentence
    }.joined(separator: " | ")
  }
}
