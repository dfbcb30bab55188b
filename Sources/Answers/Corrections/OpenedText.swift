import Corrections
package import Ledger
import Wire

/// What `open` answers.
package struct OpenedText {
  package let opened: Opened
  package let ledger: Ledger
  /// The wanted value, where it was only tried.
  package let wanted: WantedValue?

  package init(_ opened: Opened, _ ledger: Ledger, wanting wanted: WantedValue? = nil) {
    self.opened = opened
    self.ledger = ledger
    self.wanted = wanted
  }

  package var text: String {
    let id = opened.correction.id
    let answer = (try? ledger.terms()).map {
      CorrectionAnswer(opened.correction, ledger, $0, position: opened.correction.position)
    }
    let first =
      switch (opened.repeated, opened.joined, opened.position) {
      case (true, _, let position):
        "This report belongs to \(id) already, since position "
          + "\(position ?? opened.correction.openedAtPosition)." + wayOn
      case (false, true, let position?):
        "Joined \(id), which is open for the same device and field, at position \(position)."
      case (false, false, let position?):
        opened.correction.reopened > 0
          ? "Opened \(id) again at position \(position): the fault has come back."
          : "Opened \(id) at position \(position)."
      case (false, true, nil):
        "Would join \(id), which is open for the same device and field."
      case (false, false, nil): "Would open \(id)."
      }
    guard let answer else { return first }
    let turn = ActedText.turn(answer)
    let rest = (together + warnings(answer)).map { "\n" + $0 }.joined()
    guard opened.position == nil else { return first + "\n" + turn + rest }
    return first + " Then " + turn + rest + "\nNothing was recorded."
  }

  /// What the same report did to other corrections.
  private var together: [String] {
    let id = opened.correction.id
    var linked: [CorrectionID] = []
    var resolved: [CorrectionID] = []
    for event in opened.events {
      switch event {
      case .correctionStep(let step):
        guard case .linked(let others) = step.what else { continue }
        linked += ([step.correction] + others).filter { $0 != id && !linked.contains($0) }
      case .correctionResolved(let event) where event.correction != id:
        resolved.append(event.correction)
      default: break
      }
    }
    func list(_ ids: [CorrectionID]) -> String {
      ids.map(\.description).joined(separator: ", ")
    }
    let isTried = opened.position == nil && !opened.repeated
    return [
      linked.isEmpty
        ? nil
        : "\(isTried ? "It would be linked" : "Linked") with \(list(linked)), settled together.",
      resolved.isEmpty
        ? nil
        : "\(list(resolved)) \(isTried ? "would be" : resolved.count == 1 ? "is" : "are") resolved, "
          + "too.",
    ].compactMap { $0 }
  }

  private func warnings(_ answer: CorrectionAnswer) -> [String] {
    answer.warnings(wanting: mpxn).map { "  warning  \(Wording.sentence($0))" }
  }

  private var mpxn: MPxN? {
    if case .mpxn(_, let mpxn)? = wanted { mpxn } else { nil }
  }
}

extension OpenedText {
  /// How to ask anew for what an ended correction has not brought.
  private var wayOn: String {
    let correction = opened.correction
    switch correction.state {
    case .rejected, .withdrawn:
      return
        " It has ended; to ask anew: smi-ledger correction open --device \(correction.deviceID) "
        + "--field \(correction.field.rawValue) --value VALUE --actor USER."
    case .merged: return correction.mergedInto.map { " It was merged into \($0)." } ?? ""
    case .open, .awaitingRequest, .awaitingRegistration, .awaitingConsent, .awaitingFix,
      .awaitingInformation, .awaitingVerification, .escalated, .resolved, .confirmed:
      return ""
    }
  }
}
