/// The names of some members of an object, in order.
package struct MemberNames: Sendable {
  fileprivate struct Name {
    let text: String
    let bytes: [UInt8]
    /// As it stands before its value: `"name":`.
    let asKey: [UInt8]
  }

  fileprivate let names: [Name]

  /// Takes names in any order.
  package init(_ names: Set<String>) {
    self.names = names.map {
      Name(text: $0, bytes: Array($0.utf8), asKey: Array("\"\($0)\":".utf8))
    }.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }
}

extension Reader {
  /// Reads an object that stands so deep, and makes only the members of some names; the others are held to
  /// the same form, and passed over.
  package mutating func object(
    of names: MemberNames, depth: Int
  ) throws(NotCanonical) -> Object {
    guard try firstByte(depth: depth) == UInt8(ascii: "{") else { throw unexpected("an object") }
    let names = names.names
    var members: [Object.Member] = []
    members.reserveCapacity(min(6, names.count))
    var next = 0
    offset += 1
    if take(UInt8(ascii: "}")) { return Object(alreadySorted: members) }
    var previous = 0..<0
    while true {
      let start = offset
      // The next name sorts after every key so far.
      var isNamed = next < names.count && names[next].asKey.withUnsafeBufferPointer { take($0) }
      if isNamed {
        previous = start + 1..<offset - 2
      } else {
        previous = try key(after: previous)
        let key = UnsafeBufferPointer(rebasing: bytes[previous])
        while next < names.count, names[next].bytes.lexicographicallyPrecedes(key) { next += 1 }
        isNamed = next < names.count && names[next].bytes.elementsEqual(key)
      }
      if isNamed {
        let value = try value(depth: depth + 1)
        members.append(Object.Member(key: names[next].text, value: value))
        next += 1
      } else {
        try passValue(depth: depth + 1)
      }
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "}")) else { throw unexpected(", or }") }
      return Object(alreadySorted: members)
    }
  }

  /// Passes over a value that ``value(depth:)`` would read, and refuses what it would refuse, in the same words.
  mutating func passValue(depth: Int) throws(NotCanonical) {
    switch try firstByte(depth: depth) {
    case UInt8(ascii: "\""): try passString()
    case UInt8(ascii: "{"):
      try eachMember { (reader, _) throws(NotCanonical) in
        try reader.passValue(depth: depth + 1)
      }
    case UInt8(ascii: "["):
      try eachElement { (reader) throws(NotCanonical) in try reader.passValue(depth: depth + 1) }
    default: _ = try value(depth: depth)
    }
  }

  private mutating func passString() throws(NotCanonical) {
    if plainString() == nil { _ = try string() }
  }
}
