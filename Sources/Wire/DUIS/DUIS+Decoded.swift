internal import Corrections

/// What a device answered or told in GBCS, decoded into XML (`GBCSResponse` of the MMC schema).
extension DUIS {
  /// Reads the content of `GBCSResponse`.
  static func decoded(
    _ schemaVersion: String, _ xml: inout XMLReader
  ) throws(WireError) -> DUISDocument {
    var children = Children(of: "GBCSResponse", in: .decoded)
    _ = try children.required("Header", &xml)
    let header = try decodedHeader(&xml)
    let bodyElement = try children.required("Body", &xml)
    var again = xml
    var body = Children(of: "Body", in: .decoded)
    let kinds = ["ResponseMessage", "DeviceAlertMessage"]
    let (_, kind) = try body.exactlyOne(kinds, &xml)
    var message: Message?
    var alert: DecodedAlert?
    if kind == "ResponseMessage" {
      message = try decodedMessage(&xml)
    } else {
      alert = try decodedAlert(&xml)
    }
    try body.endOfChoice(kinds, &xml)
    try children.end(&xml)
    var deviceID: EUI64?
    let canonical =
      header.canonical + (try again.canonicalContent(of: bodyElement, deviceID: &deviceID))
    if let message { return .response(header.response(message, schemaVersion, canonical)) }
    guard let at = alert?.time ?? header.time else {
      throw xml.error(
        .structure, at: bodyElement.offset, place: "GBCSResponse",
        expected: "a Timestamp in Header or DeviceAlertContent", found: "none")
    }
    return .alert(header.alert(alert?.code, at, schemaVersion, canonical))
  }

  /// The header: the device is the originator of what it sends.
  private static func decodedHeader(
    _ xml: inout XMLReader
  ) throws(WireError) -> DecodedHeader {
    var children = Children(of: "Header", in: .decoded)
    let device = try xml.eui(try children.required("BusinessOriginatorID", &xml))
    let target = try xml.eui(try children.required("BusinessTargetID", &xml))
    let whole = 0...UInt64.max
    let counter = try xml.number(whole, try children.required("OriginatorCounter", &xml))
    var header = DecodedHeader(device: device, user: target, counter: counter)
    if let element = try children.optional("SupplementaryRemotePartyID", &xml) {
      header.remoteParty = try xml.eui(element)
    }
    if let element = try children.optional("SupplementaryRemotePartyCounter", &xml) {
      header.remotePartyCounter = try xml.number(whole, element)
    }
    if let element = try children.optional("SupplementaryOriginatorCounter", &xml) {
      _ = try xml.number(whole, element)
    }
    if try children.optional("GBCSHexadecimalMessageCode", &xml) != nil { try xml.skip() }
    if let element = try children.optional("ServiceReference", &xml) {
      header.reference = try xml.serviceReference(element).value
    }
    if let element = try children.optional("ServiceReferenceVariant", &xml) {
      header.variant = try xml.serviceReference(element).value
    }
    // It says of itself whether the clock is to be trusted.
    if let element = try children.choice(["Timestamp"], &xml, withAttributes: true)?.element {
      header.time = try xml.dateTime(element)
    }
    try children.end(&xml)
    return header
  }

  private struct DecodedAlert {
    var code: String?
    var time: (instant: Instant, hasZone: Bool)?
  }

  private static func decodedAlert(_ xml: inout XMLReader) throws(WireError) -> DecodedAlert {
    var children = Children(of: "DeviceAlertMessage", in: .decoded)
    var alert = DecodedAlert()
    _ = try encodedData(&children, &xml)
    if try children.optional("DeviceAlertContent", &xml) != nil {
      var content = Children(of: "DeviceAlertContent", in: .decoded)
      if let element = try content.optional("GBCSHexAlertCode", &xml) {
        alert.code = try xml.alertCode(element)
      }
      _ = try xml.string(0...250, try content.required("AlertDescription", &xml), isPersonal: true)
      alert.time = try xml.dateTime(try content.required("Timestamp", &xml))
      if try content.optional("Payload", &xml) != nil { try xml.skip() }
      try content.end(&xml)
    }
    try children.end(&xml)
    return alert
  }

  /// Passes over what still waits to be decrypted, and says whether there was any.
  static func encodedData(
    _ children: inout Children, _ xml: inout XMLReader
  ) throws(WireError) -> Bool {
    var count = 0
    while let (element, _) = try children.choice(["GBCSData"], &xml, withAttributes: true) {
      count += 1
      guard count <= 100 else {
        throw xml.error(
          .structure, at: element.offset, place: "GBCSData",
          expected: "at most 100 GBCSData", found: "one more")
      }
      try xml.skip()
    }
    return count > 0
  }
}
