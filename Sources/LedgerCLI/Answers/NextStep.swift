import Corrections
import Wire

extension CorrectionAnswer {
  /// What the holder does now, as a command to paste; nil when nobody has to do anything.
  var next: String? {
    guard let step else { return nil }
    let others = correction.disputes.map(\.party)
    guard !others.isEmpty, correction.isOpen else { return step }
    return step + "; disputed: \(others.joined(separator: ", ")) wants another value"
  }

  private var step: String? {
    let id = correction.id
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
    case .escalated:
      guard correction.requested.isValue else {
        return "DCC: smi-ledger correction resolve \(id) --how incident, or escalate \(id) "
          + "--close OUTCOME"
      }
      return correction.proposal == nil
        ? "DCC: smi-ledger correction propose \(id), or escalate \(id) --close OUTCOME" : nextFix
    case .awaitingVerification: return "DCC: smi-ledger correction verify \(id)"
    case .resolved:
      return correction.hasEnded
        ? nil : "\(holderName): smi-ledger correction confirm \(id), or reopen it"
    case .confirmed, .rejected, .withdrawn, .merged: return nil
    }
  }

  private var nextFix: String {
    let id = correction.id
    return switch (correction.proposal, correction.proposal?.approver) {
    case (nil, _): "DCC: smi-ledger correction propose \(id)"
    case (_?, nil): "another person at the DCC: smi-ledger correction approve \(id)"
    case (_?, _?): "DSP: smi-ledger correction apply \(id), or fail it"
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
    default: "\(holderName): send the 8.4\(user): \(send); then it resolves by itself"
    }
  }

  private var nextWhileOpen: String {
    let id = correction.id
    if correction.advice?.because == .supplierPartyNotKnown {
      return "DCC: import the users of that supplier, then smi-ledger correction advise \(id)"
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
