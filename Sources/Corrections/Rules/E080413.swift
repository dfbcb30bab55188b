extension Rule {
  /// E080413 asks whether the MPxN is appropriate for the device type.
  ///
  /// Import: ESME or GSME. Secondary import: an ESME whose variant begins with B (twin element).
  /// Export: ESME. It judges the device type only, never the digits. Source: DP213.
  static let e080413 = Rule(
    .e080413,
    mpxn: { facts in
      guard let device = facts.device else { return .unknown(.deviceNotKnown, missing: .device) }
      let type = Fact(
        .deviceType, .text(device.type.rawValue), from: .position(device.typeKnownAt))
      switch (facts.field, device.type) {
      case (.importMPxN, .esme), (.importMPxN, .gsme), (.exportMPAN, .esme):
        return .holds(.fitsDeviceType, [type])
      case (.secondaryImportMPAN, .esme):
        guard let variant = device.details.esmeVariant else {
          return .unknown(.variantNotKnown, [type], missing: .esmeVariant)
        }
        let evidence = [
          type,
          Fact(
            .esmeVariant, .text(variant.rawValue),
            from: device.variantKnownAt.map(Fact.Source.position)),
        ]
        return variant.isTwinElement
          ? .holds(.fitsDeviceType, evidence) : .fails(.notTwinElement, evidence)
      case (.importMPxN, .gpf), (.importMPxN, .chf), (.importMPxN, .hcalcs), (.importMPxN, .ppmid),
        (.importMPxN, .ihd), (.importMPxN, .cad), (.secondaryImportMPAN, .gsme),
        (.secondaryImportMPAN, .gpf), (.secondaryImportMPAN, .chf), (.secondaryImportMPAN, .hcalcs),
        (.secondaryImportMPAN, .ppmid), (.secondaryImportMPAN, .ihd), (.secondaryImportMPAN, .cad),
        (.exportMPAN, .gsme), (.exportMPAN, .gpf), (.exportMPAN, .chf), (.exportMPAN, .hcalcs),
        (.exportMPAN, .ppmid), (.exportMPAN, .ihd), (.exportMPAN, .cad):
        return .fails(.doesNotFitDeviceType, [type])
      }
    })
}
