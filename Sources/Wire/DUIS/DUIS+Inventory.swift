internal import Corrections

/// The devices of a premises, as the response to SR 8.2 tells them.
extension DUIS {
  /// How many devices one response may hold.
  static let devicesAtMost = 17

  /// Reads the content of `DSPInventory`.
  static func inventory(_ xml: inout XMLReader) throws(WireError) -> [InventoryRow] {
    var children = Children(of: "DSPInventory")
    var rows: [InventoryRow] = []
    try children.each("Device", 1...devicesAtMost, &xml) { (_, xml) throws(WireError) in
      rows.append(try device(&xml))
    }
    try children.end(&xml)
    return rows
  }

  private static func device(_ xml: inout XMLReader) throws(WireError) -> InventoryRow {
    var fields = DeviceFields()
    let deviceID = try xml.eui(try fields.children.required("DeviceID", &xml))
    let type = try xml.oneOf(
      DeviceType.allCases, try fields.children.required("DeviceType", &xml))
    let status = try fields.choice("DeviceStatus", DeviceStatus.allCases, .status, &xml)
    var details = DeviceDetails()
    details.manufacturer = try fields.mandatory("DeviceManufacturer", .manufacturer, &xml)
    details.model = try fields.mandatory("DeviceModel", .model, &xml)
    details.smetsCHTSVersion = try fields.text(
      "SMETSCHTSVersion", 1...20, .smetsCHTSVersion, &xml)
    details.firmwareVersion = try fields.text(
      "DeviceFirmwareVersion", 1...8, .firmwareVersion, &xml)
    let firmwareStatus = try fields.choice(
      "DeviceFirmwareVersionStatus", ProductStatus.allCases, .firmwareVersionStatus, &xml)
    let cplStatus = try fields.choice(
      "CPLStatus", ProductStatus.allCases, .cplStatus, &xml)
    let commissioned = try fields.day("DateCommissioned", .dateCommissioned, &xml)
    let mpxns = MPxNs(
      importMPxN: try fields.mpxn("ImportMPxN", 1...13, .importMPxN, &xml),
      secondaryImportMPAN: try fields.mpxn(
        "SecondaryImportMPAN", 13...13, .secondaryImportMPAN, &xml),
      exportMPAN: try fields.mpxn("ExportMPAN", 13...13, .exportMPAN, &xml))
    details.esmeVariant = try fields.choice(
      "ESMEVariant", ESMEVariant.allCases, .esmeVariant, &xml)
    let uprn = try fields.uprn(&xml)
    let property = try fields.property(&xml)
    let region = try fields.choice(
      "CSPRegion", InventoryRow.CSPRegion.allCases, .cspRegion, &xml)
    let gbcsVersion = try fields.text("DeviceGBCSVersion", 0...30, .gbcsVersion, &xml)
    let hanVariant = try fields.text("HANVariant", 0...60, .hanVariant, &xml)
    let s1sp = try fields.text("S1SP", 0...60, .s1sp, &xml)
    let connectivity = try fields.choice(
      "Connectivity", InventoryRow.Connectivity.allCases, .connectivity, &xml)
    try fields.children.end(&xml)
    return InventoryRow(
      deviceID: deviceID, deviceType: type, status: status, details: details,
      firmwareVersionStatus: firmwareStatus, cplStatus: cplStatus, dateCommissioned: commissioned,
      mpxns: mpxns, empty: fields.empty, uprn: uprn, postCode: property.postCode,
      addressIdentifier: property.address, cspRegion: region, gbcsVersion: gbcsVersion,
      hanVariant: hanVariant, s1sp: s1sp, connectivity: connectivity)
  }
}
