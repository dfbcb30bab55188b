package import EventLog
package import Ledger
import Wire

/// Backups, and what is made of them.
extension Problem {
  package static func of(_ error: CannotRestore) -> Problem {
    switch error {
    case .noBackup(let folder, let found):
      Problem(
        "notFound", 66,
        "\(Shown.pasted(folder)): expected a backup; found \(found). Nothing was made")
    case .otherCheckpoint(let origin, let expected):
      Problem(
        "refused", 1,
        "--checkpoint: expected one that the log's key signed (\(expected)); found one of "
          + "\(Shown.visible(origin)) that it did not, or that is of lost history. Nothing was made: is "
          + "the backup of another ledger?")
    case .emptyCheckpoint:
      Problem(
        "refused", 1,
        "--checkpoint: expected one that covers events; found one of none. Nothing was made")
    case .shorter(let size, let signed):
      Problem(
        "logShorter", 1,
        "expected \(signed) events at least, which were signed for; found \(size) in the backup: "
          + "\(Wording.count(signed - size, "event")) missing. Nothing was made and nothing was signed. "
          + "Next: a newer backup; where there is none, --fork ORIGIN goes on under a new name")
    case .otherHistory(let size, let expected, let found):
      Problem(
        "refused", 1,
        "expected the root \(expected) over the first \(size) events, which the checkpoint covers; found "
          + "\(found) in the backup: another history. Nothing was made")
    case .erasureMissing(let position):
      Problem(
        "refused", 1,
        "--erasures: expected the erasure at position \(position), which the backup's log holds; it is "
          + "not in the file, which is older than the backup, of another ledger, or cut off: what was "
          + "erased would come back. Nothing was made. Next: the newest erasures.jsonl that was kept"
      )
    case .otherKey(let path, let expected):
      Problem(
        "notAllowed", 77,
        "\(Shown.pasted(path)): expected the private half of \(expected); found another key. Nothing was "
          + "made")
    case .sameName(let origin):
      Problem(
        "refused", 1,
        "--fork: expected a name that this log never had; found \(Shown.visible(origin)), under which "
          + "what is lost was signed. Nothing was made")
    case .unsound(let problems):
      Problem(
        "damagedBackup", 65,
        "expected a ledger that verifies; found \(Wording.count(problems.count, "problem")), the first: "
          + (problems.first.map { problem in
            (problem.position.map { "position \($0): " } ?? "") + problem.what
          } ?? "none") + ". Nothing was made")
    }
  }

  package static func of(_ error: DamagedBackup) -> Problem {
    Problem(
      "damagedBackup", 65,
      "\(Shown.visible(error.file)): \(error.what). What is in the backup is not what was written: restore "
        + "from another copy, or take that file away and back up again")
  }
}
