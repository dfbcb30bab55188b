extension Rule {
  /// E080415 asks whether the sender is the Registered Supplier of the new MPxN.
  ///
  /// Source: DP213. Judged at the request's time, on the registrations held then.
  static let e080415 = Rule(
    .e080415,
    mpxn: { facts in
      let value = Fact(.wantedMPxN, .token(facts.wanted))
      guard facts.device != nil else {
        return .unknown(.deviceNotKnown, [value], missing: .device)
      }
      return facts.senderIsSupplier(
        by: facts.wantedRegistration, of: facts.wantedRows, evidence: value
      ) { evidence, retry in .fails(.nobodyIsRegistered, evidence, retry: retry) }
    })
}
