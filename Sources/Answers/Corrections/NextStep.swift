import Corrections
import Ledger
import Wire

extension CorrectionAnswer {
  /// What the holder does now, as a command to paste; nil when nobody has to do anything.
  package var next: String? {
    guard let step else { return nil }
    let others = correction.disputes.map(\.party)
    guard !others.isEmpty, correction.isOpen else { return step }
    let want = others.count == 1 ? "wants" : "want"
    return step + "; disputed: \(others.joined(separator: ", ")) \(want) another value"
  }

  private var step: String? {
    let id = correction.id
    if correction.isOpen, correction.knownDevice == nil {
      return "DCC: the ticket names no device: smi-ledger correction reject \(id) --reason …, or "
        + "note \(id) --text …"
    }
    switch correction.state {
    case .open: return nextWhileOpen
    case .awaitingRequest: return nextRequest
    case .awaitingRegistration:
      guard let until = correction.advice?.until else {
        return
          "\(holderName): have the registration put right; then smi-ledger correction advise \(id)"
      }
      return "\(correction.requester): from \(Wording.date(until)) the 8.4 passes: "
        + "smi-ledger correction advise \(id) --xml"
    case .awaitingConsent:
      return
        "\(holderName): smi-ledger correction consent \(id), or correction refuse \(id) --reason …"
    case .awaitingInformation:
      return "\(holderName): smi-ledger correction inform \(id) --text …"
    case .awaitingFix: return nextFix
    case .escalated where waitsForAnswer:
      return "\(holderName): smi-ledger correction inform \(id) --text …"
    case .escalated: return mayBeFixed ? nextFix : nextWithoutFix
    case .awaitingVerification: return "DCC: smi-ledger correction verify \(id)"
    case .resolved:
      return correction.hasEnded
        ? nil : "\(holderName): smi-ledger correction confirm \(id), or reopen it"
    case .confirmed, .rejected, .withdrawn, .merged: return nil
    }
  }

  /// Whether during an Incident somebody else has the turn to answer.
  private var waitsForAnswer: Bool {
    correction.question != nil && correction.holder.holder != .dsp
  }

  /// Whether the DCC can propose a fix while an Incident is open, or one is on its way.
  private var mayBeFixed: Bool {
    if correction.proposal != nil { return true }
    guard correction.requested.isValue, correction.heldNow != nil, let advice = correction.advice,
      advice.because != .supplierPartyNotKnown
    else { return false }
    switch advice.route {
    case .selfServe, .registration: return false
    case .installingSupplier, .preNotifier, .twoSupplier, .manual, .incident: break
    }
    return advice.consents.allSatisfy { needed in
      correction.consents.contains {
        $0.answer.stands && $0.side == needed.side && $0.party == needed.party
      }
    }
  }

  private var nextWithoutFix: String {
    let id = correction.id
    let asked = Set(correction.pendingConsents.map(\.party)).sorted()
    return "DCC: smi-ledger correction resolve \(id) --how incident, escalate \(id) --close "
      + "OUTCOME, or reject \(id) --reason …"
      + (asked.isEmpty ? "" : "; \(asked.joined(separator: ", ")) can still consent")
  }

  private var nextFix: String {
    let id = correction.id
    if let other = notReady {
      return "\(other.id), which is settled together with it, is "
        + "\(other.state.rawValue)\(Refused.holder(other)) first: "
        + "smi-ledger correction show \(other.id)"
    }
    return switch (correction.proposal, correction.proposal?.approver) {
    case (nil, _): "DCC: smi-ledger correction propose \(id)"
    case (_?, nil): "another person at the DCC: smi-ledger correction approve \(id)"
    case (_?, _?): "DSP: smi-ledger correction apply \(id), or fail it"
    }
  }

  /// One of its ring that waits for something else than the fix.
  private var notReady: Correction? {
    correction.linked.lazy.compactMap { try? ledger.correction($0, upTo: known) }.first { other in
      switch other.state {
      case .awaitingFix, .escalated, .awaitingVerification: false
      case .open, .awaitingRequest, .awaitingRegistration, .awaitingConsent, .awaitingInformation:
        true
      case .resolved, .confirmed, .rejected, .withdrawn, .merged: false
      }
    }
  }

  private var nextRequest: String {
    let id = correction.id
    let send = "smi-ledger correction advise \(id) --xml"
    let user = correction.advice?.user.map { " as User ID \($0)" } ?? ""
    let isKnown = correction.holder.party != nil
    return switch correction.advice?.route {
    case .installingSupplier where !isKnown:
      "DCC: find out who installed the device; that supplier completes the installation and sends "
        + "the 8.4: \(send)"
    case .preNotifier where !isKnown:
      "DCC: find out who pre-notified the device; that User ID sends the 8.4: \(send)"
    case .installingSupplier:
      "\(holderName): complete the installation, then send the 8.4\(user): \(send); "
        + "then it resolves by itself"
    case .selfServe where correction.advice?.because == .senderRoleNeeded:
      "\(holderName): have a user in the role IS or GS send the 8.4: \(send) --actor USER; then it "
        + "resolves by itself"
    default: "\(holderName): send the 8.4\(user): \(send); then it resolves by itself"
    }
  }

  /// Whether the SMI holds the wanted value although somebody says that it is not right.
  private var isHeld: Bool { correction.heldNow?.brings(correction.requested) ?? false }

  private var nextWhileOpen: String {
    let id = correction.id
    if isHeld {
      return "the SMI holds it already: say what is wrong (smi-ledger correction change \(id) "
        + "--value …, note \(id) --text …), or the DCC: resolve \(id) --how observed"
    }
    if correction.advice?.because == .supplierPartyNotKnown {
      return "DCC: import the users of that supplier, then smi-ledger correction advise \(id)"
    }
    if correction.advice?.because == .deviceNotHeld {
      return
        "DCC: import an inventory extract, or record an 8.2 answer, that names the device; then "
        + "smi-ledger correction advise \(id)"
    }
    if let refused = correction.consents.last(where: { $0.answer == .refused }) {
      return "DCC: smi-ledger correction advise \(id) asks \(refused.party) again, or reject it"
    }
    if correction.advice?.route == .incident {
      return "DCC: smi-ledger correction escalate \(id) --reason … (SEC Appendix AG)"
    }
    return "DCC: smi-ledger correction advise \(id), or reject it"
  }
}

extension CorrectionAnswer {
  /// The next step in a word or two, for a list; `–` when it is nobody's turn.
  package var nextWord: String {
    if correction.isOpen, correction.knownDevice == nil { return "reject" }
    switch correction.state {
    case .awaitingRequest: return correction.holder.party == nil ? "find out who" : "send 8.4"
    case .awaitingRegistration:
      guard let until = correction.advice?.until else { return "advise" }
      return until > now ? "wait" : "send 8.4"
    case .open where isHeld: return "resolve"
    case .open where correction.advice?.because == .deviceNotHeld: return "import"
    case .escalated where waitsForAnswer:
      return "inform"
    case .escalated where !mayBeFixed: return "resolve"
    case .awaitingFix, .escalated:
      return notReady == nil ? correction.possible.first?.rawValue ?? "–" : "wait"
    case .resolved where correction.hasEnded: return "–"
    case .confirmed, .rejected, .withdrawn, .merged: return "–"
    case .open, .awaitingConsent, .awaitingInformation, .awaitingVerification, .resolved:
      return correction.possible.first?.rawValue ?? "–"
    }
  }
}
