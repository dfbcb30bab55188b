import Answers
import ArgumentParser
import Corrections
import Ledger
import Wire

struct DiscrepancyList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Discrepancies that stand open, the oldest first.",
    usage: "smi-ledger discrepancy list [--rule RULE] [--party PARTY] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger discrepancy list --party SUPA
        smi-ledger discrepancy list --rule mpxnTwice --format csv
        smi-ledger discrepancy list --state dismissed
      Exit codes: 0, 64, 66.
      See also: smi-ledger reconcile --help
      """)

  @Option(help: "Such as crossedMPxNs; smi-ledger discrepancy rules lists them.")
  var rule: DiscrepancyRule?

  @Option(help: "open, dismissed or cleared; else open.")
  var state: Discrepancy.State = .open

  @Flag(help: "In every state.")
  var all = false

  @Option(help: "Those that concern this party.")
  var party: String?

  @Option(help: "One device, first of all or beside another.")
  var device: EUI64?

  @Option(help: "certain, likely or possible.")
  var confidence: Confidence?

  @Option(parsing: .unconditional, help: "At most so many rows on a terminal; 0 is all.")
  var limit = 50

  @OptionGroup var known: KnownAtOptions
  @OptionGroup var globals: Globals

  func validate() throws {
    guard limit >= 0 else {
      throw ValidationError("--limit: expected 0 (all) or more; found \(Shown.typed("\(limit)"))")
    }
  }

  func run() throws {
    let ledger = try globals.read()
    let moment = try known.moment(ledger)
    var filter = DiscrepancyFilter()
    filter.rule = rule
    filter.state = all ? nil : state
    filter.party = party
    filter.device = device
    filter.confidence = confidence
    let (found, position) = try ledger.discrepancies(filter, knownAt: moment.askedPosition)
    let runs = moment.isAsked ? [:] : ledger.lastRuns()
    let answers = found.map { DiscrepancyAnswer($0, ledger, runs: runs) }
    switch globals.format {
    case .json: Output.put(JSON.array(answers.map { .object($0.members) }).text)
    case .csv:
      Output.put(Table.csvLine(DiscrepancyAnswer.columns))
      for answer in answers {
        Output.put(Table.csvLine(answer.row(xml: nil), freeText: DiscrepancyAnswer.freeText))
      }
    case .table: put(answers, position, moment)
    }
  }

  private func put(
    _ answers: [DiscrepancyAnswer], _ position: Int, _ moment: Moment
  ) {
    let shown = Output.isTerminal && limit > 0 ? Array(answers.prefix(limit)) : answers
    var table = Table(["ID", "RULE", "DEVICE", "FIELD", "SURE", "SINCE", "CONCERNS", "BECAUSE"])
    for answer in shown {
      let found = answer.discrepancy.suspicion
      table.add([
        answer.discrepancy.id.description, found.rule.rawValue, found.device.description,
        found.field?.rawValue ?? "", found.confidence.rawValue,
        Wording.date(answer.discrepancy.firstSeen), found.parties.joined(separator: ", "),
        answer.wording.because(found),
      ])
    }
    if !table.isEmpty { Output.say(table.text()) }
    let count =
      "\(Wording.grouped(answers.count)) \(answers.count == 1 ? "discrepancy" : "discrepancies")"
    Output.footer(
      (shown.count < answers.count
        ? "\(shown.count) of \(count) shown; --limit 0 for all. " : "\(count). ") + moment.foot)
  }
}
