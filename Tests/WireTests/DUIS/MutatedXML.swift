@testable import Wire

/// A document whose elements can be dropped, doubled, moved and changed; it has no CDATA, comments
/// or empty tags with attributes.
struct MutatedXML {
  private let bytes: [UInt8]
  private(set) var elements: [Element] = []

  struct Element {
    /// Its name with its prefix.
    let name: String
    var range: Range<Int>
    var content: Range<Int>
    /// The element around it, by index; nil for the root.
    let parent: Int?
    var hasChildren = false
  }

  enum Change: CaseIterable {
    case drop, double, swap, empty, overlong, overlongDigits, otherWord, pad, lastCharacter
    case rename, attribute, child
  }

  init(_ text: String) {
    bytes = Array(text.utf8)
    var open: [Int] = []
    var at = 0
    while let start = bytes[at...].firstIndex(of: 60),
      let end = bytes[start...].firstIndex(of: 62)
    {
      at = end + 1
      switch bytes[start + 1] {
      case 63, 33: continue
      case 47:
        guard let index = open.popLast() else { continue }
        elements[index].content = elements[index].content.lowerBound..<start
        elements[index].range = elements[index].range.lowerBound..<at
      default:
        let isEmpty = bytes[end - 1] == 47
        let name = bytes[(start + 1)..<end].prefix { $0 != 32 && $0 != 47 && $0 != 10 }
        if let parent = open.last { elements[parent].hasChildren = true }
        elements.append(
          Element(
            name: String(decoding: name, as: UTF8.self), range: start..<at, content: at..<at,
            parent: open.last))
        if !isEmpty { open.append(elements.count - 1) }
      }
    }
  }

  /// The document with one element changed; nil when the change doesn't fit the element.
  func changed(_ index: Int, _ change: Change) -> [UInt8]? {
    let element = elements[index]
    guard element.parent != nil else { return nil }
    let old = bytes[element.range]
    let content = bytes[element.content]
    let value = String(decoding: content, as: UTF8.self)
    func valued(_ value: String) -> [UInt8]? {
      element.hasChildren
        ? nil : replacing(element.range, Array("<\(element.name)>\(value)</\(element.name)>".utf8))
    }
    switch change {
    case .drop: return replacing(element.range, [])
    case .double: return replacing(element.range, Array(old + old))
    case .swap:
      let sibling = elements[(index + 1)...].first { $0.parent == element.parent }
      guard let sibling else { return nil }
      let between = bytes[element.range.upperBound..<sibling.range.lowerBound]
      return replacing(
        element.range.lowerBound..<sibling.range.upperBound,
        Array(bytes[sibling.range] + between + old))
    case .empty: return valued("")
    case .overlong: return valued(value + String(repeating: "X", count: 70))
    case .overlongDigits: return valued(value + "12345678901234567890")
    case .otherWord: return valued("Suspended")
    case .pad: return valued(" \(value)\n")
    case .lastCharacter: return value.isEmpty ? nil : valued(value.dropLast() + "G")
    case .rename:
      let name = "<\(element.name)Other>"
      return replacing(element.range, Array(name.utf8 + content + "</\(name.dropFirst())".utf8))
    case .attribute:
      let tag = "<\(element.name) a='1'>"
      return replacing(
        element.range, Array(tag.utf8 + content + "</\(element.name)>".utf8))
    case .child:
      let child = "<\(element.name.prefix { $0 != ":" }):X/>"
      return replacing(
        element.content.isEmpty ? element.range : element.content,
        element.content.isEmpty
          ? Array("<\(element.name)>\(child)</\(element.name)>".utf8)
          : Array(content + child.utf8))
    }
  }

  private func replacing(_ range: Range<Int>, _ new: [UInt8]) -> [UInt8] {
    Array(bytes[..<range.lowerBound] + new + bytes[range.upperBound...])
  }
}
