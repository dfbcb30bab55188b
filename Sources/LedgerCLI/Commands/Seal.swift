import ArgumentParser
import Corrections
import Ledger
import Wire

struct Seal: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Commits to all timelines, so that none can be shown with a gap.",
    usage: "smi-ledger seal [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger seal
        smi-ledger seal --actor DCC-017
        smi-ledger seal --format json

      An inclusion proof shows that an event is in the log; a seal lets it be proven
      that a timeline has no other events. It is an event itself (TimelinesSealed). It
      costs by what was recorded since the last one, the first time by the whole log;
      once a day, by a timer, keeps it small. What it says is counted anew by verify.
      Exit codes: 0, 64, 66, 74, 75, 77.
      See also: smi-ledger prove timeline --help
      """)

  @OptionGroup var globals: Globals
  @OptionGroup var who: WhoOptions

  func run() throws {
    try globals.refuseCSV("seal")
    let ledger = try globals.open()
    let sealed = try sealing(ledger) { progress in
      try ledger.seal(by: try who.operating(ledger), progress: progress)
    }
    if sealed.isNew { ledger.catchUpViewsAfterRecording() }
    if globals.format == .json {
      Output.put(sealed.json.text)
    } else {
      Output.say(
        (sealed.isNew ? "Sealed " : "Nothing was recorded since the last seal: ")
          + sealed.sentence)
    }
  }
}

/// Shows how far a seal has come.
func sealing<R>(_ ledger: Ledger, _ body: ((Int) -> Void) throws -> R) throws -> R {
  let line = ProgressLine("sealing", unit: "events")
  defer { line.end() }
  let head = try ledger.head()
  return try body { line.update($0, of: head) }
}

extension Sealed {
  /// How much it covers, and where it stands.
  var sentence: String {
    "\(Wording.count(event.tags, "timeline")) up to \(event.upTo) (\(position)); root \(event.root)."
  }

  var json: JSON {
    .pairs([
      "position": .integer(position), "upTo": .integer(event.upTo), "tags": .integer(event.tags),
      "root": .string(event.root), "new": .bool(isNew),
    ])
  }
}

extension WhoOptions {
  /// Who operates the ledger: the user that is named, else the account alone.
  func operating(_ ledger: Ledger) throws -> Corrections.Actor {
    try acting(user(ledger))
      ?? Corrections.Actor(user: nil, party: Corrections.Actor.unknownParty, role: nil, via: via)
  }
}
