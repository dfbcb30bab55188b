import Foundation
import Testing

/// JSON as an outsider's program reads it.
enum JSONText {
  static func value(_ text: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(text.utf8), options: [.fragmentsAllowed])
  }

  static func object(_ text: String) throws -> [String: Any] {
    try #require(try value(text) as? [String: Any], "no object: \(text.prefix(200))")
  }

  static func array(_ text: String) throws -> [[String: Any]] {
    try #require(try value(text) as? [[String: Any]], "no array of objects: \(text.prefix(200))")
  }
}

/// What a key of a published answer holds.
indirect enum Shape {
  case text, number, flag, map, nothing, any
  case list(of: Shape)
  case object([String: Shape])
  /// That, or null.
  case either(Shape)

  /// What is wrong with a value, by the path to it; empty when it fits, as it does with more keys.
  func problems(_ value: Any?, at path: String) -> [String] {
    switch self {
    case .any: return value == nil ? ["\(path) is missing"] : []
    case .either(let shape):
      return value is NSNull ? [] : shape.problems(value, at: path)
    case .nothing: return value is NSNull ? [] : ["\(path) is not null"]
    case .text: return value is String ? [] : ["\(path) is no text: \(value ?? "missing")"]
    case .flag:
      return Shape.isFlag(value) ? [] : ["\(path) is neither true nor false: \(value ?? "missing")"]
    case .number:
      return value is NSNumber && !Shape.isFlag(value)
        ? [] : ["\(path) is no number: \(value ?? "missing")"]
    case .map: return value is [String: Any] ? [] : ["\(path) is no object: \(value ?? "missing")"]
    case .list(let shape):
      guard let list = value as? [Any] else {
        return ["\(path) is no array: \(value ?? "missing")"]
      }
      return list.enumerated().flatMap { shape.problems($1, at: "\(path)[\($0)]") }
    case .object(let shapes):
      guard let object = value as? [String: Any] else {
        return ["\(path) is no object: \(value ?? "missing")"]
      }
      return shapes.sorted { $0.key < $1.key }.flatMap { key, shape in
        object.keys.contains(key)
          ? shape.problems(object[key], at: "\(path).\(key)") : ["\(path).\(key) is missing"]
      }
    }
  }

  private static func isFlag(_ value: Any?) -> Bool {
    guard let number = value as? NSNumber else { return false }
    return isTrueOrFalse(number)
  }
}

/// Whether JSON wrote `true` or `false`.
private func isTrueOrFalse(_ number: NSNumber) -> Bool {
  // `NSNumber` keeps the kind that it was made of.
  String(cString: number.objCType) == "c"
}
