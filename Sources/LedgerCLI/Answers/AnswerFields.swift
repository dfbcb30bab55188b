import Answers
import Corrections
import Wire

/// The single values of an answer in JSON, each under the path of keys that leads to it.
///
/// An element of a list is named by its first text, such as a party, so that it is compared with the same
/// one of another answer.
struct AnswerFields {
  /// A value and where it stands.
  struct Field {
    let name: String
    let value: JSON
  }

  private(set) var all: [Field] = []

  /// Takes an answer apart; keys, or paths, that are left out say nothing of their own.
  init(_ members: [(key: String, value: JSON)], leavingOut left: Set<String>) {
    add(members, under: "", left)
  }

  private mutating func add(
    _ members: [(key: String, value: JSON)], under path: String, _ left: Set<String>
  ) {
    // Where an event stands, and how its actor was known, is said by the event.
    for (key, value) in members
    where !left.contains(path + key) && key != "position" && key != "via" {
      add(value, as: path + key, left)
    }
  }

  private mutating func add(_ value: JSON, as name: String, _ left: Set<String>) {
    switch value {
    case .object(let members): add(members, under: name + ".", left)
    case .array(let elements):
      let objects = elements.compactMap { element in
        if case .object(let members) = element { members } else { nil }
      }
      guard !objects.isEmpty else {
        all.append(Field(name: name, value: value))
        return
      }
      var seen: [String: Int] = [:]
      for members in objects {
        let called = members.lazy.compactMap { $0.value.string }.first ?? ""
        seen[called, default: 0] += 1
        let times = seen[called].map { $0 > 1 ? " (\($0))" : "" } ?? ""
        add(Array(members.dropFirst()), under: "\(name).\(called)\(times).", left)
      }
    case .null, .bool, .integer, .decimal, .string: all.append(Field(name: name, value: value))
    }
  }

  /// What differs between two answers, in the order of the later one; nil stands for one that is not
  /// there.
  static func differences(
    _ then: AnswerFields?, _ now: AnswerFields?
  ) -> [(field: String, then: JSON, now: JSON)] {
    func values(_ fields: AnswerFields?) -> [String: JSON] {
      Dictionary((fields?.all ?? []).map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }
    let (before, after) = (values(then), values(now))
    let names =
      (now?.all ?? []).map(\.name) + (then?.all ?? []).map(\.name).filter { after[$0] == nil }
    return names.compactMap { name in
      let (old, new) = (before[name] ?? .null, after[name] ?? .null)
      // Where one of them has no such place, nothing there says no more than that.
      let isSame =
        before[name] == nil || after[name] == nil
        ? old.saysNothing && new.saysNothing : old == new
      return isSame ? nil : (name, old, new)
    }
  }
}

extension JSON {
  fileprivate var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// Whether it is no more than the want of a value.
  fileprivate var saysNothing: Bool {
    switch self {
    case .null, .bool(false), .integer(0): true
    case .array(let elements): elements.isEmpty
    case .bool, .integer, .decimal, .string, .object: false
    }
  }

  /// The value of a field in a table: times as people read them, a dash for none.
  func cell(_ field: String) -> String {
    switch self {
    case .null: "–"
    case .bool(let truth): truth ? "yes" : "no"
    case .integer(let number): String(number)
    case .decimal(let digits): digits
    case .string(let text):
      Instant(stored: text).map(field.hasSuffix("dueAt") ? Wording.lastDay : Wording.time)
        ?? Shown.visible(text)
    case .array(let elements):
      elements.isEmpty ? "–" : elements.map { $0.cell(field) }.joined(separator: ", ")
    case .object: line
    }
  }
}
