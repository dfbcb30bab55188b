/// One row of a summary list: what it is, and its lines.
struct FactView {
  let factName: String
  let factLines: [Line]

  struct Line {
    let words: String
    let lineAddress: String?
    let lineSource: String?

    init(_ words: String, at address: String? = nil, source: String? = nil) {
      self.words = words
      lineAddress = address
      lineSource = source
    }
  }

  init(_ name: String, _ lines: [Line]) {
    factName = name
    factLines = lines
  }

  init(_ name: String, _ words: String, source: String? = nil) {
    self.init(name, [Line(words, source: source)])
  }
}
