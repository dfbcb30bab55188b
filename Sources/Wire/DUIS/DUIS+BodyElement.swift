extension DUIS {
  /// The bodies that are read rather than only recognised, by the ServiceReferenceVariant that each
  /// goes with.
  static let bodies = [
    "6.20.1": "SetDeviceConfigurationImportMPxN", "6.20.2": "SetDeviceConfigurationExportMPAN",
    "6.23": "UpdateSecurityCredentialsCoS", "8.11": "UpdateHANDeviceLog",
    "8.2": "ReadInventory", "8.3": "DecommissionDevice", "8.4": "UpdateInventory",
    "8.7.1": "JoinServiceCritical", "8.7.2": "JoinServiceNonCritical",
    "8.8.1": "UnjoinServiceCritical", "8.8.2": "UnjoinServiceNonCritical",
    "12.2": "DevicePrenotification",
  ]

  /// What takes the place of a critical body once the user has signed the command that came of it.
  private static let signedBody = "SignedPreCommand"
  private static let critical = ["8.7.1", "8.8.1"]

  /// The variants of a ServiceReference that are read.
  static func variants(of reference: String) -> [String] { variants[reference] ?? [] }

  private static let variants = Dictionary(grouping: bodies.keys.sorted(), by: reference(of:))

  /// The ServiceReference of a variant: its first two numbers.
  static func reference(of variant: String) -> String {
    variant.split(separator: ".").prefix(2).joined(separator: ".")
  }

  /// Takes the element of `Body`, which must go with the header and have a name that can be kept.
  static func bodyElement(
    _ header: RequestHeader, _ children: inout Children, _ xml: inout XMLReader
  ) throws(WireError) -> XMLElement {
    let own = bodies[header.variant]
    var expected: String {
      own.map { "\($0), which goes with \(place(of: header.variant)) \(header.variant)" }
        ?? "the element of Service Request \(header.variant)"
    }
    guard let element = try children.any(&xml) else {
      throw xml.error(
        .structure, at: xml.lastTag, place: "Body", expected: expected,
        found: "the end of Body")
    }
    func refused(_ expected: String, _ found: String? = nil) -> WireError {
      xml.error(
        .structure, at: element.offset, place: "Body", expected: expected,
        found: found ?? xml.shownName(of: element))
    }
    let name = xml.name(of: element)
    let isSigned = name == signedBody && critical.contains(header.variant)
    guard element.namespace == .duis, own == nil || own == name || isSigned else {
      throw refused(own == nil ? "an element of DUIS" : expected)
    }
    if own == nil, let (variant, _) = bodies.first(where: { $0.value == name }) {
      throw refused(expected, "\(name), which goes with \(place(of: variant)) \(variant)")
    }
    guard isPlain(name) else { throw refused("\(expected), a name of up to 60 letters") }
    return element
  }

  /// Where the number of a Service Request stands in full.
  private static func place(of variant: String) -> String {
    variant.split(separator: ".").count == 3 ? "ServiceReferenceVariant" : "ServiceReference"
  }

  /// Whether a name may stand in a record for ever: letters, and no number that may be a meter
  /// point.
  static func isPlain(_ name: String) -> Bool {
    var digits = 0
    for byte in name.utf8 {
      switch byte {
      case 48...57: digits += 1
      case 65...90, 97...122: break
      default: return false
      }
    }
    return digits <= 4 && name.utf8.count <= 60
  }

  /// Passes over a signature, which is never verified, and makes sure that nothing follows.
  static func signatureAndEnd(
    of parent: String, after children: inout Children, _ xml: inout XMLReader
  ) throws(WireError) {
    guard let element = try children.any(&xml) else { return }
    guard element.namespace == .signature, xml.name(of: element) == "Signature" else {
      throw xml.error(
        .structure, at: element.offset, place: parent,
        expected: "a signature or the end of \(parent)", found: xml.shownName(of: element))
    }
    try xml.skip()
    try children.end(&xml)
  }
}
