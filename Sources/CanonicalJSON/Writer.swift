/// Why a value can't be written: it lies outside the record profile.
public enum OutOfProfile: Error, Hashable, Sendable {
  /// Values are nested deeper than ``Value/deepest``.
  case tooDeep
  /// An integer is of 2⁵³ or more.
  case integerTooLarge(Int64)
  /// A key is empty, or has something else than printable ASCII without quotation mark and
  /// backslash.
  case keyNotPlain(String)
  /// A string has more bytes than the caller allows.
  case stringTooLong(limit: Int, found: Int)
}

extension OutOfProfile: CustomStringConvertible {
  /// What was expected and found.
  public var description: String {
    switch self {
    case .tooDeep: "expected at most \(Value.deepest) levels; found one more"
    case .integerTooLarge(let number): "expected an integer below 2^53; found \(number)"
    case .keyNotPlain(let key):
      "expected a key of printable ASCII without \" and \\; found \(key.debugDescription)"
    case .stringTooLong(let limit, let found):
      "expected a string of at most \(limit) bytes; found \(found)"
    }
  }
}

extension Value {
  /// The one way this value is written, in bytes.
  ///
  /// - Parameter longestString: Longest string allowed, in UTF-8 bytes.
  /// - Returns: UTF-8.
  /// - Throws: ``OutOfProfile``, when the profile has no form for it.
  public func bytes(longestString: Int = .max) throws(OutOfProfile) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(256)
    try write(to: &output, longestString: longestString)
    return output
  }

  /// Writes this value at the end of bytes that are being put together.
  ///
  /// After an error `output` may end in half a value.
  ///
  /// - Parameters:
  ///   - output: What is being put together.
  ///   - longestString: Longest string allowed, in UTF-8 bytes.
  ///   - depth: How deep it stands in that, where a value alone has 1.
  /// - Throws: ``OutOfProfile``, when the profile has no form for it.
  public func write(
    to output: inout [UInt8], longestString: Int = .max, depth: Int = 1
  ) throws(OutOfProfile) {
    try write(to: &output, longestString: longestString, standing: depth)
  }

  private func write(
    to output: inout [UInt8], longestString: Int, standing depth: Int
  ) throws(OutOfProfile) {
    guard depth <= Value.deepest else {
      throw .tooDeep
    }
    switch self {
    case .string(let text):
      let length = text.utf8.count
      guard length <= longestString else {
        throw .stringTooLong(limit: longestString, found: length)
      }
      output.appendJSON(text)
    case .integer(let number):
      guard number.magnitude <= UInt64(Value.largestInteger) else {
        throw .integerTooLarge(number)
      }
      output.appendDecimal(number)
    case .bool(let truth):
      output.append(contentsOf: truth ? Value.trueBytes : Value.falseBytes)
    case .array(let elements):
      output.append(UInt8(ascii: "["))
      var first = true
      for element in elements {
        if !first { output.append(UInt8(ascii: ",")) }
        first = false
        try element.write(to: &output, longestString: longestString, standing: depth + 1)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let object):
      output.append(UInt8(ascii: "{"))
      var first = true
      for member in object.members {
        if !first { output.append(UInt8(ascii: ",")) }
        first = false
        try output.appendKey(member.key)
        try member.value.write(to: &output, longestString: longestString, standing: depth + 1)
      }
      output.append(UInt8(ascii: "}"))
    }
  }

  static let trueBytes: [UInt8] = Array("true".utf8)
  static let falseBytes: [UInt8] = Array("false".utf8)
}
