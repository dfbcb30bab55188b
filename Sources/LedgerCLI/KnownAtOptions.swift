import Answers
import ArgumentParser
import Ledger

/// As of which knowledge something is shown.
struct KnownAtOptions: ParsableArguments {
  @Option(
    help: "As it was known at a position, or at a time (RFC 3339), which is resolved to one.")
  var knownAt: String?

  /// The moment that was asked for; else now.
  func moment(_ ledger: Ledger) throws -> Moment {
    guard let knownAt else { return try Moment(newest: ledger) }
    return try Moment(knownAt, of: "--known-at", ledger)
  }
}
