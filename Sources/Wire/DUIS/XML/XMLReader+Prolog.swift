extension XMLReader {
  /// Reads what stands before the root element, and its start tag.
  mutating func root() throws(WireError) -> XMLElement {
    if starts(with: "<?xml"), let after = byte(5), XMLReader.isBlank(after) { try declaration() }
    try skipMisc()
    guard let first = byte(at) else { throw notXML("only blanks and comments") }
    guard first == 60 else { throw notXML(Self.nature(of: bytes[at...])) }
    let element = try startTag()
    if element.namespace != .duis, ["html", "HTML"].contains(name(of: element)) {
      throw notXML("an HTML page", at: element.offset)
    }
    return element
  }

  /// Passes over blanks, comments and processing instructions outside the root element.
  mutating func skipMisc() throws(WireError) {
    while true {
      skipBlanks()
      if starts(with: "<!--") {
        try comment()
      } else if starts(with: "<?") {
        try processingInstruction()
      } else if starts(with: "<!") {
        throw doctypeOrMarkup()
      } else {
        return
      }
    }
  }

  /// Reads `<?xml version="1.0" encoding="…" standalone="…"?>`.
  private mutating func declaration() throws(WireError) {
    at = 5
    var names = ["version", "encoding", "standalone"][...]
    while true {
      let before = at
      skipBlanks()
      if starts(with: "?>") {
        at += 2
        break
      }
      let start = at
      guard at < bytes.count else { throw endOfFile() }
      let name = try qualifiedName("?> or one of \(names.joined(separator: ", "))")
      let text = String(decoding: bytes[name], as: UTF8.self)
      guard let index = names.firstIndex(of: text), names.count < 3 || text == "version",
        start > before
      else {
        throw error(
          .syntax, at: start, expected: "?> or one of \(names.joined(separator: ", "))",
          found: shown(name))
      }
      names = names[(index + 1)...]
      skipBlanks()
      guard byte(at) == 61 else {
        throw error(.syntax, at: at, expected: "= after \(text)", found: shownRest(at))
      }
      at += 1
      skipBlanks()
      try declarationValue(of: text)
    }
    if names.count == 3 {
      throw error(.syntax, at: at - 2, expected: "version in the XML declaration", found: "?>")
    }
  }

  private mutating func declarationValue(of name: String) throws(WireError) {
    let start = at
    guard let quote = byte(at), quote == 34 || quote == 39,
      let end = bytes[(at + 1)...].firstIndex(of: quote)
    else { throw error(.syntax, at: at, expected: "a quoted value", found: shownRest(at)) }
    let value = String(decoding: bytes[(at + 1)..<end], as: UTF8.self)
    at = end + 1
    switch name {
    case "version":
      guard value == "1.0" else {
        throw error(.syntax, at: start, expected: "XML version 1.0", found: Shown.text(value))
      }
    case "encoding":
      let allowed = wasUTF16 ? ["UTF-16"] : ["UTF-8", "US-ASCII"]
      guard allowed.contains(value.uppercased()) else {
        throw error(
          .encoding, at: start,
          expected: wasUTF16
            ? "encoding UTF-16, which this file is in" : "encoding UTF-8, or UTF-16 with its mark",
          found: Shown.text(value), next: "Save it as UTF-8 and declare that")
      }
    default:
      guard value == "yes" || value == "no" else {
        throw error(.syntax, at: start, expected: "yes or no", found: Shown.text(value))
      }
    }
  }
}
