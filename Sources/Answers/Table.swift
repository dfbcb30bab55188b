/// Rows of text in aligned columns; the last column is never padded.
package struct Table {
  private let headings: [String]
  private let rightAligned: Set<Int>
  private var rows: [[String]] = []

  package init(_ headings: [String], rightAligned: Set<Int> = []) {
    self.headings = headings
    self.rightAligned = rightAligned
  }

  package mutating func add(_ row: [String]) { rows.append(row) }

  package var isEmpty: Bool { rows.isEmpty }

  /// The table, one line a row, without a closing line feed.
  package func text(indent: Int = 0) -> String {
    let all = headings.contains { !$0.isEmpty } ? [headings] + rows : rows
    let widths = headings.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      var line = String(repeating: " ", count: indent)
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        let isLast = column == row.count - 1
        line += rightAligned.contains(column) ? padding + cell : cell + (isLast ? "" : padding)
        if !isLast { line += "  " }
      }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }

  /// RFC 4180: CRLF, quotes where needed, and `'` before what a spreadsheet takes for a formula in
  /// a column of free text.
  package func csv(freeText: Set<Int> = []) -> String {
    ([headings] + rows).map { Table.csvLine($0, freeText: freeText) }.joined()
  }

  /// One line of the CSV form.
  package static func csvLine(_ row: [String], freeText: Set<Int> = []) -> String {
    row.enumerated().map { column, text in
      // Byte by byte: a mark that joins the letter before it would hide a comma or a quotation mark.
      var bytes = Array(text.utf8)
      if freeText.contains(column), let first = bytes.first, "=+-@\t\r".utf8.contains(first) {
        bytes.insert(UInt8(ascii: "'"), at: 0)
      }
      guard bytes.contains(where: { "\",\r\n".utf8.contains($0) }) else {
        return String(decoding: bytes, as: UTF8.self)
      }
      let quoted = bytes.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }
      return "\"" + String(decoding: quoted, as: UTF8.self) + "\""
    }.joined(separator: ",") + "\r\n"
  }
}
