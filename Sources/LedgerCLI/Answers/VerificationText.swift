import Answers
import Ledger
import Wire

extension VerificationAnswer {
  /// The verdict, what was looked at, and what that does not show.
  var text: String {
    switch verified.answer {
    case .proven: proven
    case .broken: broken
    case .notEstablished: notEstablished
    }
  }

  private var looked: String {
    let events = Wording.count(verified.events, "record")
    return verified.depth == .content
      ? "content: all \(events) re-read and re-hashed"
      : "consistency: the tree over \(events) recomputed from its tiles"
  }

  private var proven: String {
    var lines = ["\(Output.verdict("PROVEN", good: true)), \(looked); root \(verified.root ?? "")."]
    if let since = verified.since {
      lines.append(
        "  The first \(Wording.count(since.size, "event")) are those of the checkpoint, which "
          + "the key of \(since.origin) signed"
          + (verified.signer?.upTo.map {
            "; it counts for the first \(Wording.grouped($0)), to which the ledger was restored"
          } ?? "") + ".")
    }
    let notShown =
      verified.depth == .content
      ? "that what was recorded is true"
      : "that the records still are what was hashed (--depth content)"
    lines.append(
      verified.since == nil
        ? "  Not shown by this: \(notShown); a rewrite of the whole log. For that, give a checkpoint "
          + "kept elsewhere: --since."
        : "  Not shown by this: \(notShown); a rewrite after that checkpoint.")
    return lines.joined(separator: "\n")
  }

  private var broken: String {
    let problems = verified.problems
    var lines = [
      "\(Output.verdict("BROKEN", good: false)), \(looked): "
        + "\(Wording.count(problems.count, "problem"))."
    ]
    lines += problems.prefix(50).map { problem in
      "  \(problem.position.map { "\($0): " } ?? "")\(problem.what)"
    }
    if problems.count > 50 {
      lines.append("  50 of \(Wording.grouped(problems.count)) shown; --format json for all")
    }
    if let missing = verified.missing { lines.append("  Not established: \(missing).") }
    lines.append(
      "Next: keep this folder as it is, and compare it with a copy whose root you trust.")
    return lines.joined(separator: "\n")
  }

  private var notEstablished: String {
    "\(Output.verdict("NOT ESTABLISHED", good: nil)), \(looked): nothing was found wrong, but "
      + "\(verified.missing ?? "")."
  }
}
