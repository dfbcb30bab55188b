/// The EUI-64 of a device or a DUIS user, such as `00-DB-12-34-56-78-90-A0`.
///
/// Hex is read without regard to case and shown in upper case, so two spellings are one identity.
/// Source: DUIS 5.4 schema, type `EUI` (eight hex octets separated by hyphens).
public struct EUI64: Hashable, Sendable {
  /// The eight octets, most significant first.
  public let bits: UInt64

  /// Makes an identity from its 64 bits.
  public init(bits: UInt64) { self.bits = bits }

  /// Reads eight hex octets separated by hyphens; anything else gives nil.
  public init?(_ text: some StringProtocol) {
    // Nearly every text has its bytes in a row.
    let bits =
      text.utf8.withContiguousStorageIfAvailable { EUI64.bits(of: $0) }
      ?? Array(text.utf8).withUnsafeBufferPointer { EUI64.bits(of: $0) }
    guard let bits else { return nil }
    self.bits = bits
  }

  /// Reads the same from bytes in UTF-8.
  public init?(utf8 bytes: ArraySlice<UInt8>) {
    guard let bits = bytes.withUnsafeBufferPointer({ EUI64.bits(of: $0) }) else { return nil }
    self.bits = bits
  }

  private static func bits(of bytes: UnsafeBufferPointer<UInt8>) -> UInt64? {
    guard bytes.count == 23 else { return nil }
    var value: UInt64 = 0
    for octet in 0..<8 {
      let place = 3 * octet
      guard let high = hexDigit(bytes[place]), let low = hexDigit(bytes[place + 1]),
        octet == 7 || bytes[place + 2] == 45
      else { return nil }
      value = value << 8 | UInt64(high << 4 | low)
    }
    return value
  }
}

extension EUI64: Comparable {
  /// Orders by the 64 bits, which is the order of the text form too.
  public static func < (left: EUI64, right: EUI64) -> Bool { left.bits < right.bits }
}

extension EUI64: CustomStringConvertible {
  /// Upper-case octets separated by hyphens.
  public var description: String {
    String(unsafeUninitializedCapacity: EUI64.length) { buffer in
      write(to: buffer, at: 0)
      return EUI64.length
    }
  }

  /// How many bytes its text has.
  static let length = 23

  /// Writes its text into memory with room for it.
  func write(to buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int) {
    for octet in 0..<8 {
      let value = UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * octet))
      let place = start + 3 * octet
      buffer[place] = hexDigit(of: value >> 4)
      buffer[place + 1] = hexDigit(of: value & 15)
      if octet < 7 { buffer[place + 2] = 45 }
    }
  }
}

/// The upper-case hex digit of a value below 16.
private func hexDigit(of value: UInt8) -> UInt8 { value < 10 ? 48 + value : 55 + value }

/// The value of one hex digit, either case, or nil.
func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 48...57: byte - 48
  case 65...70: byte - 55
  case 97...102: byte - 87
  default: nil
  }
}
