extension XMLReader {
  /// Makes an error that stands at a byte of the document.
  func error(
    _ kind: WireError.Kind, at offset: Int, place: String? = nil, expected: String, found: String,
    next: String? = nil
  ) -> WireError {
    let (line, column) = XMLEncoding.position(of: offset, in: bytes)
    return WireError(
      kind, file: file, line: line, column: column, place: place, expected: expected, found: found,
      next: next ?? (found == XMLReader.atEnd ? "The file was cut off" : nil))
  }

  private static let atEnd = "the end of the file"

  /// The document stops before it is complete.
  func endOfFile() -> WireError {
    let expected = open.last.map { "</\(shown($0.name))>" } ?? "an element"
    return error(
      .syntax, at: bytes.count, expected: expected, found: XMLReader.atEnd)
  }

  /// Something that begins at `start` never ends.
  func unfinished(_ expected: String, from start: Int) -> WireError {
    let (line, column) = XMLEncoding.position(of: start, in: bytes)
    return error(
      .syntax, at: bytes.count, expected: expected, found: XMLReader.atEnd,
      next: "It begins at line \(line), column \(column)")
  }

  func notXML(_ found: String, at offset: Int? = nil) -> WireError {
    error(.syntax, at: offset ?? at, expected: "a DUIS XML document", found: found)
  }

  /// What stands at a byte, for a message.
  func shownRest(_ offset: Int) -> String {
    guard offset < bytes.count else { return XMLReader.atEnd }
    let line = bytes[offset...].prefix { $0 != 10 && $0 != 13 }
    let word = line.prefix(while: { !XMLReader.isBlank($0) }).prefix(200)
    if word.isEmpty { return line.isEmpty ? "the end of the line" : "a blank" }
    return Shown.text(String(decoding: word, as: UTF8.self))
  }

  /// A guess at what text is that doesn't begin with `<`.
  static func nature(of bytes: ArraySlice<UInt8>) -> String {
    let line = bytes.prefix { $0 != 10 && $0 != 13 }
    switch bytes.first {
    case 123, 91: return "JSON"
    case _ where line.contains(44) && !bytes.contains(60): return "comma-separated text"
    default: return bytes.contains(60) ? "text before the first <" : "text without any element"
    }
  }
}
