internal import Corrections

/// The branches of `DCCAlert` that are read; all others are only named.
extension DUIS {
  static let alertBranches = [
    "DeviceStatusChangeEvent", "UpdateHANDeviceLogResult", "ChangeOfSupplier",
    "DeviceLogRestored", "PPMIDAlert", "PPMIDRemoval", "FirmwareVersionMismatch",
    "SMETS1CHFirmwareNotification", "ALCSHCALCSConfigurationChange",
    "CommsHubFirmwareActivation",
  ]

  /// Reads a branch, and the device that it names where its content doesn't.
  static func alertContent(
    _ name: String, _ xml: inout XMLReader
  ) throws(WireError) -> (AlertContent, EUI64?) {
    var children = Children(of: name)
    var content = AlertContent.other
    var deviceID: EUI64?
    switch name {
    case "DeviceStatusChangeEvent":
      let id = try xml.eui(try children.required("DeviceID", &xml))
      _ = try children.required("DeviceStatusChange", &xml)
      content = try statusChange(of: id, &xml)
    case "UpdateHANDeviceLogResult":
      content = .hanDeviceLogUpdated(
        try xml.requestID(
          try children.required("UpdateHANDeviceLogServiceRequestID", &xml)))
    case "ChangeOfSupplier": content = try supplierChange(&children, &xml)
    case "DeviceLogRestored": content = try deviceLogRestored(&children, &xml)
    case "PPMIDAlert": (content, deviceID) = try ppmidAlert(&children, &xml)
    case "PPMIDRemoval":
      content = .ppmidRemoved(
        try xml.eui(try children.required("PPMIDDeviceID", &xml)),
        hub: try xml.eui(try children.required("CHFDeviceID", &xml)))
    case "FirmwareVersionMismatch":
      content = .firmwareMismatch(
        try xml.eui(try children.required("DeviceID", &xml)),
        try xml.oneOf(DeviceType.allCases, try children.required("DeviceType", &xml)),
        smi: try firmware("FirmwareVersionSMI", &children, &xml),
        device: try firmware("FirmwareVersionDevice", &children, &xml))
    case "SMETS1CHFirmwareNotification":
      let id = try xml.eui(try children.required("DeviceID", &xml))
      let version = try firmware("FirmwareVersion", &children, &xml)
      let status = try xml.oneOf(
        SMETS1Update.allCases, try children.required("FirmwareVersionUpdateStatus", &xml))
      deviceID = id
      if status == .successful { content = .firmwareActivated(id, version) }
    case "ALCSHCALCSConfigurationChange":
      (content, deviceID) = try configurationChange(&children, &xml)
    default:
      content = .firmwareActivated(
        try xml.eui(try children.required("DeviceID", &xml)),
        try firmware("FirmwareVersion", &children, &xml))
    }
    try children.end(&xml)
    return (content, deviceID)
  }

  private enum SMETS1Update: String, CaseIterable {
    case requested = "UpdateRequested"
    case successful = "ActivationSuccessful"
  }

  private enum Activation: String, CaseIterable {
    case success = "ActivationSuccess"
    case failure = "ActivationFailure"
  }

  private static func firmware(
    _ name: String, _ children: inout Children, _ xml: inout XMLReader
  ) throws(WireError) -> String {
    try xml.string(1...8, try children.required(name, &xml))
  }

  private static func ppmidAlert(
    _ children: inout Children, _ xml: inout XMLReader
  ) throws(WireError) -> (AlertContent, EUI64) {
    let id = try xml.eui(try children.required("DeviceID", &xml))
    _ = try xml.alertCode(try children.required("DeviceAlertCode", &xml))
    if let element = try children.optional("Timestamp", &xml) { _ = try xml.dateTime(element) }
    guard try children.optional("PPMIDFirmwareUpgradeAlert", &xml) != nil else {
      return (.other, id)
    }
    var upgrade = Children(of: "PPMIDFirmwareUpgradeAlert")
    let version = try firmware("FirmwareVersion", &upgrade, &xml)
    let result = try xml.oneOf(
      Activation.allCases, try upgrade.required("ActivateImageResultCode", &xml))
    try upgrade.end(&xml)
    return (result == .success ? .firmwareActivated(id, version) : .other, id)
  }

  private static func configurationChange(
    _ children: inout Children, _ xml: inout XMLReader
  ) throws(WireError) -> (AlertContent, EUI64) {
    let id = try xml.eui(try children.required("ESMEDeviceID", &xml))
    var content = AlertContent.other
    if let element = try children.optional("ESMEVariant", &xml) {
      content = .variantChanged(id, try xml.oneOf(ESMEVariant.allCases, element))
    }
    if let element = try children.optional("DeviceGBCSVersion", &xml) {
      _ = try xml.text(of: element)
    }
    return (content, id)
  }
}
