public import CanonicalJSON

extension EventShape {
  /// The JSON Schema (2020-12) of the body, as published in `schemas/events`.
  public var jsonSchema: Value {
    let base = EventShape.schema(of: .object(fields))
    var members = base.object?.members.map { ($0.key, Optional($0.value)) } ?? []
    members += [
      ("$schema", "https://json-schema.org/draft/2020-12/schema"),
      ("description", .string(about)), ("title", .string("\(type) version \(version)")),
    ]
    return .object(Object(members))
  }

  private static let eui = "^[0-9A-F]{2}(-[0-9A-F]{2}){7}$"

  private static func string(_ pattern: String, _ about: String) -> Value {
    .object([
      "description": .string(about), "pattern": .string(pattern), "type": "string",
    ])
  }

  private static func schema(of kind: Kind) -> Value {
    switch kind {
    case .device: string(eui, "EUI-64; tag device:")
    case .eui: string(eui, "EUI-64")
    case .request:
      string(
        "^[0-9A-F]{2}(-[0-9A-F]{2}){7}:[0-9A-F]{2}(-[0-9A-F]{2}){7}:(0|[1-9][0-9]{0,19})$",
        "RequestID; tag request: with . for :")
    case .correction: string("^COR-[0-9]{6,}$", "correction number; tag correction:")
    case .discrepancy: string("^DIS-[0-9]{6,}$", "discrepancy number; tag discrepancy:")
    case .party: string("^[A-Za-z0-9._-]{1,40}$", "party code; tag party:")
    case .mpxn: string("^[A-Za-z0-9_-]{43}$", "token of an MPxN; tag mpxn:")
    case .user: string("^[A-Za-z0-9._-]{1,40}$", "user id; tag user: in upper case")
    case .participants:
      .object([
        "items": string("^[A-Za-z0-9._-]{1,40}$", "market participant id; tag participant:"),
        "type": "array",
      ])
    case .event:
      .object(["description": "a position; tag event:", "minimum": 1, "type": "integer"])
    case .tags:
      .object([
        "items": string("^[a-z]+:[A-Za-z0-9._-]+$", "a tag of that event, as it stands"),
        "type": "array",
      ])
    case .ticket: string("^[A-Za-z0-9_-]{43}$", "token of a number elsewhere; tag ticket:")
    case .token: string("^[A-Za-z0-9_-]{43}$", "token of a personal value")
    case .document: string("^[A-Za-z0-9_-]{43}$", "name of a document")
    case .time:
      string(
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$", "a time in UTC")
    case .date: string("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "a date")
    case .position: .object(["description": "a position", "minimum": 1, "type": "integer"])
    case .count: .object(["minimum": 0, "type": "integer"])
    case .bool: .object(["type": "boolean"])
    case .code(let about): .object(["description": .string(about), "type": "string"])
    case .oneOf(let values):
      .object(["enum": .array(values.map { .string($0) }), "type": "string"])
    case .list(let kind): .object(["items": schema(of: kind), "type": "array"])
    case .object(let fields):
      .object([
        "additionalProperties": false,
        "properties": .object(Object(fields.map { ($0.name, schema(of: $0.kind)) })),
        "required": .array(fields.filter(\.isRequired).map { .string($0.name) }),
        "type": "object",
      ])
    }
  }
}
