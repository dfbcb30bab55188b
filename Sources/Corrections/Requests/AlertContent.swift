/// What an alert tells that bears on the inventory; everything else it says stays in the document.
///
/// Source: DUIS 5.4 schema for what they hold. What each means for the SMI is inferred from its name:
/// no public text says it.
public enum AlertContent: Hashable, Sendable {
  /// `MeterIdentity`: the meter points of a meter, and the variant of an ESME.
  case meterIdentity(EUI64, MPxNs<MPxN>, ESMEVariant?)
  /// `MeterDecommissioningOrWithdrawal`; the devices named with it are only recorded.
  case meterDecommissioned(EUI64)
  /// `CHFDecommissioning`.
  case hubDecommissioned(EUI64)
  /// `DeviceRemovedFromInventory`.
  case removedFromInventory(EUI64)
  /// `DeviceSuspended`.
  case suspended(EUI64)
  /// `DeviceRestored`: no longer suspended.
  case restored(EUI64)
  /// `RecoveryCompleteACBCredentials`.
  case brokerCredentialsRecovered(EUI64)
  /// `RecoveryComplete`.
  case recovered(EUI64)
  /// `ChangeOfSupplier` by the request that asked for it; with an error code it did not happen.
  case supplierChangeAnswered(RequestID, hasError: Bool)
  /// `DeviceChangeOfSupplier`: to whom is not told.
  case supplierChanged(EUI64, MPxNs<MPxN>)
  /// `UpdateHANDeviceLogResult`: the request of SR 8.11 that was carried out.
  case hanDeviceLogUpdated(RequestID)
  /// `DeviceLogRestored`: the devices of an old hub belong to a new one.
  case deviceLogRestored(oldCHF: EUI64, newCHF: EUI64, oldGPF: EUI64, newGPF: EUI64)
  /// `PPMIDRemoval`.
  case ppmidRemoved(EUI64, hub: EUI64)
  /// `FirmwareVersionMismatch`: what the SMI says, and what the device says.
  case firmwareMismatch(EUI64, DeviceType, smi: String, device: String)
  /// `CommsHubFirmwareActivation` and the like: what the device runs now.
  case firmwareActivated(EUI64, String)
  /// `ALCSHCALCSConfigurationChange`, where it names the variant of the ESME.
  case variantChanged(EUI64, ESMEVariant)
  /// An alert of a device that it joined the SMHAN (GBCS 0x8183).
  case joinedHAN(EUI64)
  /// What changes nothing here.
  case other

  /// The device that the alert is about; nil where it names a request only.
  public var deviceID: EUI64? {
    switch self {
    case .meterIdentity(let id, _, _), .meterDecommissioned(let id), .hubDecommissioned(let id),
      .removedFromInventory(let id), .suspended(let id), .restored(let id),
      .brokerCredentialsRecovered(let id), .recovered(let id), .supplierChanged(let id, _),
      .ppmidRemoved(let id, _), .firmwareMismatch(let id, _, _, _), .firmwareActivated(let id, _),
      .variantChanged(let id, _), .joinedHAN(let id), .deviceLogRestored(_, let id, _, _):
      id
    case .supplierChangeAnswered, .hanDeviceLogUpdated, .other: nil
    }
  }

  /// The request that the alert is about, where it names one.
  public var requestID: RequestID? {
    switch self {
    case .supplierChangeAnswered(let id, _), .hanDeviceLogUpdated(let id): id
    case .meterIdentity, .meterDecommissioned, .hubDecommissioned, .removedFromInventory,
      .suspended, .restored, .brokerCredentialsRecovered, .recovered, .supplierChanged,
      .deviceLogRestored, .ppmidRemoved, .firmwareMismatch, .firmwareActivated, .variantChanged,
      .joinedHAN, .other:
      nil
    }
  }
}
