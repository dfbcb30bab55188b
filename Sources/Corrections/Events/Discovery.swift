/// What looking for errors that nobody has reported led to.
public enum Discovery: Hashable, Sendable {
  /// Something was found, or found again with other facts.
  case found(DiscrepancyFound)
  /// What had been found is not there any more.
  case cleared(DiscrepancyEnded)
  /// A person said that it is none.
  case dismissed(DiscrepancyDismissed)

  /// The discrepancy that it is about.
  public var discrepancy: DiscrepancyID {
    switch self {
    case .found(let event): event.discrepancy
    case .cleared(let event): event.discrepancy
    case .dismissed(let event): event.about.discrepancy
    }
  }
}

/// A rule found something of the inventory that can't well be right.
public struct DiscrepancyFound: Hashable, Sendable {
  /// Its number; the same when it is found again with other facts.
  public let discrepancy: DiscrepancyID
  /// What was found.
  public let suspicion: Suspicion
  /// The version of the list of rules.
  public let rules: Int

  /// Makes the event of its parts.
  public init(discrepancy: DiscrepancyID, suspicion: Suspicion, rules: Int) {
    self.discrepancy = discrepancy
    self.suspicion = suspicion
    self.rules = rules
  }
}

/// A discrepancy that is not there any more.
public struct DiscrepancyEnded: Hashable, Sendable {
  /// Its number.
  public let discrepancy: DiscrepancyID
  /// The rule that had found it.
  public let rule: DiscrepancyRule
  /// The device that it was about first of all.
  public let device: EUI64
  /// The other devices that it was about.
  public let others: [EUI64]
  /// The parties that it concerned.
  public let parties: [String]

  /// Makes the event of its parts.
  public init(
    discrepancy: DiscrepancyID, rule: DiscrepancyRule, device: EUI64, others: [EUI64],
    parties: [String]
  ) {
    self.discrepancy = discrepancy
    self.rule = rule
    self.device = device
    self.others = others
    self.parties = parties
  }
}

/// A person said that a discrepancy is none, as long as its facts stay.
public struct DiscrepancyDismissed: Hashable, Sendable {
  /// Which one, and whom it concerned.
  public let about: DiscrepancyEnded
  /// The document that holds the reason.
  public let reason: String

  /// Makes the event of its parts.
  public init(about: DiscrepancyEnded, reason: String) {
    self.about = about
    self.reason = reason
  }
}
