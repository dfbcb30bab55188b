import Corrections

@testable import Wire

/// The branches of an alert that are read, with what each tells.
enum AlertSamples {
  static let mpan = MPxN("1200005432101")
  static let points = sr("ImportMPxN", "1200005432101")
  static let id = RequestID(originator: Who.user, target: Who.meter, counter: 9)

  static func change(_ name: String, _ content: String) -> String {
    sr(
      "DeviceStatusChangeEvent",
      sr("DeviceID", Who.meter) + sr("DeviceStatusChange", sr(name, content)))
  }

  static func log(_ name: String) -> String {
    sr("RestoredDate", "2026-03-04")
      + sr(
        name,
        sr("OldCHFDeviceID", Who.meter) + sr("NewCHFDeviceID", Who.hub)
          + sr("OldGPFDeviceID", Who.gasMeter) + sr("NewGPFDeviceID", Who.proxy))
  }

  static let restored = AlertContent.deviceLogRestored(
    oldCHF: Who.meter, newCHF: Who.hub, oldGPF: Who.gasMeter, newGPF: Who.proxy)
  static let associated =
    sr("AssociatedType1Device", sr("DeviceID", Who.hub) + sr("DeviceType", "PPMID"))

  static let branches: [(String, AlertContent)] = [
    (
      change("MeterIdentity", sr("MeterMPxNs", points) + sr("ESMEVariant", "AD")),
      .meterIdentity(Who.meter, MPxNs(importMPxN: mpan), .AD)
    ),
    (
      change(
        "MeterDecommissioningOrWithdrawal",
        sr("MeterDecommissionOrWithdrawal", points) + String(repeating: associated, count: 7)),
      .meterDecommissioned(Who.meter)
    ),
    (change("DeviceRemovedFromInventory", ""), .removedFromInventory(Who.meter)),
    (change("CHFDecommissioning", ""), .hubDecommissioned(Who.meter)),
    (change("DeviceSuspended", ""), .suspended(Who.meter)),
    (change("DeviceRestored", ""), .restored(Who.meter)),
    (
      change(
        "RecoveryCompleteACBCredentials",
        sr("SupplierCertificateType", "KeyAgreementTopUp")
          + sr("NetworkOperatorCertificateType", "KeyAgreement")),
      .brokerCredentialsRecovered(Who.meter)
    ),
    (change("RecoveryComplete", ""), .recovered(Who.meter)),
    (
      sr("ChangeOfSupplier", sr("ChangeOfSupplierServiceRequestID", id.description)),
      .supplierChangeAnswered(id, hasError: false)
    ),
    (
      sr(
        "ChangeOfSupplier",
        sr("ChangeOfSupplierServiceRequestID", id.description) + sr("ECoSErrorCode", "E01")),
      .supplierChangeAnswered(id, hasError: true)
    ),
    (
      sr(
        "ChangeOfSupplier",
        sr(
          "DeviceChangeOfSupplier",
          sr("DeviceID", Who.meter) + sr("DeviceType", "ESME") + sr("MPxNs", points))),
      .supplierChanged(Who.meter, MPxNs(importMPxN: mpan))
    ),
    (
      sr(
        "UpdateHANDeviceLogResult", sr("UpdateHANDeviceLogServiceRequestID", id.description)),
      .hanDeviceLogUpdated(id)
    ),
    (sr("DeviceLogRestored", log("CHFDeviceLog")), restored),
    (sr("DeviceLogRestored", log("GPFDeviceLog")), restored),
    (
      sr("PPMIDRemoval", sr("PPMIDDeviceID", Who.meter) + sr("CHFDeviceID", Who.hub)),
      .ppmidRemoved(Who.meter, hub: Who.hub)
    ),
    (
      sr(
        "FirmwareVersionMismatch",
        sr("DeviceID", Who.meter) + sr("DeviceType", "ESME") + sr("FirmwareVersionSMI", "0002012F")
          + sr("FirmwareVersionDevice", "00020130")),
      .firmwareMismatch(Who.meter, .esme, smi: "0002012F", device: "00020130")
    ),
    (
      sr(
        "CommsHubFirmwareActivation",
        sr("DeviceID", Who.hub) + sr("FirmwareVersion", "00020130")),
      .firmwareActivated(Who.hub, "00020130")
    ),
    (
      sr(
        "SMETS1CHFirmwareNotification",
        sr("DeviceID", Who.hub) + sr("FirmwareVersion", "00020130")
          + sr("FirmwareVersionUpdateStatus", "ActivationSuccessful")),
      .firmwareActivated(Who.hub, "00020130")
    ),
    (
      sr(
        "PPMIDAlert",
        sr("DeviceID", Who.meter) + sr("DeviceAlertCode", "8f1d")
          + sr("Timestamp", "2026-03-04T10:00:00Z")
          + sr(
            "PPMIDFirmwareUpgradeAlert",
            sr("FirmwareVersion", "00020130")
              + sr("ActivateImageResultCode", "ActivationSuccess"))),
      .firmwareActivated(Who.meter, "00020130")
    ),
    (
      sr(
        "ALCSHCALCSConfigurationChange",
        sr("ESMEDeviceID", Who.meter) + sr("ESMEVariant", "BDE") + sr("DeviceGBCSVersion", "4.2")),
      .variantChanged(Who.meter, .BDE)
    ),
  ]
}
