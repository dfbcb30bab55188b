import ArgumentParser
import Corrections
import Ledger
import Wire

struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Resolution times of one calendar month (Europe/London).",
    usage: "smi-ledger report --month YYYY-MM [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger report --month 2026-03
        smi-ledger report --month 2026-03 --format json
        smi-ledger report --month 2026-03 --format csv
      Rule: times are of corrections resolved in the month; open ones count as still running.
      Exit codes: 0, 64, 66.
      See also: smi-ledger correction list --help
      """)

  @Option(help: "YYYY-MM.")
  var month: String

  @OptionGroup var globals: Globals

  func run() throws {
    guard let month = Month(month) else {
      throw ValidationError("--month: expected YYYY-MM; found \(Shown.typed(self.month))")
    }
    let ledger = try globals.read()
    guard month.start <= ledger.now() else {
      throw ValidationError("--month: \(month) has not begun")
    }
    let answer = ReportAnswer(try ledger.report(month))
    switch globals.format {
    case .table: Output.say(answer.text)
    case .json: Output.put(answer.json.text)
    case .csv: Output.put(answer.csv)
    }
  }
}
