extension XMLReader {
  /// Takes a name with at most one colon in it.
  mutating func qualifiedName(
    _ expected: @autoclosure () -> String
  ) throws(WireError) -> Range<Int> {
    let start = at
    var colons = 0
    var partStarts = true
    while at < bytes.count {
      if bytes[at] == 58 {
        colons += 1
        guard colons == 1, !partStarts else { break }
        partStarts = true
        at += 1
        continue
      }
      let length = nameCharacter(at, first: partStarts)
      guard length > 0 else { break }
      partStarts = false
      at += length
    }
    guard at > start, !partStarts else {
      if at >= bytes.count { throw endOfFile() }
      throw error(.syntax, at: start, expected: expected(), found: shownRest(start))
    }
    return start..<at
  }

  /// How many bytes the name character there has; 0 when it is none.
  private func nameCharacter(_ offset: Int, first: Bool) -> Int {
    let byte = bytes[offset]
    switch byte {
    case 65...90, 95, 97...122: return 1
    case 45, 46, 48...57: return first ? 0 : 1
    case 0..<128: return 0
    default:
      guard let (scalar, length) = XMLEncoding.scalar(in: bytes, at: offset) else { return 0 }
      switch scalar {
      case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFF, 0x200C...0x200D,
        0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD,
        0x10000...0xEFFFF:
        return length
      case 0xB7, 0x300...0x36F, 0x203F...0x2040: return first ? 0 : length
      default: return 0
      }
    }
  }

  /// Parts a name as written into its prefix, empty when it has none, and the rest.
  func split(_ name: Range<Int>) -> (prefix: Range<Int>, local: Range<Int>) {
    guard let colon = bytes[name].firstIndex(of: 58) else {
      return (name.lowerBound..<name.lowerBound, name)
    }
    return (name.lowerBound..<colon, (colon + 1)..<name.upperBound)
  }

  /// The element's name without its prefix.
  func name(of element: XMLElement) -> String {
    String(decoding: bytes[element.localName], as: UTF8.self)
  }

  /// Whether this is the element of that name, of DUIS where no other namespace is said.
  func element(
    _ element: XMLElement, is name: String, in namespace: XMLNamespace = .duis
  ) -> Bool {
    element.namespace == namespace && element.localName.count == name.utf8.count
      && bytes[element.localName].elementsEqual(name.utf8)
  }

  /// The element's name for a message, with its namespace when that isn't the one of DUIS.
  func shownName(of element: XMLElement) -> String {
    let name = shown(element.localName)
    switch element.namespace {
    case .duis: return name
    case .none: return "\(name) without the DUIS namespace"
    case .signature: return "\(name) of XML signatures"
    case .decoded: return "\(name) of a decoded answer"
    case .schemaInstance, .xml: return "\(name) of another namespace"
    case .other(let uri): return "\(name) in namespace \(Shown.name(uri))"
    }
  }

  func shown(_ range: Range<Int>) -> String {
    Shown.name(String(decoding: bytes[range], as: UTF8.self))
  }

  func byte(_ offset: Int) -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  func starts(with text: String) -> Bool { bytes[at...].starts(with: text.utf8) }

  mutating func skipBlanks() {
    while at < bytes.count, XMLReader.isBlank(bytes[at]) { at += 1 }
  }

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 32 || byte == 10 || byte == 13 || byte == 9
  }

  /// The text without the blanks around it.
  static func trimmed(_ text: String) -> String {
    let bytes = text.utf8
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(text[first...last])
  }
}
