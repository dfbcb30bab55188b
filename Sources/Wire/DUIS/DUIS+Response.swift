internal import Corrections

extension DUIS {
  /// Reads the content of `Response`, which is a response or an alert.
  static func responseOrAlert(
    _ schemaVersion: String, _ xml: inout XMLReader
  ) throws(WireError) -> DUISDocument {
    var children = Children(of: "Response")
    _ = try children.required("Header", &xml)
    let header = try responseHeader(schemaVersion, &xml)
    let bodyElement = try children.required("Body", &xml)
    // A second pass once all is read, to tell the same content sent again from another.
    var again = xml
    var body = Children(of: "Body")
    let kinds = [
      "ResponseMessage", "DeviceAlertMessage", "DCCAlertMessage", "SMETS1ResponseMessage",
    ]
    let (_, kind) = try body.exactlyOne(kinds, &xml)
    var message: Message?
    var alert: AlertMessage?
    switch kind {
    case "ResponseMessage": message = try responseMessage(&xml)
    case "SMETS1ResponseMessage": message = try smets1Message(&xml)
    case "DCCAlertMessage": alert = try dccAlert(&xml)
    default: alert = try deviceAlert(from: header.responseID?.originator, &xml)
    }
    try body.endOfChoice(kinds, &xml)
    try signatureAndEnd(of: "Response", after: &children, &xml)
    var deviceID: EUI64?
    let canonical =
      header.canonical + (try again.canonicalContent(of: bodyElement, deviceID: &deviceID))
    if let alert { return .alert(header.alert(alert, canonical)) }
    return .response(header.response(message ?? Message(), canonical))
  }

  /// What a response says beside its header.
  struct Message {
    var reference: String?
    var variant: String?
    var element: String?
    var content = ResponseContent.none
  }

  private static func responseHeader(
    _ schemaVersion: String, _ xml: inout XMLReader
  ) throws(WireError) -> ResponseHeader {
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
    return ResponseHeader(
      requestID: requestID, responseID: responseID, code: code, time: time,
      schemaVersion: schemaVersion)
  }

  private static func responseMessage(_ xml: inout XMLReader) throws(WireError) -> Message {
    var children = Children(of: "ResponseMessage")
    var message = Message()
    let references = ["ServiceReference", "ServiceReferenceVariant"]
    message.reference = try xml.serviceReference(
      try children.required(references[0], &xml)
    ).value
    message.variant = try xml.serviceReference(try children.required(references[1], &xml)).value
    if let element = try children.any(&xml) {
      let name = xml.name(of: element)
      guard element.namespace == .duis, isPlain(name), !references.contains(name) else {
        throw xml.error(
          .structure, at: element.offset, place: "ResponseMessage",
          expected: "an element of DUIS with content, or the end of ResponseMessage",
          found: references.contains(name) ? "a second \(name)" : xml.shownName(of: element))
      }
      message.element = name
      if name == "DSPInventory" {
        try xml.refuseAttributes(of: name)
        message.content = .inventory(try inventory(&xml))
      } else {
        message.content = .unread
        try xml.skip()
      }
    }
    try children.end(&xml)
    return message
  }
}
