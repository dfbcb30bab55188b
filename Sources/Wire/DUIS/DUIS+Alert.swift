internal import Corrections

/// Alerts of the DCC and of devices.
extension DUIS {
  /// What an alert says beside its header.
  struct AlertMessage {
    let source: AlertSource
    let code: String?
    var element: String?
    var content = AlertContent.other
    var deviceID: EUI64?
  }

  static func dccAlert(_ xml: inout XMLReader) throws(WireError) -> AlertMessage {
    var children = Children(of: "DCCAlertMessage")
    var alert = AlertMessage(
      source: .dcc, code: try xml.code(["AD", "N"], try children.required("DCCAlertCode", &xml)))
    try throttling(&children, &xml)
    _ = try children.required("DCCAlert", &xml)
    try branch(&alert, &xml)
    try children.end(&xml)
    return alert
  }

  /// An alert of a device, which is the sender; its payload is in GBCS and isn't read.
  static func deviceAlert(
    from sender: EUI64?, _ xml: inout XMLReader
  ) throws(WireError) -> AlertMessage {
    var children = Children(of: "DeviceAlertMessage")
    let code = try xml.alertCode(try children.required("AlertCode", &xml))
    try throttling(&children, &xml)
    _ = try xml.text(of: try children.required("GBCSPayload", &xml))
    try children.end(&xml)
    return deviceAlert(code, from: sender)
  }

  /// An alert of a device by its code alone.
  static func deviceAlert(_ code: String?, from sender: EUI64?) -> AlertMessage {
    // GBCS: "Device joined SMHAN".
    let joined = code == "8183" ? sender.map(AlertContent.joinedHAN) : nil
    return AlertMessage(
      source: .device, code: code, content: joined ?? .other, deviceID: sender)
  }

  /// How many alerts were held back, which is nothing to this ledger.
  static func throttling(
    _ children: inout Children, _ xml: inout XMLReader
  ) throws(WireError) {
    for name in ["ThrottledAlertSequenceId", "ThrottledAlertCount"] {
      if let element = try children.optional(name, &xml) {
        _ = try xml.number(0...UInt64(UInt32.max), element)
      }
    }
  }

  /// The one child of `DCCAlert`.
  private static func branch(
    _ alert: inout AlertMessage, _ xml: inout XMLReader
  ) throws(WireError) {
    var children = Children(of: "DCCAlert")
    guard let element = try children.any(&xml) else {
      throw xml.error(
        .structure, at: xml.lastTag, place: "DCCAlert", expected: "what the alert tells",
        found: "the end of DCCAlert")
    }
    let name = xml.name(of: element)
    guard element.namespace == .duis, isPlain(name) else {
      throw xml.error(
        .structure, at: element.offset, place: "DCCAlert",
        expected: "an element of DUIS, a name of up to 60 letters",
        found: xml.shownName(of: element))
    }
    alert.element = name
    if alertBranches.contains(name) {
      try xml.refuseAttributes(of: name)
      (alert.content, alert.deviceID) = try alertContent(name, &xml)
      alert.deviceID = alert.content.deviceID ?? alert.deviceID
    } else {
      try xml.findDevice(in: element, &alert.deviceID)
    }
    try children.end(&xml)
  }
}

extension XMLReader {
  /// The elements that name the device of an alert.
  private static let deviceNames = [
    "DeviceID", "CommsHubDeviceID", "CHFDeviceID", "ESMEDeviceID", "PPMIDDeviceID",
  ]

  /// Passes over an element that isn't read, noting the first device that it names.
  fileprivate mutating func findDevice(
    in element: XMLElement, _ deviceID: inout EUI64?
  ) throws(WireError) {
    var text = ""
    while true {
      switch try event() {
      case .text(let range): text += try decoded(range)
      case .cdata(let range): text += XMLReader.normalised(bytes[range])
      case .start(let inner): try findDevice(in: inner, &deviceID)
      case .end:
        let names = XMLReader.deviceNames
        if deviceID == nil, names.contains(where: { self.element(element, is: $0) }) {
          deviceID = EUI64(XMLReader.trimmed(text))
        }
        return
      }
    }
  }
}
