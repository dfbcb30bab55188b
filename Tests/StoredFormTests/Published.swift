import CanonicalJSON
import Foundation
import Testing

/// The files under `schemas/`, compared or written.
enum Published {
  /// Whether the files are to be written rather than compared.
  static let isWriting = ProcessInfo.processInfo.environment["SMI_WRITE_SCHEMAS"] != nil

  static let schemas = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("schemas").path

  static func path(_ name: String) -> String { schemas + "/" + name }

  /// The text of a file; nil when there is none.
  static func text(_ name: String) throws -> String? {
    guard FileManager.default.fileExists(atPath: path(name)) else { return nil }
    return try String(contentsOfFile: path(name), encoding: .utf8)
  }

  static func write(_ name: String, _ text: String) throws {
    let url = URL(fileURLWithPath: path(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  static func compare(_ name: String, with text: String) throws {
    if isWriting { try write(name, text) }
    #expect(
      try self.text(name) == text,
      "schemas/\(name) differs from the program; SMI_WRITE_SCHEMAS=1 writes it anew")
  }
}

/// JSON as people read it: two blanks a level, keys in order, a line feed at the end.
enum Pretty {
  static func text(_ value: Value) -> String { lines(value, indent: "") + "\n" }

  private static func lines(_ value: Value, indent: String) -> String {
    let inner = indent + "  "
    switch value {
    case .object(let object):
      guard !object.members.isEmpty else { return "{}" }
      let members = object.members.map { member in
        "\(inner)\(Value.string(member.key)): \(lines(member.value, indent: inner))"
      }
      return "{\n\(members.joined(separator: ",\n"))\n\(indent)}"
    case .array(let elements):
      guard !elements.isEmpty else { return "[]" }
      let isFlat = elements.allSatisfy { $0.string != nil || $0.integer != nil }
      let line = "[\(elements.map(\.description).joined(separator: ", "))]"
      if isFlat, indent.utf8.count + line.utf8.count <= 100 { return line }
      let items = elements.map { inner + lines($0, indent: inner) }
      return "[\n\(items.joined(separator: ",\n"))\n\(indent)]"
    case .string, .integer, .bool: return value.description
    }
  }
}

extension Value {
  /// Reads JSON that ``Pretty`` wrote: its only blanks outside strings are its own.
  init(reading bytes: [UInt8], pretty: Void) throws {
    var dense: [UInt8] = []
    var inString = false
    var isEscaped = false
    for byte in bytes {
      if inString {
        dense.append(byte)
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          inString = false
        }
      } else if byte != 32, byte != 10 {
        dense.append(byte)
        inString = byte == UInt8(ascii: "\"")
      }
    }
    self = try Value(reading: dense)
  }
}
