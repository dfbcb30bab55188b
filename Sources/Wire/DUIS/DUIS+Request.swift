internal import Corrections

extension DUIS {
  /// Reads the content of `Request`: header, body and perhaps a signature.
  static func request(
    _ schemaVersion: String, _ xml: inout XMLReader
  ) throws(WireError) -> ServiceRequest {
    var children = Children(of: "Request")
    _ = try children.required("Header", &xml)
    let header = try requestHeader(&xml)
    _ = try children.required("Body", &xml)
    let (content, unread) = try body(header, &xml)
    try signatureAndEnd(of: "Request", after: &children, &xml)
    return ServiceRequest(
      id: header.id, schemaVersion: schemaVersion, commandVariant: header.commandVariant,
      serviceReference: header.reference, serviceReferenceVariant: header.variant,
      content: content, firstInSequence: header.firstInSequence,
      precedingRequestID: header.preceding, unreadBody: unread)
  }

  struct RequestHeader {
    let id: RequestID
    let firstInSequence: Bool?
    let preceding: RequestID?
    let commandVariant: Int
    let reference: String
    let variant: String

    /// The device that the request is sent to; nil for one that the DCC itself answers.
    var target: EUI64? { commandVariant == 8 ? nil : id.target }
  }

  private static func requestHeader(
    _ xml: inout XMLReader
  ) throws(WireError) -> RequestHeader {
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
    let (reference, variant) = try references(&header, &xml)
    try header.end(&xml)
    return RequestHeader(
      id: id, firstInSequence: firstInSequence, preceding: preceding,
      commandVariant: commandVariant, reference: reference, variant: variant)
  }

  /// ServiceReference and ServiceReferenceVariant, which must go together where one is of a request
  /// that is read.
  private static func references(
    _ header: inout Children, _ xml: inout XMLReader
  ) throws(WireError) -> (reference: String, variant: String) {
    let element = try header.required("ServiceReference", &xml)
    let reference = try xml.serviceReference(element)
    let variantElement = try header.required("ServiceReferenceVariant", &xml)
    let variant = try xml.serviceReference(variantElement)
    let variants = DUIS.variants(of: reference.value)
    if variants.contains(variant.value) || (variants.isEmpty && bodies[variant.value] == nil) {
      return (reference.value, variant.value)
    }
    if reference.value == variant.value {
      throw xml.refused(reference, element, DUIS.reference(of: variant.value))
    }
    let expected = variants.isEmpty ? reference.value : variants.joined(separator: " or ")
    throw xml.refused(variant, variantElement, "\(expected), as ServiceReference says,")
  }

  /// Reads the one element of `Body`; where the request is one that is read, it must be the one
  /// that goes with it.
  private static func body(
    _ header: RequestHeader, _ xml: inout XMLReader
  ) throws(WireError) -> (ServiceRequest.Content, UnreadBody) {
    var children = Children(of: "Body")
    let element = try bodyElement(header, &children, &xml)
    let name = xml.name(of: element)
    // A copy of the reader costs copies of what it has open.
    var again = readInFull.contains(name) ? nil : xml
    guard bodies.values.contains(name) else {
      var deviceID: EUI64?
      let canonical = try xml.canonicalContent(of: element, deviceID: &deviceID)
      try children.end(&xml)
      let content = ServiceRequest.Content.other(
        element: name, deviceID: deviceID ?? header.target)
      return (content, UnreadBody(canonical: canonical))
    }
    try xml.refuseAttributes(of: name)
    let content = try knownBody(name, header, &xml)
    try children.end(&xml)
    // A second pass: what isn't kept of the others still tells one request from another.
    var deviceID: EUI64?
    let canonical = try again?.canonicalContent(of: element, deviceID: &deviceID)
    return (content, canonical.map { UnreadBody(canonical: $0) } ?? UnreadBody())
  }

  /// The bodies of which everything is kept.
  private static let readInFull: Set = [
    "UpdateInventory", "ReadInventory", "DevicePrenotification",
  ]

  private static func knownBody(
    _ name: String, _ header: RequestHeader, _ xml: inout XMLReader
  ) throws(WireError) -> ServiceRequest.Content {
    switch name {
    case "UpdateInventory":
      let (deviceID, update) = try updateInventory(&xml)
      return .updateInventory(deviceID: deviceID, update)
    case "ReadInventory": return .readInventory(try readInventory(&xml))
    case "DevicePrenotification": return .prenotification(try prenotification(&xml))
    default: return try service(name, target: header.target, &xml)
    }
  }
}
