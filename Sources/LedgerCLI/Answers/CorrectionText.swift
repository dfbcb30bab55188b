import Answers
import Corrections
import Ledger
import Wire

/// One correction as people read it: whose turn, what next, how old, what happened.
struct CorrectionText {
  let answer: CorrectionAnswer
  let timeline: [Recorded]

  var text: String {
    let correction = answer.correction
    var lines = [
      "\(correction.id)  \(answer.fieldName ?? "a field that is not said,") of "
        + (correction.knownDevice?.description ?? "a device that is not named")
        + (correction.deviceType.map { " (\($0.rawValue))" } ?? "")
        + "   \(correction.state.rawValue)"
        + (correction.advice.map { ", \($0.route.rawValue)" } ?? ""),
      "  \(held)  →  wanted" + (answer.wantedInWords.map { " " + $0 } ?? ": not said"),
      row("Turn", turn),
    ]
    if let next = answer.next { lines.append(row("Next", next)) }
    if let advice = correction.advice {
      lines.append(
        row(
          "Route",
          answer.explanation(of: advice) + (answer.isInferred(advice) ? " [inferred]" : "")))
    }
    for other in answer.otherHolders {
      lines.append(row("Beware", "\(other) holds the wanted MPxN too"))
    }
    for warning in answer.warnings() where warning != .heldByAnotherDevice {
      lines.append(row("Warning", Wording.sentence(warning)))
    }
    if let question = correction.question {
      let asked = Shown.visible((try? answer.ledger.text(of: question.text)) ?? "(erased)")
      lines.append(row("Question", "\(question.by) asks \(question.of): \(asked)"))
    }
    if let incident { lines.append(row("Incident", incident)) }
    if let merged = correction.mergedInto { lines.append(row("Merged", "into \(merged)")) }
    if !correction.linked.isEmpty {
      lines.append(
        row(
          "Linked",
          correction.linked.map(\.description).joined(separator: ", ")
            + ": \(correction.linked.count == 1 ? "a crossed pair" : "a ring"), settled together"))
    }
    lines.append(row("Owner", owner))
    lines.append(row("Age", age))
    if let target { lines.append(row("Target", target)) }
    if let plan { lines.append(row("Plan", plan)) }
    if let holders { lines.append(row("Holders", holders)) }
    if !correction.consents.isEmpty {
      lines.append(row("Consent", correction.consents.map(consent).joined(separator: " | ")))
    }
    if let fix { lines.append(row("Fix", fix)) }
    lines.append(row("Reported", reported))
    for dispute in correction.disputes {
      lines.append(
        row(
          "Dispute", "\(dispute.party) wants \(answer.entries.whole(dispute.requested)) instead"))
    }
    for reference in correction.references {
      let number = (try? answer.ledger.text(of: reference.document)) ?? "(erased)"
      lines.append(
        row("Reference", "\(Wording.name(of: reference.system)) \(Shown.visible(number))"))
    }
    if let ticket = answer.ticket {
      lines.append(
        row(
          "Ticket",
          Shown.visible(ticket) + (correction.ticket?.isBundled ?? false ? ", bundled" : "")
            + (correction.ticket?.mpxn.map { ", about MPxN \(answer.wording.whole($0))" } ?? "")))
    }
    if let batch = correction.batch { lines.append(row("Batch", batch)) }
    lines.append(TimelineAnswer(events: timeline, ledger: answer.ledger).text(indent: 2))
    return lines.joined(separator: "\n")
  }

  private func row(_ label: String, _ text: String) -> String {
    label + String(repeating: " ", count: max(1, 10 - label.count)) + text
  }

  private var held: String {
    let correction = answer.correction
    guard correction.heldChanged != nil, correction.heldNow != correction.current else {
      return "held \(answer.heldInWords)"
    }
    return "held at opening \(answer.entries.whole(correction.current)), now \(answer.heldInWords)"
  }

  private var incident: String? {
    guard let incident = answer.correction.incident else { return nil }
    return "raised \(Wording.date(incident.raisedAt)) (\(Wording.sentence(incident.because)))"
      + (incident.closedAt.map { ", closed \(Wording.date($0))" } ?? "")
  }

