import Answers
import ArgumentParser
import Corrections
import Ledger
import Wire

struct DiscrepancyDismiss: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dismiss",
    abstract: "Says that a discrepancy is none; it stays dismissed until its facts change.",
    usage: "smi-ledger discrepancy dismiss DIS-NUMBER --reason \"WHY\" [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger discrepancy dismiss DIS-000001 --reason "two meters" --actor DCC-017
        smi-ledger discrepancy dismiss DIS-000001 --reason "two meters" --dry-run
        smi-ledger discrepancy dismiss DIS-000002 --reason "as it is" --actor DCC-017
      Exit codes: 0, 1, 64, 66, 74, 75, 77.
      See also: smi-ledger annul --help
      """)

  @Argument(help: "Such as DIS-000001.")
  var id: DiscrepancyID

  @OptionGroup var why: Why

  @Flag(help: "Say what would be recorded, and record nothing.")
  var dryRun = false

  @OptionGroup var globals: Globals
  @OptionGroup var who: WhoOptions

  func run() throws {
    try globals.refuseCSV("discrepancy dismiss")
    let ledger = try globals.open(dryRun: dryRun)
    let user = try who.requiredUser(ledger, of: .dcc, for: "discrepancy dismiss")
    guard let actor = who.acting(user) else { return }
    let position = try ledger.dismiss(id, reason: try why.text(), by: actor, dryRun: dryRun)
    if !dryRun { ledger.catchUpViewsAfterRecording() }
    guard globals.format == .table else {
      return Output.put(
        JSON.pairs([
          "id": .string(id.description), "state": .string("dismissed"),
          "dryRun": .bool(dryRun), "position": .of(position),
        ]).text)
    }
    Output.say(
      position.map {
        "\(id) is dismissed until its facts change (position \($0)). Said in error: smi-ledger annul \($0)"
      } ?? "\(id) would be dismissed until its facts change. Nothing was recorded.")
  }
}
