import Foundation

@testable import Wire

/// Documents on which reader and schema must agree.
enum SchemaCorpus {
  /// Those that are written here: one of each service, alert and kind of content.
  static let written: [String] =
    AlertSamples.branches.map { alertText($0.0) } + services + others

  /// Every sample, with the folders that the environment names and the examples of `tools/demo`.
  static let files: [(name: String, bytes: [UInt8])] = {
    let environment = ProcessInfo.processInfo.environment
    let folders =
      [samples.path, XMLLint.schemas.appendingPathComponent("examples").path]
      + ["SMI_LEDGER_DERIVED_SAMPLES", "SMI_LEDGER_REAL_SAMPLES"].compactMap { environment[$0] }
    return folders.flatMap { folder in
      let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }
      return (names ?? []).filter { $0.lowercased().hasSuffix(".xml") }.sorted().compactMap {
        name in
        (try? Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))).map {
          (name, [UInt8]($0))
        }
      }
    }
  }()

  private static let time = sr("ExecutionDateTime", "2026-03-04T10:00:00Z")
  private static let whitelist = sr(
    "AddDeviceToCHFWhitelist",
    sr("JoinTimePeriod", "90") + sr("InstallCode", "30313233343536373839414243444546")
      + sr("ImportMPxN", "1200005432101") + sr("SecondaryImportMPAN", "1655500011126")
      + sr("ExportMPAN", "2377770010031"))
  private static let imports = sr(
    "ImportMPANs",
    sr("ImportMPAN", "1200005432101") + sr("SecondaryImportMPAN", "1655500011126"))
  private static let credentials =
    sr("SupplierFloorSeqNumber", "1") + sr("SupplierPrepaymentTopUpFloorSeqNumber", "1")
    + sr("SupplierReplacementCertificates", sr("DigitalSigningCertificate", "AAAA"))
    + sr("CertificationPathCertificates", sr("Certificate", "AAAA"))
    + sr("ApplyTimeBasedCPVChecks", "false") + sr("ImportMPxN", "1200005432101")

  private static let services = [
    (
      "8.11", "UpdateHANDeviceLog",
      time + sr("DeviceID", Who.gasMeter) + sr("RequestType", "Add")
        + whitelist
    ),
    ("8.7.1", "JoinServiceCritical", sr("OtherDeviceID", Who.proxy)),
    ("8.7.2", "JoinServiceNonCritical", sr("OtherDeviceID", Who.proxy)),
    ("8.8.1", "UnjoinServiceCritical", sr("OtherDeviceID", Who.proxy)),
    ("8.8.2", "UnjoinServiceNonCritical", sr("OtherDeviceID", Who.proxy)),
    ("8.3", "DecommissionDevice", sr("DeviceID", Who.proxy)),
    ("6.20.1", "SetDeviceConfigurationImportMPxN", time + imports),
    ("6.20.1", "SetDeviceConfigurationImportMPxN", sr("ImportMPRN", "7400012306")),
    ("6.20.2", "SetDeviceConfigurationExportMPAN", sr("ExportMPAN", "2377770010031")),
    ("6.23", "UpdateSecurityCredentialsCoS", time + credentials),
    ("11.2", "ReadFirmwareVersion", ""),
  ].map { serviceRequest($0.0, sr($0.1, $0.2)) }

  private static let references =
    sr("ServiceReference", "12.1") + sr("ServiceReferenceVariant", "12.1")
  private static let throttled =
    sr("ThrottledAlertSequenceId", "4") + sr("ThrottledAlertCount", "17")

  private static let others = [
    responseText(sr("ResponseMessage", references + sr("GBCSPayload", "AAAA"))),
    responseText(
      sr("ResponseMessage", references + sr("DSPWANMatrix", sr("Request", sr("UPRN", "1"))))),
    responseText(
      sr(
        "SMETS1ResponseMessage",
        references + sr("DSPScheduleID", "1") + throttled
          + sr("SMETS1SignedResponse", sr("SMETS1Response", "")))),
    responseText(
      responseID: "\(Who.meter):\(Who.user):7",
      sr("DeviceAlertMessage", sr("AlertCode", "8183") + throttled + sr("GBCSPayload", "AAAA"))),
    alertText(sr("SomethingNew", sr("DeviceID", Who.meter)), throttled: throttled),
    inventoryText(
      sr(
        "Device",
        sr("DeviceID", Who.meter) + sr("DeviceType", "CHF") + sr("DeviceStatus", "Commissioned")
          + sr("DeviceManufacturer", "AB01") + sr("DeviceModel", "")
          + sr("SMETSCHTSVersion", "V5.1") + sr("DeviceFirmwareVersion", "0002012F")
          + sr("DeviceFirmwareVersionStatus", "Active") + sr("CPLStatus", "Expired")
          + sr("DateCommissioned", "2021-06-01Z") + sr("ImportMPxN", "1200005432101")
          + sr("SecondaryImportMPAN", "1655500011126") + sr("ExportMPAN", "2377770010031")
          + sr("ESMEVariant", "BDE") + sr("UPRN", "123456789012")
          + sr("PropertyFilter", sr("PostCode", "ZZ9 9ZZ") + sr("AddressIdentifier", "12,,ROAD"))
          + sr("CSPRegion", "4G North") + sr("DeviceGBCSVersion", "4.2")
          + sr("HANVariant", "Single Band (2.4GHz only)") + sr("S1SP", "A")
          + sr("Connectivity", "Virtual"))),
  ]
}
