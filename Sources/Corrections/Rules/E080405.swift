extension Rule {
  /// E080405 asks whether the requested status is applicable to the device type.
  ///
  /// Source: DP213. Which types it admits is not public. Inferred here: a Type 2 device (IHD, CAD)
  /// has no SMI status, and a CHF or a GPF belongs to the other branch; every other type can be set
  /// to Pending or InstalledNotCommissioned.
  static let e080405 = Rule(.e080405) { facts in
    guard case .status(_, let wanted) = facts.asks else {
      preconditionFailure("E080405 is asked of status updates only")
    }
    let asked = Fact(.wantedStatus, .text(wanted.rawValue))
    guard let device = facts.device else {
      return .unknown(.deviceNotKnown, [asked], missing: .device)
    }
    switch device.type {
    case .esme, .gsme, .hcalcs, .ppmid:
      return .holds(.statusFitsDeviceType, [asked] + facts.typeFacts, inferred: true)
    case .chf, .gpf, .ihd, .cad:
      return .fails(.statusDoesNotFitDeviceType, [asked] + facts.typeFacts, inferred: true)
    }
  }
}
