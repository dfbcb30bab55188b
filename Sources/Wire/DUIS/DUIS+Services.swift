internal import Corrections

/// The bodies of requests to devices, or about them, whose success changes what is held.
extension DUIS {
  /// Reads the body of that name; `target` is the device that the request is sent to.
  static func service(
    _ name: String, target: EUI64?, _ xml: inout XMLReader
  ) throws(WireError) -> ServiceRequest.Content {
    var children = Children(of: name)
    let service: DeviceService
    var deviceID = target
    switch name {
    case "DecommissionDevice":
      let deviceID = try xml.eui(try children.required("DeviceID", &xml))
      try children.end(&xml)
      return .other(element: name, deviceID: deviceID)
    case "UpdateHANDeviceLog":
      try executionTime(&children, &xml)
      deviceID = try xml.eui(try children.required("DeviceID", &xml))
      service = try hanDeviceLog(&children, &xml)
    case "JoinServiceCritical", "JoinServiceNonCritical":
      service = .join(other: try xml.eui(try children.required("OtherDeviceID", &xml)))
    case "UnjoinServiceCritical", "UnjoinServiceNonCritical":
      service = .unjoin(other: try xml.eui(try children.required("OtherDeviceID", &xml)))
    case "SetDeviceConfigurationImportMPxN":
      try executionTime(&children, &xml)
      service = .setMPxNs(try importMPxNs(&children, &xml))
    case "SetDeviceConfigurationExportMPAN":
      try executionTime(&children, &xml)
      let element = try children.required("ExportMPAN", &xml)
      service = .setMPxNs(MPxNs(exportMPAN: try xml.mpxn(13...13, element)))
    default: service = .supplierChange(try supplierChange(&children, &xml))
    }
    try children.end(&xml)
    // Without a device there is nothing that it could change.
    guard let deviceID else { return .other(element: name, deviceID: nil) }
    return .service(element: name, deviceID: deviceID, service)
  }

  private static func executionTime(
    _ children: inout Children, _ xml: inout XMLReader
  ) throws(WireError) {
    if let element = try children.optional("ExecutionDateTime", &xml) {
      _ = try xml.dateTime(element)
    }
  }

  /// SR 8.11, from its `RequestType` on.
  private static func hanDeviceLog(
    _ children: inout Children, _ xml: inout XMLReader
  ) throws(WireError) -> DeviceService {
    let action = try xml.oneOf(
      HANDeviceLogAction.allCases, try children.required("RequestType", &xml))
    guard try children.optional("AddDeviceToCHFWhitelist", &xml) != nil else {
      return .hanDeviceLog(action, MPxNs())
    }
    var device = Children(of: "AddDeviceToCHFWhitelist")
    _ = try xml.number(1...3600, try device.required("JoinTimePeriod", &xml))
    try xml.secretHex(octets: 6...16, try device.required("InstallCode", &xml))
    var mpxns = MPxNs<MPxN>()
    if let element = try device.optional("ImportMPxN", &xml) {
      mpxns.importMPxN = try xml.mpxn(1...13, element)
    }
    try secondaryAndExport(&mpxns, &device, &xml)
    try device.end(&xml)
    return .hanDeviceLog(action, mpxns)
  }

  /// The two places that only an ESME has, each with an MPAN or left out.
  static func secondaryAndExport(
    _ mpxns: inout MPxNs<MPxN>, _ children: inout Children, _ xml: inout XMLReader
  ) throws(WireError) {
    if let element = try children.optional("SecondaryImportMPAN", &xml) {
      mpxns.secondaryImportMPAN = try xml.mpxn(13...13, element)
    }
    if let element = try children.optional("ExportMPAN", &xml) {
      mpxns.exportMPAN = try xml.mpxn(13...13, element)
    }
  }

  /// SR 6.20.1: one or two MPANs, or an MPRN.
  private static func importMPxNs(
    _ children: inout Children, _ xml: inout XMLReader
  ) throws(WireError) -> MPxNs<MPxN> {
    let choice = ["ImportMPANs", "ImportMPRN"]
    let (element, name) = try children.exactlyOne(choice, &xml)
    var mpxns = MPxNs<MPxN>()
    if name == "ImportMPRN" {
      mpxns.importMPxN = try xml.mpxn(1...10, element)
    } else {
      var mpans = Children(of: name)
      mpxns.importMPxN = try xml.mpxn(13...13, try mpans.required("ImportMPAN", &xml))
      if let element = try mpans.optional("SecondaryImportMPAN", &xml) {
        mpxns.secondaryImportMPAN = try xml.mpxn(13...13, element)
      }
      try mpans.end(&xml)
    }
    try children.endOfChoice(choice, &xml)
    return mpxns
  }

  /// SR 6.23: certificates are passed over, and the meter point is read.
  private static func supplierChange(
    _ children: inout Children, _ xml: inout XMLReader
  ) throws(WireError) -> MPxN {
    try executionTime(&children, &xml)
    _ = try children.required("SupplierFloorSeqNumber", &xml)
    try xml.skip()
    if try children.optional("SupplierPrepaymentTopUpFloorSeqNumber", &xml) != nil {
      try xml.skip()
    }
    for name in [
      "SupplierReplacementCertificates", "CertificationPathCertificates",
      "ApplyTimeBasedCPVChecks",
    ] {
      _ = try children.required(name, &xml)
      try xml.skip()
    }
    return try xml.mpxn(1...13, try children.required("ImportMPxN", &xml))
  }
}
