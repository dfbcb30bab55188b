import Answers
import ArgumentParser
import Corrections
import Ledger
import Wire

/// Both axes: as of which knowledge, and what of it was true in the world by when.
struct AxesOptions: ParsableArguments {
  @Option(help: "Only what was true in the world by a time (RFC 3339); clocks stop there.")
  var effectiveAt: String?

  @OptionGroup var known: KnownAtOptions

  /// Whether anything but the newest is asked for.
  var isAsked: Bool { effectiveAt != nil || known.knownAt != nil }

  /// The moment that was asked for; else now.
  func moment(_ ledger: Ledger) throws -> Moment {
    let effective = try effectiveAt.map(Globals.time(of: "--effective-at"))
    var moment = try known.moment(ledger)
    moment.effectiveAt = effective
    return moment
  }
}
