/// Base64 in its two alphabets: with padding for checkpoints, URL-safe without padding for tokens.
enum Base64 {
  private static let standard = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let urlSafe = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  /// The six bits that a character of URL-safe text stands for; 64 for any other byte.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 64, count: 256)
    for (value, character) in urlSafe.enumerated() { values[Int(character)] = UInt8(value) }
    return values
  }()

  static func text(_ bytes: [UInt8]) -> String { encode(bytes, standard, padded: true) }

  static func urlText(_ bytes: [UInt8]) -> String { encode(bytes, urlSafe, padded: false) }

  /// The bytes of URL-safe text without padding; `nil` unless it is exactly what ``urlText(_:)``
  /// writes.
  static func bytes(urlText text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count * 3 / 4)
    var bits: UInt32 = 0
    var count = 0
    for character in text.utf8 {
      let value = values[Int(character)]
      guard value < 64 else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return urlText(bytes) == text ? bytes : nil
  }

  /// The bytes of text with padding; `nil` unless it is exactly what ``text(_:)`` writes.
  static func bytes(text: String) -> [UInt8]? {
    let url = text.prefix { $0 != "=" }.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }
    guard let bytes = bytes(urlText: String(url)) else { return nil }
    return self.text(bytes) == text ? bytes : nil
  }

  private static func encode(_ bytes: [UInt8], _ alphabet: [UInt8], padded: Bool) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let piece = bytes[index..<min(index + 3, bytes.count)]
      var bits: UInt32 = 0
      for step in 0..<3 {
        bits = bits << 8 | UInt32(step < piece.count ? piece[index + step] : 0)
      }
      for step in 0...3 {
        if step <= piece.count {
          text.append(alphabet[Int(bits >> UInt32(18 - 6 * step)) & 63])
        } else if padded {
          text.append(UInt8(ascii: "="))
        }
      }
      index += 3
    }
    return String(decoding: text, as: UTF8.self)
  }
}
