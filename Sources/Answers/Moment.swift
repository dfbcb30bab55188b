package import Corrections
package import Ledger
package import Wire

/// What was known, and the moment at which clocks stop.
package struct Moment {
  /// The last position that counts.
  package var position: Int
  /// The moment of what was known.
  package let now: Instant
  /// Whether something else than the newest was asked for.
  package let isAsked: Bool
  /// Until when what counts was true in the world; nil for all that is known.
  package var effectiveAt: Instant?

  package init(position: Int, now: Instant, isAsked: Bool) {
    self.position = position
    self.now = now
    self.isAsked = isAsked
  }

  /// The clocks run to here: never further than what was known.
  package var clock: Instant { effectiveAt.map { min($0, now) } ?? now }
  /// The last position, where one was asked for.
  package var askedPosition: Int? { isAsked ? position : nil }

  /// Now, with all that is known.
  package init(newest ledger: Ledger) throws {
    self.init(position: try ledger.head(), now: ledger.now(), isAsked: false)
  }

  /// The position, or the time that is resolved to one, which an option gives.
  package init(_ text: String, of option: String, _ ledger: Ledger) throws {
    if let position = Int(text) {
      self.init(position: position, now: try ledger.recordedAt(position), isAsked: true)
      return
    }
    let time: Instant
    do {
      time = try Times.instant(text)
    } catch {
      throw NotUnderstood(
        "\(option): expected a position or \(error.expected); found \(Shown.typed(text))")
    }
    guard time <= ledger.now() else {
      throw NotUnderstood("\(option): expected a time that has come; found \(Shown.typed(text))")
    }
    self.init(position: try ledger.position(knownAt: time), now: time, isAsked: true)
  }

  /// What JSON says of it: what was known when, up to which position, and until when it was true.
  package var members: [(key: String, value: JSON)] {
    [
      ("knownAt", .string(now.stored)), ("knownPosition", .integer(position)),
      ("effectiveAt", .string((effectiveAt ?? now).stored)),
    ]
  }

  /// The foot of an answer: until when it was true, and which knowledge it rests on.
  package var foot: String {
    (effectiveAt.map { "As it was \(Wording.time($0)). " } ?? "")
      + (isAsked ? "As known at position" : "Position") + " \(position), \(Wording.time(now))."
  }
}
