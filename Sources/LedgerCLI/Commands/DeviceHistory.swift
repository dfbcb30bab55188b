import Answers
import ArgumentParser
import Corrections
import Ledger
import Wire

struct DeviceHistory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Every status, MPxN, detail and association that the device has had.",
    usage: "smi-ledger device history EUI [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger device history 00-DB-12-34-56-78-90-A0
        smi-ledger device history 00-DB-12-34-56-78-90-A0 --format csv
        smi-ledger device history 00-DB-12-34-56-78-90-A0 --effective-at 2026-03-31T23:00:00Z
      Exit codes: 0, 64, 66.
      See also: smi-ledger timeline --help
      """)

  @Argument(help: "The Device ID, an EUI-64.")
  var id: EUI64

  @OptionGroup var axes: AxesOptions
  @OptionGroup var globals: Globals

  func run() throws {
    let ledger = try globals.read()
    let moment = try axes.moment(ledger)
    let answer = try DeviceAnswer(id, ledger, moment)
    let history = try DeviceHistoryAnswer(answer)
    switch globals.format {
    case .json: Output.put(JSON.object(try history.members()).text)
    case .csv: Output.put(history.csv())
    case .table:
      var table = Table(["FIELD", "VALUE", "FROM", "TO", "POSITION"], rightAligned: [4])
      for span in history.spans {
        table.add([
          span.field, span.value ?? "nothing",
          (span.isExact ? "" : "seen ") + Wording.time(span.from),
          span.to.map(Wording.time) ?? (moment.effectiveAt == nil ? "now" : "then"),
          String(span.position),
        ])
      }
      Output.say("\(id)  \(answer.device.type.rawValue)")
      Output.say(table.isEmpty ? "  nothing is known of it by then" : table.text(indent: 2))
      for flag in answer.flags {
        Output.say("  flag  \(answer.sentence(flag)) (\(flag.position))")
      }
      Output.say(
        "seen means: true no later than that. " + moment.foot
      )
    }
  }
}
