import Answers
import ArgumentParser
import Corrections
import Foundation
import Wire

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

  @Argument(
    help: "A response code of DUIS; without one, all.",
    completion: .list(RuleCode.allCases.map(\.rawValue)))
  var code: String?

  @OptionGroup var globals: Globals

  func run() throws {
    try globals.refuseCSV("explain")
    let explanations: [Explanation]
    if let code {
      guard let one = Explanation(named: code) else {
        throw ValidationError(
          "expected a response code of DUIS 5.4 such as E080415; found "
            + (code.isEmpty ? "nothing" : Shown.typed(code)) + ". smi-ledger explain lists all")
      }
      explanations = [one]
    } else {
      explanations = Explanation.all
    }
    if globals.format == .json {
      let documents = explanations.map(\.json)
      Output.put(code == nil ? JSON.array(documents).text : documents[0].text)
      return
    }
    guard code == nil else {
      Output.say(explanations[0].text)
      return
    }
    var table = Table(["CODE", "ASKED OF", "QUESTION OR MEANING"])
    for explanation in explanations {
      guard let question = explanation.question else { continue }
      let lines = Explain.lines(question, width: 44)
      table.add([explanation.code, Explain.places(explanation), lines[0]])
      for line in lines.dropFirst() { table.add(["", "", line]) }
    }
    Output.say(table.text())
    Output.say("")
    Output.say("Named by the DUIS 5.4 schema, and without a public text:")
    Output.say(Explain.columns(explanations.filter { $0.question == nil }.map(\.code)))
    Output.footer("smi-ledger explain CODE says more.")
  }

  /// Where a code is asked, short enough for a column.
  private static func places(_ explanation: Explanation) -> String {
    let branches = UpdateBranch.allCases.map(\.rawValue)
    guard branches.allSatisfy(explanation.askedOf.contains) else {
      return explanation.askedOf.isEmpty ? "–" : explanation.askedOf.joined(separator: " ")
    }
    return (["8.4"] + explanation.askedOf.filter { !branches.contains($0) }).joined(separator: " ")
  }

  /// A text in lines of a width.
  private static func lines(_ text: String, width: Int) -> [String] {
    text.split(separator: " ").reduce(into: [""]) { lines, word in
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if last.count + 1 + word.count <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
  }

  /// Codes in rows of eight.
  private static func columns(_ codes: [String]) -> String {
    stride(from: 0, to: codes.count, by: 8).map { start in
      "  "
        + codes[start..<min(start + 8, codes.count)].map {
          $0 + String(repeating: " ", count: max(0, 7 - $0.count))
        }.joined(separator: "  ").trimmingCharacters(in: .whitespaces)
    }.joined(separator: "\n")
  }
}
