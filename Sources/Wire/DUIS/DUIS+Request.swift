internal import Corrections

extension DUIS {
  /// Reads the content of `Request`: header, body and perhaps a signature.
  static func request(
    _ schemaVersion: String, _ xml: inout XMLReader
  ) throws(WireError) -> ServiceRequest {
    var children = Children(of: "Request")
    _ = try children.required("Header", &xml)
    var header = Children(of: "Header")
    let id = try xml.requestID(try header.required("RequestID", &xml))
    var firstInSequence: Bool?
    if let element = try header.optional("FirstInSequence", &xml) {
      firstInSequence = try xml.boolean(element)
    }
    var preceding: RequestID?
    if let element = try header.optional("PrecedingServiceRequestID", &xml) {
      preceding = try xml.requestID(element)
    }
    let commandVariant = try xml.commandVariant(try header.required("CommandVariant", &xml))
    let reference = try xml.serviceReference(try header.required("ServiceReference", &xml)).value
    let variantElement = try header.required("ServiceReferenceVariant", &xml)
    let variant = try xml.serviceReference(variantElement)
    if variant.value != reference, bodies[reference] != nil || bodies[variant.value] != nil {
      throw xml.refused(variant, variantElement, "\(reference), as ServiceReference says,")
    }
    try header.end(&xml)
    _ = try children.required("Body", &xml)
    let (content, unread) = try body(reference, &xml)
    try signatureAndEnd(of: "Request", after: &children, &xml)
    return ServiceRequest(
      id: id, schemaVersion: schemaVersion, commandVariant: commandVariant,
      serviceReference: reference, serviceReferenceVariant: variant.value, content: content,
      firstInSequence: firstInSequence, precedingRequestID: preceding, unreadBody: unread)
  }

  /// Reads the one element of `Body`, which for 8.4, 8.2 and 12.2 must be the one that goes with
  /// it.
  private static func body(
    _ reference: String, _ xml: inout XMLReader
  ) throws(WireError) -> (ServiceRequest.Content, UnreadBody) {
    var children = Children(of: "Body")
    let expected = bodies[reference].map { "\($0), which goes with ServiceReference \(reference)" }
    guard let element = try children.any(&xml) else {
      throw xml.error(
        .structure, at: xml.lastTag, place: "Body",
        expected: expected ?? "the element of Service Request \(reference)",
        found: "the end of Body")
    }
    let name = xml.name(of: element)
    guard element.namespace == .duis, bodies[reference] == nil || bodies[reference] == name else {
      throw xml.error(
        .structure, at: element.offset, place: "Body", expected: expected ?? "an element of DUIS",
        found: xml.shownName(of: element))
    }
    var unread = UnreadBody()
    let content: ServiceRequest.Content
    switch name {
    case "UpdateInventory" where reference == "8.4":
      try xml.refuseAttributes(of: name)
      let (deviceID, update) = try updateInventory(&xml)
      content = .updateInventory(deviceID: deviceID, update)
    case "ReadInventory" where reference == "8.2":
      try xml.refuseAttributes(of: name)
      content = .readInventory(try readInventory(&xml))
    case "DevicePrenotification" where reference == "12.2":
      try xml.refuseAttributes(of: name)
      content = .prenotification(try prenotification(&xml))
    case "UpdateInventory", "ReadInventory", "DevicePrenotification":
      let own = bodies.first { $0.value == name }?.key ?? ""
      throw xml.error(
        .structure, at: element.offset, place: "Body",
        expected: "the element of Service Request \(reference)",
        found: "\(name), which goes with ServiceReference \(own)")
    default:
      guard isPlain(name) else {
        throw xml.error(
          .structure, at: element.offset, place: "Body",
          expected: "the element of Service Request \(reference), a name of up to 60 letters",
          found: xml.shownName(of: element))
      }
      var deviceID: EUI64?
      unread = UnreadBody(canonical: try xml.canonicalContent(of: element, deviceID: &deviceID))
      content = .other(element: name, deviceID: deviceID)
    }
    try children.end(&xml)
    return (content, unread)
  }

  /// Whether a name may stand in a record for ever: letters, and no number that may be a meter
  /// point.
  private static func isPlain(_ name: String) -> Bool {
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
