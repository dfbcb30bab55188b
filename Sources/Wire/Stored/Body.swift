import CanonicalJSON
import Corrections

/// Reads the fields of one stored body into types that cannot be wrong.
struct Body {
  let type: String
  let members: Object
  /// The version of the whole body.
  var version = 1

  func malformed(_ field: String, _ expected: String) -> StoredFormError {
    .malformed(type: type, field: field, expected: expected)
  }

  func optionalText(_ field: String) throws(StoredFormError) -> String? {
    guard let value = members[field] else { return nil }
    guard case .string(let text) = value else { throw malformed(field, "a string") }
    return text
  }

  func text(_ field: String) throws(StoredFormError) -> String {
    guard let text = try optionalText(field) else { throw malformed(field, "a string") }
    return text
  }

  func optionalInteger(_ field: String) throws(StoredFormError) -> Int? {
    guard let value = members[field] else { return nil }
    guard case .integer(let number) = value else { throw malformed(field, "an integer") }
    return Int(number)
  }

  func integer(_ field: String) throws(StoredFormError) -> Int {
    guard let number = try optionalInteger(field) else { throw malformed(field, "an integer") }
    return number
  }

  func bool(_ field: String) throws(StoredFormError) -> Bool {
    guard case .bool(let truth)? = members[field] else { throw malformed(field, "true or false") }
    return truth
  }

  func array(_ field: String) throws(StoredFormError) -> [Value] {
    guard let value = members[field] else { return [] }
    guard case .array(let elements) = value else { throw malformed(field, "an array") }
    return elements
  }

  func object(_ field: String) throws(StoredFormError) -> Body {
    guard case .object(let members)? = members[field] else {
      throw malformed(field, "an object")
    }
    return Body(type: type, members: members)
  }

  func objects(_ field: String) throws(StoredFormError) -> [Body] {
    var bodies: [Body] = []
    for element in try array(field) {
      guard case .object(let members) = element else { throw malformed(field, "objects") }
      bodies.append(Body(type: type, members: members))
    }
    return bodies
  }

  /// A list of whole numbers; none when the member is absent.
  func integers(_ field: String) throws(StoredFormError) -> [Int] {
    guard members[field] != nil else { return [] }
    var numbers: [Int] = []
    for element in try array(field) {
      guard case .integer(let number) = element else { throw malformed(field, "whole numbers") }
      numbers.append(Int(number))
    }
    return numbers
  }

  func texts(_ field: String) throws(StoredFormError) -> [String] {
    var texts: [String] = []
    for element in try array(field) {
      guard case .string(let text) = element else { throw malformed(field, "strings") }
      texts.append(text)
    }
    return texts
  }

  func optionalTime(_ field: String) throws(StoredFormError) -> Instant? {
    guard let text = try optionalText(field) else { return nil }
    guard let time = Instant(stored: text) else { throw malformed(field, "a time") }
    return time
  }

  func time(_ field: String) throws(StoredFormError) -> Instant {
    guard let time = try optionalTime(field) else { throw malformed(field, "a time") }
    return time
  }

  func optionalEUI(_ field: String) throws(StoredFormError) -> EUI64? {
    guard let text = try optionalText(field) else { return nil }
    guard let identity = EUI64(text) else { throw malformed(field, "an EUI-64") }
    return identity
  }

  func eui(_ field: String) throws(StoredFormError) -> EUI64 {
    guard let identity = try optionalEUI(field) else { throw malformed(field, "an EUI-64") }
    return identity
  }

  func euis(_ field: String) throws(StoredFormError) -> [EUI64] {
    var identities: [EUI64] = []
    for text in try texts(field) {
      guard let identity = EUI64(text) else { throw malformed(field, "EUI-64s") }
      identities.append(identity)
    }
    return identities
  }

  func optionalToken(_ field: String) throws(StoredFormError) -> Token? {
    guard let text = try optionalText(field) else { return nil }
    guard let token = Token(text) else { throw malformed(field, "a token") }
    return token
  }

  func token(_ field: String) throws(StoredFormError) -> Token {
    guard let token = try optionalToken(field) else { throw malformed(field, "a token") }
    return token
  }

  /// What a place of the SMI holds; this program knows meter points.
  func optionalFieldValue(_ field: String) throws(StoredFormError) -> FieldValue? {
    guard members[field] != nil else { return nil }
    let value = try object(field)
    if let token = try value.optionalToken("mpxn") { return .mpxn(token) }
    guard let first = value.members.members.first, first.key != "empty" else { return .empty }
    throw .unknownCode(type: type, field: field, code: first.key)
  }

  func fieldValue(_ field: String) throws(StoredFormError) -> FieldValue {
    guard let value = try optionalFieldValue(field) else { throw malformed(field, "a value") }
    return value
  }

