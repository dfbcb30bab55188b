import CanonicalJSON
import Corrections
import Foundation
import Testing
import Wire

/// What `schemas/events` and `schemas/tags.json` say is what the program does.
///
/// `SMI_WRITE_SCHEMAS=1 tools/test --filter 'published'` writes them anew. Frozen files are only
/// added to: an example is written where there is none, a code where it is missing.
@Suite(.serialized) struct `What is published of stored events` {
  @Test(arguments: EventShape.all.map(\.name))
  func `is the schema of each version, byte for byte`(_ name: String) throws {
    let shape = try #require(EventShape.all.first { $0.name == name })
    try Published.compare("events/\(name).json", with: Pretty.text(shape.jsonSchema))
  }

  @Test func `is a schema for each version there is, and for no other`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Published.path("events"))
    let schemas = files.filter { $0.hasSuffix(".json") && $0 != "codes.json" }
    #expect(Set(schemas) == Set(EventShape.all.map { "\($0.name).json" }))
  }

  @Test func `is which field gives which tag`() throws {
    let rows = EventShape.all.map { shape in
      (shape.name, Value?.some(.object(Object(TagRule.of(shape).map { ($0, .string($1)) }))))
    }
    try Published.compare("tags.json", with: Pretty.text(.object(Object(rows))))
  }

  @Test(arguments: EventKind.allCases)
  func `are tags that the fields give`(_ kind: EventKind) throws {
    for seed in seeds.prefix(50) {
      var dice = Dice(seed: seed)
      let stored = StoredForm.encode(kind.sample(&dice))
      let shape = try #require(EventShape.of(stored.type, stored.version))
      let tags = try EventShape.tags(
        type: stored.type, version: stored.version, body: stored.body)
      let kinds = Set(tags.map { String($0.prefix { $0 != ":" }) + ":" })
      let published = TagRule.of(shape).map { String($0.1.prefix { $0 != ":" }) + ":" }
      // An annulment has the tags of another event, of whatever kinds.
      let others = stored.body["tags"]?.array?.compactMap(\.string) ?? []
      #expect(
        kinds.subtracting(others.map { String($0.prefix { $0 != ":" }) + ":" })
          .isSubset(of: published))
    }
  }

  @Test func `never loses a code`() throws {
    let path = "events/codes.json"
    var frozen = try Published.text(path).map { try Value(reading: Array($0.utf8), pretty: ()) }
    let now = Codes.all()
    if Published.isWriting {
      frozen = Codes.merged(frozen, now)
      try Published.write(path, Pretty.text(try #require(frozen)))
    }
    let held = Codes.lists(try #require(frozen, "there is no \(path)"))
    for (place, codes) in held {
      let known = now[place] ?? []
      #expect(
        Set(codes).isSubset(of: known),
        "\(place): a stored code was removed or renamed: \(Set(codes).subtracting(known))")
    }
    for (place, codes) in now {
      #expect(
        Set(codes).isSubset(of: held[place] ?? []),
        "\(place): a new code is not frozen yet; SMI_WRITE_SCHEMAS=1 adds it")
    }
  }
}

/// Which field of an event gives which tag.
enum TagRule {
  static func of(_ shape: EventShape) -> [(String, String)] {
    let product: [(String, String)] =
      shape.type == "ProductListed"
      ? [
        (
          "(identity)",
          "product: deviceType.esmeVariantFirst.manufacturer.model.firmwareVersion, absent ones "
            + "empty; a byte outside A-Z a-z 0-9 - is _ and two upper-case hex digits; 128 bytes "
            + "at most"
        )
      ] : []
    return fields(shape.fields) + product + shape.constantTags.map { ("(type)", "\($0)") }
  }

  private static func fields(_ fields: [EventShape.Field], at path: String = "")
    -> [(String, String)]
  {
    fields.flatMap { field -> [(String, String)] in
      let place = path + field.name
      return switch field.kind {
      case .device: [(place, "device:")]
      case .request: [(place, "request: with . for :")]
      case .correction: [(place, "correction:")]
      case .discrepancy: [(place, "discrepancy:")]
      case .party: [(place, "party:")]
      case .mpxn: [(place, "mpxn:")]
      case .user: [(place, "user: in upper case")]
      case .participants: [(place + "[]", "participant: each")]
      case .event: [(place, "event:")]
      case .ticket: [(place, "ticket:")]
      case .tags: [(place + "[]", "each as it stands: those of the event that is annulled")]
      case .object(let inner): self.fields(inner, at: place + ".")
      case .list(.device): [(place + "[]", "device: each")]
      case .list(.correction): [(place + "[]", "correction: each")]
      case .list(.mpxn): [(place + "[]", "mpxn: each")]
      case .list(.party): [(place + "[]", "party: each")]
      case .eui, .token, .document, .time, .date, .position, .count, .bool, .code, .oneOf, .list:
        []
      }
    }
  }
}

/// Every code that a stored event may hold, by the field that holds it.
enum Codes {
  static func all() -> [String: [String]] {
    var codes: [String: [String]] = [:]
    for shape in EventShape.all {
      for (place, values) in lists(shape.fields, at: shape.name) { codes[place] = values }
    }
    codes["record.actor.via"] = [
      Via.asserted(account: 501), .token, .certificate, .import, .system,
    ].map { String($0.stored.prefix { $0 != ":" }) }
    return codes
  }

  private static func lists(_ fields: [EventShape.Field], at path: String)
    -> [(String, [String])]
  {
    fields.flatMap { of($0.kind, at: "\(path) \($0.name)") }
  }

  private static func of(_ kind: EventShape.Kind, at path: String) -> [(String, [String])] {
    switch kind {
    case .oneOf(let values): [(path, values)]
    case .list(let kind): of(kind, at: path)
    case .object(let fields): lists(fields, at: path)
    case .device, .request, .correction, .party, .mpxn, .user, .participants, .eui, .token,
      .document, .time, .date, .position, .count, .bool, .code, .event, .tags, .ticket,
      .discrepancy:
      []
    }
  }

  static func lists(_ value: Value) -> [String: [String]] {
    Dictionary(
      uniqueKeysWithValues: (value.object?.members ?? []).map { member in
        (member.key, (member.value.array ?? []).compactMap(\.string))
      })
  }

  /// The frozen codes with the new ones after them; nothing is ever taken out.
  static func merged(_ frozen: Value?, _ now: [String: [String]]) -> Value {
    var merged = frozen.map(lists) ?? [:]
    for (place, codes) in now {
      let held = merged[place] ?? []
      merged[place] = held + codes.filter { !held.contains($0) }
    }
    return .object(
      Object(
        merged.map { place, codes in
          (place, .array(codes.map { .string($0) }))
        }))
  }
}
