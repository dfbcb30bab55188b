/// How single strings, keys and numbers are written; for callers that put a record together
/// themselves.
extension [UInt8] {
  /// Appends a string in quotation marks with RFC 8785's escapes and no others.
  public mutating func appendJSON(_ text: String) {
    append(UInt8(ascii: "\""))
    let wasContiguous: Void? = text.utf8.withContiguousStorageIfAvailable { bytes in
      appendEscaped(bytes)
    }
    if wasContiguous == nil {
      ContiguousArray(text.utf8).withUnsafeBufferPointer { appendEscaped($0) }
    }
    append(UInt8(ascii: "\""))
  }

  /// Appends an integer in decimal digits.
  public mutating func appendDecimal(_ number: Int64) {
    if number >= 0, number < 10 {
      append(UInt8(ascii: "0") + UInt8(number))
      return
    }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var rest = number.magnitude
      var start = digits.count
      repeat {
        start -= 1
        digits[start] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
      } while rest > 0
      if number < 0 {
        start -= 1
        digits[start] = UInt8(ascii: "-")
      }
      append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
    }
  }

  /// Appends text as it stands in the source.
  package mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends a key with its quotation marks and colon.
  mutating func appendKey(_ key: String) throws(OutOfProfile) {
    var text = key
    let isPlain = text.withUTF8 { bytes in
      guard !bytes.isEmpty else { return false }
      for byte in bytes where !isKeyByte(byte) { return false }
      append(UInt8(ascii: "\""))
      append(contentsOf: bytes)
      append("\":")
      return true
    }
    guard isPlain else { throw .keyNotPlain(key) }
  }

  private mutating func appendEscaped(_ bytes: UnsafeBufferPointer<UInt8>) {
    var plainFrom = 0
    for index in bytes.indices where needsEscape(bytes[index]) {
      append(contentsOf: UnsafeBufferPointer(rebasing: bytes[plainFrom..<index]))
      plainFrom = index + 1
      append(UInt8(ascii: "\\"))
      if let short = shortEscape(of: bytes[index]) {
        append(short)
      } else {
        append(contentsOf: [
          UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0"),
          hexDigit(bytes[index] >> 4), hexDigit(bytes[index] & 15),
        ])
      }
    }
    append(contentsOf: UnsafeBufferPointer(rebasing: bytes[plainFrom...]))
  }
}

@inline(__always)
func isKeyByte(_ byte: UInt8) -> Bool {
  byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
}

@inline(__always)
func needsEscape(_ byte: UInt8) -> Bool {
  byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
}

/// The letter after the backslash, for bytes that have a short escape.
func shortEscape(of byte: UInt8) -> UInt8? {
  switch byte {
  case 0x08: UInt8(ascii: "b")
  case 0x09: UInt8(ascii: "t")
  case 0x0A: UInt8(ascii: "n")
  case 0x0C: UInt8(ascii: "f")
  case 0x0D: UInt8(ascii: "r")
  case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
  default: nil
  }
}

func hexDigit(_ nibble: UInt8) -> UInt8 {
  nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
}
