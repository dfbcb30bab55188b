/// A JSON document to show, with its keys in the order in which people read them.
///
/// Unlike a stored record it may hold null and decimals. Written pretty, two blanks a level, with a
/// line feed at the end.
public indirect enum JSON: Sendable, Hashable {
  /// No value.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A whole number.
  case integer(Int)
  /// A decimal number, already in digits, such as `2.97`.
  case decimal(String)
  /// A text, escaped when it is written.
  case string(String)
  /// Values in order.
  case array([JSON])
  /// Members in the order in which they are written; a key is not looked for twice.
  case object([(key: String, value: JSON)])

  /// Says whether two documents are written alike; the order of keys counts.
  public static func == (left: JSON, right: JSON) -> Bool { left.text == right.text }

  /// Hashes the text, as equality compares it.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }

  /// The text, or null.
  public static func of(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
  /// The number, or null.
  public static func of(_ number: Int?) -> JSON { number.map { .integer($0) } ?? .null }
  /// The truth, or null.
  public static func of(_ truth: Bool?) -> JSON { truth.map { .bool($0) } ?? .null }
  /// An object from pairs.
  public static func pairs(_ members: KeyValuePairs<String, JSON>) -> JSON {
    .object(members.map { ($0.key, $0.value) })
  }

  /// The document with its closing line feed.
  public var text: String {
    var out = ""
    write(to: &out, indent: 0)
    out += "\n"
    return out
  }

  /// The document on one line, without a line feed.
  public var line: String {
    var out = ""
    write(to: &out, indent: nil)
    return out
  }

  private func write(to out: inout String, indent: Int?) {
    switch self {
    case .null: out += "null"
    case .bool(let truth): out += truth ? "true" : "false"
    case .integer(let number): out += String(number)
    case .decimal(let digits): out += digits
    case .string(let text): JSON.quote(text, &out)
    case .array(let elements):
      JSON.list(elements.count, "[", "]", indent, &out) { index, inner, out in
        elements[index].write(to: &out, indent: inner)
      }
    case .object(let members):
      JSON.list(members.count, "{", "}", indent, &out) { index, inner, out in
        JSON.quote(members[index].key, &out)
        out += indent == nil ? ":" : ": "
        members[index].value.write(to: &out, indent: inner)
      }
    }
  }

  private static func list(
    _ count: Int, _ open: String, _ close: String, _ indent: Int?, _ out: inout String,
    _ element: (Int, Int?, inout String) -> Void
  ) {
    out += open
    for index in 0..<count {
      if index > 0 { out += "," }
      if let indent { out += "\n" + String(repeating: "  ", count: indent + 1) }
      element(index, indent.map { $0 + 1 }, &out)
    }
    if count > 0, let indent { out += "\n" + String(repeating: "  ", count: indent) }
    out += close
  }

  private static func quote(_ text: String, _ out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }
}
