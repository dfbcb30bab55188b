/// An address with parameters, each percent-encoded.
package struct Address: Sendable {
  let path: String
  var pairs: [(name: String, value: String)]

  package init(_ path: String, _ pairs: [(name: String, value: String)] = []) {
    self.path = path
    self.pairs = pairs
  }

  /// The same with another value of a parameter, or without it.
  package func with(_ name: String, _ value: String?) -> Address {
    var rest = pairs.filter { $0.name != name }
    if let value { rest.append((name, value)) }
    return Address(path, rest)
  }

  /// The same parameters elsewhere.
  package func at(_ path: String) -> Address { Address(path, pairs) }

  /// As it stands in a link.
  package var text: String {
    guard !pairs.isEmpty else { return path }
    return path + "?"
      + pairs.map { Address.encoded($0.name) + "=" + Address.encoded($0.value) }
      .joined(separator: "&")
  }

  /// A text as it may stand in a path or a query.
  package static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
      default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
