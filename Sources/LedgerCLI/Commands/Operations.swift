import Answers
import ArgumentParser
import Corrections
import EventLog
import Foundation
import Ledger
import Wire

struct Rebuild: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes the views anew from the log and compares them with the ones in place.",
    usage: "smi-ledger rebuild [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger rebuild
        smi-ledger rebuild --quiet
        smi-ledger rebuild --format json
      Exit codes: 0, 1 when the old views differed, 66, 74, 75.
      See also: smi-ledger verify --help
      """)

  @OptionGroup var globals: Globals

  func run() throws {
    try globals.refuseCSV("rebuild")
    let ledger = try globals.open()
    let line = ProgressLine("rebuild", unit: "events")
    let rebuilt = try ledger.rebuildViews { line.update($0, of: $1) }
    line.end()
    if globals.format == .json {
      Output.put(
        JSON.pairs([
          "events": .integer(rebuilt.events), "generation": .integer(rebuilt.generation),
          "same": .of(rebuilt.same),
          "seconds": .decimal(ClockTime.text(hundredths: Int(rebuilt.seconds * 100))),
        ]).text)
    } else {
      let compared =
        switch rebuilt.same {
        case true?: "row for row the same as the views in place"
        case false?:
          "different from the views in place, which are replaced: report this, the log is the truth"
        case nil: "there were none to compare with"
        }
      Output.say(
        "Rebuilt the views from \(Wording.count(rebuilt.events, "event")) in "
          + "\(ClockTime.text(hundredths: Int(rebuilt.seconds * 100))) s; \(compared).")
    }
    if rebuilt.same == false { throw ExitCode(1) }
  }
}

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says how the ledger and this machine are, and where each setting came from.",
    usage: "smi-ledger doctor [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger doctor
        smi-ledger doctor --ledger /srv/ledger
        smi-ledger doctor --format json
      Exit codes: 0, 66, 74.
      See also: smi-ledger verify --help
      """)

  @OptionGroup var globals: Globals

  func run() throws {
    try globals.refuseCSV("doctor")
    let ledger = try globals.openIfWritable()
    var rows: [(name: String, value: String)] = [
      ("ledger", "\(ledger.folder) (from \(globals.folderSource))"),
      ("mode", ledger.opened.mode.rawValue), ("origin", try ledger.signing().origin),
    ]
    rows += try ledger.diagnose().map { ($0.name, $0.value) }
    rows += [
      ("colour", Output.colourReason),
      (
        "actor",
        ActorDefault.name.map { "\($0) (from SMI_LEDGER_ACTOR)" } ?? "none: give --actor"
      ),
    ]
    if globals.format == .json {
      Output.put(JSON.object(rows.map { ($0.name, .string($0.value)) }).text)
    } else {
      var table = Table(["", ""])
      for row in rows { table.add([row.name, row.value]) }
      Output.say(table.text())
    }
  }
}

enum ActorDefault {
  static var name: String? {
    ProcessInfo.processInfo.environment["SMI_LEDGER_ACTOR"].flatMap { $0.isEmpty ? nil : $0 }
  }
}