  private var target: String? {
    guard let category = answer.correction.category else { return nil }
    guard let target = answer.target else { return "category \(category), no target set" }
    let civil = GBTime.civil(at: target.dueAt)
    let isDay = civil.hour == 0 && civil.minute == 0
    return "category \(category): due "
      + (isDay ? Wording.lastDay(of: target.dueAt) : Wording.time(target.dueAt))
      + (target.isVerified ? "" : " (target not verified against SEC Appendix AG)")
  }

  private var plan: String? {
    if let plan = answer.correction.plan {
      return "given by \(plan.party) \(Wording.date(plan.at))"
    }
    guard answer.correction.isOpen, let dueAt = answer.planDueAt else { return nil }
    return "none given; due \(Wording.lastDay(of: dueAt)): smi-ledger correction plan "
      + "\(answer.correction.id)"
  }

  private var turn: String {
    guard let turn = answer.turn else { return "nobody's" }
    if turn.holder == .nobody || turn.holder == .notKnown {
      return answer.dueAt.map { "nobody's until \(Wording.date($0))" } ?? "nobody's"
    }
    var text = "\(answer.holderName) since \(Wording.time(turn.from))"
    if let due = answer.dueAt {
      text += ", due \(Wording.lastDay(of: due))"
      if due <= answer.now { text += "  " + Output.verdict("LATE", good: false) }
    }
    return text
  }

  private var owner: String {
    let correction = answer.correction
    guard let owner = correction.owner else {
      return "nobody yet: smi-ledger correction assign \(correction.id) --owner USER"
    }
    return owner
      + (correction.handovers == 0
        ? ", no handover" : ", " + Wording.count(correction.handovers, "handover"))
  }

  private var age: String {
    let total = answer.clock.total
    return "\(Wording.count(answer.ageInWorkingDays, "working day")), "
      + "\(ClockTime.text(hundredths: total.elapsedHoursInHundredths)) hours "
      + "(\(answer.calendarName), policy "
      + "\(answer.terms.policy(at: answer.correction.openedAt).version))"
  }

  private var holders: String? {
    let clock = answer.clock
    let parts = Holder.allCases.compactMap { holder -> String? in
      guard let time = answer.timeHeld(by: holder) else { return nil }
      return "\(holder.rawValue) \(ClockTime.text(hundredths: time.workingDaysInHundredths))"
    }
    guard !parts.isEmpty else { return nil }
    return parts.joined(separator: ", ") + "  of "
      + "\(ClockTime.text(hundredths: clock.total.workingDaysInHundredths)) working days"
  }

  private func consent(_ consent: Correction.ConsentState) -> String {
    let what = "\(consent.party) (\(consent.side.rawValue))"
    let when = consent.answeredAt.map { " " + Wording.date($0) } ?? ""
    let how =
      consent.answeredBy.flatMap { actor in
        actor.user.map { " (\($0), \(Wording.sentence(actor.via)))" }
      } ?? ""
    switch consent.answer {
    case .asked: return "\(what) asked \(Wording.date(consent.askedAt)), no answer"
    case .byAsking: return "\(what) by asking"
    case .given: return "\(what) agreed\(when)\(how)"
    case .refused:
      let reason = consent.reason.flatMap { try? answer.ledger.text(of: $0) } ?? "(erased)"
      return "\(what) refused\(when): \(Shown.visible(reason))"
    case .lapsed: return "\(what) lapsed\(when)"
    }
  }

  private var fix: String? {
    guard let proposal = answer.correction.proposal else { return nil }
    func by(_ actor: Actor?) -> String {
      actor.map { "\($0.user ?? $0.party) (\(Wording.sentence($0.via)))" } ?? "nobody yet"
    }
    return "\(answer.entries.whole(proposal.expected)) → \(answer.entries.whole(proposal.new)), "
      + "proposed by \(by(proposal.proposer)), approved by \(by(proposal.approver)), "
      + "applied by \(by(proposal.applier))"
  }

  private var reported: String {
    let correction = answer.correction
    let code = correction.firstCode.map { " (\($0))" } ?? ""
    let others = correction.reporters.dropFirst()
    return correction.requester + code
      + (others.isEmpty ? "" : ", " + others.joined(separator: ", ") + " joined")
  }
}
