/// The details of a device that SR 8.4 and SR 12.2 can set; nil means not given.
public struct DeviceDetails: Hashable, Sendable {
  /// Up to 30 characters.
  public var manufacturer: String?
  /// Up to 30 characters.
  public var model: String?
  /// 1–20 characters.
  public var smetsCHTSVersion: String?
  /// 1–8 characters; called `DeviceFirmwareVersion` in an 8.2 response.
  public var firmwareVersion: String?
  /// For an ESME only.
  public var esmeVariant: ESMEVariant?

  /// Makes details; what is left out is not given.
  public init(
    manufacturer: String? = nil, model: String? = nil, smetsCHTSVersion: String? = nil,
    firmwareVersion: String? = nil, esmeVariant: ESMEVariant? = nil
  ) {
    self.manufacturer = manufacturer
    self.model = model
    self.smetsCHTSVersion = smetsCHTSVersion
    self.firmwareVersion = firmwareVersion
    self.esmeVariant = esmeVariant
  }

  /// Whether nothing at all is given.
  public var isEmpty: Bool { self == DeviceDetails() }

  /// These details with whatever `delta` gives put over them.
  public func merged(with delta: DeviceDetails) -> DeviceDetails {
    DeviceDetails(
      manufacturer: delta.manufacturer ?? manufacturer, model: delta.model ?? model,
      smetsCHTSVersion: delta.smetsCHTSVersion ?? smetsCHTSVersion,
      firmwareVersion: delta.firmwareVersion ?? firmwareVersion,
      esmeVariant: delta.esmeVariant ?? esmeVariant)
  }
}
