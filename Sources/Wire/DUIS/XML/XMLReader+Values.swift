extension XMLReader {
  /// Text with its references replaced and its line ends made LF.
  func decoded(_ range: Range<Int>, asAttribute: Bool = false) throws(WireError) -> String {
    if !bytes[range].contains(where: { $0 == 38 || $0 == 13 || (asAttribute && $0 < 32) }) {
      return String(decoding: bytes[range], as: UTF8.self)
    }
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var offset = range.lowerBound
    while offset < range.upperBound {
      switch bytes[offset] {
      case 38:
        let (scalar, end) = try reference(at: offset, before: range.upperBound)
        result.append(contentsOf: String(Character(scalar)).utf8)
        offset = end
        continue
      case 13:
        if offset + 1 < range.upperBound, bytes[offset + 1] == 10 { offset += 1 }
        result.append(asAttribute ? 32 : 10)
      case 9 where asAttribute, 10 where asAttribute: result.append(32)
      default: result.append(bytes[offset])
      }
      offset += 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// CDATA with its line ends made LF.
  static func normalised(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(13) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    for offset in bytes.indices {
      if bytes[offset] != 13 {
        result.append(bytes[offset])
      } else if offset + 1 >= bytes.endIndex || bytes[offset + 1] != 10 {
        result.append(10)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// What `&name;`, `&#n;` or `&#xh;` stands for, and where it ends.
  private func reference(
    at start: Int, before limit: Int
  ) throws(WireError) -> (Unicode.Scalar, end: Int) {
    let window = (start + 1)..<min(limit, start + 12)
    guard let semicolon = bytes[window].firstIndex(of: 59) else {
      throw error(.syntax, at: start, expected: "&amp; for an &", found: shownRest(start))
    }
    let body = bytes[(start + 1)..<semicolon]
    let scalar: Unicode.Scalar?
    switch String(decoding: body, as: UTF8.self) {
    case "lt": scalar = "<"
    case "gt": scalar = ">"
    case "amp": scalar = "&"
    case "apos": scalar = "'"
    case "quot": scalar = "\""
    case let text where text.hasPrefix("#x"): scalar = XMLReader.character(text.dropFirst(2), 16)
    case let text where text.hasPrefix("#"): scalar = XMLReader.character(text.dropFirst(1), 10)
    default: scalar = nil
    }
    guard let scalar else {
      throw error(
        .syntax, at: start,
        expected: "one of &lt; &gt; &amp; &apos; &quot; or a character's number",
        found: Shown.text(String(decoding: bytes[start...semicolon], as: UTF8.self)))
    }
    return (scalar, semicolon + 1)
  }

  private static func character(_ digits: Substring, _ radix: Int) -> Unicode.Scalar? {
    guard digits.utf8.allSatisfy({ (48...57).contains($0) || (65...70).contains($0 & 0xDF) }),
      let value = UInt32(digits, radix: radix), XMLEncoding.isAllowed(value)
    else { return nil }
    return Unicode.Scalar(value)
  }
}
