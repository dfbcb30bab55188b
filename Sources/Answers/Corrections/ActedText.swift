import CanonicalJSON
package import Corrections
package import Ledger
import Wire

/// What an action on a correction answers with: what was recorded by whom, what changes to what, whose
/// turn it is now, by when, and the next command.
package struct ActedText {
  package let id: CorrectionID
  package let acted: Acted
  package let actor: Actor
  package let ledger: Ledger
  package let sentences: EventSentences

  package init(
    id: CorrectionID, acted: Acted, actor: Actor, ledger: Ledger, sentences: EventSentences
  ) {
    self.id = id
    self.acted = acted
    self.actor = actor
    self.ledger = ledger
    self.sentences = sentences
  }

  /// One line for each event, then one for each change by hand.
  package var lines: [String] { acted.events.enumerated().map(line) + changes }

  private func line(_ offset: Int, _ event: Event) -> String {
    let recorded = Recorded(
      position: (acted.position ?? 0) + offset, recordedAt: ledger.now(),
      effectiveAt: ledger.now(), actor: who(did: event), cause: nil, event: event)
    let place = acted.position == nil ? "would record" : "\(recorded.position)"
    let other = event.namedCorrection.flatMap { $0 == id ? nil : "\($0): " } ?? ""
    return "\(place)  \(recorded.actor.shortName): \(other)\(sentences.sentence(recorded))"
  }

  /// The actor as it is recorded: what the program works out, also a change after everybody agreed, is
  /// its own doing.
  private func who(did event: Event) -> Actor {
    let isByHand = acted.events.contains { if case .manualFixApplied = $0 { true } else { false } }
    let isChange = !event.inventoryDevices.isEmpty
    return event.isWorkedOut || (isChange && !isByHand) ? .ledger : actor
  }

  /// What the SMI holds and shall hold, whole, for who makes or allows the change; of a ring each.
  private var changes: [String] {
    acted.events.compactMap { event in
      switch event {
      case .manualFixProposed(let fix):
        return change(fix.correction, fix.field, fix.deviceID, fix.expected, fix.new)
      case .manualFixApproved(let fix): return proposed(fix.correction)
      case .manualFixApplied(let fix): return proposed(fix.correction)
      default: return nil
      }
    }
  }

  private func proposed(_ id: CorrectionID) -> String? {
    guard let correction = try? ledger.correction(id), let fix = correction.proposal else {
      return nil
    }
    return change(id, correction.field, correction.deviceID, fix.expected, fix.new)
  }

  private func change(
    _ id: CorrectionID, _ field: CorrectionField, _ device: EUI64, _ from: EntryValue,
    _ to: EntryValue
  ) -> String {
    "\(id)  \(field.rawValue) of \(device): \(sentences.entries.whole(from)) → "
      + sentences.entries.whole(to)
  }

  package static func turn(_ answer: CorrectionAnswer) -> String {
    var text = "\(answer.correction.id) is \(answer.correction.state.rawValue); "
    switch answer.holder {
    case .nobody, .notKnown:
      text += "nobody's turn" + (answer.dueAt.map { " until \(Wording.date($0))" } ?? "")
    case .dcc, .dsp, .requester, .counterparty, .otherUser:
      text +=
        "turn of \(answer.holderWithArticle)"
        + (answer.dueAt.map { ", due \(Wording.lastDay(of: $0))" } ?? "")
    }
    if let next = answer.next { text += "\nNext: \(next)" }
    return text
  }
}

extension Event {
  /// The correction that the event names.
  package var namedCorrection: CorrectionID? {
    StoredForm.encode(self).body["correction"]?.string.flatMap { CorrectionID($0) }
  }
}

extension CorrectionAnswer {
  /// `SUPB`, `the DCC`.
  package var holderWithArticle: String {
    switch holder {
    case .dcc, .dsp: "the \(holderName)"
    case .requester, .counterparty, .otherUser:
      // A kind of holder, or staff that asked for it.
      [Holder.requester, .counterparty, .otherUser].map(\.rawValue).contains(holderName)
        || ["DCC", "DSP"].contains(holderName) ? "the \(holderName)" : holderName
    case .nobody, .notKnown: holderName
    }
  }
}
