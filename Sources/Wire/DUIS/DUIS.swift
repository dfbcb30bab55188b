/// Reads and writes the DUIS XML of SR 8.4, 8.2 and 12.2, reads the services, responses and alerts
/// that change what is held, and recognises everything else.
///
/// Signatures are passed over: they must be well formed, but no digest, key or certificate is ever
/// verified here. Whoever needs that checks the file before it comes to this program.
public enum DUIS {
  /// The schema versions that are read.
  ///
  /// 5.0, 5.1, 5.3 and 5.4 are published, and SR 8.4 is the same in all of them. 5.2 lies between
  /// two that agree, and is taken to agree too [inferred].
  public static let schemaVersions = ["5.0", "5.1", "5.2", "5.3", "5.4"]

  /// Reads one document.
  ///
  /// Strict: elements in the schema's order, by namespace URI and never by prefix, every length and
  /// enumeration checked. A wrong check digit is no error here. Errors begin with the name of the
  /// file.
  ///
  /// - Throws: the first fault of the document, with its line and column.
  public static func read(
    _ bytes: [UInt8], file: String? = nil, limits: DUISLimits = .default
  ) throws(WireError) -> DUISDocument {
    var xml = try XMLReader(bytes, file: file, limits: limits)
    let root = try xml.root()
    let document: DUISDocument
    if xml.element(root, is: "Request") {
      let version = try schemaVersion(of: root, &xml)
      document = .request(try request(version, &xml))
    } else if xml.element(root, is: "Response") {
      let version = try schemaVersion(of: root, &xml)
      document = try responseOrAlert(version, &xml)
    } else if xml.element(root, is: "GBCSResponse", in: .decoded) {
      let version = try schemaVersion(of: root, &xml)
      document = try decoded(version, &xml)
    } else {
      throw xml.error(
        .structure, at: root.offset, place: xml.name(of: root),
        expected: "Request or Response of DUIS", found: xml.shownName(of: root))
    }
    try xml.finish()
    return document
  }

  private static func schemaVersion(
    of root: XMLElement, _ xml: inout XMLReader
  ) throws(WireError) -> String {
    var version: String?
    for attribute in xml.attributes where attribute.namespace != .schemaInstance {
      guard attribute.namespace == .none,
        xml.bytes[attribute.localName].elementsEqual("schemaVersion".utf8)
      else {
        throw xml.error(
          .structure, at: attribute.offset, place: xml.name(of: root),
          expected: "no attribute but schemaVersion", found: xml.shown(attribute.localName))
      }
      let value = XMLReader.trimmed(attribute.value)
      guard schemaVersions.contains(value) else {
        throw xml.error(
          .value, at: attribute.offset, place: "schemaVersion",
          expected: "one of the schema versions \(schemaVersions.joined(separator: ", "))",
          found: Shown.text(value))
      }
      version = value
    }
    guard let version else {
      throw xml.error(
        .structure, at: root.offset, place: xml.name(of: root),
        expected: "attribute schemaVersion on \(xml.name(of: root))", found: "none")
    }
    return version
  }
}

/// How large and how deep a document may be.
public struct DUISLimits: Hashable, Sendable {
  /// The most bytes.
  public var bytes: Int
  /// The most levels of elements.
  public var depth: Int

  /// Makes limits.
  public init(bytes: Int, depth: Int) {
    self.bytes = bytes
    self.depth = depth
  }

  /// The size in bytes, and in MiB where it is a whole number of them.
  var shownBytes: String {
    bytes >= 1 << 20 && bytes % (1 << 20) == 0
      ? "\(bytes) bytes (\(bytes >> 20) MiB)" : "\(bytes) bytes"
  }

  /// 1 MiB and 32 levels of elements.
  public static let `default` = DUISLimits(bytes: 1 << 20, depth: 32)
}
