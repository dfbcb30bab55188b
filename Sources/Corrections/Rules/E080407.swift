extension Rule {
  /// E080407 asks whether the device exists in the SMI and is Pending.
  ///
  /// Source: DP213, for details and deletion. A device that isn't in the SMI fails, and so does a
  /// Type 2 device, which has no SMI status (both inferred).
  static let e080407 = Rule(.e080407) { facts in
    guard let device = facts.device else { return .fails(.deviceNotKnown, inferred: true) }
    guard let status = facts.status else {
      return device.type.isType2
        ? .fails(.statusNotKnown, facts.typeFacts, inferred: true)
        : .unknown(.statusNotKnown, missing: .status)
    }
    return status.value == .pending
      ? .holds(.devicePending, facts.statusFacts)
      : .fails(.deviceNotPending, facts.statusFacts)
  }
}
