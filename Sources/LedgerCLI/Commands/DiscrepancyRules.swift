import Answers
import ArgumentParser
import Corrections
import Wire

struct DiscrepancyRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "What reconcile asks, why, and what to do about what it finds.",
    usage: "smi-ledger discrepancy rules [RULE] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger discrepancy rules
        smi-ledger discrepancy rules crossedMPxNs
        smi-ledger discrepancy rules --format json
      Exit codes: 0, 64.
      See also: smi-ledger reconcile --help
      """)

  @Argument(help: "One rule; without it, all.")
  var rule: DiscrepancyRule?

  @OptionGroup var globals: Globals

  func run() throws {
    try globals.refuseCSV("discrepancy rules")
    let rules = rule.map { [$0] } ?? DiscrepancyRule.allCases
    switch globals.format {
    case .json:
      Output.put(
        JSON.array(
          rules.map { rule in
            .pairs([
              "rule": .string(rule.rawValue), "title": .string(rule.title),
              "reason": .string(rule.reason), "next": .string(rule.next),
              "rules": .integer(DiscrepancyCheck.version),
            ])
          }
        ).text)
    case .table, .csv:
      guard rule == nil else {
        for rule in rules {
          Output.say("\(rule.rawValue)  \(rule.title)\nRule  \(rule.reason)\nNext  \(rule.next)")
        }
        return
      }
      var table = Table(["RULE", "WHAT IS FOUND"])
      for rule in rules { table.add([rule.rawValue, rule.title]) }
      Output.say(table.text())
      Output.footer("smi-ledger discrepancy rules RULE says why, and what to do.")
    }
  }
}
