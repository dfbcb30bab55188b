/// A table of a page.
struct TableView {
  let caption: String
  let columns: [Column]
  let rows: [Row]
  /// A long table may go on on the next page of paper.
  let style: String

  struct Column {
    let name: String
    let isNumber: Bool
  }

  struct Row {
    let cells: [Cell]
  }

  struct Cell {
    let text: String
    let isNumber: Bool
    let isHead: Bool
    /// Whether it fits one line on the narrowest page.
    let isShort: Bool
  }

  /// The first column says which row it is; the others are numbers, but for those that are words.
  init(
    _ caption: String, _ columns: [String], words: Set<Int> = [], _ rows: [[String]]
  ) {
    func isNumber(_ index: Int) -> Bool { index > 0 && !words.contains(index) }
    self.caption = caption
    self.columns = columns.enumerated().map { Column(name: $1, isNumber: isNumber($0)) }
    style = rows.count > 25 ? "long" : ""
    self.rows = rows.map { row in
      Row(
        cells: row.enumerated().map { index, text in
          Cell(text: text, isNumber: isNumber(index), isHead: index == 0, isShort: text.count <= 10)
        })
    }
  }
}
