import ArgumentParser
import Corrections
import Ledger
import Wire

struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Resolution times of a month (Europe/London), or what differed from us.",
    usage: "smi-ledger report [--month YYYY-MM] [--divergence] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger report --month 2026-03
        smi-ledger report --month 2026-03 --format json
        smi-ledger report --divergence --format csv
      Rule: times are of corrections resolved in the month; open ones count as still running.
      A divergence is a response whose code is not the one that the rulebook predicted.
      Exit codes: 0, 64, 66.
      See also: smi-ledger correction list --help
      """)

  @Option(help: "YYYY-MM.")
  var month: String?

  @Flag(help: "Count responses that differ from the prediction, by code, and no times.")
  var divergence = false

  @OptionGroup var knownAt: KnownAtOptions
  @OptionGroup var globals: Globals

  func run() throws {
    guard month != nil || divergence else {
      throw ValidationError("name a month with --month YYYY-MM, or ask for --divergence")
    }
    let month = try month.map { text in
      guard let month = Month(text) else {
        throw ValidationError("--month: expected YYYY-MM; found \(Shown.typed(text))")
      }
      return month
    }
    let ledger = try globals.read()
    if let month, month.start > ledger.now() {
      throw ValidationError("--month: \(month) has not begun")
    }
    guard !divergence, let month else {
      guard knownAt.knownAt == nil else {
        throw ValidationError("--known-at goes with --month, not with --divergence")
      }
      let answer = DivergenceAnswer(month: month, divergences: try ledger.divergences(in: month))
      return put(answer.text, answer.json, answer.csv)
    }
    let known = try knownAt.moment(ledger)
    let answer = ReportAnswer(
      try ledger.report(month, knownAt: known.isAsked ? known.position : nil))
    put(answer.text, answer.json, answer.csv)
  }

  private func put(_ text: String, _ json: JSON, _ csv: String) {
    switch globals.format {
    case .table: Output.say(text)
    case .json: Output.put(json.text)
    case .csv: Output.put(csv)
    }
  }
}
