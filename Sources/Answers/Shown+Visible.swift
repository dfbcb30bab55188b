package import Wire

extension Shown {
  /// A file name as it can be pasted into a shell; what a terminal would act on is made visible.
  package static func pasted(_ name: String) -> String {
    let isPlain = name.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || "/._-+,@%=:".unicodeScalars.contains(scalar))
    }
    return isPlain ? name : "'" + visible(name).replacing("'", with: "'\\''") + "'"
  }

  /// Text that people typed, with control characters made visible.
  package static func visible(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      if scalar.properties.generalCategory == .control {
        out += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      } else {
        out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
