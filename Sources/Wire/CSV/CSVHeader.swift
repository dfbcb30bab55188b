/// Which column of a file holds which field.
struct CSVHeader {
  /// For each column of the row type its place in the file, or −1.
  let places: [Int]
  /// Columns without a heading.
  let unnamed: [Int]
  /// Where the column `problem` of a file handed back stands; it is passed over.
  let problemColumn: Int?
  /// How many columns a row must have; trailing ones without a heading don't count.
  let width: Int
  /// How many columns the header row has.
  let fullWidth: Int

  /// What the column of a file handed back is called.
  static let problem = "problem"

  /// Matches headings with columns; everything that doesn't match is noted.
  init(
    _ headings: [String], _ columns: [CSVColumn], _ options: CSVOptions, _ notes: inout CSVNotes,
    file: String?
  ) {
    var match = CSVHeaderMatch(headings, columns, options)
    match.run()
    for problem in match.problems {
      var problem = problem
      problem.file = file
      problem.line = 1
      notes.note(problem)
    }
    places = match.places
    unnamed = match.unnamed
    problemColumn = match.problemColumn
    width = headings.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
    fullWidth = headings.count
    notes.summary.emptyColumns = unnamed.count
  }
}

/// The matching itself.
struct CSVHeaderMatch {
  private let headings: [String]
  private let columns: [CSVColumn]
  private let options: CSVOptions
  private(set) var places: [Int]
  private(set) var unnamed: [Int] = []
  private(set) var problemColumn: Int?
  private(set) var problems: [WireError] = []
  private var unknown: [String] = []

  init(_ headings: [String], _ columns: [CSVColumn], _ options: CSVOptions) {
    self.headings = headings
    self.columns = columns
    self.options = options
    places = Array(repeating: -1, count: columns.count)
  }

  mutating func run() {
    for (index, heading) in headings.enumerated() { place(heading, index) }
    checkMap()
    let missing = columns.filter { $0.isRequired && places[$0.index] < 0 }
    if missing.count > 1, unknown.count == headings.filter({ !$0.isEmpty }).count,
      headings.contains(where: { $0.utf8.filter { (48...57).contains($0) }.count >= 6 })
    {
      let names = missing.map(\.name).joined(separator: ", ")
      problems = [
        WireError(
          .missingColumn, expected: names, found: "a row of values",
          next: "The first line names the columns")
      ]
      return
    }
    var suggested: Set<String> = []
    for column in missing { note(missing: column, among: missing.count, &suggested) }
    for heading in unknown where !suggested.contains(heading) { note(unknown: heading) }
  }

  private mutating func place(_ heading: String, _ index: Int) {
    if heading.isEmpty {
      unnamed.append(index)
      return
    }
    let field = options.map[heading] ?? heading
    if headings.firstIndex(of: heading) != index {
      repeated(heading)
    } else if options.ignore.contains(heading) {
      return
    } else if let column = columns.first(where: { $0.name == field }) {
      if places[column.index] >= 0 { repeated(field) }
      places[column.index] = index
    } else if heading == CSVHeader.problem {
      problemColumn = index
    } else if options.map[heading] == nil {
      unknown.append(heading)
    }
  }

  private mutating func repeated(_ name: String) {
    problems.append(
      WireError(
        .repeatedColumn, expected: "each column once", found: "a second \(Shown.name(name))"))
  }

  private mutating func checkMap() {
    for (heading, field) in options.map.sorted(by: { $0.key < $1.key }) {
      if !columns.contains(where: { $0.name == field }) {
        let near = Nearest.of(field, among: columns.map(\.name))
        problems.append(
          WireError(
            .unknownColumn, expected: "one of \(columns.map(\.name).joined(separator: ", "))",
            found: "\(Shown.name(field)) in --map",
            next: near.map { "Did you mean --map \(Nearest.quoted(heading, $0))?" }))
      } else if !headings.contains(heading) {
        problems.append(
          WireError(
            .missingColumn, expected: Shown.name(heading), found: shownHeadings(headings),
            next: "--map names it"))
      }
    }
  }

  private mutating func note(
    missing column: CSVColumn, among count: Int, _ suggested: inout Set<String>
  ) {
    let near = Nearest.of(column.name, among: unknown.filter { !suggested.contains($0) })
    let only = count == 1 && unknown.count == 1 ? unknown.first : nil
    guard let candidate = near ?? only else {
      problems.append(
        WireError(.missingColumn, expected: column.name, found: shownHeadings(headings)))
      return
    }
    suggested.insert(candidate)
    problems.append(
      WireError(
        .missingColumn, expected: column.name, found: Shown.name(candidate),
        next: "If that is the one: --map \(Nearest.quoted(candidate, column.name))"))
  }

  private mutating func note(unknown heading: String) {
    let free = columns.filter { places[$0.index] < 0 }.map(\.name)
    let near = Nearest.of(heading, among: free)
    let way = near.map { "If it is \($0): --map \(Nearest.quoted(heading, $0)). " } ?? ""
    problems.append(
      WireError(
        .unknownColumn, expected: "the columns \(columns.map(\.name).joined(separator: ", "))",
        found: Shown.name(heading),
        next: "\(way)To leave it out: --ignore \(Nearest.quoted(heading))"))
  }

  private func shownHeadings(_ headings: [String]) -> String {
    let shown = headings.filter { !$0.isEmpty }.prefix(12).map { Shown.name($0) }
    return shown.isEmpty ? "no headings" : shown.joined(separator: ", ")
  }
}
