internal import Corrections

extension DUIS {
  /// Reads the content of `Response`: the header facts, and of the body only what kind it is.
  static func responseOrAlert(
    _ schemaVersion: String, _ xml: inout XMLReader
  ) throws(WireError) -> DUISDocument {
    var children = Children(of: "Response")
    _ = try children.required("Header", &xml)
    let header = try responseHeader(&xml)
    _ = try children.required("Body", &xml)
    var body = Children(of: "Body")
    let kinds = [
      "ResponseMessage", "DeviceAlertMessage", "DCCAlertMessage", "SMETS1ResponseMessage",
    ]
    let (_, kind) = try body.exactlyOne(kinds, &xml)
    let document: DUISDocument
    switch kind {
    case "ResponseMessage":
      let message = try responseMessage(&xml)
      document = .response(
        header.response(message.reference, message.variant, message.content, schemaVersion))
    case "SMETS1ResponseMessage":
      try xml.skip()
      document = .response(header.response("", "", kind, schemaVersion))
    case "DCCAlertMessage":
      document = .alert(try alert(.dcc, header, schemaVersion, &xml))
    default: document = .alert(try alert(.device, header, schemaVersion, &xml))
    }
    try body.endOfChoice(kinds, &xml)
    try signatureAndEnd(of: "Response", after: &children, &xml)
    return document
  }

  private struct Header {
    let requestID: RequestID?
    let responseID: RequestID?
    let code: String
    let time: (instant: Instant, hasZone: Bool)

    func response(
      _ reference: String, _ variant: String, _ content: String?, _ schemaVersion: String
    ) -> ResponseSummary {
      ResponseSummary(
        requestID: requestID, responseID: responseID, code: code, at: time.instant,
        zoneWasMissing: !time.hasZone, serviceReference: reference,
        serviceReferenceVariant: variant, content: content, schemaVersion: schemaVersion)
    }
  }

  private static func responseHeader(_ xml: inout XMLReader) throws(WireError) -> Header {
    var header = Children(of: "Header")
    var requestID: RequestID?
    if let element = try header.optional("RequestID", &xml) {
      requestID = try xml.requestID(element)
    }
    var responseID: RequestID?
    if let element = try header.optional("ResponseID", &xml) {
      responseID = try xml.requestID(element)
    }
    let code = try xml.code(["I", "E", "W"], try header.required("ResponseCode", &xml))
    let time = try xml.dateTime(try header.required("ResponseDateTime", &xml))
    try header.end(&xml)
    return Header(requestID: requestID, responseID: responseID, code: code, time: time)
  }

  private static func responseMessage(
    _ xml: inout XMLReader
  ) throws(WireError) -> (reference: String, variant: String, content: String?) {
    var children = Children(of: "ResponseMessage")
    let reference = try xml.serviceReference(try children.required("ServiceReference", &xml))
    let variant = try xml.serviceReference(try children.required("ServiceReferenceVariant", &xml))
    var content: String?
    if let element = try children.any(&xml) {
      content = xml.name(of: element)
      try xml.skip()
    }
    try children.end(&xml)
    return (reference.value, variant.value, content)
  }

  private static func alert(
    _ source: AlertSummary.Source, _ header: Header, _ schemaVersion: String, _ xml: inout XMLReader
  ) throws(WireError) -> AlertSummary {
    var children = Children(of: source == .dcc ? "DCCAlertMessage" : "DeviceAlertMessage")
    var code: String?
    var content: String?
    var deviceID: EUI64?
    if source == .dcc {
      code = try xml.code(["AD", "N"], try children.required("DCCAlertCode", &xml))
    }
    while let element = try children.any(&xml) {
      if source == .device, code == nil, xml.element(element, is: "AlertCode") {
        code = try xml.string(1...20, element)
      } else {
        var path: [String] = []
        try xml.findDevice(in: element, &path, &deviceID)
        if content == nil { content = path.first }
      }
    }
    return AlertSummary(
      source: source, responseID: header.responseID, code: header.code, at: header.time.instant,
      zoneWasMissing: !header.time.hasZone, alertCode: code, content: content, deviceID: deviceID,
      schemaVersion: schemaVersion)
  }
}

extension XMLReader {
  /// Passes over an element, noting its first child element and the first `DeviceID` anywhere in
  /// it.
  fileprivate mutating func findDevice(
    in element: XMLElement, _ path: inout [String], _ deviceID: inout EUI64?
  ) throws(WireError) {
    while true {
      switch try event() {
      case .end: return
      case .text(let range): if bytes[range].contains(38) { _ = try decoded(range) }
      case .cdata: break
      case .start(let inner):
        path.append(name(of: inner))
        if deviceID == nil, self.element(inner, is: "DeviceID") {
          deviceID = try eui(inner)
        } else {
          try findDevice(in: inner, &path, &deviceID)
        }
      }
    }
  }
}
