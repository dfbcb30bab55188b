/// The children of one element, taken in the order the schema gives.
///
/// It remembers what could have stood at the place reached, so that an error names all of it.
struct Children {
  private let parent: String
  private let namespace: XMLNamespace
  private var next: XMLElement?
  private var isRead = false
  /// Names passed over since the last child taken, because they may be missing.
  private var passed: [String] = []
  private var taken: [String] = []

  init(of parent: String, in namespace: XMLNamespace = .duis) {
    self.parent = parent
    self.namespace = namespace
  }

  /// Takes the child of that name, which must be there.
  mutating func required(_ name: String, _ xml: inout XMLReader) throws(WireError) -> XMLElement {
    if let element = try optional(name, &xml) { return element }
    throw try unexpected(&xml)
  }

  /// Takes the child of that name if it is next.
  mutating func optional(_ name: String, _ xml: inout XMLReader) throws(WireError) -> XMLElement? {
    let before = passed
    if let element = try peek(&xml, expecting: Children.list(before + [name])),
      xml.element(element, is: name, in: namespace)
    {
      try take(name, &xml)
      return element
    }
    passed.append(name)
    return nil
  }

  /// Takes a child whose name is one of several, if one of them is next.
  mutating func choice(
    _ names: [String], _ xml: inout XMLReader, withAttributes: Bool = false
  ) throws(WireError) -> (element: XMLElement, name: String)? {
    let before = passed
    if let element = try peek(&xml, expecting: Children.list(before + names)) {
      for name in names where xml.element(element, is: name, in: namespace) {
        try take(name, &xml, withAttributes: withAttributes)
        return (element, name)
      }
    }
    passed += names
    return nil
  }

  /// Goes on behind the child that is next.
  private mutating func take(
    _ name: String, _ xml: inout XMLReader, withAttributes: Bool = false
  ) throws(WireError) {
    if !withAttributes { try xml.refuseAttributes(of: name) }
    isRead = false
    passed.removeAll(keepingCapacity: true)
    taken.append(name)
  }

  /// Takes all children of that name that are next, which must be so many.
  mutating func each(
    _ name: String, _ counts: ClosedRange<Int>, _ xml: inout XMLReader,
    _ read: (XMLElement, inout XMLReader) throws(WireError) -> Void
  ) throws(WireError) {
    var count = 0
    while let element = count < counts.lowerBound
      ? try required(name, &xml) : try optional(name, &xml)
    {
      count += 1
      guard count <= counts.upperBound else {
        throw xml.error(
          .structure, at: element.offset, place: name,
          expected: "at most \(counts.upperBound) \(name)", found: "one more")
      }
      try read(element, &xml)
    }
  }

  /// Takes whatever child is next, for bodies that aren't read.
  mutating func any(_ xml: inout XMLReader) throws(WireError) -> XMLElement? {
    let element = try peek(&xml, expecting: "an element")
    // The end is read once only: what comes after it belongs to the parent.
    isRead = element == nil
    return element
  }

  /// Forgets what was passed over, after a choice that allows no second child.
  mutating func forgetPassed() { passed = [] }

  /// Makes sure that there are no more children.
  mutating func end(_ xml: inout XMLReader) throws(WireError) {
    let expected = endExpectation
    if try peek(&xml, expecting: expected) != nil { throw try unexpected(&xml, atEnd: true) }
  }

  /// What is wrong with the child that is next, or with there being none.
  mutating func unexpected(
    _ xml: inout XMLReader, atEnd: Bool = false
  ) throws(WireError) -> WireError {
    let expected = atEnd ? endExpectation : Children.list(passed)
    guard let element = try peek(&xml, expecting: expected) else {
      return xml.error(
        .structure, at: xml.lastTag, place: parent, expected: expected,
        found: "the end of \(parent)")
    }
    let name = xml.name(of: element)
    let isOwn = element.namespace == namespace
    return xml.error(
      .structure, at: element.offset, place: parent, expected: expected,
      found: isOwn && taken.contains(name)
        ? "a second \(name)"
        : isOwn ? xml.shown(element.localName) : xml.shownName(of: element))
  }

  private var endExpectation: String {
    passed.isEmpty
      ? "the end of \(parent)" : "\(Children.list(passed)) or the end of \(parent)"
  }

  private mutating func peek(
    _ xml: inout XMLReader, expecting expected: @autoclosure () -> String
  ) throws(WireError) -> XMLElement? {
    if !isRead {
      next = try xml.child(expecting: expected())
      isRead = true
    }
    return next
  }

  static func list(_ names: [String]) -> String {
    names.count == 1 ? names[0] : "one of \(names.joined(separator: ", "))"
  }
}

extension XMLReader {
  /// Refuses attributes on the element just read, but for those of XML Schema itself.
  func refuseAttributes(of name: String) throws(WireError) {
    for attribute in attributes where attribute.namespace != .schemaInstance {
      throw error(
        .structure, at: attribute.offset, place: name, expected: "no attribute on \(name)",
        found: shown(attribute.localName))
    }
  }
}
