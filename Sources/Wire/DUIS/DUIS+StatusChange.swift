internal import Corrections

/// Alerts that the entry of a device changed: `DeviceStatusChange`.
extension DUIS {
  private static let statusChanges = [
    "MeterIdentity", "MeterDecommissioningOrWithdrawal", "DeviceRemovedFromInventory",
    "CHFDecommissioning", "DeviceSuspended", "DeviceRestored", "RecoveryCompleteACBCredentials",
    "RecoveryComplete",
  ]
  private static let withoutContent = [
    "DeviceRemovedFromInventory", "CHFDecommissioning", "DeviceSuspended", "DeviceRestored",
    "RecoveryComplete",
  ]

  /// The content of `DeviceStatusChange`: exactly one of eight.
  static func statusChange(
    of id: EUI64, _ xml: inout XMLReader
  ) throws(WireError) -> AlertContent {
    var children = Children(of: "DeviceStatusChange")
    let (element, name) = try children.exactlyOne(statusChanges, &xml)
    let content: AlertContent
    switch name {
    case "MeterIdentity": content = try meterIdentity(of: id, &xml)
    case "MeterDecommissioningOrWithdrawal":
      try meterDecommissioning(&xml)
      content = .meterDecommissioned(id)
    case "RecoveryCompleteACBCredentials":
      try brokerCertificates(&xml)
      content = .brokerCredentialsRecovered(id)
    case "DeviceRemovedFromInventory": content = .removedFromInventory(id)
    case "CHFDecommissioning": content = .hubDecommissioned(id)
    case "DeviceSuspended": content = .suspended(id)
    case "DeviceRestored": content = .restored(id)
    default: content = .recovered(id)
    }
    if withoutContent.contains(name) { try xml.nothing(in: element) }
    try children.endOfChoice(statusChanges, &xml)
    return content
  }

  /// The content of `MeterMPxNs`: one to three meter points.
  static func meterMPxNs(
    of parent: String, _ xml: inout XMLReader
  ) throws(WireError) -> MPxNs<MPxN> {
    var children = Children(of: parent)
    var mpxns = MPxNs<MPxN>()
    mpxns.importMPxN = try xml.mpxn(1...13, try children.required("ImportMPxN", &xml))
    try secondaryAndExport(&mpxns, &children, &xml)
    try children.end(&xml)
    return mpxns
  }

  private static func meterIdentity(
    of id: EUI64, _ xml: inout XMLReader
  ) throws(WireError) -> AlertContent {
    var children = Children(of: "MeterIdentity")
    _ = try children.required("MeterMPxNs", &xml)
    let mpxns = try meterMPxNs(of: "MeterMPxNs", &xml)
    var variant: ESMEVariant?
    if let element = try children.optional("ESMEVariant", &xml) {
      variant = try xml.oneOf(ESMEVariant.allCases, element)
    }
    try children.end(&xml)
    return .meterIdentity(id, mpxns, variant)
  }

  private static func meterDecommissioning(_ xml: inout XMLReader) throws(WireError) {
    var children = Children(of: "MeterDecommissioningOrWithdrawal")
    // The schema spells the inner name without -ing.
    let inner = "MeterDecommissionOrWithdrawal"
    _ = try children.required(inner, &xml)
    _ = try meterMPxNs(of: inner, &xml)
    try children.each("AssociatedType1Device", 0...7, &xml) { (_, xml) throws(WireError) in
      var device = Children(of: "AssociatedType1Device")
      _ = try xml.eui(try device.required("DeviceID", &xml))
      _ = try xml.oneOf(DeviceType.allCases, try device.required("DeviceType", &xml))
      try device.end(&xml)
    }
    try children.end(&xml)
  }

  private enum CertificateType: String, CaseIterable {
    case signing = "DigitalSigning"
    case keyAgreement = "KeyAgreement"
    case topUp = "KeyAgreementTopUp"
  }

  private static func brokerCertificates(_ xml: inout XMLReader) throws(WireError) {
    var children = Children(of: "RecoveryCompleteACBCredentials")
    try children.each("SupplierCertificateType", 1...3, &xml) { (element, xml) throws(WireError) in
      _ = try xml.oneOf(CertificateType.allCases, element)
    }
    try children.each("NetworkOperatorCertificateType", 0...2, &xml) {
      (element, xml) throws(WireError) in
      _ = try xml.oneOf([CertificateType.signing, .keyAgreement], element)
    }
    try children.end(&xml)
  }
}