  /// What a field of an entry holds, held or shall hold.
  func optionalEntryValue(_ field: String) throws(StoredFormError) -> EntryValue? {
    guard members[field] != nil else { return nil }
    let value = try object(field)
    guard let first = value.members.members.first else { return .empty }
    switch first.key {
    case "empty": return .empty
    case "mpxn": return .mpxn(try value.token("mpxn"))
    case "status": return .status(try value.one("status"))
    case "details": return .details(try StoredForm.details(try value.object("details")))
    case "listed": return .listed(try value.bool("listed"))
    case "text": return .text(try value.text("text"))
    default: throw .unknownCode(type: type, field: field, code: first.key)
    }
  }

  func entryValue(_ field: String) throws(StoredFormError) -> EntryValue {
    guard let value = try optionalEntryValue(field) else { throw malformed(field, "a value") }
    return value
  }

  func corrections(_ field: String) throws(StoredFormError) -> [CorrectionID] {
    var corrections: [CorrectionID] = []
    for text in try texts(field) {
      guard let correction = CorrectionID(text) else { throw malformed(field, "corrections") }
      corrections.append(correction)
    }
    return corrections
  }

  /// The meter point that a place of the SMI holds or shall hold.
  func fieldMPxN(_ field: String) throws(StoredFormError) -> Token {
    guard let token = try fieldValue(field).mpxn else { throw malformed(field, "a meter point") }
    return token
  }

  func optionalRequest(_ field: String) throws(StoredFormError) -> RequestID? {
    guard let text = try optionalText(field) else { return nil }
    guard let request = RequestID(text) else { throw malformed(field, "a RequestID") }
    return request
  }

  func request(_ field: String) throws(StoredFormError) -> RequestID {
    guard let request = try optionalRequest(field) else { throw malformed(field, "a RequestID") }
    return request
  }

  func optionalCorrection(_ field: String) throws(StoredFormError) -> CorrectionID? {
    guard let text = try optionalText(field) else { return nil }
    guard let correction = CorrectionID(text) else { throw malformed(field, "a correction") }
    return correction
  }

  func correction(_ field: String) throws(StoredFormError) -> CorrectionID {
    guard let correction = try optionalCorrection(field) else {
      throw malformed(field, "a correction")
    }
    return correction
  }

  func optionalCase<Case: RawRepresentable>(_ field: String, _ kind: Case.Type = Case.self)
    throws(StoredFormError) -> Case? where Case.RawValue == String
  {
    guard let text = try optionalText(field) else { return nil }
    guard let value = Case(rawValue: text) else {
      throw .unknownCode(type: type, field: field, code: text)
    }
    return value
  }

  func one<Case: RawRepresentable>(_ field: String, of kind: Case.Type = Case.self)
    throws(StoredFormError) -> Case where Case.RawValue == String
  {
    guard let value = try optionalCase(field, kind) else { throw malformed(field, "a \(kind)") }
    return value
  }
}

extension Value {
  static func of(_ time: Instant) -> Value { .string(time.stored) }
  static func of(_ time: Instant?) -> Value? { time.map { .string($0.stored) } }
  static func of(_ token: Token?) -> Value? { token.map { .string($0.text) } }
  static func of(_ token: Token) -> Value { .string(token.text) }
  static func value(_ mpxn: Token) -> Value { .object(["mpxn": .of(mpxn)]) }
  static func value(_ value: FieldValue) -> Value {
    switch value {
    case .empty: .object(["empty": true])
    case .mpxn(let token): .value(token)
    }
  }
  static func value(_ value: FieldValue?) -> Value? { value.map { .value($0) } }
  static func value(_ value: EntryValue) -> Value {
    switch value {
    case .empty: .object(["empty": true])
    case .mpxn(let token): .value(token)
    case .status(let status): .object(["status": .of(status)])
    case .details(let details): .object(["details": .object(StoredForm.body(details))])
    case .listed(let listed): .object(["listed": .bool(listed)])
    case .text(let document): .object(["text": .string(document)])
    }
  }
  static func value(_ value: EntryValue?) -> Value? { value.map { .value($0) } }
  static func of(_ identity: EUI64) -> Value { .string(identity.description) }
  static func of(_ identity: EUI64?) -> Value? { identity.map { .string($0.description) } }
  static func of(_ request: RequestID) -> Value { .string(request.description) }
  static func of(_ request: RequestID?) -> Value? { request.map { .string($0.description) } }
  static func of(_ correction: CorrectionID) -> Value { .string(correction.description) }
  static func of(_ correction: CorrectionID?) -> Value? {
    correction.map { .string($0.description) }
  }
  static func of(_ text: String?) -> Value? { text.map { .string($0) } }
  static func of(_ number: Int) -> Value { .integer(Int64(number)) }
  static func of(_ number: Int?) -> Value? { number.map { .integer(Int64($0)) } }
  static func of(_ value: some RawRepresentable<String>) -> Value { .string(value.rawValue) }
  static func of(_ value: (some RawRepresentable<String>)?) -> Value? {
    value.map { .string($0.rawValue) }
  }
  static func list(_ texts: [String]) -> Value { .array(texts.map { .string($0) }) }
  /// Nothing at all for an empty list: absent means absent.
  static func listOrNil(_ elements: [Value]) -> Value? {
    elements.isEmpty ? nil : .array(elements)
  }
}
