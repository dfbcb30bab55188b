extension Correction {
  /// Applies a step that is stored under a name of its own.
  mutating func apply(_ step: CorrectionStep, _ recorded: Recorded, _ at: Instant) {
    switch step.what {
    case .informationRequested(let party, let text):
      question = Question(
        of: party, by: step.party, text: text, askedAt: at, position: recorded.position)
    case .informationSupplied: question = nil
    case .requestedValueChanged(let old, let wanted, _):
      requested = wanted
      // Who reported it for the old value wants that still, until they say otherwise.
      for party in reporters where party != requester && party != step.party {
        guard !disputes.contains(where: { $0.party == party }) else { continue }
        disputes.append(Dispute(party: party, requested: old))
      }
      disputes.removeAll { $0.requested == wanted }
      // What was advised led to the old value: until an advice follows the DCC has to find out.
      advice = nil
      stage = .open
      if proposal?.applier == nil { proposal = nil }
    case .heldValueChanged(let value, let evidence):
      heldNow = value
      heldChanged = HeldChange(at: at, evidence: evidence)
    case .merged(let other, let reporters, let requests, _):
      if step.correction == id {
        mergedInto = other
        counted.append(ReportCase.Step(.merged, at: at))
        end(.merged, at)
      } else {
        absorbed.append(step.correction)
        report(by: reporters, requests)
      }
    case .linked(let others):
      let all = [step.correction] + others
      for other in all where other != id && !linked.contains(other) { linked.append(other) }
      // What was proposed for one alone is proposed anew for all.
      if proposal?.applier == nil { proposal = nil }
    case .unlinked(let others):
      linked.removeAll { step.correction == id ? others.contains($0) : $0 == step.correction }
      // What was proposed for all is proposed anew for one alone.
      if proposal?.applier == nil { proposal = nil }
    case .categorySet(let number): category = number
    case .planGiven: plan = plan ?? Plan(party: step.party, at: at)
    case .reminderSent(_, let parties, _): reminders.append(Reminder(parties: parties, at: at))
    case .manualFixFailed: proposal = nil
    case .confirmationLapsed: if stage == .resolved { confirmationLapsedAt = at }
    case .incidentRaised(let because, _):
      incident = Incident(because: because, raisedAt: at, position: recorded.position)
      counted.append(ReportCase.Step(.escalated, at: at))
    case .incidentClosed: incident?.closedAt = at
    case .referenceAdded(let system, let document):
      references.append(Reference(system: system, document: document, at: at))
    }
  }
}

extension CorrectionStep {
  /// Whether another correction's step is one of this correction, too.
  func names(_ id: CorrectionID) -> Bool { others.contains(id) }

  /// The other corrections on whose timelines it stands.
  public var others: [CorrectionID] {
    switch what {
    case .merged(let into, _, _, _): [into]
    case .linked(let others), .unlinked(let others): others
    case .informationRequested, .informationSupplied, .requestedValueChanged, .heldValueChanged,
      .categorySet, .planGiven, .reminderSent, .manualFixFailed, .confirmationLapsed,
      .incidentRaised, .incidentClosed, .referenceAdded:
      []
    }
  }
}
