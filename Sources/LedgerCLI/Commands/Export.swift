import ArgumentParser
import Ledger

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes what the ledger holds for other tools, row by row.",
    usage: "smi-ledger export WHAT [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger export events > events.jsonl
        smi-ledger export events --format csv > events.csv
        smi-ledger export events --known-at 5000 | head -1
      Columns are those of schemas/README.md, and stay.
      Exit codes: 0, 64, 66, 74.
      See also: smi-ledger timeline --help
      """, subcommands: [ExportEvents.self])
}

/// How rows are written for other tools.
enum ExportFormat: String, CaseIterable, ExpressibleByArgument { case jsonl, csv }

struct ExportEvents: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events",
    abstract: "Every event, in the order of its position.",
    usage: "smi-ledger export events [--format jsonl|csv] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger export events > events.jsonl
        smi-ledger export events --format csv > events.csv
        smi-ledger export events --from 5001 --known-at 6000
      A line is a JSON object, or a row whose last cell is the body as JSON. Bodies
      hold tokens, never an MPxN: schemas/events says what is in each.
      Exit codes: 0, 64, 66, 74.
      See also: smi-ledger timeline --help
      """)

  @Option(help: "jsonl: one JSON object a line; csv for spreadsheets.")
  var format: ExportFormat = .jsonl

  @Option(help: "The first position.")
  var from = 1

  @OptionGroup var knownAt: KnownAtOptions
  @OptionGroup var place: LedgerOptions

  func validate() throws {
    guard from >= 1 else {
      throw ValidationError("--from: expected a position from 1; found \(from)")
    }
  }

  func run() throws {
    let ledger = try place.read()
    let last = try knownAt.moment(ledger).position
    let line = ProgressLine("export", unit: "events")
    if format == .csv { Output.put(EventExport.heading) }
    try ledger.forEachStored(from: from, through: last) { events in
      Output.put(
        events.map { format == .csv ? EventExport.csv($0) : EventExport.json($0) }.joined())
      line.update((events.last?.position ?? from) - from + 1, of: last - from + 1)
    }
    line.end()
  }
}
