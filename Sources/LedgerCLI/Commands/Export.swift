import Answers
import ArgumentParser
import Ledger
import Wire

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes what the ledger holds for other tools, row by row.",
    usage: "smi-ledger export WHAT [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger export events > events.jsonl
        smi-ledger export corrections > corrections.csv
        smi-ledger export tlog public/
      Columns are those of schemas/README.md, and stay.
      Exit codes: 0, 64, 66, 73, 74, 77.
      See also: smi-ledger timeline --help
      """,
    subcommands: [
      ExportEvents.self, ExportDevices.self, ExportCorrections.self, ExportTlog.self,
    ])
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
    guard from <= last else {
      throw NotFound("--from: there is no event at position \(from); the last one is at \(last)")
    }
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

struct ExportTlog: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tlog",
    abstract: "The log as static files that any C2SP client can follow.",
    usage: "smi-ledger export tlog FOLDER [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger export tlog public/
        smi-ledger export tlog /srv/www/smi --quiet
        smi-ledger export tlog public/ --ledger /srv/ledger
      Checkpoint, tiles and entries as C2SP tlog-tiles lays them out. A folder that
      holds an earlier state of this log gets what is missing, the checkpoint last.
      Exit codes: 0, 1, 64, 66, 73, 74, 75, 77.
      See also: smi-ledger checkpoint --help
      """)

  @Argument(help: "A new or empty folder, or that of an earlier export.")
  var folder: String

  @OptionGroup var place: LedgerOptions

  func validate() throws {
    guard !folder.isEmpty else { throw ValidationError("FOLDER: expected a folder; found nothing") }
  }

  func run() throws {
    let ledger = try place.look()
    let line = ProgressLine("export", unit: "events")
    let (checkpoint, files) = try ledger.exportStaticLog(to: folder) { line.update($0, of: $1) }
    line.end()
    Output.say(
      "\(Wording.count(files, "file")) written: the log of \(checkpoint.origin) up to position "
        + "\(checkpoint.size).")
  }
}
