extension Rule {
  /// E080409 asks whether the resulting device is on the Certified Products List.
  ///
  /// Source: DP213: type (and first character of the variant of an ESME), manufacturer, model and
  /// firmware version, where that type needs the check. It is put to what the SMI holds with what is
  /// given laid over it, and to the list as it stood at the request's time. Which types need the
  /// check is not public: a Type 2 device that is not listed is unknown, every other one fails
  /// (inferred).
  static let e080409 = Rule(.e080409) { facts in
    guard case .details(let given, let answer) = facts.asks else {
      preconditionFailure("E080409 is asked of details only")
    }
    guard let device = facts.device else { return .unknown(.deviceNotKnown, missing: .device) }
    switch answer {
    case .listNotHeld: return .unknown(.productsNotHeld, facts.typeFacts, missing: .products)
    case .notDescribed(let missing):
      return .unknown(
        missing == .esmeVariant ? .variantNotKnown : .detailsNotKnown, facts.typeFacts,
        missing: missing)
    case .notListed(let imported):
      let evidence =
        [Fact(.products, .text("notListed"), from: .position(imported))] + facts.typeFacts
      return device.type.isType2
        ? .unknown(.productNotListed, evidence, missing: .rule, inferred: true, retry: .no)
        : .fails(.productNotListed, evidence, inferred: true)
    case .listed(let product, let position):
      let evidence = product.facts(from: .position(position)) + facts.typeFacts
      if product.isInForce(at: facts.at) { return .holds(.productListed, evidence) }
      let isAhead = product.status == .active && (product.listedFrom.map { $0 > facts.at } ?? false)
      return .fails(
        .productNotInForce, evidence,
        retry: isAhead ? product.listedFrom.map(Finding.Retry.from) ?? .no : .no)
    }
  }
}

extension Product {
  /// What a finding says of a line of the list: all of it codes of the list itself.
  fileprivate func facts(from source: Fact.Source) -> [Fact] {
    var facts = [
      Fact(.manufacturer, .text(manufacturer), from: source),
      Fact(.model, .text(model), from: source),
    ]
    if let firmwareVersion {
      facts.append(Fact(.firmwareVersion, .text(firmwareVersion), from: source))
    }
    facts.append(Fact(.productStatus, .text(status.rawValue), from: source))
    if let listedFrom { facts.append(Fact(.listedFrom, .time(listedFrom), from: source)) }
    if let listedTo { facts.append(Fact(.listedTo, .time(listedTo), from: source)) }
    return facts
  }
}
