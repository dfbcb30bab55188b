/// One rule: what it asks, and what it finds of a device.
public struct DiscrepancyCheck: Sendable {
  /// Its name.
  public let rule: DiscrepancyRule
  /// What is wrong of a device by this rule; empty when nothing is.
  public let find: @Sendable (DiscrepancyFacts) -> [Suspicion]

  init(_ rule: DiscrepancyRule, _ find: @escaping @Sendable (DiscrepancyFacts) -> [Suspicion]) {
    self.rule = rule
    self.find = find
  }

  /// The version of the list: it goes up when a rule is added, or finds otherwise than before.
  public static let version = 1

  /// Every rule, in the order of asking and of tables.
  public static let all: [DiscrepancyCheck] = [
    mpxnLength, mpxnDigits, mpxnCheckDigit, mpxnFuel, mpxnTwice, meterWithoutMPxN,
    secondaryMissing, secondaryNotTwin, stuckPending, stuckWhitelisted, hubDecommissioned,
    tooManyDevices, notRegistered, registrationEnded, registrationsOverlap, registrationKind,
    otherSupplierActs, crossedMPxNs, secondSourceDiffers, differsOnDevice, notOnProductList,
  ]

  /// What some rules find of a device; of one that is not in use nothing is asked.
  public static func suspicions(
    of facts: DiscrepancyFacts, by rules: Set<DiscrepancyRule> = Set(DiscrepancyRule.allCases)
  ) -> [Suspicion] {
    guard facts.device.isLive(at: facts.at) else { return [] }
    return all.filter { rules.contains($0.rule) }.flatMap { $0.find(facts) }
  }
}
