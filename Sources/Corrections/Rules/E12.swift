extension Rule {
  /// E12 asks whether the Command Variant is valid for the request.
  ///
  /// Source: the public table of general response codes; SR 8.4, 8.2 and 12.2 are non-device
  /// requests, and those have Command Variant 8 (DUIS 5.4 schema).
  static let e12 = Rule(.e12) { facts in
    let variant = [Fact(.commandVariant, .text(String(facts.commandVariant)))]
    return facts.commandVariant == 8
      ? .holds(.commandVariantFits, variant) : .fails(.commandVariantDoesNotFit, variant)
  }
}
