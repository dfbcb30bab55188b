package import EventLog
package import Ledger
import Wire

/// Signing, and what is written beside the log.
extension Problem {
  package static func of(_ error: CannotSign) -> Problem {
    switch error {
    case .noKey(let path, let reason):
      Problem(
        "noKey", 66,
        "\(Shown.pasted(path)): expected this ledger's signing key; it \(reason). A copy without the key "
          + "can be verified, not signed for")
    case .exposed(let path, let mode):
      Problem(
        "notAllowed", 77,
        "\(Shown.pasted(path)): expected a key that its owner alone can read; its mode is "
          + "\(String(mode, radix: 8)). Next: chmod 600, and ask who may have read it")
    case .otherKey(let path):
      Problem(
        "notAllowed", 77,
        "\(Shown.pasted(path)): expected the key whose public half the ledger names; found "
          + "another. Nothing was signed")
    case .lastUnreadable(let path, let expected):
      Problem(
        "lastCheckpoint", 1,
        "\(Shown.pasted(path)): expected the checkpoint that was signed last; it is none: expected "
          + "\(expected). Nothing was signed. Put back the one that was kept elsewhere, or move it away"
      )
    case .lastOfOther(let path, let origin):
      Problem(
        "lastCheckpoint", 1,
        "\(Shown.pasted(path)): expected the checkpoint that was signed last, by a key of this ledger; "
          + "found one of \(Shown.visible(origin)) that none of its keys signed. Nothing was signed. Put "
          + "back the one that was kept elsewhere, or move it away")
    case .shorter(let path, let signed, let found):
      Problem(
        "logShorter", 1,
        "\(Shown.pasted(path)): expected \(signed) events at least, for which a checkpoint was signed; "
          + "found \(found): the newest are gone. Nothing was signed. Next: smi-ledger restore, from a "
          + "backup that holds them")
    case .rewritten(let path, let signed, let expected, let found):
      Problem(
        "logRewritten", 1,
        "\(Shown.pasted(path)): expected the root \(expected) over the first \(signed) events, which was "
          + "signed; found \(found): some of them were changed since. Nothing was signed. Next: "
          + "smi-ledger verify")
    }
  }

  package static func of(_ error: FolderBusy) -> Problem {
    Problem(
      "busy", 75,
      "\(Shown.pasted(error.folder)): somebody else has been writing into it for \(error.seconds) s; "
        + "repeat the command when that has ended")
  }

  package static func of(_ error: FileFailure) -> Problem {
    error.isOfPlace
      ? Problem(
        "cannotCreate", 73, "\(Shown.pasted(error.path)) can't be written: \(error.reason)")
      : Problem("inputOutput", 74, "\(Shown.pasted(error.path)): \(error.reason)")
  }
}
