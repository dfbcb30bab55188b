internal import Corrections

/// Responses of SMETS1 devices, which carry the decoded answer in a wrapping of their own.
extension DUIS {
  static func smets1Message(_ xml: inout XMLReader) throws(WireError) -> Message {
    var children = Children(of: "SMETS1ResponseMessage")
    var message = Message()
    if let element = try children.optional("ServiceReference", &xml) {
      message.reference = try xml.serviceReference(element).value
    }
    if let element = try children.optional("ServiceReferenceVariant", &xml) {
      message.variant = try xml.serviceReference(element).value
    }
    if let element = try children.optional("DSPScheduleID", &xml) {
      _ = try xml.number(0...1_000_000_000_000, element)
    }
    try throttling(&children, &xml)
    let name = "SMETS1SignedResponse"
    guard try children.choice([name], &xml, withAttributes: true) != nil else {
      throw try children.unexpected(&xml)
    }
    message.element = name
    message.content = .unread
    var inside = xml
    try xml.skip()
    try children.end(&xml)
    // What can't be read of it is no fault of the response, only nothing that is told here.
    if let answer = try? smets1Answer(&inside) {
      message.element = answer.element ?? name
      if answer.content != .none { message.content = answer.content }
    }
    return message
  }

  /// Down to the decoded answer; fails where there is another thing in its place.
  private static func smets1Answer(_ xml: inout XMLReader) throws(WireError) -> Message {
    var signed = Children(of: "SMETS1SignedResponse")
    guard try signed.choice(["SMETS1Response"], &xml, withAttributes: true) != nil else {
      throw try signed.unexpected(&xml)
    }
    var response = Children(of: "SMETS1Response")
    _ = try response.required("Header", &xml)
    try xml.skip()
    _ = try response.required("Body", &xml)
    var body = Children(of: "Body")
    _ = try body.required("ResponseMessage", &xml)
    return try decodedMessage(&xml)
  }
}
