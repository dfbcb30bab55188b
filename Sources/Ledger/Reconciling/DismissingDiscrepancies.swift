public import Corrections
internal import EventLog

/// Why a discrepancy can't be dismissed or taken up; nothing was recorded.
public enum CannotDismiss: Error, Sendable {
  /// There is none of that number.
  case noSuchDiscrepancy(DiscrepancyID, position: Int)
  /// It is not there any more, since the event at the position.
  case cleared(DiscrepancyID, at: Int)
  /// It was dismissed before, by the event at the position.
  case dismissed(DiscrepancyID, at: Int)
}

extension Ledger {
  /// Records that a discrepancy is none, as long as its facts stay; returns the position.
  ///
  /// Durable on return; with `dryRun` nothing is recorded, and nil returned.
  ///
  /// - Throws: ``CannotDismiss``, or ``LogError`` when the log can't be read or written.
  public func dismiss(
    _ id: DiscrepancyID, reason: String, by actor: Corrections.Actor, dryRun: Bool = false
  ) throws -> Int? {
    try retrying {
      let position = try head()
      guard let found = try discrepancy(id, upTo: position) else {
        throw CannotDismiss.noSuchDiscrepancy(id, position: position)
      }
      switch found.state {
      case .open: break
      case .cleared: throw CannotDismiss.cleared(id, at: found.position)
      case .dismissed: throw CannotDismiss.dismissed(id, at: found.position)
      }
      guard !dryRun else { return nil }
      let document = log.makeDocument(Array(reason.utf8))
      let event = Discovery.dismissed(
        DiscrepancyDismissed(about: found.ending, reason: document.name))
      let now = now()
      let appended = try append(
        AppendRequest(
          condition: AppendCondition(noEventTagged: [Tag.discrepancy(id)], after: position),
          documents: [document]
        ) { _ in
          [Ledger.draft(.discovery(event), by: actor, at: now, cause: found.foundAt)]
        })
      return appended.positions.lowerBound
    }
  }
}
