import ArgumentParser
import Corrections
import Wire

extension RuleCode: ExpressibleByArgument {
  /// Reads a code as it is typed, in either case.
  public init?(argument: String) { self.init(rawValue: argument.uppercased()) }
}

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What a code checks, where that is published, what is inferred, what to do next.",
    usage: "smi-ledger explain [CODE] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger explain
        smi-ledger explain E080415
        smi-ledger explain E080415 --format json
      Exit codes: 0, 64.
      See also: smi-ledger check --help
      """)

  @Argument(help: "A code; without one, all.")
  var code: RuleCode?

  @OptionGroup var globals: Globals

  func run() throws {
    try globals.refuseCSV("explain")
    let codes = code.map { [$0] } ?? RuleCode.allCases
    let explanations = codes.map(Explanation.init(of:))
    if globals.format == .json {
      let documents = explanations.map(\.json)
      Output.put(code == nil ? JSON.array(documents).text : documents[0].text)
      return
    }
    guard code == nil else {
      Output.say(explanations[0].text)
      return
    }
    var table = Table(["CODE", "BRANCHES", "JUDGED", "QUESTION"])
    for explanation in explanations {
      table.add([
        explanation.code.rawValue, explanation.branches.joined(separator: " "),
        explanation.isJudged, explanation.question,
      ])
    }
    Output.say(table.text())
    Output.footer("smi-ledger explain CODE says more.")
  }
}
