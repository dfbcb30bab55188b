public import Corrections

/// At which meter point meter technical details say that a device is.
public struct TechnicalDetailsRow: Hashable, CSVRow {
  /// The device, by the id that the details carry beside the meter's serial number.
  public let deviceID: EUI64
  /// The meter point.
  public let mpxn: MPxN
  /// What it is registered as; import or gas, by its length, where the file does not say.
  public let kind: Registration.Kind
  /// From when it is so, where the file says.
  public let effectiveFrom: Instant?

  private static let deviceID = CSVColumn(0, "device_id")
  private static let mpxn = CSVColumn(1, "mpxn")
  private static let kind = CSVColumn(2, "kind", isRequired: false)
  private static let effectiveFrom = CSVColumn(3, "effective_from", isRequired: false)

  /// The columns of a file of meter technical details.
  public static let columns = [deviceID, mpxn, kind, effectiveFrom]

  /// Electricity has MPANs of 13 digits, gas MPRNs of up to 10.
  public init?(_ cells: inout CSVCells) {
    let kind = cells.optionalOneOf(Self.kind, Registration.Kind.self)
    let lengths =
      switch kind {
      case .import, .export: 13...13
      case .gas: 1...10
      case nil: 1...13
      }
    let device = cells.eui(Self.deviceID)
    let mpxn = cells.mpxn(Self.mpxn, digits: lengths)
    effectiveFrom = cells.optionalInstant(Self.effectiveFrom, as: .start)
    guard let device, let mpxn else { return nil }
    deviceID = device
    self.mpxn = mpxn
    self.kind = kind ?? (mpxn.kind == .mprn ? .gas : .import)
  }
}
