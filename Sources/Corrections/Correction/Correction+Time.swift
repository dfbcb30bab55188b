extension Correction {
  /// What has become due by the time of the facts: a reminder, an Incident after silence, a
  /// resolution that nobody contradicted, a route that leads elsewhere now.
  ///
  /// Nothing of it happens by looking at a clock: it happens when somebody, or a timer, asks.
  public func due(given facts: CorrectionFacts) throws(Refusal) -> [Event] {
    if state == .resolved {
      guard confirmationLapsedAt == nil, let resolvedAt, let days = facts.policy.confirmWithin,
        facts.clock.dueAt(openedAt: resolvedAt, workingDays: days) <= facts.at,
        // Silence accepts nothing that the inventory contradicts.
        heldNow == heldAtEnd
      else { return [] }
      return [step(.confirmationLapsed, by: Actor.ledger.party)]
    }
    guard isOpen else { return [] }
    let anew = try reviewed(given: facts)
    guard anew.isEmpty else { return anew }
    return reminded(given: facts)
  }

  private func reminded(given facts: CorrectionFacts) -> [Event] {
    guard let dueAt = facts.turnDueAt, dueAt <= facts.at else { return [] }
    let (holder, _) = holder(at: facts.at)
    guard holder != .nobody else {
      return []
    }
    guard let reminder = reminders.last else {
      return [
        step(
          .reminderSent(holder: holder, parties: holderParties(at: facts.at), dueAt: dueAt),
          by: Actor.ledger.party)
      ]
    }
    switch holder {
    case .counterparty, .otherUser:
      guard state != .escalated, let days = facts.policy.escalateAfter,
        facts.clock.dueAt(openedAt: reminder.at, workingDays: days) <= facts.at
      else { return [] }
      return [
        step(.incidentRaised(because: .silence, reason: nil), by: Actor.ledger.party)
      ]
    case .requester, .dcc, .dsp, .nobody, .notKnown: return []
    }
  }

  /// What the facts of now mean for an open thread that nobody has asked about: it heals, or its
  /// route is worked out anew; nothing while they lead where they led.
  ///
  /// What was seen before somebody said that the fault is there still does not speak against that.
  public func reviewed(given facts: CorrectionFacts) throws(Refusal) -> [Event] {
    guard knownDevice != nil, isOpen || isWatched, state != .awaitingVerification else { return [] }
    guard isOpen else { return movedOn(given: facts) }
    if let held = facts.heldValue, held.brings(requested),
      let evidence = facts.device?.said(
        of: field, since: openSinceAt, after: openSince)
    {
      return [resolved(.observed, evidence: evidence)]
    }
    let marked = movedOn(given: facts)
    // What the DCC has in its hands is not taken out of them; what others agreed to in a ring that is
    // none any more counts for nothing, whoever has it.
    switch state {
    case .awaitingRequest, .awaitingRegistration, .awaitingConsent, .awaitingFix: break
    // Who refused is not asked again by the program; another way round may have come.
    case .open where !wasRefused || leadsElsewhere(given: facts): break
    case .open, .awaitingInformation, .escalated, .awaitingVerification, .resolved, .confirmed,
      .rejected, .withdrawn, .merged:
      return marked + leftRing(given: facts)
    }
    return marked + (try anew(asking: nil, by: nil, given: facts))
  }

  var wasRefused: Bool { consents.contains { $0.answer == .refused } }

  private func leadsElsewhere(given facts: CorrectionFacts) -> Bool {
    RouteAdvice(forRequester: requester, given: facts).map { $0.route != advice?.route } ?? false
  }

  /// That the inventory says something else of the field than it said last; nothing where that has
  /// been marked.
  private func movedOn(given facts: CorrectionFacts) -> [Event] {
    guard let held = facts.heldValue, !isOpen || !held.brings(requested),
      let evidence = facts.device?.lastSaid(of: field)
    else { return [] }
    return marked(held, evidence)
  }

  /// What an event about the device means for this thread, the device being as it is after it.
  ///
  /// `evidence` is the position of that event. What brings the wanted value resolves; what changes
  /// the field to something else is marked, and so is the first word on a field of which nothing was
  /// known. An event that says nothing of the field means nothing for it, and a look from before
  /// somebody said that the fault is there does not speak against that.
  public func seen(
    _ device: Device?, at time: Instant, by evidence: Int, how: CorrectionResolved.How
  ) -> [Event] {
    guard isOpen || isWatched, let device, device.lastSaid(of: field) == device.position,
      let value = device.value(of: field, at: time)
    else { return [] }
    if value.brings(requested) {
      guard isOpen else { return marked(value, evidence) }
      if state == .awaitingVerification {
        return (proposal?.applied).map { $0 < evidence } ?? true
          ? [resolved(.manualFix, evidence: evidence)] : []
      }
      return how == .observed && time < openSinceAt ? [] : [resolved(how, evidence: evidence)]
    }
    return marked(value, evidence)
  }

  /// Whether nobody has said of a moment, or a later one, what the field holds, since the fault was
  /// said to be there or the fix was applied: then a look that finds nothing new still says something.
  public func needsLook(at device: Device, as moment: Instant) -> Bool {
    isOpen && field != .other
      && device.said(of: field, since: moment, after: proposal?.applied ?? openSince) == nil
  }

  /// Whether it is over and what the inventory says of it still matters.
  private var isWatched: Bool { stage == .resolved || stage == .confirmed }

  /// That the inventory holds a value now, unless that has been marked.
  private func marked(_ value: EntryValue, _ evidence: Int) -> [Event] {
    heldNow == value
      ? [] : [step(.heldValueChanged(to: value, evidence: evidence), by: Actor.ledger.party)]
  }

  func resolved(_ how: CorrectionResolved.How, evidence: Int?) -> Event {
    .correctionResolved(
      CorrectionResolved(
        correction: id, deviceID: deviceID, requester: requester, how: how, evidence: evidence))
  }
}
