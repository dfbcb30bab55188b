internal import Corrections

/// The content of a decoded answer: one element whose name ends with `Rsp`.
extension DUIS {
  /// Reads `ResponseMessage`, which is the same beneath `GBCSResponse` and in a SMETS1 response.
  static func decodedMessage(_ xml: inout XMLReader) throws(WireError) -> Message {
    var children = Children(of: "ResponseMessage", in: .decoded)
    var message = Message()
    if try encodedData(&children, &xml) {
      message.element = "GBCSData"
      message.content = .unread
    }
    if try children.optional("SMETSData", &xml) != nil { message = try answer(&xml) }
    if try children.optional("DebugInfo", &xml) != nil { try xml.skip() }
    try children.end(&xml)
    return message
  }

  /// The one child of `SMETSData`.
  private static func answer(_ xml: inout XMLReader) throws(WireError) -> Message {
    var children = Children(of: "SMETSData", in: .decoded)
    guard let element = try children.any(&xml) else {
      throw xml.error(
        .structure, at: xml.lastTag, place: "SMETSData", expected: "the answer of a device",
        found: "the end of SMETSData")
    }
    let name = xml.name(of: element)
    guard element.namespace == .decoded, isPlain(name), name.hasSuffix("Rsp") else {
      throw xml.error(
        .structure, at: element.offset, place: "SMETSData",
        expected: "an element of a decoded answer whose name ends with Rsp",
        found: element.namespace == .decoded
          ? xml.shown(element.localName) : xml.shownName(of: element))
    }
    var message = Message()
    message.element = name
    let succeeded = try xml.messageSuccess(of: name)
    message.content = try content(name, &xml)
    if let succeeded, message.content == .unread || !succeeded {
      message.content = .outcome(succeeded: succeeded)
    }
    try children.end(&xml)
    return message
  }

  private static func content(
    _ name: String, _ xml: inout XMLReader
  ) throws(WireError) -> ResponseContent {
    var children = Children(of: name, in: .decoded)
    let version: String?
    switch name {
    case "ReadDeviceConfigurationMPxNRsp":
      let mpxns = try onDevice(&children, &xml)
      try children.end(&xml)
      return mpxns.map(ResponseContent.onDevice) ?? .unread
    case "ReadFirmwareVersionRsp":
      // The schema has no length here; what is longer than a version can be elsewhere isn't kept.
      version = try firmwareVersion(0...Int.max, &children, &xml).flatMap {
        $0.unicodeScalars.count > 8 ? nil : $0
      }
    case "ActivateFirmwareRsp":
      if try children.choice(["ActivateImageResponseCode"], &xml, withAttributes: true) != nil {
        try xml.skip()
      }
      version = try firmwareVersion(1...8, &children, &xml)
    default:
      try xml.skip()
      return .unread
    }
    try children.end(&xml)
    return version.map(ResponseContent.firmwareVersion) ?? .unread
  }

  private static func firmwareVersion(
    _ lengths: ClosedRange<Int>, _ children: inout Children, _ xml: inout XMLReader
  ) throws(WireError) -> String? {
    guard let element = try children.optional("FirmwareVersion", &xml) else { return nil }
    let version = try xml.string(lengths, element)
    return XMLReader.trimmed(version).isEmpty ? nil : version
  }

  /// What a meter holds of meter points; nil when it tells of none.
  private static func onDevice(
    _ children: inout Children, _ xml: inout XMLReader
  ) throws(WireError) -> MPxNs<MPxNOrEmpty>? {
    let choice = ["Electricity", "Gas"]
    guard let (_, name) = try children.choice(choice, &xml) else { return nil }
    var meter = Children(of: name, in: .decoded)
    var mpxns = MPxNs<MPxNOrEmpty>()
    if name == "Gas" {
      mpxns.importMPxN = try place("MPRN", 10, &meter, &xml)
    } else {
      mpxns.importMPxN = try place("ImportMPAN", 13, &meter, &xml)
      mpxns.secondaryImportMPAN = try place("SecondaryImportMPAN", 13, &meter, &xml)
      mpxns.exportMPAN = try place("ExportMPAN", 13, &meter, &xml)
    }
    try meter.end(&xml)
    try children.endOfChoice(choice, &xml)
    return mpxns
  }

  private static func place(
    _ name: String, _ digits: Int, _ children: inout Children, _ xml: inout XMLReader
  ) throws(WireError) -> MPxNOrEmpty? {
    guard let element = try children.optional(name, &xml) else { return nil }
    var again = xml
    let text = try xml.text(of: element)
    if XMLReader.trimmed(text.value).isEmpty { return .empty }
    return .mpxn(try again.mpxn(1...digits, element))
  }
}

extension XMLReader {
  /// The attribute that says whether the command succeeded, where the element just read has it.
  fileprivate func messageSuccess(of name: String) throws(WireError) -> Bool? {
    var result: Bool?
    for attribute in attributes where attribute.namespace != .schemaInstance {
      guard attribute.namespace == .none, shown(attribute.localName) == "MessageSuccess" else {
        throw error(
          .structure, at: attribute.offset, place: name,
          expected: "no attribute but MessageSuccess on \(name)",
          found: shown(attribute.localName))
      }
      switch XMLReader.trimmed(attribute.value) {
      case "true", "1": result = true
      case "false", "0": result = false
      default:
        throw error(
          .value, at: attribute.offset, place: name,
          expected: "true or false for MessageSuccess", found: Shown.text(attribute.value))
      }
    }
    return result
  }
}
