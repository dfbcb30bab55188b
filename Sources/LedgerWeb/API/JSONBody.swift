import Answers
import Corrections
import Foundation
import Ledger
import Wire

/// The members of a JSON object that came as a body: texts, whole numbers and truths.
struct JSONBody {
  /// One value; `true` is no number, and 1 is no truth.
  enum Member: Decodable {
    case text(String)
    case number(Int)
    case truth(Bool)
    case other

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let truth = try? value.decode(Bool.self) {
        self = .truth(truth)
      } else if let number = try? value.decode(Int.self) {
        self = .number(number)
      } else if let text = try? value.decode(String.self) {
        self = .text(text)
      } else {
        self = .other
      }
    }

    /// How it is shown where another was expected.
    var shown: String {
      switch self {
      case .text(let text): Shown.typed(text)
      case .number(let number): Shown.typed(String(number))
      case .truth(let truth): String(truth)
      case .other: "another value"
      }
    }
  }

  private let members: [String: Member]

  /// What was read elsewhere.
  init(members: [String: Member]) { self.members = members }

  /// Reads one; a member that isn't known is said.
  ///
  /// An empty body is an object without members.
  init(_ bytes: [UInt8], allowed: [String]) throws {
    guard !bytes.isEmpty else {
      members = [:]
      return
    }
    guard let members = try? JSONDecoder().decode([String: Member].self, from: Data(bytes)) else {
      throw WebProblem(.malformed, "the body: expected one JSON object; found something else")
    }
    for name in members.keys.sorted() where !allowed.contains(name) {
      let near = Nearest.of(name, among: allowed).map { "; did you mean \($0)?" } ?? "."
      throw WebProblem(
        .usage,
        "there is no member \(Shown.typed(name))\(near) Members: "
          + (allowed.isEmpty ? "none" : allowed.joined(separator: ", ")))
    }
    self.members = members
  }

  func text(_ name: String) throws -> String? {
    guard let value = members[name] else { return nil }
    guard case .text(let text) = value else {
      throw WebProblem(.usage, "\(name): expected a text; found \(value.shown)")
    }
    return text
  }

  func needed(_ name: String) throws -> String {
    guard let text = try text(name) else {
      throw WebProblem(.usage, "\(name): expected a text; found none")
    }
    return text
  }

  /// What a person wrote.
  func words(_ name: String) throws -> String {
    let text = try needed(name)
    try TypedText.check(text, name)
    return text
  }

  func perhapsWords(_ name: String) throws -> String? {
    try text(name) == nil ? nil : try words(name)
  }

  func flag(_ name: String) throws -> Bool {
    guard let value = members[name] else { return false }
    guard case .truth(let truth) = value else {
      throw WebProblem(.usage, "\(name): expected true or false; found \(value.shown)")
    }
    return truth
  }

  /// A whole number in bounds.
  func number(_ name: String, in bounds: ClosedRange<Int>) throws -> Int {
    guard let value = members[name] else {
      throw WebProblem(
        .usage, "\(name): expected \(bounds.lowerBound) to \(bounds.upperBound); found none")
    }
    guard case .number(let number) = value, bounds.contains(number) else {
      throw WebProblem(
        .usage,
        "\(name): expected \(bounds.lowerBound) to \(bounds.upperBound); found \(value.shown)")
    }
    return number
  }

  /// One of the names that a type has.
  func one<Value: RawRepresentable & CaseIterable>(
    _ name: String, of _: Value.Type
  ) throws -> Value where Value.RawValue == String {
    let text = try needed(name)
    guard let value = Value(rawValue: text) else {
      let all = Value.allCases.map(\.rawValue).joined(separator: ", ")
      throw WebProblem(.usage, "\(name): expected one of \(all); found \(Shown.typed(text))")
    }
    return value
  }

  /// What an entry shall say.
  func wanted(for field: CorrectionField) throws -> WantedValue {
    if try flag("blank") {
      guard try text("value") == nil, let place = field.mpxn else {
        throw WebProblem(.usage, "blank: empties a meter point's field, and goes without value")
      }
      return .blank(place)
    }
    if field == .deletion {
      guard try text("value") == nil else {
        throw WebProblem(.usage, "value: deletion takes none: the entry goes")
      }
      return .deletion
    }
    return try TypedText.wanted(try needed("value"), for: field, "value")
  }

  /// Refuses members that don't go with each other.
  func only(_ names: Set<String>) throws {
    guard let other = members.keys.sorted().first(where: { !names.contains($0) }) else { return }
    throw WebProblem(.usage, "\(other): does not go with \(names.sorted().joined(separator: ", "))")
  }
}
