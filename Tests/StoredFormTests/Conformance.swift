import CanonicalJSON
import Corrections
import Wire

/// Holds a body to its shape: what is required is there, nothing else is than what is declared, and
/// each value is of its kind.
enum Conformance {
  static func problems(of value: Value, with kind: EventShape.Kind, at path: String = "body")
    -> [String]
  {
    switch (kind, value) {
    case (.object(let fields), .object(let members)):
      return members.keys.filter { key in !fields.contains { $0.name == key } }
        .map { "\(path).\($0) is not declared" }
        + fields.flatMap { field -> [String] in
          guard let value = members[field.name] else {
            return field.isRequired ? ["\(path).\(field.name) is missing"] : []
          }
          return problems(of: value, with: field.kind, at: "\(path).\(field.name)")
        }
    case (.list(let kind), .array(let elements)):
      return elements.flatMap { problems(of: $0, with: kind, at: "\(path)[]") }
    case (.participants, .array(let elements)):
      return elements.compactMap { element in
        element.string.map(isCode) == true ? nil : "\(path)[] is \(element)"
      }
    case (.bool, .bool): return []
    case (.count, .integer(let number)): return number >= 0 ? [] : ["\(path) is \(number)"]
    case (.tags, .array(let elements)):
      return elements.compactMap { element in
        element.string?.contains(":") == true ? nil : "\(path)[] is \(element)"
      }
    case (.event, .integer(let number)), (.position, .integer(let number)):
      return number >= 1 ? [] : ["\(path) is \(number)"]
    case (_, .string(let text)):
      return isOf(kind, text) ? [] : ["\(path) is \(value), not of its kind"]
    case (_, .integer), (_, .bool), (_, .array), (_, .object):
      return ["\(path) is \(value), of another kind of value"]
    }
  }

  private static func isOf(_ kind: EventShape.Kind, _ text: String) -> Bool {
    switch kind {
    case .device, .eui: EUI64(text)?.description == text
    case .request: RequestID(text)?.description == text
    case .correction: CorrectionID(text)?.description == text
    case .discrepancy: DiscrepancyID(text)?.description == text
    case .party, .user: isCode(text)
    case .mpxn, .token, .document: Token(text) != nil
    case .time: Instant(stored: text) != nil
    case .date: CivilDate(text) != nil
    case .code: true
    case .oneOf(let values): values.contains(text)
    case .position, .count, .bool, .list, .object, .participants, .event, .tags: false
    case .ticket: Token(text) != nil
    }
  }

  private static func isCode(_ text: String) -> Bool {
    text.wholeMatch(of: /[A-Za-z0-9._\-]{1,40}/) != nil
  }
}

/// Which declared fields were written, and which were left out, over many bodies.
struct Presence {
  private var present: Set<String> = []
  private var absent: Set<String> = []

  mutating func note(_ value: Value, _ fields: [EventShape.Field], at path: String = "") {
    for field in fields {
      let place = path + field.name
      guard let value = value[field.name] else {
        absent.insert(place)
        continue
      }
      present.insert(place)
      switch (field.kind, value) {
      case (.object(let inner), _): note(value, inner, at: place + ".")
      case (.list(.object(let inner)), .array(let elements)):
        for element in elements { note(element, inner, at: place + "[].") }
      case (.device, _), (.request, _), (.correction, _), (.party, _), (.mpxn, _), (.user, _),
        (.participants, _), (.eui, _), (.token, _), (.document, _), (.time, _), (.date, _),
        (.position, _), (.count, _), (.bool, _), (.code, _), (.oneOf, _), (.list, _),
        (.event, _), (.tags, _), (.ticket, _), (.discrepancy, _):
        break
      }
    }
  }

  func neverPresent(_ fields: [EventShape.Field]) -> [String] {
    Presence.paths(fields).map(\.path).filter { !present.contains($0) }
  }

  func neverAbsent(_ fields: [EventShape.Field]) -> [String] {
    Presence.paths(fields).filter { !$0.isRequired && !absent.contains($0.path) }.map(\.path)
  }

  private static func paths(_ fields: [EventShape.Field], at path: String = "")
    -> [(path: String, isRequired: Bool)]
  {
    fields.flatMap { field -> [(path: String, isRequired: Bool)] in
      let place = path + field.name
      let inner: [(path: String, isRequired: Bool)] =
        switch field.kind {
        case .object(let inner): paths(inner, at: place + ".")
        case .list(.object(let inner)): paths(inner, at: place + "[].")
        case .device, .request, .correction, .party, .mpxn, .user, .participants, .eui, .token,
          .document, .time, .date, .position, .count, .bool, .code, .oneOf, .list, .event, .tags,
          .ticket, .discrepancy:
          []
        }
      return [(place, field.isRequired)] + inner
    }
  }
}
