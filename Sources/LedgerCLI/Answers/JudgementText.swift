import Corrections
import Ledger
import Wire

/// A judgement as people read it.
struct JudgementText {
  let request: ServiceRequest
  let judgement: Judgement?
  let wording: Wording
  /// Whether it was answered so; else it is what would be, or will be, answered.
  let isDecided: Bool
  let position: Int
  let held: Token?

  var text: String {
    guard let judgement else {
      return """
        NOT JUDGED  SR \(request.serviceReference)  \(request.id)
        This version judges SR 8.4 only; any other request is recorded by submit and changes nothing.
        """
    }
    var lines = [headline(judgement), what(judgement)]
    var table = Table(["", "", "", ""])
    for finding in judgement.findings {
      var because = wording.because(finding)
      if let source = finding.source { because += " (\(source))" }
      if finding.inferred { because += " [inferred]" }
      table.add([
        finding.answer.rawValue, finding.code.rawValue, Wording.shortQuestion(finding.code),
        because,
      ])
    }
    lines.append(table.text(indent: 2))
    for warning in judgement.warnings {
      lines.append("  warning  \(Wording.sentence(warning))")
    }
    return lines.joined(separator: "\n")
  }

  private func headline(_ judgement: Judgement) -> String {
    let how = isDecided ? "decided" : "predicted"
    let basis = "\(how); rulebook \(judgement.rulebook), ledger at position \(position)"
    switch judgement.accepted {
    case true?: return "\(Output.verdict("ACCEPTED", good: true))  \(Judgement.success)   \(basis)"
    case false?:
      return "\(Output.verdict("REFUSED", good: false))  \(judgement.code ?? "")   \(basis)"
    case nil: return "\(Output.verdict("UNKNOWN", good: nil))   \(basis)"
    }
  }

  private func what(_ judgement: Judgement) -> String {
    var line = "SR \(request.serviceReference) \(request.branchName)  \(request.id)"
    if case .updateInventory(let device, let update) = request.content {
      line += "\ndevice \(device)"
      if case .mpxn(let field, let mpxn) = update {
        line += "   \(field.rawValue) \(wording.whole(held)) → \(mpxn.digits)"
      }
    }
    return line
  }

  /// What to do next, with the command to paste; nil when there is nothing to do.
  func next(file: String, correction: CorrectionID?, isRecorded: Bool) -> String? {
    guard let judgement, judgement.accepted != true else { return nil }
    let retry = judgement.findings.compactMap(wording.retry).first
    var lines = retry.map { [$0 + "."] } ?? []
    if let correction {
      lines.append("A correction of this device and field is open: \(correction)")
      lines.append("  smi-ledger correction show \(correction)")
    } else if let route = judgement.route {
      lines.append(
        "Next, \(Wording.sentence(route)) (\(route.rawValue)). This opens the correction:")
      lines.append(
        isRecorded
          ? "  smi-ledger correction open --request \(request.id)"
          : "  smi-ledger submit --open \(file)")
    }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }
}
