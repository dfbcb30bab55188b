internal import Corrections

extension DUIS {
  static let updateBranches = [
    "UpdateDeviceStatusExceptCH", "UpdateDeviceStatusCH", "UpdateDeviceDetails", "DeleteDevice",
    "UpdateMPxN",
  ]
  static let statusesExceptCH: [DeviceStatus] = [.pending, .installedNotCommissioned]
  static let statusesCH: [DeviceStatus] = [.commissioned, .withdrawn, .installedNotCommissioned]

  /// SR 8.4: a device and exactly one of five changes.
  static func updateInventory(
    _ xml: inout XMLReader
  ) throws(WireError) -> (deviceID: EUI64, InventoryUpdate) {
    var children = Children(of: "UpdateInventory")
    let deviceID = try xml.eui(try children.required("DeviceID", &xml))
    let (element, branch) = try children.exactlyOne(updateBranches, &xml)
    let update: InventoryUpdate
    switch branch {
    case "UpdateDeviceStatusExceptCH":
      update = .statusExceptCH(try xml.oneOf(statusesExceptCH, element))
    case "UpdateDeviceStatusCH": update = .statusCH(try xml.oneOf(statusesCH, element))
    case "UpdateDeviceDetails":
      var details = Children(of: branch)
      update = .details(try deviceDetails(&details, &xml))
      try details.end(&xml)
    case "DeleteDevice":
      try xml.nothing(in: element)
      update = .delete
    default: update = try updateMPxN(&xml)
    }
    try children.endOfChoice(updateBranches, &xml)
    return (deviceID, update)
  }

  static let mpxnElements = ["ImportMPxN", "SecondaryImportMPAN", "ExportMPAN"]

  private static func updateMPxN(_ xml: inout XMLReader) throws(WireError) -> InventoryUpdate {
    var children = Children(of: "UpdateMPxN")
    let (element, name) = try children.exactlyOne(mpxnElements, &xml)
    let update: InventoryUpdate
    switch name {
    case "ImportMPxN": update = .mpxn(.importMPxN, try xml.mpxn(1...13, element))
    case "SecondaryImportMPAN": update = .mpxn(.secondaryImportMPAN, try xml.mpxn(13...13, element))
    default: update = .mpxn(.exportMPAN, try xml.mpxn(13...13, element))
    }
    try children.endOfChoice(mpxnElements, &xml)
    return update
  }

  private static func deviceDetails(
    _ children: inout Children, _ xml: inout XMLReader
  ) throws(WireError) -> DeviceDetails {
    var details = DeviceDetails()
    if let element = try children.optional("DeviceManufacturer", &xml) {
      details.manufacturer = try xml.string(0...30, element)
    }
    if let element = try children.optional("DeviceModel", &xml) {
      details.model = try xml.string(0...30, element)
    }
    try versionAndVariant(&details, &children, &xml)
    return details
  }

  private static func versionAndVariant(
    _ details: inout DeviceDetails, _ children: inout Children, _ xml: inout XMLReader
  ) throws(WireError) {
    if let element = try children.optional("SMETSCHTSVersion", &xml) {
      details.smetsCHTSVersion = try xml.string(1...20, element)
    }
    if let element = try children.optional("FirmwareVersion", &xml) {
      details.firmwareVersion = try xml.string(1...8, element)
    }
    if let element = try children.optional("ESMEVariant", &xml) {
      details.esmeVariant = try xml.oneOf(ESMEVariant.allCases, element)
    }
  }

  static let queryElements = ["UPRN", "DeviceID", "MPxN", "PropertyFilter"]

  /// SR 8.2: exactly one of four questions.
  static func readInventory(_ xml: inout XMLReader) throws(WireError) -> InventoryQuery {
    var children = Children(of: "ReadInventory")
    let (element, name) = try children.exactlyOne(queryElements, &xml)
    let query: InventoryQuery
    switch name {
    case "UPRN": query = .uprn(try xml.uprn(element))
    case "DeviceID": query = .deviceID(try xml.eui(element))
    case "MPxN": query = .mpxn(try xml.mpxn(1...13, element))
    default:
      let (postCode, address) = try propertyFilter(&xml)
      query = .property(postCode: postCode, addressIdentifier: address)
    }
    try children.endOfChoice(queryElements, &xml)
    return query
  }

  /// A postcode and the beginning of an address, which no message shows.
  static func propertyFilter(
    _ xml: inout XMLReader
  ) throws(WireError) -> (postCode: String, address: String) {
    var filter = Children(of: "PropertyFilter")
    let postCode = try xml.string(
      6...8, try filter.required("PostCode", &xml), isPersonal: true)
    let address = try xml.string(
      0...30, try filter.required("AddressIdentifier", &xml), isPersonal: true)
    try filter.end(&xml)
    return (postCode, address)
  }

  /// SR 12.2: a device to come.
  static func prenotification(_ xml: inout XMLReader) throws(WireError) -> DevicePrenotification {
    var children = Children(of: "DevicePrenotification")
    let deviceID = try xml.eui(try children.required("DeviceID", &xml))
    var details = DeviceDetails()
    details.manufacturer = try xml.string(0...30, try children.required("DeviceManufacturer", &xml))
    details.model = try xml.string(0...30, try children.required("DeviceModel", &xml))
    let type = try xml.oneOf(DeviceType.allCases, try children.required("DeviceType", &xml))
    try versionAndVariant(&details, &children, &xml)
    var gpf: EUI64?
    if let element = try children.optional("AssociatedGPFDeviceID", &xml) {
      gpf = try xml.eui(element)
    }
    try children.end(&xml)
    return DevicePrenotification(
      deviceID: deviceID, type: type, details: details, associatedGPFDeviceID: gpf)
  }
}

extension Children {
  /// Takes the one child of a choice.
  mutating func exactlyOne(
    _ names: [String], _ xml: inout XMLReader
  ) throws(WireError) -> (element: XMLElement, name: String) {
    if let chosen = try choice(names, &xml) { return chosen }
    throw try unexpected(&xml)
  }

  /// Makes sure that nothing follows the child chosen; a second one is named as such.
  mutating func endOfChoice(_ names: [String], _ xml: inout XMLReader) throws(WireError) {
    if let (element, name) = try choice(names, &xml) {
      throw xml.error(
        .structure, at: element.offset, place: name,
        expected: "exactly one of \(names.joined(separator: ", "))", found: "a second one, \(name)")
    }
    forgetPassed()
    try end(&xml)
  }
}

extension XMLReader {
  /// A positive whole number of at most twelve digits.
  mutating func uprn(_ element: XMLElement) throws(WireError) -> String {
    let text = try self.text(of: element)
    guard (1...12).contains(text.value.utf8.count),
      text.value.utf8.allSatisfy({ (48...57).contains($0) }),
      text.value.utf8.contains(where: { $0 != 48 })
    else {
      throw refused(
        text, element, "1 to 12 digits, not all zero,", found: Shown.meterPoint(text.value))
    }
    return text.value
  }
}
