extension DiscrepancyCheck {
  /// Asks whether a products list in force names the device as the SMI describes it.
  ///
  /// Source: type, first letter of an ESME's variant, manufacturer, model and firmware version
  /// (DP213, E080409). Type 2 devices are not asked about, since which types need the check is not
  /// public; nor is a device that the SMI does not describe in full.
  static let notOnProductList = DiscrepancyCheck(.notOnProductList) { facts in
    guard !facts.device.type.isType2, let answer = facts.product else { return [] }
    let source: Fact.Source
    let standing: String
    switch answer {
    case .listNotHeld, .notDescribed: return []
    case .notListed(let imported): (source, standing) = (.position(imported), "notListed")
    case .listed(let product, let position):
      if product.isInForce(at: facts.at) { return [] }
      (source, standing) = (.position(position), product.status.rawValue)
    }
    let details = facts.device.details
    let named: [(FactName, String?)] = [
      (.manufacturer, details.manufacturer), (.model, details.model),
      (.firmwareVersion, details.firmwareVersion),
    ]
    return [
      facts.suspicion(
        .notOnProductList, .likely, field: .details,
        facts: facts.variantFacts
          + named.compactMap { name, value in value.map { Fact(name, .text($0)) } }
          + [Fact(.productStatus, .text(standing), from: source)])
    ]
  }
}
