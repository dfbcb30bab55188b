extension RouteAdvice {
  /// The shortest open way to what a request asks for; nil when the facts do not say enough, or the
  /// request itself has to be put right.
  ///
  /// Inferred from what each check of DP213 asks.
  static func route(for facts: RequestFacts, _ findings: [Finding]) -> Route? {
    let published = findings.filter(\.code.isPublished)
    // Who may not send it, or not so, has to put that right first.
    guard published.allSatisfy({ !$0.code.isGeneral || $0.answer == .holds }) else { return nil }
    if case .mpxn(let facts) = facts.asks {
      return RouteAdvice(forRequester: facts.user?.party, given: facts)?.route
    }
    guard facts.asks.branch != nil else { return nil }
    if published.allSatisfy({ $0.answer == .holds }) { return .selfServe }
    for finding in published where finding.answer == .fails {
      if let route = finding.because.route(for: facts.device?.type) { return route }
    }
    return nil
  }
}

extension Reason {
  /// The way round a check of SR 8.4 that fails for this reason, where 8.4 leaves one.
  fileprivate func route(for type: DeviceType?) -> Route? {
    switch self {
    case .anotherInstalled: .installingSupplier
    case .anotherPrenotified: .preNotifier
    // 8.4 has no way to change a device of this type or state: SEC Appendix AG.
    case .deviceNotPending: .incident
    // For a hub there is another branch; its code says so.
    case .statusDoesNotFitDeviceType: [.chf, .gpf].contains(type) ? nil : .incident
    default: nil
    }
  }
}
