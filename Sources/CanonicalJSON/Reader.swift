/// Why bytes are not a value in the record profile: the first place where they differ from what a
/// writer writes.
public struct NotCanonical: Error, Hashable, Sendable {
  /// Where, counted in bytes from 0.
  public let offset: Int
  /// What may stand there.
  public let expected: String
  /// What stands there: a byte or a condition, never a longer piece of the text.
  public let found: String
}

extension NotCanonical: CustomStringConvertible {
  /// Offset, expected and found in one line.
  public var description: String { "byte \(offset): expected \(expected); found \(found)" }
}

extension Value {
  /// Reads bytes that hold one value and nothing else, and refuses whatever a writer would not have
  /// written.
  ///
  /// For all bytes that it accepts, ``bytes(longestString:)`` gives the same bytes again.
  ///
  /// - Throws: ``NotCanonical``, naming offset, expected and found.
  public init(reading bytes: [UInt8]) throws(NotCanonical) {
    let result = bytes.withUnsafeBufferPointer { Self.read($0) }
    self = try result.get()
  }

  /// Reads bytes that lie in memory somebody else owns.
  ///
  /// Nothing of `bytes` is kept.
  public init(reading bytes: UnsafeBufferPointer<UInt8>) throws(NotCanonical) {
    self = try Self.read(bytes).get()
  }

  private static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<Value, NotCanonical> {
    var reader = Reader(bytes: bytes)
    do throws(NotCanonical) {
      let value = try reader.value(depth: 1)
      guard reader.offset == bytes.count else { throw reader.unexpected("the end") }
      return .success(value)
    } catch {
      return .failure(error)
    }
  }
}

