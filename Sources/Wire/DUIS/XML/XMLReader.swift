/// A strict reader of the part of XML 1.0 that DUIS uses.
///
/// It is our own, not libxml2, for three reasons: a DOCTYPE is refused where it stands, before
/// anything could be expanded or fetched; positions are exact, to the character; and it is bounded
/// and memory safe on any input whatever. It reads elements, attributes, namespaces, text, CDATA,
/// comments, processing instructions, the five entities and character references; it knows no
/// others. It goes forward only: each element's content is read with ``child(expecting:)``,
/// ``text(of:)`` or ``skip()`` exactly once.
struct XMLReader {
  /// The whole document in UTF-8, without its mark.
  let bytes: [UInt8]
  let file: String?
  let limits: DUISLimits
  let wasUTF16: Bool
  var at = 0
  /// Where the end tag read last began.
  var lastTag = 0
  /// The elements whose end is still to come, outermost first.
  var open: [OpenElement] = []
  var namespaces: [NamespaceDeclaration] = []
  /// The attributes of the element read last, without namespace declarations.
  var attributes: [XMLAttribute] = []
  /// Whether the element read last was written `<name/>`, so that its end is already behind us.
  var endIsPending = false

  init(_ bytes: [UInt8], file: String?, limits: DUISLimits) throws(WireError) {
    (self.bytes, wasUTF16) = try XMLEncoding.utf8(bytes, file: file, limits: limits)
    self.file = file
    self.limits = limits
  }

  /// Reads the next child of the innermost open element, or nil at its end.
  mutating func child(expecting expected: @autoclosure () -> String) throws(WireError)
    -> XMLElement?
  {
    while true {
      let start = at
      switch try event() {
      case .start(let element): return element
      case .end: return nil
      case .text(let range), .cdata(let range):
        guard let stray = range.first(where: { !XMLReader.isBlank(bytes[$0]) }) else { continue }
        let text = XMLReader.trimmed(
          String(decoding: bytes[stray..<range.upperBound], as: UTF8.self))
        throw error(
          .structure, at: max(start, stray), expected: expected(),
          found: "text of \(Shown.length(of: text))")
      }
    }
  }

  /// Reads the text of an element that has no other content, up to and with its end tag.
  mutating func text(of element: XMLElement) throws(WireError) -> XMLText {
    var value = ""
    var offset: Int?
    while true {
      switch try event() {
      case .text(let range):
        offset = offset ?? range.lowerBound
        value += try decoded(range)
      case .cdata(let range):
        offset = offset ?? range.lowerBound
        value += XMLReader.normalised(bytes[range])
      case .end:
        return XMLText(
          value: value, offset: value.isEmpty ? element.offset : offset ?? element.offset)
      case .start(let inner):
        throw error(
          .structure, at: inner.offset, place: name(of: element),
          expected: "only text in \(name(of: element))", found: "element \(shownName(of: inner))")
      }
    }
  }

  /// Passes over the rest of the innermost open element, which must be well formed all the same.
  mutating func skip() throws(WireError) {
    let depth = open.count
    while open.count >= depth {
      switch try event() {
      case .text(let range): if bytes[range].contains(38) { _ = try decoded(range) }
      case .start, .end, .cdata: break
      }
    }
  }

  /// Reads what may follow the root element, which is comments and processing instructions.
  mutating func finish() throws(WireError) {
    try skipMisc()
    guard at == bytes.count else {
      throw error(
        .syntax, at: at, expected: "nothing after the root element", found: shownRest(at))
    }
  }
}

/// The next thing inside an element; comments and processing instructions are passed over.
enum XMLEvent {
  case start(XMLElement)
  case end
  case text(Range<Int>)
  case cdata(Range<Int>)
}

/// An element whose start tag has been read.
struct XMLElement: Equatable {
  let namespace: XMLNamespace
  /// Where its name without prefix stands.
  let localName: Range<Int>
  /// Where its `<` stands.
  let offset: Int
}

/// A namespace, by its URI.
enum XMLNamespace: Hashable {
  case none
  /// DUIS itself.
  case duis
  /// The decoded answers and alerts of devices (MMC).
  case decoded
  /// XML signatures.
  case signature
  /// `xsi`.
  case schemaInstance
  /// The one that `xml:` always means.
  case xml
  case other(String)

  init(uri: String) {
    switch uri {
    case "http://www.dccinterface.co.uk/ServiceUserGateway": self = .duis
    case "http://www.dccinterface.co.uk/ResponseAndAlert": self = .decoded
    case "http://www.w3.org/2000/09/xmldsig#": self = .signature
    case "http://www.w3.org/2001/XMLSchema-instance": self = .schemaInstance
    case "http://www.w3.org/XML/1998/namespace": self = .xml
    default: self = .other(uri)
    }
  }

  /// The URI, empty when there is none.
  var uri: String {
    switch self {
    case .none: ""
    case .duis: "http://www.dccinterface.co.uk/ServiceUserGateway"
    case .decoded: "http://www.dccinterface.co.uk/ResponseAndAlert"
    case .signature: "http://www.w3.org/2000/09/xmldsig#"
    case .schemaInstance: "http://www.w3.org/2001/XMLSchema-instance"
    case .xml: "http://www.w3.org/XML/1998/namespace"
    case .other(let uri): uri
    }
  }
}

struct XMLAttribute {
  let namespace: XMLNamespace
  let localName: Range<Int>
  let value: String
  let offset: Int
}

/// The text of an element and where it starts.
struct XMLText {
  let value: String
  let offset: Int
}

struct OpenElement {
  /// The name as written, with its prefix.
  let name: Range<Int>
  let offset: Int
  /// How many namespace declarations were in scope outside it.
  let outerNamespaces: Int
}

struct NamespaceDeclaration {
  let prefix: Range<Int>
  let namespace: XMLNamespace
}
