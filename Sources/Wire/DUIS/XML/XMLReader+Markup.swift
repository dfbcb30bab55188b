extension XMLReader {
  /// Reads the next thing inside the innermost open element.
  mutating func event() throws(WireError) -> XMLEvent {
    if endIsPending {
      endIsPending = false
      lastTag = open.last?.offset ?? at
      close()
      return .end
    }
    while true {
      guard at < bytes.count else { throw endOfFile() }
      guard bytes[at] == 60 else { return .text(try characterData()) }
      switch byte(at + 1) {
      case 47:
        try endTag()
        return .end
      case 63: try processingInstruction()
      case 33 where starts(with: "<!--"): try comment()
      case 33 where starts(with: "<![CDATA["): return .cdata(try cdata())
      case 33: throw doctypeOrMarkup()
      default: return .start(try startTag())
      }
    }
  }

  /// Takes text up to the next `<`.
  private mutating func characterData() throws(WireError) -> Range<Int> {
    let start = at
    while at < bytes.count, bytes[at] != 60 {
      if bytes[at] == 62, at >= start + 2, bytes[at - 1] == 93, bytes[at - 2] == 93 {
        throw error(.syntax, at: at - 2, expected: "]]&gt; where ]]> stands in text", found: "]]>")
      }
      at += 1
    }
    return start..<at
  }

  private mutating func cdata() throws(WireError) -> Range<Int> {
    let start = at
    at += 9
    while at + 2 < bytes.count {
      if bytes[at] == 93, bytes[at + 1] == 93, bytes[at + 2] == 62 {
        at += 3
        return (start + 9)..<(at - 3)
      }
      at += 1
    }
    throw unfinished("]]> to end the CDATA", from: start)
  }

  mutating func comment() throws(WireError) {
    let start = at
    at += 4
    while at + 2 < bytes.count {
      if bytes[at] == 45, bytes[at + 1] == 45 {
        guard bytes[at + 2] == 62 else {
          throw error(.syntax, at: at, expected: "no -- inside a comment", found: "--")
        }
        at += 3
        return
      }
      at += 1
    }
    throw unfinished("--> to end the comment", from: start)
  }

  mutating func processingInstruction() throws(WireError) {
    let start = at
    at += 2
    let target = try qualifiedName("the name of a processing instruction")
    if target.count == 3, bytes[target].map({ $0 | 32 }) == [120, 109, 108] {
      throw error(
        .syntax, at: start, expected: "the XML declaration at the very start of the file, once",
        found: "<?xml here")
    }
    guard !bytes[target].contains(58), XMLReader.isBlank(byte(at) ?? 0) || starts(with: "?>") else {
      throw error(
        .syntax, at: start, expected: "a processing instruction", found: shownRest(start))
    }
    while at + 1 < bytes.count {
      if bytes[at] == 63, bytes[at + 1] == 62 {
        at += 2
        return
      }
      at += 1
    }
    throw unfinished("?> to end the processing instruction", from: start)
  }

  private mutating func endTag() throws(WireError) {
    let start = at
    guard let element = open.last else {
      throw error(.syntax, at: start, expected: "no end tag here", found: shownRest(at))
    }
    at += 2
    guard at + element.name.count <= bytes.count,
      bytes[at..<(at + element.name.count)].elementsEqual(bytes[element.name])
    else { throw mismatchedEnd(element, at: start) }
    at += element.name.count
    if let next = byte(at), !XMLReader.isBlank(next), next != 62 {
      throw mismatchedEnd(element, at: start)
    }
    skipBlanks()
    guard let last = byte(at) else { throw endOfFile() }
    guard last == 62 else {
      throw error(.syntax, at: at, expected: "> to end the tag", found: shownRest(at))
    }
    at += 1
    lastTag = start
    close()
  }

  private func mismatchedEnd(_ element: OpenElement, at start: Int) -> WireError {
    let expected = "</\(String(decoding: bytes[element.name], as: UTF8.self))>"
    let rest = bytes[start...]
    if !rest.contains(62) { return endOfFile() }
    return error(.syntax, at: start, expected: expected, found: shownRest(start))
  }

  mutating func close() {
    guard let element = open.popLast() else { return }
    namespaces.removeLast(namespaces.count - element.outerNamespaces)
  }

  func doctypeOrMarkup() -> WireError {
    let word = String(decoding: bytes[at..<min(bytes.count, at + 14)], as: UTF8.self).uppercased()
    if word.hasPrefix("<!DOCTYPE HTML") { return notXML("an HTML page") }
    guard word.hasPrefix("<!DOCTYPE") else {
      return error(.syntax, at: at, expected: "an element, text or a comment", found: shownRest(at))
    }
    return error(
      .doctype, at: at, expected: "a document without a DOCTYPE", found: "<!DOCTYPE",
      next: "Take it out: entities and external files are never read")
  }
}
