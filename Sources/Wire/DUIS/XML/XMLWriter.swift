/// Writes DUIS elements, indented by two blanks, always the same bytes for the same content.
struct XMLWriter {
  private var bytes: [UInt8]
  private var level = 1

  init(root: String, schemaVersion: String) {
    bytes = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
    bytes += "<sr:\(root) xmlns:sr=\"http://www.dccinterface.co.uk/ServiceUserGateway\"".utf8
    bytes += " schemaVersion=\"".utf8
    append(escaped: schemaVersion)
    bytes += "\">\n".utf8
  }

  /// The whole document, with the root's end tag.
  consuming func finished(_ root: String) -> [UInt8] {
    bytes += "</sr:\(root)>\n".utf8
    return bytes
  }

  mutating func element(_ name: String, _ content: (inout XMLWriter) -> Void) {
    indent()
    let start = bytes.count
    bytes += "<sr:\(name)>\n".utf8
    let contentStart = bytes.count
    level += 1
    content(&self)
    level -= 1
    if bytes.count == contentStart {
      bytes.removeSubrange(start...)
      bytes += "<sr:\(name)/>\n".utf8
    } else {
      indent()
      bytes += "</sr:\(name)>\n".utf8
    }
  }

  mutating func leaf(_ name: String, _ value: String) {
    indent()
    if value.isEmpty {
      bytes += "<sr:\(name)/>\n".utf8
      return
    }
    bytes += "<sr:\(name)>".utf8
    append(escaped: value)
    bytes += "</sr:\(name)>\n".utf8
  }

  mutating func leaves(_ fields: [(name: String, value: String)]) {
    for field in fields { leaf(field.name, field.value) }
  }

  private mutating func indent() {
    for _ in 0..<level { bytes += [32, 32] }
  }

  /// Escapes what would be markup; a character that XML has no way to write becomes U+FFFD.
  private mutating func append(escaped text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": bytes += "&lt;".utf8
      case ">": bytes += "&gt;".utf8
      case "&": bytes += "&amp;".utf8
      case "\"": bytes += "&quot;".utf8
      case "\r": bytes += "&#13;".utf8
      default:
        let allowed = XMLEncoding.isAllowed(scalar.value) ? scalar : "\u{FFFD}"
        bytes += UTF8.encode(allowed).map { Array($0) } ?? []
      }
    }
  }
}
