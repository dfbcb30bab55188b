/// A JSON document to show, with its keys in the order in which people read them.
///
/// Unlike a stored record it may hold null and decimals. Written pretty, two blanks a level, with a
/// line feed at the end.
public enum JSON: Sendable, Hashable {
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
  public var text: String { String(decoding: utf8, as: UTF8.self) }

  /// The bytes of ``text``.
  public var utf8: [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(4_096)
    write(to: &out, indent: 0)
    out.append(UInt8(ascii: "\n"))
    return out
  }

  /// The document on one line, without a line feed.
  public var line: String {
    var out: [UInt8] = []
    write(to: &out, indent: nil)
    return String(decoding: out, as: UTF8.self)
  }

  private func write(to out: inout [UInt8], indent: Int?) {
    switch self {
    case .null: out += "null".utf8
    case .bool(let truth): out += (truth ? "true" : "false").utf8
    case .integer(let number): out += String(number).utf8
    case .decimal(let digits): out += digits.utf8
    case .string(let text): JSON.quote(text, &out)
    case .array(let elements):
      JSON.list(elements.count, "[", "]", indent, &out) { index, inner, out in
        elements[index].write(to: &out, indent: inner)
      }
    case .object(let members):
      JSON.list(members.count, "{", "}", indent, &out) { index, inner, out in
        JSON.quote(members[index].key, &out)
        out.append(UInt8(ascii: ":"))
        if inner != nil { out.append(UInt8(ascii: " ")) }
        members[index].value.write(to: &out, indent: inner)
      }
    }
  }

  private static func list(
    _ count: Int, _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ indent: Int?,
    _ out: inout [UInt8], _ element: (Int, Int?, inout [UInt8]) -> Void
  ) {
    func newLine(_ indent: Int, _ out: inout [UInt8]) {
      out.append(UInt8(ascii: "\n"))
      out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * indent))
    }
    out.append(UInt8(ascii: open))
    for index in 0..<count {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      if let indent { newLine(indent + 1, &out) }
      element(index, indent.map { $0 + 1 }, &out)
    }
    if count > 0, let indent { newLine(indent, &out) }
    out.append(UInt8(ascii: close))
  }

  private static func quote(_ text: String, _ out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { bytes in
      // Nearly all of a text stands there as it is.
      var plain = 0
      for index in bytes.indices
      where bytes[index] < 0x20 || bytes[index] == UInt8(ascii: "\"")
        || bytes[index] == UInt8(ascii: "\\")
      {
        out.append(contentsOf: bytes[plain..<index])
        out += escape(bytes[index]).utf8
        plain = index + 1
      }
      out.append(contentsOf: bytes[plain...])
    }
    out.append(UInt8(ascii: "\""))
  }

  private static func escape(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "\""): return "\\\""
    case UInt8(ascii: "\\"): return "\\\\"
    case UInt8(ascii: "\n"): return "\\n"
    case UInt8(ascii: "\r"): return "\\r"
    case UInt8(ascii: "\t"): return "\\t"
    default:
      let hex = String(byte, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex
    }
  }
}
