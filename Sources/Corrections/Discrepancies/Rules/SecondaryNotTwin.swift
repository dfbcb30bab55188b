extension DiscrepancyCheck {
  /// Asks whether only twin-element meters have a second meter point.
  ///
  /// Source: SecondaryImportMPAN is of a twin-element ESME (DP213, E080413). It is the variant or the
  /// meter point that is wrong.
  static let secondaryNotTwin = DiscrepancyCheck(.secondaryNotTwin) { facts in
    guard let place = facts.place(.secondaryImportMPAN),
      let variant = facts.device.details.esmeVariant, !variant.isTwinElement
    else { return [] }
    return [
      facts.suspicion(.secondaryNotTwin, .likely, of: place, facts: facts.variantFacts)
    ]
  }
}
