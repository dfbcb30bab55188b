extension DiscrepancyCheck {
  /// Asks whether a meter point is registered as what its place says.
  ///
  /// Source: ImportMPxN is an import MPAN on an ESME and an MPRN on a GSME, ExportMPAN an export MPAN
  /// (DUIS schema). Rows that have ended say nothing.
  static let registrationKind = DiscrepancyCheck(.registrationKind) { facts in
    facts.places.compactMap { place in
      guard let kind = Registration.Kind(place.field, on: facts.device.type),
        let other = place.rows.ofOtherKind(than: kind, at: facts.at)
      else { return nil }
      return facts.suspicion(
        .registrationKind, .likely, of: place, facts: facts.facts(about: other))
    }
  }
}

extension Registration.Kind {
  /// What a meter point in a place of a device is registered as; nil where it belongs on none.
  public init?(_ field: MPxNField, on type: DeviceType) {
    switch (field, type) {
    case (.importMPxN, .esme), (.secondaryImportMPAN, .esme): self = .import
    case (.exportMPAN, .esme): self = .export
    case (.importMPxN, .gsme): self = .gas
    default: return nil
    }
  }
}
