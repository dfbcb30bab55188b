/// One JSON value of the record profile: RFC 8785 without floats and without null.
///
/// What can't be written is mostly not expressible: an object is sorted and has no key twice. The
/// rest (a key outside printable ASCII, an integer of 2⁵³ or more, more than 32 levels) is refused
/// by the writer.
public enum Value: Sendable {
  /// Text; it is written as it is, in whatever normal form it has.
  case string(String)
  /// A whole number below 2⁵³ in magnitude.
  case integer(Int64)
  /// `true` or `false`.
  case bool(Bool)
  /// Values in an order that counts.
  case array([Value])
  /// Values by their keys.
  case object(Object)

  /// The deepest nesting the profile allows; a scalar has depth 1.
  public static let deepest = 32

  /// The largest magnitude of an integer, 2⁵³ − 1; anything larger is written as a string.
  public static let largestInteger: Int64 = 9_007_199_254_740_991
}

extension Value {
  /// The text, if this is a string.
  @inlinable public var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The number, if this is an integer.
  @inlinable public var integer: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }

  /// The truth value, if this is one.
  @inlinable public var bool: Bool? {
    if case .bool(let truth) = self { truth } else { nil }
  }

  /// The elements, if this is an array.
  @inlinable public var array: [Value]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The members, if this is an object.
  @inlinable public var object: Object? {
    if case .object(let object) = self { object } else { nil }
  }

  /// The value of a key, if this is an object that has it.
  @inlinable public subscript(key: String) -> Value? {
    if case .object(let object) = self { object[key] } else { nil }
  }
}

/// Equal means written with the same bytes: Swift's own string equality would call two normal forms
/// of `é` the same.
extension Value: Hashable {
  /// Whether both are written with the same bytes.
  public static func == (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
    case (.integer(let a), .integer(let b)): a == b
    case (.bool(let a), .bool(let b)): a == b
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)): a == b
    case (.string, _), (.integer, _), (.bool, _), (.array, _), (.object, _): false
    }
  }

  /// Hashes what is written.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .string(let text):
      hasher.combine(0)
      for byte in text.utf8 { hasher.combine(byte) }
    case .integer(let number):
      hasher.combine(1)
      hasher.combine(number)
    case .bool(let truth):
      hasher.combine(2)
      hasher.combine(truth)
    case .array(let elements):
      hasher.combine(3)
      hasher.combine(elements)
    case .object(let object):
      hasher.combine(4)
      hasher.combine(object)
    }
  }
}

extension Value: ExpressibleByStringLiteral {
  /// Makes a string.
  public init(stringLiteral text: String) { self = .string(text) }
}

extension Value: ExpressibleByIntegerLiteral {
  /// Makes an integer.
  public init(integerLiteral number: Int64) { self = .integer(number) }
}

extension Value: ExpressibleByBooleanLiteral {
  /// Makes a truth value.
  public init(booleanLiteral truth: Bool) { self = .bool(truth) }
}

extension Value: ExpressibleByArrayLiteral {
  /// Makes an array.
  public init(arrayLiteral elements: Value...) { self = .array(elements) }
}

/// Values print as they are written.
extension Value: CustomStringConvertible {
  /// The text of ``bytes(longestString:)``, or why there is none.
  public var description: String {
    do throws(OutOfProfile) {
      return String(decoding: try bytes(), as: UTF8.self)
    } catch {
      return "not writable: \(error)"
    }
  }
}
