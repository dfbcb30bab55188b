/// An event was recorded in error: from here on it counts as never effective.
///
/// The event and its proofs stay; who asks what was known before still sees it.
public struct EventAnnulled: Hashable, Sendable {
  /// The position of the event that was recorded in error.
  public let position: Int
  /// The stored name of that event.
  public let type: String
  /// The timelines that it stands on: this event stands on them, too.
  public let tags: [String]
  /// The position of the event that says it right, where there is one.
  public let replacedBy: Int?
  /// The document that holds the reason.
  public let reason: String

  /// Makes the event of its parts.
  public init(position: Int, type: String, tags: [String], replacedBy: Int?, reason: String) {
    self.position = position
    self.type = type
    self.tags = tags
    self.replacedBy = replacedBy
    self.reason = reason
  }

  /// The types that nothing can annul: what a ledger is and what was done to it, annulments themselves,
  /// an import of registrations, since later ones are a difference to it, and what a run of rules found,
  /// since the next run says it anew.
  public static let exempt: Set<String> = [
    "LedgerOpened", "EventAnnulled", "RegistrationsImported", "SubjectErased", "DocumentsErased",
    "TimelinesSealed", "EvidenceExported", "LedgerRestored", "DiscrepancyFound",
    "DiscrepancyCleared",
  ]
}

extension [Recorded] {
  /// The events that were not recorded in error, as far as these events say, without the annulments.
  public var standing: [Recorded] {
    let annulled = annulments
    guard !annulled.isEmpty else { return self }
    return filter { recorded in
      if case .eventAnnulled = recorded.event { return false }
      return annulled[recorded.position] == nil
    }
  }

  /// The annulment of each event that was recorded in error, by the position of that event.
  public var annulments: [Int: Recorded] {
    var annulments: [Int: Recorded] = [:]
    for recorded in self {
      if case .eventAnnulled(let event) = recorded.event { annulments[event.position] = recorded }
    }
    return annulments
  }
}
