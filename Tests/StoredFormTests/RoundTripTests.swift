import CanonicalJSON
import Corrections
import Foundation
import Testing
import Wire

/// How many random events each law sees; `SMI_SEEDS` asks for more.
let seeds: Range<UInt64> = {
  let asked = ProcessInfo.processInfo.environment["SMI_SEEDS"].flatMap { UInt64($0) } ?? 0
  return 0..<max(200, asked)
}()

@Suite struct `The stored form of an event` {
  @Test(arguments: EventKind.allCases)
  func `decodes to the event that was encoded`(_ kind: EventKind) throws {
    for seed in seeds {
      var dice = Dice(seed: seed)
      let event = kind.sample(&dice)
      try #require(EventKind.of(event) == kind)
      let stored = StoredForm.encode(event)
      let bytes = try stored.body.bytes()
      let read = try Value(reading: bytes)
      let decoded = try StoredForm.decode(
        type: stored.type, version: stored.version, body: read)
      try #require(decoded == event, "\(kind), seed \(seed): \(stored.body)")
      // Swift calls two spellings of an accented letter equal; the bytes must be, too.
      try #require(try StoredForm.encode(decoded).body.bytes() == bytes, "\(kind), seed \(seed)")
    }
  }

  @Test(arguments: EventKind.allCases)
  func `conforms to its published shape`(_ kind: EventKind) throws {
    for seed in seeds {
      var dice = Dice(seed: seed)
      let stored = StoredForm.encode(kind.sample(&dice))
      let shape = try #require(EventShape.of(stored.type, stored.version))
      let problems = Conformance.problems(of: stored.body, with: .object(shape.fields))
      try #require(problems.isEmpty, "\(stored.type), seed \(seed): \(problems)")
    }
  }

  @Test(arguments: EventKind.allCases)
  func `uses every optional field, and does without it`(_ kind: EventKind) throws {
    var seen = Presence()
    var shape: EventShape?
    for seed in seeds {
      var dice = Dice(seed: seed)
      let stored = StoredForm.encode(kind.sample(&dice))
      shape = EventShape.of(stored.type, stored.version)
      seen.note(stored.body, try #require(shape).fields)
    }
    let fields = try #require(shape).fields
    #expect(seen.neverPresent(fields) == [], "declared, and never written")
    #expect(seen.neverAbsent(fields) == [], "declared optional, and always written")
  }

  @Test func `has one shape for each kind of event, and one kind for each shape`() {
    var dice = Dice(seed: 1)
    let written = EventKind.allCases.map { StoredForm.encode($0.sample(&dice)).type }
    #expect(Set(written).count == written.count, "two kinds share a name")
    #expect(Set(written) == Set(EventShape.all.map(\.type)))
    #expect(Set(EventShape.all.map(\.name)).count == EventShape.all.count)
  }

  @Test(arguments: EventKind.allCases)
  func `gives at most sixteen tags that the log takes`(_ kind: EventKind) throws {
    for seed in seeds {
      var dice = Dice(seed: seed)
      let stored = StoredForm.encode(kind.sample(&dice))
      let tags = try EventShape.tags(
        type: stored.type, version: stored.version, body: stored.body)
      try #require(tags.count <= 16, "\(stored.type), seed \(seed): \(tags)")
      try #require(tags == Array(Set(tags)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
      for tag in tags {
        try #require(
          tag.utf8.count <= 128 && tag.wholeMatch(of: /[a-z]+:[A-Za-z0-9._\-]+/) != nil,
          "\(stored.type), seed \(seed): \(tag)")
      }
    }
  }

  @Test func `refuses what a newer program wrote, by name`() {
    #expect(throws: StoredFormError.unknownType("DeviceTeleported")) {
      try StoredForm.decode(type: "DeviceTeleported", version: 1, body: .object([:]))
    }
    #expect(throws: StoredFormError.unknownVersion(type: "NoteAdded", version: 3)) {
      try StoredForm.decode(type: "NoteAdded", version: 3, body: .object([:]))
    }
  }

  @Test(arguments: EventKind.allCases)
  func `refuses a body that lacks a required field, naming it`(_ kind: EventKind) throws {
    var dice = Dice(seed: 7)
    let stored = StoredForm.encode(kind.sample(&dice))
    let shape = try #require(EventShape.of(stored.type, stored.version))
    for field in shape.fields where field.isRequired && !field.kind.isList {
      var members = try #require(stored.body.object)
      members[field.name] = nil
      let refusal = #expect(throws: StoredFormError.self, "\(stored.type): \(field.name)") {
        try StoredForm.decode(
          type: stored.type, version: stored.version, body: .object(members))
      }
      guard case .malformed(let type, let named, _) = refusal else {
        Issue.record("\(stored.type) without \(field.name): \(String(describing: refusal))")
        continue
      }
      #expect(type == stored.type && named == field.name)
    }
  }
}

extension EventShape {
  /// The shape of a stored event version.
  static func of(_ type: String, _ version: Int) -> EventShape? {
    all.first { $0.type == type && $0.version == version }
  }

  /// `Type.1`, as files and lists name it.
  var name: String { "\(type).\(version)" }
}

extension EventShape.Kind {
  /// Whether an absent value reads as an empty list.
  var isList: Bool {
    switch self {
    case .list, .participants, .tags: true
    case .device, .request, .correction, .party, .mpxn, .user, .eui, .token, .document, .time,
      .date, .position, .count, .bool, .code, .oneOf, .object, .event, .ticket,
      .discrepancy:
      false
    }
  }
}
