extension Rule {
  /// E11 asks whether the Service Reference is valid for this type of device.
  ///
  /// Source: the public table of general response codes. It is asked of the branch `statusCH`, which
  /// is for Communications Hubs: on anything but a CHF or a GPF it fails (inferred).
  static let e11 = Rule(.e11) { facts in
    guard let device = facts.device else { return .unknown(.deviceNotKnown, missing: .device) }
    switch device.type {
    case .chf, .gpf: return .holds(.fitsDeviceType, facts.typeFacts, inferred: true)
    case .esme, .gsme, .hcalcs, .ppmid, .ihd, .cad:
      return .fails(.doesNotFitDeviceType, facts.typeFacts, inferred: true)
    }
  }
}
