extension CSVScanner {
  /// Reads the header row, after making sure that this is a CSV file in UTF-8.
  mutating func headings(file: String?) throws -> [String] {
    try checkOpening(file: file)
    skipMark()
    let isThere: Bool
    do throws(CSVStop) {
      isThere = try nextRow()
    } catch {
      throw error.cause(file: file)
    }
    guard isThere else { throw refused(.syntax, "a header row", "an empty file", file) }
    if let fault { throw fault.error(file: file, line: 1) }
    let headings = cells.map { cell in
      let bare = CSVText.withoutTextMark(CSVText.trimmed(content(of: cell)))
      return String(decoding: bare, as: UTF8.self)
    }
    if headings.allSatisfy(\.isEmpty) {
      throw refused(.syntax, "a header row in the first line", "an empty row", file)
    }
    try checkSeparator(headings, file: file)
    return headings
  }

  private func checkSeparator(_ headings: [String], file: String?) throws {
    if headings[0].lowercased().hasPrefix("sep=") {
      throw refused(
        .separator, "the columns' names in the first line", "sep=", file,
        next: "Take that line out; columns are separated by commas")
    }
    for (mark, name) in [(";", "semicolons"), ("\t", "tabs")]
    where headings.contains(where: { $0.contains(mark) }) {
      throw refused(
        .separator, "columns separated by commas", name, file,
        next: "This file is separated by \(name): save it as \"CSV UTF-8 (Comma delimited)\"")
    }
  }

  private func checkOpening(file: String?) throws {
    if opening.starts(with: [0xFF, 0xFE]) || opening.starts(with: [0xFE, 0xFF])
      || opening.prefix(2).contains(0)
    {
      throw refused(
        .encoding, "UTF-8", "UTF-16", file, column: 1,
        next: "\"Unicode text\" is that: save it as \"CSV UTF-8\"")
    }
    if opening.starts(with: [0x50, 0x4B, 3, 4]) || opening.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      throw refused(
        .syntax, "a CSV file", "an Excel workbook or an archive", file,
        next: "Open it and save it as \"CSV UTF-8\"")
    }
    if opening.first == 60 {
      throw refused(.syntax, "a CSV file", "XML or HTML", file)
    }
  }

  private func refused(
    _ kind: WireError.Kind, _ expected: String, _ found: String, _ file: String?,
    column: Int? = nil, next: String? = nil
  ) -> WireError {
    WireError(
      kind, file: file, line: 1, column: column, expected: expected, found: found, next: next)
  }
}
