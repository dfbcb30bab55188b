public import CanonicalJSON
public import Corrections

/// The shape of one stored event version, as data: its fields, and the tags that they give.
///
/// Tags are a pure function of type, version and body; the published schemas in `schemas/events`
/// are written from this, and a test compares both with what ``StoredForm`` writes.
public struct EventShape: Sendable {
  /// The stored name of the event, never reused.
  public let type: String
  /// 1, 2, 3 …: a new shape is a new version.
  public let version: Int
  /// What the event says, in one sentence.
  public let about: String
  /// The members that a body may hold.
  public let fields: [Field]
  /// Tags that every event of the type has: an import is on no timeline of its content.
  public let constantTags: [String]

  init(_ type: String, version: Int = 1, _ about: String, _ fields: [Field]) {
    self.type = type
    self.version = version
    self.about = about
    self.fields = fields
    constantTags = EventShape.constantTags(of: type, version)
  }

  private static func constantTags(of type: String, _ version: Int) -> [String] {
    switch (type, version) {
    case ("RegistrationsImported", _): ["import:registrations"]
    case ("InventoryImported", _): ["import:inventory"]
    case ("ProductsImported", _): ["import:products"]
    case ("IncidentsImported", _): ["import:incidents"]
    case ("ReportPublished", _): ["report:published"]
    case ("SubjectErased", _), ("DocumentsErased", _): ["erasure:all"]
    case ("TimelinesSealed", _): ["seal:timelines"]
    case ("EvidenceExported", _): ["evidence:exported"]
    case ("LedgerRestored", _): ["restore:ledger"]
    case ("TechnicalDetailsImported", _): ["import:technical-details"]
    // Version 1 of the first two stands at the beginning of a ledger only, and has no tag.
    case ("CalendarSet", 2), ("PolicySet", 2), ("ServiceTargetsSet", _): ["terms:set"]
    default: []
    }
  }

  /// One field of a body.
  public struct Field: Sendable {
    /// The name of the member.
    public let name: String
    /// What may stand in it.
    public let kind: Kind
    /// Whether every body has it; an absent member says that there is no value.
    public let isRequired: Bool
    /// Whether what stands in it puts the event on a timeline.
    let givesTags: Bool

    private init(_ name: String, _ kind: Kind, isRequired: Bool) {
      self.name = name
      self.kind = kind
      self.isRequired = isRequired
      givesTags = kind.givesTags
    }

    static func required(_ name: String, _ kind: Kind) -> Field {
      Field(name, kind, isRequired: true)
    }

    static func optional(_ name: String, _ kind: Kind) -> Field {
      Field(name, kind, isRequired: false)
    }
  }

  /// What may stand in a field; some kinds put the event on a timeline.
  public indirect enum Kind: Sendable {
    /// Tag `device:`.
    case device
    /// Tag `request:`, with `.` for `:`.
    case request
    /// Tag `correction:`.
    case correction
    /// Tag `discrepancy:`.
    case discrepancy
    /// Tag `party:`.
    case party
    /// Tag `mpxn:`.
    case mpxn
    /// Tag `user:`, in upper case.
    case user
    /// Tag `participant:` each.
    case participants
    /// The token of another system's number; tag `ticket:`.
    case ticket
    /// A position of this log; tag `event:`.
    case event
    /// Tags of another event, each as it stands.
    case tags
    /// An EUI-64 that is on no timeline, in upper case with hyphens.
    case eui
    /// A subject token that is on no timeline.
    case token
    /// The name of a document.
    case document
    /// `YYYY-MM-DDTHH:MM:SS.mmmZ`.
    case time
    /// `YYYY-MM-DD`.
    case date
    /// A position of this log, from 1.
    case position
    /// A whole number from 0.
    case count
    /// `true` or `false`.
    case bool
    /// A text that is no personal value; what it holds is said in words.
    case code(String)
    /// One of these words.
    case oneOf([String])
    /// A list of one kind.
    case list(Kind)
    /// An object of fields.
    case object([Field])

    /// A meter point that a place of the SMI holds or shall hold.
    static let fieldMPxN = Kind.object([.required("mpxn", .mpxn)])
    /// What a place of the SMI, or of a device, holds.
    static let fieldValue = Kind.object([.optional("empty", .bool), .optional("mpxn", .mpxn)])
    /// What a field of an entry holds, held or shall hold.
    static let entryValue = Kind.object([
      .optional("details", .object(EventShape.details)), .optional("empty", .bool),
      .optional("listed", .bool), .optional("mpxn", .mpxn),
      .optional("status", .oneOf(DeviceStatus.allCases.map(\.rawValue))),
      .optional("text", .document),
    ])
    /// Meter points for some of the three places.
    static let mpxns = Kind.object([
      .optional("exportMPAN", .mpxn), .optional("importMPxN", .mpxn),
      .optional("secondaryImportMPAN", .mpxn),
    ])
  }

