public import Corrections
internal import EventLog

/// What looking at a correction anew led to.
public struct Reviewed: Sendable {
  /// The correction after it; before it, when it was only tried.
  public let correction: Correction
  /// What happened, in order; never empty.
  public let events: [Event]
  /// The first event recorded; nil when it was only tried.
  public let position: Int?
}

extension Ledger {
  /// Does for every correction that has not ended what has become due: reminders, Incidents after
  /// silence, resolutions that nobody contradicted, routes that lead elsewhere now.
  ///
  /// Meant for a timer as well: what was done is not done twice. Durable on return; with `dryRun`
  /// nothing is recorded. In the order of the numbers.
  ///
  /// - Throws: ``LogError`` when the log can't be read or written; what was done until then stands.
  public func remind(dryRun: Bool = false) throws -> [Reviewed] {
    var filter = CorrectionFilter()
    filter.includesEnded = false
    return try corrections(filter).corrections.flatMap { correction in
      [
        try review(correction.id, dryRun: dryRun) { try $0.due(given: $1) },
        try changeAgreed(correction.id, dryRun: dryRun),
      ].compactMap { $0 }
    }
  }

  /// Makes the change of a correction, and of those that make a ring with it, where everybody has
  /// agreed without being asked: both of a crossed pair have reported it, for example.
  ///
  /// Only an authority does, and only where the policy says so. All of it or nothing.
  func changeAgreed(_ id: CorrectionID, dryRun: Bool = false) throws -> Reviewed? {
    guard opened.mode == .authority, try terms().policy(at: now()).afterConsents == .ledger else {
      return nil
    }
    return try retrying {
      let position = try head()
      let terms = try terms(upTo: position)
      let now = now()
      let correction = try existing(id, upTo: position)
      guard correction.isReadyForFix else { return nil }
      let own = try facts(of: correction, under: terms, at: now, upTo: position)
      let group =
        try [(correction, own)]
        + own.ring.map { ($0, try facts(of: $0, under: terms, at: now, upTo: position)) }
      let events = Correction.appliedByLedger(group, after: [], at: now)
      guard !events.isEmpty else { return nil }
      guard !dryRun else { return Reviewed(correction: correction, events: events, position: nil) }
      let tags = group.flatMap { [Tag.correction($0.0.id)] + self.tags(of: $0.1) }
      let appended = try append(
        AppendRequest(
          condition: AppendCondition(noEventTagged: Set(tags).sorted(), after: position)
        ) { Ledger.drafts(events, by: .ledger, at: now, cause: nil, in: $0) })
      return Reviewed(
        correction: try existing(id), events: events, position: appended.positions.lowerBound)
    }
  }

  /// Looks at some corrections anew after something was recorded that may bear on them, and at those
  /// that make, or made, a ring with one of them.
  ///
  /// What was recorded stands whatever comes of this, and ``remind(dryRun:)`` looks again.
  func reviewAfterwards(_ corrections: some Sequence<CorrectionID>) {
    var waiting = Array(corrections)
    var seen = Set(waiting)
    while let id = waiting.popLast() {
      var linked: [CorrectionID] = []
      let reviewed = try? review(id) { correction, facts in
        linked = correction.linked
        return try correction.reviewed(given: facts)
      }
      for other in linked + (reviewed?.correction.linked ?? [])
      where seen.insert(other).inserted { waiting.append(other) }
    }
  }

  /// The same after an extract said something of their device as of a moment: what it heals or changes
  /// names the look at `evidence`.
  ///
  /// What was true before a value that is known by now does neither.
  func reviewAfterwards(_ corrections: [CorrectionID], seenBy evidence: Int, at time: Instant) {
    for id in corrections {
      _ = try? review(id) { correction, facts in
        guard let device = facts.device, device.isNewest(time) else { return [] }
        return correction.seen(device, at: time, by: evidence, how: .observed)
      }
    }
    reviewAfterwards(corrections)
  }

  /// Looks at every open correction anew after registrations were taken over.
  func reviewAllAfterwards() {
    guard let open = try? corrections(CorrectionFilter()).corrections else { return }
    reviewAfterwards(open.filter(\.isOpen).map(\.id))
  }

  private func review(
    _ id: CorrectionID, dryRun: Bool = false,
    _ decide: (Correction, CorrectionFacts) throws -> [Event]
  ) throws -> Reviewed? {
    try retrying {
      let position = try head()
      let terms = try terms(upTo: position)
      let now = now()
      let correction = try existing(id, upTo: position)
      let facts = try facts(of: correction, under: terms, at: now, upTo: position)
      let events: [Event]
      do {
        events = try decide(correction, facts)
      } catch is Refusal {
        // What only a person may do waits for one.
        return nil
      }
      guard !events.isEmpty else { return nil }
      guard !dryRun else { return Reviewed(correction: correction, events: events, position: nil) }
      let evidence = try events.first?.evidence.flatMap { try log.event(at: $0)?.recorded() }
      let appended = try append(
        AppendRequest(
          condition: AppendCondition(
            noEventTagged: Set([Tag.correction(id)] + tags(of: facts)).sorted(), after: position)
        ) { context in
          Ledger.drafts(
            events, by: .ledger, at: now, seenAt: evidence?.effectiveAt, cause: evidence?.position,
            in: context)
        })
      return Reviewed(
        correction: try existing(id), events: events, position: appended.positions.lowerBound)
    }
  }
}

extension Event {
  /// The event of the inventory that shows a resolution, that a fix is there or not, or another value.
  var evidence: Int? {
    switch self {
    case .correctionResolved(let event): return event.evidence
    case .fixVerified(let event): return event.evidence
    case .fixNotFound(let event): return event.evidence
    case .correctionStep(let step):
      if case .heldValueChanged(_, let evidence) = step.what { return evidence }
      return nil
    default: return nil
    }
  }
}
