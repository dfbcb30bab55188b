internal import CanonicalJSON

/// The tags that an event gives, side by side in bytes that serve for the next event too.
struct TagList {
  private var bytes: [UInt8] = []
  private var ranges: [Range<Int>] = []

  init() {}

  /// Takes tags that are in order.
  init(_ tags: [String]) {
    for tag in tags { add(tag, "") }
  }

  var count: Int { ranges.count }

  /// What stands for the tags in the index, in their order.
  func marks() -> [Int64] {
    var digests: [Hash256] = []
    bytes.withUnsafeBytes { Hash.append(to: &digests, of: ranges, in: $0) }
    return digests.map(Mark.mark)
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
  }

  /// Adds a tag, given in two pieces.
  mutating func add(_ start: String, _ rest: String) {
    let from = bytes.count
    var (start, rest) = (start, rest)
    start.withUTF8 { bytes.append(contentsOf: $0) }
    rest.withUTF8 { bytes.append(contentsOf: $0) }
    ranges.append(from..<bytes.count)
  }

  /// Puts the tags in the order of their bytes, each once.
  mutating func sort() {
    bytes.withUnsafeBufferPointer { bytes in
      // Tags are few, and mostly in order already.
      for index in ranges.indices.dropFirst() {
        let tag = ranges[index]
        var place = index
        while place > 0, precedes(bytes, tag, ranges[place - 1]) {
          ranges[place] = ranges[place - 1]
          place -= 1
        }
        ranges[place] = tag
      }
      for index in ranges.indices.dropFirst().reversed()
      where bytes[ranges[index]].elementsEqual(bytes[ranges[index - 1]]) {
        ranges.remove(at: index)
      }
    }
  }

  private func precedes(
    _ bytes: UnsafeBufferPointer<UInt8>, _ one: Range<Int>, _ other: Range<Int>
  ) -> Bool {
    // Mostly the first bytes, of the kinds, differ.
    guard let first = bytes[one].first, let otherFirst = bytes[other].first, first != otherFirst
    else { return bytes[one].lexicographicallyPrecedes(bytes[other]) }
    return first < otherFirst
  }

  /// Lends each tag.
  func lend(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      for range in ranges { body(UnsafeBufferPointer(rebasing: bytes[range])) }
    }
  }

  /// The tags as text, checked: `kind:value` each, and not too many.
  func texts(of type: String) throws(LogError) -> [String] {
    guard count <= Tag.most else {
      throw .tooLarge(what: "tags of one event", limit: Tag.most, found: count)
    }
    var texts: [String] = []
    texts.reserveCapacity(count)
    var areTags = true
    lend { tag in
      areTags = areTags && Tag.isTag(tag)
      texts.append(String(decoding: tag, as: UTF8.self))
    }
    guard areTags else {
      throw .invalidRequest(
        "a tag of \(type) is not kind:value of A-Z a-z 0-9 . _ - in \(Tag.longest) bytes")
    }
    return texts
  }
}

extension LogConfiguration {
  /// Puts together the tags of an event, in order and each once.
  func putTags(
    of type: String, _ version: Int, _ body: Value, into list: inout TagList
  ) throws {
    list.removeAll()
    try tags(type, version, body) { list.add($0, $1) }
    list.sort()
  }
}
