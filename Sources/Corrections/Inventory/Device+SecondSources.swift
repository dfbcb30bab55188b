/// What others than the SMI say of a device.
extension Device {
  /// Who acts on it, and since when: the user that took it over last, else whose installation of it
  /// succeeded (inferred); nil where no message tells.
  public var actor: Known<EUI64>? {
    if let change = supplierChange?.present(),
      installer.map({ $0.from <= change.from }) ?? true
    {
      return change
    }
    // Of a supplier that is not named nothing is known since.
    if let change = supplierChange, change.value == nil,
      installer.map({ $0.from <= change.from }) ?? true
    {
      return nil
    }
    return installer
  }

  /// Whether the device itself or meter technical details say something else than the SMI.
  public var isContradicted: Bool {
    MPxNField.allCases.contains { field in
      guard let smi = history(field).current else { return false }
      let value = FieldValue(smi.value)
      return (onDevice(field).map { $0.value != value } ?? false)
        || (technicalDetails[field].map { .mpxn($0.value) != value } ?? false)
    } || isFirmwareContradicted
  }

  private var isFirmwareContradicted: Bool {
    guard let onDevice = firmwareOnDevice, let smi = details.firmwareVersion else { return false }
    return smi.uppercased() != onDevice.value.uppercased()
  }
}
