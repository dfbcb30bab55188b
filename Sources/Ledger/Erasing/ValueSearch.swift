internal import Foundation

/// Finds a personal value in text of any kind: notes, XML, tables.
///
/// A number is found however its digits are set apart and whatever letters stand beside it, but not inside a
/// longer number; an MPAN also at the end of one, since a supply number of 21 digits ends with it. Words are
/// found in either case, composed or not, with anything between them that is neither letter nor digit, but
/// not inside longer words. Character references are read, and UTF-16 is.
struct ValueSearch: Sendable {
  private let essence: [UInt8]
  private let isNumber: Bool

  init(_ value: String) {
    essence = Self.folded(value).filter { $0 != Self.gap }
    isNumber = !essence.isEmpty && essence.allSatisfy(Self.isDigit)
  }

  /// Whether it is long enough to be looked for: a short one stands in many texts that are not about it.
  var isTelling: Bool { essence.count >= (isNumber ? 6 : 5) }

  /// Whether another value is the same, written otherwise.
  func isSame(as other: String) -> Bool {
    Self.folded(other).filter { $0 != Self.gap } == essence
  }

  /// Whether the value stands in the bytes.
  func isIn(_ bytes: [UInt8]) -> Bool {
    guard !essence.isEmpty else { return false }
    if let plain = Self.folded(ascii: bytes) { return stands(in: plain) }
    return Self.readings(of: bytes).contains { stands(in: Self.folded($0)) }
  }

  /// The texts that bytes can be read as.
  private static func readings(of bytes: [UInt8]) -> [String] {
    let text = String(decoding: bytes, as: UTF8.self)
    guard bytes.contains(0) else { return [text] }
    let even = bytes.count & ~1
    func wide(_ low: Int, _ high: Int) -> String {
      String(
        decoding: stride(from: 0, to: even, by: 2).map {
          UInt16(bytes[$0 + low]) | UInt16(bytes[$0 + high]) << 8
        }, as: UTF16.self)
    }
    return [text, wide(0, 1), wide(1, 0)]
  }

  private static let gap: UInt8 = 0

  /// The same as ``folded(_:)`` for what most documents are; nil for what is not ASCII, is UTF-16, or may hold
  /// references.
  private static func folded(ascii bytes: [UInt8]) -> [UInt8]? {
    guard bytes.allSatisfy({ $0 < 0x80 && $0 != 0 && $0 != 38 }) else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    for byte in bytes {
      switch byte {
      case 48...57, 97...122: out.append(byte)
      case 65...90: out.append(byte + 32)
      default: if let last = out.last, last != gap { out.append(gap) }
      }
    }
    if out.last == gap { out.removeLast() }
    return out
  }

  /// Letters and digits in lower case and one form, each run of anything else as one gap.
  private static func folded(_ text: String) -> [UInt8] {
    if let plain = folded(ascii: Array(text.utf8)) { return plain }
    var out: [UInt8] = []
    var isAfterGap = false
    let read = references(in: text).precomposedStringWithCompatibilityMapping
    for scalar in read.lowercased().unicodeScalars {
      let isKept =
        scalar.isASCII
        ? isDigit(UInt8(scalar.value)) || (97...122).contains(scalar.value)
        : scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      if isKept {
        if isAfterGap, !out.isEmpty { out.append(gap) }
        isAfterGap = false
        out += UTF8.encode(scalar).map(Array.init) ?? []
      } else if scalar.properties.generalCategory != .format {
        isAfterGap = true
      }
    }
    return out
  }

  /// Puts the characters that XML refers to in their places.
  private static func references(in text: String) -> String {
    guard text.utf8.contains(38) else { return text }
    let named = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
    var out = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      out += rest[..<start]
      let after = rest.index(after: start)
      guard let end = rest[after...].prefix(12).firstIndex(of: ";") else {
        out.append("&")
        rest = rest[after...]
        continue
      }
      let name = rest[after..<end]
      let number =
        name.hasPrefix("#x") || name.hasPrefix("#X")
        ? UInt32(name.dropFirst(2), radix: 16)
        : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
      if let scalar = number.flatMap(Unicode.Scalar.init) {
        out.unicodeScalars.append(scalar)
        rest = rest[rest.index(after: end)...]
      } else if let character = named[String(name)] {
        out += character
        rest = rest[rest.index(after: end)...]
      } else {
        out.append("&")
        rest = rest[after...]
      }
    }
    return out + rest
  }

  private func stands(in text: [UInt8]) -> Bool {
    let first = essence[0]
    for start in text.indices where text[start] == first {
      var index = start
      var matched = 0
      while matched < essence.count, index < text.count {
        if text[index] == Self.gap {
          index += 1
        } else if text[index] == essence[matched] {
          index += 1
          matched += 1
        } else {
          break
        }
      }
      guard matched == essence.count else { continue }
      let before = start > 0 ? text[start - 1] : Self.gap
      let after = index < text.count ? text[index] : Self.gap
      if isNumber {
        let ends = !Self.isDigit(after)
        let begins = !Self.isDigit(before) || essence.count == 13
        if begins, ends { return true }
      } else if before == Self.gap, after == Self.gap {
        return true
      }
    }
    return false
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
