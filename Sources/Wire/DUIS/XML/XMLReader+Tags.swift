extension XMLReader {
  /// How many attributes one element may have, and how many namespaces may be in scope at once.
  ///
  /// Both are searched one by one, so a bound keeps the whole reader linear.
  static let maxAttributes = 64

  /// Reads a start tag, with `at` on its `<`.
  mutating func startTag() throws(WireError) -> XMLElement {
    let start = at
    guard open.count < limits.depth else {
      throw error(
        .limit, at: start, expected: "at most \(limits.depth) levels of elements",
        found: "level \(limits.depth + 1)")
    }
    at += 1
    let name = try qualifiedName("the name of an element")
    let outer = namespaces.count
    let raw = try rawAttributes(outerNamespaces: outer)
    open.append(OpenElement(name: name, offset: start, outerNamespaces: outer))
    let (prefix, local) = split(name)
    let namespace = try resolve(prefix, isAttribute: false)
    try resolveAttributes(raw)
    return XMLElement(namespace: namespace, localName: local, offset: start)
  }

  private struct RawAttribute {
    let name: Range<Int>
    let value: String
  }

  /// Reads attributes up to the end of the tag; namespace declarations come into scope at once.
  private mutating func rawAttributes(
    outerNamespaces: Int
  ) throws(WireError) -> [RawAttribute] {
    var result: [RawAttribute] = []
    var count = 0
    while true {
      let before = at
      skipBlanks()
      guard let next = byte(at) else { throw endOfFile() }
      if next == 62 {
        at += 1
        return result
      }
      if next == 47 {
        guard byte(at + 1) == 62 else {
          throw error(.syntax, at: at, expected: "/>", found: shownRest(at))
        }
        at += 2
        endIsPending = true
        return result
      }
      guard at > before else {
        throw error(.syntax, at: at, expected: "a blank, > or />", found: shownRest(at))
      }
      let name = try qualifiedName("an attribute, > or />")
      count += 1
      guard count <= XMLReader.maxAttributes else {
        throw error(
          .limit, at: name.lowerBound,
          expected: "at most \(XMLReader.maxAttributes) attributes", found: "more")
      }
      skipBlanks()
      guard byte(at) == 61 else {
        throw error(.syntax, at: at, expected: "= after the attribute", found: shownRest(at))
      }
      at += 1
      skipBlanks()
      let value = try attributeValue()
      if bytes[name].starts(with: [120, 109, 108, 110, 115]),
        name.count == 5 || bytes[name.lowerBound + 5] == 58
      {
        try declare(name, value, outer: outerNamespaces)
      } else {
        result.append(RawAttribute(name: name, value: value))
      }
    }
  }

  private mutating func attributeValue() throws(WireError) -> String {
    guard let quote = byte(at), quote == 34 || quote == 39 else {
      throw error(.syntax, at: at, expected: "a quoted value", found: shownRest(at))
    }
    let start = at + 1
    at = start
    while at < bytes.count, bytes[at] != quote {
      if bytes[at] == 60 {
        throw error(.syntax, at: at, expected: "&lt; or the closing quote", found: "<")
      }
      at += 1
    }
    guard at < bytes.count else { throw unfinished("a closing quote", from: start - 1) }
    at += 1
    return try decoded(start..<(at - 1), asAttribute: true)
  }

  /// Brings `xmlns="…"` or `xmlns:prefix="…"` into scope.
  private mutating func declare(
    _ name: Range<Int>, _ uri: String, outer: Int
  ) throws(WireError) {
    let prefix = min(name.lowerBound + 6, name.upperBound)..<name.upperBound
    guard namespaces.count < XMLReader.maxAttributes else {
      throw error(
        .limit, at: name.lowerBound,
        expected: "at most \(XMLReader.maxAttributes) namespaces in scope", found: "more")
    }
    for earlier in namespaces[outer...] where bytes[earlier.prefix].elementsEqual(bytes[prefix]) {
      throw error(
        .syntax, at: name.lowerBound, expected: "each namespace prefix declared once",
        found: "a second \(shown(name))")
    }
    let namespace = XMLNamespace(uri: uri)
    let isReserved =
      bytes[prefix].elementsEqual("xml".utf8) || bytes[prefix].elementsEqual("xmlns".utf8)
    if isReserved || namespace == .xml || (uri.isEmpty && !prefix.isEmpty) {
      throw error(
        .syntax, at: name.lowerBound, expected: "a prefix of its own and a namespace for it",
        found: shown(name))
    }
    namespaces.append(
      NamespaceDeclaration(prefix: prefix, namespace: uri.isEmpty ? .none : namespace))
  }

  private func resolve(_ prefix: Range<Int>, isAttribute: Bool) throws(WireError) -> XMLNamespace {
    if prefix.isEmpty && isAttribute { return .none }
    for declared in namespaces.reversed()
    where bytes[declared.prefix].elementsEqual(bytes[prefix]) {
      return declared.namespace
    }
    if prefix.isEmpty { return .none }
    if bytes[prefix].elementsEqual("xml".utf8) { return .xml }
    throw error(
      .syntax, at: prefix.lowerBound, expected: "a declared namespace prefix", found: shown(prefix))
  }

  private mutating func resolveAttributes(_ raw: [RawAttribute]) throws(WireError) {
    attributes.removeAll(keepingCapacity: true)
    for each in raw {
      let (prefix, local) = split(each.name)
      let namespace = try resolve(prefix, isAttribute: true)
      for other in attributes
      where other.namespace == namespace && bytes[other.localName].elementsEqual(bytes[local]) {
        throw error(
          .syntax, at: each.name.lowerBound, expected: "each attribute once",
          found: "a second \(shown(each.name))")
      }
      attributes.append(
        XMLAttribute(
          namespace: namespace, localName: local, value: each.value, offset: each.name.lowerBound))
    }
  }
}
