import ArgumentParser
import Corrections
import Ledger
import Wire

/// As of which knowledge something is shown.
struct KnownAtOptions: ParsableArguments {
  @Option(
    help: "As it was known at a position, or at a time (RFC 3339), which is resolved to one.")
  var knownAt: String?

  /// What was known, and the moment at which clocks stop.
  struct Moment {
    /// The last position that counts.
    let position: Int
    /// The clocks run to here.
    let now: Instant
    /// Whether something else than the newest was asked for.
    let isAsked: Bool
  }

  /// The moment that was asked for; else now.
  func moment(_ ledger: Ledger) throws -> Moment {
    guard let knownAt else {
      return Moment(position: try ledger.head(), now: ledger.now(), isAsked: false)
    }
    if let position = Int(knownAt) {
      return Moment(
        position: position, now: try ledger.recordedAt(position), isAsked: true)
    }
    let time: Instant
    do {
      time = try Times.instant(knownAt)
    } catch {
      throw ValidationError(
        "--known-at: expected a position or \(error.expected); found \(Shown.typed(knownAt))")
    }
    guard time <= ledger.now() else {
      throw ValidationError(
        "--known-at: expected a time that has come; found \(Shown.typed(knownAt))")
    }
    return Moment(position: try ledger.position(knownAt: time), now: time, isAsked: true)
  }
}

extension KnownAtOptions.Moment {
  /// The foot of an answer: which knowledge it rests on.
  var foot: String {
    (isAsked ? "As known at position" : "Position") + " \(position), \(Wording.time(now))."
  }
}
