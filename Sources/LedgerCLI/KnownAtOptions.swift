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
    var position: Int
    /// The moment of what was known.
    let now: Instant
    /// Whether something else than the newest was asked for.
    let isAsked: Bool
    /// Until when what counts was true in the world; nil for all that is known.
    var effectiveAt: Instant?

    /// The clocks run to here: never further than what was known.
    var clock: Instant { effectiveAt.map { min($0, now) } ?? now }
    /// The last position, where one was asked for.
    var askedPosition: Int? { isAsked ? position : nil }
  }

  /// The moment that was asked for; else now.
  func moment(_ ledger: Ledger) throws -> Moment {
    guard let knownAt else { return try Moment(newest: ledger) }
    return try Moment(knownAt, of: "--known-at", ledger)
  }
}

extension KnownAtOptions.Moment {
  /// Now, with all that is known.
  init(newest ledger: Ledger) throws {
    self.init(position: try ledger.head(), now: ledger.now(), isAsked: false)
  }

  /// The position, or the time that is resolved to one, which an option gives.
  init(_ text: String, of option: String, _ ledger: Ledger) throws {
    if let position = Int(text) {
      self.init(position: position, now: try ledger.recordedAt(position), isAsked: true)
      return
    }
    let time: Instant
    do {
      time = try Times.instant(text)
    } catch {
      throw ValidationError(
        "\(option): expected a position or \(error.expected); found \(Shown.typed(text))")
    }
    guard time <= ledger.now() else {
      throw ValidationError("\(option): expected a time that has come; found \(Shown.typed(text))")
    }
    self.init(position: try ledger.position(knownAt: time), now: time, isAsked: true)
  }

  /// What JSON says of it: what was known when, up to which position, and until when it was true.
  var members: [(key: String, value: JSON)] {
    [
      ("knownAt", .string(now.stored)), ("knownPosition", .integer(position)),
      ("effectiveAt", .string((effectiveAt ?? now).stored)),
    ]
  }

  /// The foot of an answer: until when it was true, and which knowledge it rests on.
  var foot: String {
    (effectiveAt.map { "As it was \(Wording.time($0)). " } ?? "")
      + (isAsked ? "As known at position" : "Position") + " \(position), \(Wording.time(now))."
  }
}
