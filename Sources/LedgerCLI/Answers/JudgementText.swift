import Answers
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
  /// The moment that was asked about, where it was not now.
  var asOf: Instant?

  var text: String {
    guard let judgement else {
      return """
        NOT JUDGED  SR \(request.serviceReferenceVariant)  \(request.id)
        SR 8.4, 8.2 and 12.2 are judged. Any other is recorded by submit, and changes the inventory
        when its response or an alert is recorded: only a device knows what becomes of it.
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
    let how = (isDecided ? "decided" : "predicted") + (asOf.map { " as of \($0)" } ?? "")
    let basis = "\(how); rulebook \(judgement.rulebook), ledger at position \(position)"
    switch judgement.accepted {
    case true?:
      return "\(Output.verdict("ACCEPTED", good: true))  \(judgement.code ?? "")   \(basis)"
    case false?:
      return "\(Output.verdict("REFUSED", good: false))  \(judgement.code ?? "")   \(basis)"
    case nil: return "\(Output.verdict("UNKNOWN", good: nil))   \(basis)"
    }
  }

  private func what(_ judgement: Judgement) -> String {
    var line = "SR \(request.serviceReferenceVariant)"
    if case .updateInventory(_, let update) = request.content {
      line += " \(update.branch.rawValue)"
    }
    line += "  \(request.id)"
    switch request.content {
    case .updateInventory(let device, let update):
      line += "\ndevice \(device)" + asked(update, judgement)
    case .prenotification(let told):
      line +=
        "\ndevice \(told.deviceID)   \(told.type.rawValue)" + EventSentences.text(told.details)
    case .readInventory(.deviceID(let device)): line += "\nby device \(device)"
    case .readInventory(.mpxn(let mpxn)): line += "\nby MPxN \(mpxn.digits)"
    case .readInventory(.uprn): line += "\nby UPRN"
    case .readInventory(.property): line += "\nby postcode and address"
    case .service, .other: break
    }
    return line
  }

  private func asked(_ update: InventoryUpdate, _ judgement: Judgement) -> String {
    switch update {
    case .statusExceptCH(let status), .statusCH(let status): return "   to \(status.rawValue)"
    case .details(let details): return "   to" + EventSentences.text(details)
    case .delete: return ""
    case .mpxn(let field, let mpxn):
      let isEmpty = judgement.findings.contains { $0.because == .placeIsEmpty }
      let before = held == nil && !isEmpty ? "not known" : wording.whole(held)
      return "   \(field.rawValue) \(before) → \(mpxn.digits)"
    }
  }

  /// What to do next, with the command to paste; nil when there is nothing to do.
  func next(file: String, correction: CorrectionID?, isRecorded: Bool) -> String? {
    guard let judgement, judgement.accepted != true else { return nil }
    let deciding = judgement.findings.filter { $0.code.rawValue == judgement.code }
    let retry = (deciding + judgement.findings).compactMap(wording.retry).first
    var lines = retry.map { [$0 + "."] } ?? []
    if let correction {
      lines.append("A correction of this device and field is open: \(correction)")
      lines.append("  smi-ledger correction show \(correction)")
    } else if let route = judgement.route, request.branchName != UpdateBranch.mpxn.rawValue {
      lines.append("Next: \(Wording.sentence(route)) (\(route.rawValue)).")
    } else if let route = judgement.route {
      lines.append(
        "Next: \(Wording.sentence(route)) (\(route.rawValue)). This opens the correction:")
      lines.append(
        isRecorded
          ? "  smi-ledger correction open --request \(request.id)"
          : "  smi-ledger submit \(judgement.accepted == nil ? "" : "--open ")\(Shown.pasted(file))"
      )
      if !isRecorded, judgement.accepted == nil {
        lines.append("  smi-ledger correction open --request \(request.id)")
      }
    }
    if lines.isEmpty || (correction == nil && judgement.route == nil),
      let next = deciding.compactMap({ Wording.next($0, judgement.route) }).first
    {
      lines.append("Next: \(next).")
    }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }
}