/// A single pass over the bytes.
///
/// What it reads may be a piece of a larger text: whoever reads to the end compares `offset`.
package struct Reader {
  let bytes: UnsafeBufferPointer<UInt8>
  /// The next byte to look at.
  package internal(set) var offset = 0

  /// Begins at the first byte, or at another.
  package init(bytes: UnsafeBufferPointer<UInt8>, at offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
  }

  /// Reads one value that stands so deep, where a scalar alone has depth 1.
  package mutating func value(depth: Int) throws(NotCanonical) -> Value {
    switch try firstByte(depth: depth) {
    case UInt8(ascii: "\""):
      return .string(try string())
    case UInt8(ascii: "{"):
      return .object(try object(depth: depth))
    case UInt8(ascii: "["):
      return .array(try array(depth: depth))
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      return .integer(try integer())
    case UInt8(ascii: "t"):
      try literal(Value.trueBytes)
      return .bool(true)
    case UInt8(ascii: "f"):
      try literal(Value.falseBytes)
      return .bool(false)
    default:
      throw unexpected("a string, integer, true, false, array or object")
    }
  }

  /// The byte that a value begins with, which stands so deep.
  @inline(__always)
  func firstByte(depth: Int) throws(NotCanonical) -> UInt8 {
    guard offset < bytes.count else { throw unexpected("a value") }
    guard depth <= Value.deepest else {
      throw NotCanonical(
        offset: offset, expected: "at most \(Value.deepest) levels", found: "one more")
    }
    return bytes[offset]
  }

  private mutating func object(depth: Int) throws(NotCanonical) -> Object {
    var members: [Object.Member] = []
    try eachMember { (reader, range) throws(NotCanonical) in
      if members.isEmpty { members.reserveCapacity(6) }
      let key = String(decoding: UnsafeBufferPointer(rebasing: reader.bytes[range]), as: UTF8.self)
      members.append(Object.Member(key: key, value: try reader.value(depth: depth + 1)))
    }
    return Object(alreadySorted: members)
  }

  private mutating func array(depth: Int) throws(NotCanonical) -> [Value] {
    var elements: [Value] = []
    try eachElement { (reader) throws(NotCanonical) in
      if elements.isEmpty { elements.reserveCapacity(4) }
      elements.append(try reader.value(depth: depth + 1))
    }
    return elements
  }

  /// Reads an object, whose first byte is at `offset`: `body` reads the value behind each key.
  @inline(__always)
  mutating func eachMember(
    _ body: (inout Reader, _ key: Range<Int>) throws(NotCanonical) -> Void
  ) throws(NotCanonical) {
    offset += 1
    if take(UInt8(ascii: "}")) { return }
    var previous = 0..<0
    while true {
      previous = try key(after: previous)
      try body(&self, previous)
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "}")) else { throw unexpected(", or }") }
      return
    }
  }

  /// Reads an array, whose first byte is at `offset`: `body` reads each element.
  @inline(__always)
  mutating func eachElement(
    _ body: (inout Reader) throws(NotCanonical) -> Void
  ) throws(NotCanonical) {
    offset += 1
    if take(UInt8(ascii: "]")) { return }
    while true {
      try body(&self)
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "]")) else { throw unexpected(", or ]") }
      return
    }
  }

  /// Reads `"key":`, which must sort after the key before, if there was one.
  @inline(__always)
  mutating func key(after previous: Range<Int>) throws(NotCanonical) -> Range<Int> {
    let start = offset
    let range = try key()
    guard previous.isEmpty || precedes(previous, range) else {
      throw NotCanonical(
        offset: start, expected: "a key that sorts after the one before",
        found: "one that does not")
    }
    return range
  }

  /// Reads `"key":` and gives where the key lies, without its quotation marks.
  private mutating func key() throws(NotCanonical) -> Range<Int> {
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
      throw unexpected("a key in quotation marks")
    }
    let start = offset + 1
    var (end, isASCII, hasDelete) = plainPiece(from: start)
    if !isASCII || hasDelete {
      end = start
      while isKeyByte(bytes[end]) { end += 1 }
    }
    offset = end
    guard end > start, take(UInt8(ascii: "\"")) else {
      throw unexpected("a key of printable ASCII without escapes")
    }
    guard take(UInt8(ascii: ":")) else { throw unexpected(":") }
    return start..<end
  }

  /// Whether one key sorts before another, byte by byte.
  private func precedes(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    let shared = min(left.count, right.count)
    for step in 0..<shared {
      let a = bytes[left.lowerBound + step]
      let b = bytes[right.lowerBound + step]
      if a != b { return a < b }
    }
    return left.count < right.count
  }

  private mutating func integer() throws(NotCanonical) -> Int64 {
    let start = offset
    let negative = take(UInt8(ascii: "-"))
    let firstDigit = offset
    var number: Int64 = 0
    while offset < bytes.count, case let digit = bytes[offset] &- UInt8(ascii: "0"), digit < 10 {
      number = number &* 10 &+ Int64(digit)
      offset += 1
      guard number <= Value.largestInteger else {
        throw NotCanonical(
          offset: start, expected: "an integer below 2^53", found: "a larger one")
      }
    }
    guard offset > firstDigit else { throw unexpected("a digit") }
    if bytes[firstDigit] == UInt8(ascii: "0"), negative || offset - firstDigit > 1 {
      throw NotCanonical(
        offset: start, expected: "an integer without leading zeros", found: "a leading zero")
    }
    return negative ? -number : number
  }

  private mutating func literal(_ text: [UInt8]) throws(NotCanonical) {
    for byte in text {
      guard take(byte) else { throw unexpected("true or false") }
    }
  }

  /// Passes over a byte if it comes next.
  @inline(__always)
  package mutating func take(_ byte: UInt8) -> Bool {
    guard offset < bytes.count, bytes[offset] == byte else { return false }
    offset += 1
    return true
  }

  /// Passes over a piece of text if it comes next.
  package mutating func take(_ text: StaticString) -> Bool {
    take(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Passes over some bytes if they come next.
  @inline(__always)
  package mutating func take(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let count = text.count
    guard offset + count <= bytes.count else { return false }
    var index = 0
    while index + 8 <= count {
      guard Words.load(bytes, at: offset + index) == Words.load(text, at: index) else {
        return false
      }
      index += 8
    }
    if index < count, count >= 8 {
      // The last eight once more, together with what is left.
      let last = count - 8
      guard Words.load(bytes, at: offset + last) == Words.load(text, at: last) else { return false }
    } else {
      while index < count {
        guard bytes[offset + index] == text[index] else { return false }
        index += 1
      }
    }
    offset += count
    return true
  }

  /// Passes over a string of printable ASCII without escapes, and gives where it lies between its
  /// quotation marks; `nil`, with nothing passed over, when something else comes next.
  package mutating func plainString() -> Range<Int>? {
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { return nil }
    let start = offset + 1
    let (end, isASCII, hasDelete) = plainPiece(from: start)
    guard end < bytes.count, bytes[end] == UInt8(ascii: "\""), isASCII, !hasDelete else {
      return nil
    }
    offset = end + 1
    return start..<end
  }

  /// The complaint about the byte at `offset`.
  func unexpected(_ expected: String) -> NotCanonical {
    guard offset < bytes.count else {
      return NotCanonical(offset: offset, expected: expected, found: "the end")
    }
    let byte = bytes[offset]
    let found =
      byte > 0x20 && byte < 0x7F
      ? String(UnicodeScalar(byte))
      : "byte 0x" + String(UnicodeScalar(hexDigit(byte >> 4)))
        + String(UnicodeScalar(hexDigit(byte & 15)))
    return NotCanonical(offset: offset, expected: expected, found: found)
  }
}
