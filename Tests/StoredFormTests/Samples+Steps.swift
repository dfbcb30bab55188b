import Corrections

extension EventKind {
  /// One step of a thread, by chance.
  func stepSample(_ dice: inout Dice) -> CorrectionStep {
    CorrectionStep(
      correction: dice.correction(), deviceID: dice.eui(), requester: dice.party(),
      party: dice.flip() ? dice.party() : Actor.ledger.party, what: what(&dice))
  }

  private func what(_ dice: inout Dice) -> CorrectionStep.What {
    let document = dice.name43()
    switch self {
    case .informationRequested:
      return .informationRequested(of: dice.party(), question: document)
    case .informationSupplied: return .informationSupplied(answer: document)
    case .requestedValueChanged:
      return .requestedValueChanged(
        from: dice.entryValue(), to: dice.entryValue(), reason: dice.maybe { $0.name43() })
    case .heldValueChanged:
      return .heldValueChanged(to: dice.entryValue(), evidence: dice.position())
    case .correctionMerged:
      return .merged(
        into: dice.correction(), reporters: [dice.party()],
        requests: dice.some { $0.request() }, reason: document)
    case .correctionsLinked: return .linked([dice.correction()] + dice.some { $0.correction() })
    case .correctionsUnlinked:
      return .unlinked(from: [dice.correction()] + dice.some { $0.correction() })
    case .categorySet: return .categorySet(1 + dice.below(5))
    case .planGiven: return .planGiven
    case .reminderSent:
      return .reminderSent(
        holder: dice.one(), parties: dice.some { $0.party() }, dueAt: dice.time())
    case .manualFixFailed:
      return .manualFixFailed(proposal: dice.position(), reason: document)
    case .confirmationLapsed: return .confirmationLapsed
    case .incidentRaised:
      return .incidentRaised(because: dice.one(), reason: dice.maybe { $0.name43() })
    case .incidentClosed: return .incidentClosed(outcome: document)
    case .referenceAdded: return .referenceAdded(dice.one(), reference: document)
    default: preconditionFailure("\(self) has its sample elsewhere")
    }
  }
}

extension Dice {
  /// What a field of an entry holds, of any kind.
  mutating func entryValue() -> EntryValue {
    switch below(6) {
    case 0: .empty
    case 1: .mpxn(token())
    case 2: .status(one())
    case 3: .details(details())
    case 4: .listed(flip())
    default: .text(name43())
    }
  }
}
