internal import Corrections
internal import EventLog

extension RestorePlan {
  /// Everything that is not taken over.
  var erasure: Erasure {
    var erasure = Erasure()
    for event in erasures {
      switch event {
      case .subjectErased(let event): erasure.tokens.append(event.token.text)
      case .documentsErased(let event):
        erasure.documents += event.documents
        erasure.commitments += event.commitments
      case .timelinesSealed, .evidenceExported, .ledgerRestored: break
      }
    }
    return erasure
  }
}

extension Ledger {
  /// What stands as the reason of an erasure that is made again.
  static let erasedAgain =
    "Erased again after a restore: it had been erased since the backup was made."

  /// Records each erasure that was made again, with a reason of its own: the words of the first one are
  /// lost with the history that held them.
  func recordErasures(_ plan: RestorePlan) throws {
    for start in stride(from: 0, to: plan.erasures.count, by: 100) {
      let reason = log.makeDocument(Array(Ledger.erasedAgain.utf8))
      let events = plan.erasures.dropFirst(start).prefix(100).map { $0.withReason(reason.name) }
      _ = try append(
        AppendRequest(documents: [reason]) { _ in
          events.map { Ledger.draft(.upkeep($0), by: plan.actor, at: nil, cause: nil) }
        })
    }
  }
}

extension Upkeep {
  fileprivate func withReason(_ document: String) -> Upkeep {
    switch self {
    case .subjectErased(let event):
      .subjectErased(SubjectErased(kind: event.kind, token: event.token, reason: document))
    case .documentsErased(let event):
      .documentsErased(
        DocumentsErased(
          deviceID: event.deviceID, documents: event.documents, commitments: event.commitments,
          reason: document))
    case .timelinesSealed, .evidenceExported, .ledgerRestored: self
    }
  }
}
