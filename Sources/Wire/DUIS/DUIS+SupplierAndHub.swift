internal import Corrections

/// Alerts that a device passed to another supplier, or the devices of a hub to another one.
extension DUIS {
  /// `ChangeOfSupplier`: by the request that asked for it, or by the device.
  static func supplierChange(
    _ children: inout Children, _ xml: inout XMLReader
  ) throws(WireError) -> AlertContent {
    let choice = ["ChangeOfSupplierServiceRequestID", "DeviceChangeOfSupplier"]
    let (element, name) = try children.exactlyOne(choice, &xml)
    guard name == "DeviceChangeOfSupplier" else {
      let id = try xml.requestID(element)
      let error = try children.optional("ECoSErrorCode", &xml)
      if let error { _ = try xml.string(3...3, error) }
      return .supplierChangeAnswered(id, hasError: error != nil)
    }
    var device = Children(of: name)
    let id = try xml.eui(try device.required("DeviceID", &xml))
    _ = try xml.oneOf(DeviceType.allCases, try device.required("DeviceType", &xml))
    _ = try device.required("MPxNs", &xml)
    let mpxns = try meterMPxNs(of: "MPxNs", &xml)
    try device.end(&xml)
    return .supplierChanged(id, mpxns)
  }

  /// `DeviceLogRestored`: the devices of one hub passed to another.
  static func deviceLogRestored(
    _ children: inout Children, _ xml: inout XMLReader
  ) throws(WireError) -> AlertContent {
    _ = try xml.day(try children.required("RestoredDate", &xml))
    let choice = ["CHFDeviceLog", "GPFDeviceLog"]
    let (_, name) = try children.exactlyOne(choice, &xml)
    var log = Children(of: name)
    let content = AlertContent.deviceLogRestored(
      oldCHF: try xml.eui(try log.required("OldCHFDeviceID", &xml)),
      newCHF: try xml.eui(try log.required("NewCHFDeviceID", &xml)),
      oldGPF: try xml.eui(try log.required("OldGPFDeviceID", &xml)),
      newGPF: try xml.eui(try log.required("NewGPFDeviceID", &xml)))
    try log.end(&xml)
    try children.endOfChoice(choice, &xml)
    return content
  }
}
