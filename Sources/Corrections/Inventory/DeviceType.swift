/// What kind of device an SMI entry describes.
///
/// Source: DUIS 5.4 schema. There is no value for a SAPC; it is an ESME with its own variant.
public enum DeviceType: String, CaseIterable, Hashable, Sendable {
  case esme = "ESME"
  case gsme = "GSME"
  case gpf = "GPF"
  case chf = "CHF"
  case hcalcs = "HCALCS"
  case ppmid = "PPMID"
  case ihd = "IHD"
  case cad = "CAD"

  /// Which network the device meters or serves; nil where it may be either or both.
  public var fuel: Fuel? {
    switch self {
    case .esme, .hcalcs: .electricity
    case .gsme, .gpf: .gas
    case .chf, .ppmid, .ihd, .cad: nil
    }
  }

  /// Type 2 devices have no SMI status. That these are IHD and CAD is remembered, not confirmed.
  public var isType2: Bool { self == .ihd || self == .cad }
}

/// Electricity or gas.
public enum Fuel: String, CaseIterable, Hashable, Sendable {
  case electricity
  case gas
}