  /// The tags of a stored event: sorted, each once.
  ///
  /// Throws when no shape of that name and version is known.
  public static func tags(type: String, version: Int, body: Value) throws -> [String] {
    var tags: Set<String> = []
    try forEachTag(type: type, version: version, body: body) { tags.insert($0 + $1) }
    return tags.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Hands on the tags of a stored event in two pieces each, in any order and perhaps more than once.
  ///
  /// Throws when no shape of that name and version is known.
  public static func forEachTag(
    type: String, version: Int, body: Value, _ add: (_ start: String, _ rest: String) -> Void
  ) throws {
    guard let versions = byType[type] else { throw StoredFormError.unknownType(type) }
    guard let shape = versions.first(where: { $0.version == version }) else {
      throw StoredFormError.unknownVersion(type: type, version: version)
    }
    if case .object(let members) = body {
      collect(shape.fields, members, add)
      if type == "ProductListed" { add(product(members), "") }
    }
    for tag in shape.constantTags { add(tag, "") }
  }

  /// The members of bodies that tags are made of, in whatever event they stand.
  public static let membersWithTags: Set<String> = {
    let product = Set(productParts)
    return product.union(all.flatMap { $0.fields.filter(\.givesTags).map(\.name) })
  }()

  private static func collect(
    _ fields: [Field], _ members: Object, _ add: (String, String) -> Void
  ) {
    for field in fields where field.givesTags {
      if let value = members[field.name] { collect(field.kind, value, add) }
    }
  }

  private static func collect(_ kind: Kind, _ value: Value, _ add: (String, String) -> Void) {
    switch (kind, value) {
    case (.device, .string(let text)): add("device:", text)
    case (.request, .string(let text)):
      add("request:", text.replacing(UInt8(ascii: ":"), by: UInt8(ascii: ".")))
    case (.correction, .string(let text)): add("correction:", text)
    case (.discrepancy, .string(let text)): add("discrepancy:", text)
    case (.party, .string(let text)): add("party:", text)
    case (.mpxn, .string(let text)): add("mpxn:", text)
    case (.user, .string(let text)): add("user:", text.uppercased())
    case (.ticket, .string(let text)): add("ticket:", text)
    case (.event, .integer(let position)): add("event:", String(position))
    case (.tags, .array(let elements)):
      for element in elements {
        if case .string(let text) = element { add(text, "") }
      }
    case (.participants, .array(let elements)):
      for element in elements {
        if case .string(let text) = element { add("participant:", text) }
      }
    case (.object(let inner), .object(let members)): collect(inner, members, add)
    case (.list(let kind), .array(let elements)):
      for element in elements { collect(kind, element, add) }
    default: break
    }
  }

  private static let productParts = [
    "deviceType", "esmeVariantFirst", "manufacturer", "model", "firmwareVersion",
  ]

  /// `product:` and the identity of a product; bytes that a tag can't hold become `_` and two hex
  /// digits.
  private static func product(_ members: Object) -> String {
    let parts = productParts.map { members[$0]?.string ?? "" }
    var tag = Array("product:".utf8)
    let digits = Array("0123456789ABCDEF".utf8)
    for (index, part) in parts.enumerated() {
      if index > 0 { tag.append(46) }
      for byte in part.utf8 {
        switch byte {
        case 48...57, 65...90, 97...122, 45: tag.append(byte)
        default: tag += [95, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
      }
    }
    return String(decoding: tag.prefix(128), as: UTF8.self)
  }

  /// The tag of the timeline of a product.
  public static func productTag(_ listed: Product) -> String { product(StoredForm.body(listed)) }

  private static let byType: [String: [EventShape]] = Dictionary(grouping: all, by: \.type)

  /// Whether a version of a type was ever released.
  static func knows(_ type: String, _ version: Int) -> Bool {
    byType[type]?.contains { $0.version == version } ?? false
  }
}

extension EventShape.Kind {
  var givesTags: Bool {
    switch self {
    case .device, .request, .correction, .discrepancy, .party, .mpxn, .user, .participants, .event,
      .tags,
      .ticket:
      true
    case .object(let fields): fields.contains { $0.givesTags }
    // Objects in a list are too many for the tags of one event.
    case .list(.device), .list(.correction), .list(.mpxn), .list(.party): true
    case .eui, .token, .document, .time, .date, .position, .count, .bool, .code, .oneOf, .list:
      false
    }
  }
}

extension String {
  /// The same with one ASCII character in the place of another.
  fileprivate func replacing(_ old: UInt8, by new: UInt8) -> String {
    String(unsafeUninitializedCapacity: utf8.count) { buffer in
      var end = 0
      for byte in utf8 {
        buffer[end] = byte == old ? new : byte
        end += 1
      }
      return end
    }
  }
}
