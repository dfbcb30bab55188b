package import Ledger

/// Why a run isn't made, or a discrepancy not dismissed.
extension Problem {
  package static func of(_ error: CannotReconcile) -> Problem {
    switch error {
    case .isRunning:
      Problem(
        "busy", 75,
        "another reconcile is running on this ledger; nothing was recorded. Try again when it has ended"
      )
    }
  }

  package static func of(_ error: CannotDismiss) -> Problem {
    switch error {
    case .noSuchDiscrepancy(let id, let position):
      Problem("notFound", 66, "\(id) isn't in this ledger at position \(position)")
    case .cleared(let id, let position):
      Problem(
        "refused", 1,
        "\(id) is gone since position \(position), so there is nothing to do; nothing was recorded")
    case .dismissed(let id, let position):
      Problem(
        "refused", 1,
        "\(id) was dismissed at position \(position); nothing was recorded. Said in error: "
          + "smi-ledger annul \(position) --reason …")
    }
  }
}
