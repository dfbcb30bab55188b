/// What kind of device an SMI entry describes.
///
/// Source: DUIS 5.4 schema. There is no value for a SAPC; it is an ESME with its own variant.
public enum DeviceType: String, CaseIterable, Hashable, Sendable {
  /// Electricity Smart Metering Equipment.
  case esme = "ESME"
  /// Gas Smart Metering Equipment.
  case gsme = "GSME"
  /// Gas Proxy Function, of a Communications Hub.
  case gpf = "GPF"
  /// Communications Hub Function.
  case chf = "CHF"
  /// HAN Connected Auxiliary Load Control Switch.
  case hcalcs = "HCALCS"
  /// Prepayment Meter Interface Device.
  case ppmid = "PPMID"
  /// In-Home Display.
  case ihd = "IHD"
  /// Consumer Access Device.
  case cad = "CAD"

  /// Which network the device meters or serves; nil where it may be either or both.
  public var fuel: Fuel? {
    switch self {
    case .esme, .hcalcs: .electricity
    case .gsme, .gpf: .gas
    case .chf, .ppmid, .ihd, .cad: nil
    }
  }

  /// Whether it is a Type 2 device, which has no SMI status.
  ///
  /// That these are IHD and CAD is remembered, not confirmed.
  public var isType2: Bool { self == .ihd || self == .cad }
}

/// Electricity or gas.
public enum Fuel: String, CaseIterable, Hashable, Sendable {
  /// Metered at an MPAN.
  case electricity
  /// Metered at an MPRN.
  case gas
}
