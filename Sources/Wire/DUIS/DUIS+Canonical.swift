public import Corrections

extension DUIS {
  /// The meaning of a request as stable bytes: the same request sent again gives the same.
  ///
  /// White space between elements, prefixes, comments, the signature, the schema version it was
  /// written in and the case of hex in identities make no difference. Each line is a name, the
  /// length of the value in bytes, and the value. It holds personal data in full.
  public static func canonicalContent(of request: ServiceRequest) -> [UInt8] {
    var out = CanonicalText()
    out.put("RequestID", request.id.description)
    if let first = request.firstInSequence { out.put("FirstInSequence", first ? "true" : "false") }
    if let preceding = request.precedingRequestID {
      out.put("PrecedingServiceRequestID", preceding.description)
    }
    out.put("CommandVariant", String(request.commandVariant))
    out.put("ServiceReference", request.serviceReference)
    out.put("ServiceReferenceVariant", request.serviceReferenceVariant)
    for (name, value) in DUIS.fields(of: request.content) { out.put(name, value) }
    return out.bytes + request.unreadBody.canonical
  }

  /// The leaves of a body, in the schema's order; a branch without a value has an empty one.
  static func fields(of content: ServiceRequest.Content) -> [(name: String, value: String)] {
    switch content {
    case .updateInventory(let deviceID, let update):
      [("DeviceID", deviceID.description)] + fields(of: update)
    case .readInventory(.uprn(let uprn)): [("UPRN", uprn)]
    case .readInventory(.deviceID(let deviceID)): [("DeviceID", deviceID.description)]
    case .readInventory(.mpxn(let mpxn)): [("MPxN", mpxn.digits)]
    case .readInventory(.property(let postCode, let address)):
      [("PostCode", postCode), ("AddressIdentifier", address)]
    case .prenotification(let device): fields(of: device)
    case .service(let element, _, _), .other(let element, _): [(element, "")]
    }
  }

  private static func fields(of update: InventoryUpdate) -> [(name: String, value: String)] {
    switch update {
    case .statusExceptCH(let status): [("UpdateDeviceStatusExceptCH", status.rawValue)]
    case .statusCH(let status): [("UpdateDeviceStatusCH", status.rawValue)]
    case .details(let details): [("UpdateDeviceDetails", "")] + fields(of: details, type: nil)
    case .delete: [("DeleteDevice", "")]
    case .mpxn(let field, let mpxn): [(elementName(of: field), mpxn.digits)]
    }
  }

  private static func fields(of device: DevicePrenotification) -> [(name: String, value: String)] {
    [("DeviceID", device.deviceID.description)] + fields(of: device.details, type: device.type)
      + (device.associatedGPFDeviceID.map { [("AssociatedGPFDeviceID", $0.description)] } ?? [])
  }

  static func fields(
    of details: DeviceDetails, type: DeviceType?
  ) -> [(name: String, value: String)] {
    let all = [
      ("DeviceManufacturer", details.manufacturer), ("DeviceModel", details.model),
      ("DeviceType", type?.rawValue), ("SMETSCHTSVersion", details.smetsCHTSVersion),
      ("FirmwareVersion", details.firmwareVersion), ("ESMEVariant", details.esmeVariant?.rawValue),
    ]
    return all.compactMap { name, value in value.map { (name, $0) } }
  }

  /// What the schema calls a field that holds a meter point.
  static func elementName(of field: MPxNField) -> String {
    switch field {
    case .importMPxN: "ImportMPxN"
    case .secondaryImportMPAN: "SecondaryImportMPAN"
    case .exportMPAN: "ExportMPAN"
    }
  }
}

/// Lines of name, length and value; nothing in a value can look like the end of it.
struct CanonicalText {
  private(set) var bytes = Array("duis 1\n".utf8)

  mutating func put(_ name: String, _ value: String) {
    bytes += "\(name) \(value.utf8.count) \(value)\n".utf8
  }
}

extension XMLReader {
  /// Reads an element to its end and gives its content without prefixes, comments and the blanks
  /// between elements; also the device that a direct child `DeviceID` names.
  mutating func canonicalContent(
    of element: XMLElement, deviceID: inout EUI64?
  ) throws(WireError) -> [UInt8] {
    var out: [UInt8] = []
    try canonicalise(element, level: 0, into: &out, &deviceID)
    return out
  }

  private mutating func canonicalise(
    _ element: XMLElement, level: Int, into out: inout [UInt8], _ deviceID: inout EUI64?
  ) throws(WireError) {
    out += "(\(qualifiedName(of: element))".utf8
    let sorted = attributes.map { (name: $0.namespace.uri, local: shown($0.localName), $0.value) }
      .sorted { ($0.name, $0.local) < ($1.name, $1.local) }
    for (namespace, local, value) in sorted {
      out += " @\(namespace) \(local) \(value.utf8.count) \(value)".utf8
    }
    var text = ""
    var hasChildren = false
    func flush(_ out: inout [UInt8], _ isLeaf: Bool) {
      let value = isLeaf ? text : XMLReader.trimmed(text)
      if !value.isEmpty { out += " \(value.utf8.count) \(value)".utf8 }
      text = ""
    }
    while true {
      switch try event() {
      case .text(let range): text += try decoded(range)
      case .cdata(let range): text += XMLReader.normalised(bytes[range])
      case .start(let inner):
        hasChildren = true
        flush(&out, false)
        if level == 0, deviceID == nil, self.element(inner, is: "DeviceID") {
          let eui = try eui(inner)
          deviceID = eui
          out += "(DeviceID 23 \(eui))".utf8
        } else {
          try canonicalise(inner, level: level + 1, into: &out, &deviceID)
        }
      case .end:
        flush(&out, !hasChildren)
        out += ")".utf8
        return
      }
    }
  }

  private func qualifiedName(of element: XMLElement) -> String {
    let name = name(of: element)
    return element.namespace == .duis ? name : "{\(element.namespace.uri)}\(name)"
  }
}
