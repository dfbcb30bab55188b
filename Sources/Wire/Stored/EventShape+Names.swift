public import CanonicalJSON

extension EventShape {
  /// What a stored event names and does not hold: tokens of personal values, and documents.
  public struct Names: Hashable, Sendable {
    /// Tokens, as often as they stand there.
    public var tokens: [String] = []
    /// Names of documents, as often as they stand there.
    public var documents: [String] = []
  }

  /// The tokens and documents that a body names; a pure function of type, version and body.
  ///
  /// Throws when no shape of that name and version is known.
  public static func names(type: String, version: Int, body: Value) throws -> Names {
    guard let shape = all.first(where: { $0.type == type && $0.version == version }) else {
      throw all.contains { $0.type == type }
        ? StoredFormError.unknownVersion(type: type, version: version)
        : StoredFormError.unknownType(type)
    }
    var names = Names()
    collect(.object(shape.fields), body, &names)
    return names
  }

  private static func collect(_ kind: Kind, _ value: Value, _ names: inout Names) {
    switch (kind, value) {
    case (.mpxn, .string(let text)), (.token, .string(let text)), (.ticket, .string(let text)):
      names.tokens.append(text)
    case (.document, .string(let text)): names.documents.append(text)
    case (.object(let fields), .object(let members)):
      for field in fields {
        if let value = members[field.name] { collect(field.kind, value, &names) }
      }
    case (.list(let kind), .array(let elements)):
      for element in elements { collect(kind, element, &names) }
    default: break
    }
  }
}
