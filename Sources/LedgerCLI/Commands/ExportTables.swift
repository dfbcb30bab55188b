import Answers
import ArgumentParser
import Corrections
import Ledger
import Wire

/// What an export of a table takes, whichever table it is.
struct TableExportOptions: ParsableArguments {
  @Option(help: "jsonl: one JSON object a line; csv for spreadsheets.")
  var format: ExportFormat = .csv

  @Flag(help: "Whole meter points in place of their tokens: personal data.")
  var values = false

  @OptionGroup var knownAt: KnownAtOptions
  @OptionGroup var place: LedgerOptions

  func export(_ table: ExportedTable) throws {
    let ledger = try place.read()
    let known = try knownAt.moment(ledger)
    let names = table.columns.map(\.name)
    let freeText = Set(table.columns.indices.filter { table.columns[$0].kind == .freeText })
    if format == .csv { Output.put(Table.csvLine(names)) }
    var lines = ""
    try ledger.forEachRow(
      of: table, knownAt: known.isAsked ? known.position : nil, values: values
    ) { cells in
      lines +=
        format == .csv ? Table.csvLine(cells.map(\.text), freeText: freeText) : json(names, cells)
      if lines.utf8.count > 1 << 16 {
        Output.put(lines)
        lines = ""
      }
    }
    Output.put(lines)
  }

  private func json(_ names: [String], _ cells: [ExportedCell]) -> String {
    JSON.object(zip(names, cells).map { ($0, $1.json) }).line + "\n"
  }
}

extension ExportedCell {
  fileprivate var text: String {
    switch self {
    case .none: ""
    case .text(let text): text
    case .number(let number): String(number)
    case .truth(let truth): truth ? "true" : "false"
    }
  }

  fileprivate var json: JSON {
    switch self {
    case .none: .null
    case .text(let text): .string(text)
    case .number(let number): .integer(number)
    case .truth(let truth): .bool(truth)
    }
  }
}

struct ExportDevices: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "devices",
    abstract: "Every device, as the inventory shows it.",
    usage: "smi-ledger export devices [--format csv|jsonl] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger export devices > devices.csv
        smi-ledger export devices --format jsonl --known-at 5000
        smi-ledger export devices --values > with-meter-points.csv
      Meter points are tokens, the same as in export events; --values shows them.
      Exit codes: 0, 64, 66, 74.
      See also: smi-ledger device show --help
      """)

  @OptionGroup var options: TableExportOptions

  func run() throws { try options.export(.devices) }
}

struct ExportCorrections: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corrections",
    abstract: "Every correction, as it stands, ended ones too.",
    usage: "smi-ledger export corrections [--format csv|jsonl] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger export corrections > corrections.csv
        smi-ledger export corrections --format jsonl
        smi-ledger export corrections --known-at 2026-04-01T00:00:00Z
      Meter points are tokens, the same as in export events; --values shows them.
      Exit codes: 0, 64, 66, 74.
      See also: smi-ledger correction list --help
      """)

  @OptionGroup var options: TableExportOptions

  func run() throws { try options.export(.corrections) }
}
