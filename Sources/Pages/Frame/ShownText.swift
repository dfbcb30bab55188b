internal import Mustache

/// How text comes into a page: nothing in it is markup, and what can't be seen is made visible.
///
/// It goes by bytes and scalars: by letters, a quotation mark with an accent set on it would be another
/// letter than a quotation mark, and a browser still ends an attribute there.
struct ShownText: MustacheContentType {
  func escapeText(_ text: String) -> String {
    var out = ""
    out.reserveCapacity(text.utf8.count)
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "&": out += "&amp;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      case "\n", "\t": out.unicodeScalars.append(scalar)
      // Browsers send line ends as two; a page has them as one.
      case "\r" where index + 1 < scalars.count && scalars[index + 1] == "\n": continue
      default:
        if ShownText.isHidden(scalar) {
          out += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out
  }

  /// Whether a page shows a text as it is; line ends may be one character or two.
  static func isWhole(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    return scalars.indices.allSatisfy { index in
      switch scalars[index] {
      case "\n", "\t": true
      case "\r": index + 1 < scalars.count && scalars[index + 1] == "\n"
      default: !isHidden(scalars[index])
      }
    }
  }

  /// Control characters, and those that turn the direction of what follows.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029, 0xFEFF: true
    default: scalar.properties.generalCategory == .control
    }
  }
}
