import Answers
import ArgumentParser
import Corrections
import Ledger
import Wire

struct DiscrepancyShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "One discrepancy: what it rests on, and what to do about it.",
    usage: "smi-ledger discrepancy show DIS-NUMBER [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger discrepancy show DIS-000001
        smi-ledger discrepancy show DIS-000001 --format json
        smi-ledger discrepancy show DIS-000001 --known-at 48000
      Exit codes: 0, 64, 66.
      See also: smi-ledger discrepancy dismiss --help
      """)

  @Argument(help: "Such as DIS-000001.")
  var id: DiscrepancyID

  @OptionGroup var axes: AxesOptions
  @OptionGroup var globals: Globals

  func run() throws {
    try globals.refuseCSV("discrepancy show")
    let ledger = try globals.look()
    let moment = try axes.moment(ledger)
    guard
      let found = try ledger.discrepancy(
        id, upTo: moment.position, effectiveAt: moment.effectiveAt)
    else { throw CannotDismiss.noSuchDiscrepancy(id, position: moment.position) }
    let answer = DiscrepancyAnswer(found, ledger, runs: axes.isAsked ? [:] : ledger.lastRuns())
    guard globals.format == .table else {
      return Output.put(JSON.object(answer.members + moment.members).text)
    }
    Output.say(text(answer))
    Output.footer(moment.foot)
  }

  private func text(_ answer: DiscrepancyAnswer) -> String {
    let discrepancy = answer.discrepancy
    let found = discrepancy.suspicion
    var lines = [
      "\(discrepancy.id)  \(found.rule.title)  (\(found.rule.rawValue))    "
        + "\(discrepancy.state.rawValue), \(found.confidence.rawValue)",
      "Device     \(found.device)" + (found.field.map { ", \($0.rawValue)" } ?? ""),
    ]
    if !found.others.isEmpty {
      lines.append("Beside     " + found.others.map(\.description).joined(separator: ", "))
    }
    lines.append("Because    \(answer.wording.because(found)) (\(discrepancy.foundAt))")
    if let wanted = answer.wanted { lines.append("Wanted     \(wanted)") }
    lines += [
      "Rule       \(found.rule.reason)",
      "Concerns   "
        + (found.parties.isEmpty ? "nobody known" : found.parties.joined(separator: ", ")),
      "Seen       first \(Wording.time(discrepancy.firstSeen)), last \(Wording.time(answer.lastSeen))"
        + (discrepancy.returns > 0
          ? ", came back \(Wording.count(discrepancy.returns, "time"))" : ""),
    ]
    if let dismissal = discrepancy.dismissal {
      lines.append(
        "Dismissed  \(Wording.time(dismissal.at)) by \(dismissal.actor.user ?? dismissal.actor.party): "
          + Shown.visible(answer.dismissedBecause ?? ""))
    }
    if let route = found.route {
      lines.append("Route      \(route.rawValue): \(Wording.sentence(route))")
    }
    if let correction = answer.correction {
      lines.append("Correction \(correction), open: smi-ledger correction show \(correction)")
    }
    lines.append("Next       \(found.rule.next)")
    return lines.joined(separator: "\n")
  }
}
