/// Open corrections each of which wants the meter point that the next one's device holds, round to
/// the first: a crossed pair, or a longer ring.
///
/// They have one set of consents: who lets a meter point go from one device of the ring takes it on
/// another, so one agreement of a party on a meter point counts for both [inferred].
struct Ring {
  private let id: CorrectionID
  private let others: [Correction]

  /// The other corrections, and the one that closes the ring; without others there is none.
  init(_ others: [Correction], closedBy id: CorrectionID) {
    self.others = others
    self.id = id
  }

  /// That they are linked, unless each is known to be already.
  func link(deviceID: EUI64, requester: String, linked: [CorrectionID]) -> Event? {
    guard !others.isEmpty, !others.allSatisfy({ linked.contains($0.id) }) else { return nil }
    return .correctionStep(
      CorrectionStep(
        correction: id, deviceID: deviceID, requester: requester, party: Actor.ledger.party,
        what: .linked(others.map(\.id))))
  }

  /// Whether a party has agreed on the meter point in another correction of the ring.
  func has(agreed consent: RouteAdvice.Consent) -> Bool {
    others.contains { other in
      other.consents.contains {
        $0.answer.stands && $0.party == consent.party && $0.mpxn == consent.mpxn
      }
    }
  }

  /// What agreements of the one that closes the ring, and of all others, settle in the others.
  func agreements(from standing: [Correction.ConsentState]) -> [Event] {
    let standing = (standing + others.flatMap(\.consents)).filter(\.answer.stands)
    return others.flatMap { other in
      other.pendingConsents.filter { pending in
        standing.contains { $0.party == pending.party && $0.mpxn == pending.mpxn }
      }.map { other.given($0, byAsking: true) }
    }
  }
}

extension Correction {
  /// One correction of a group that is decided as one, with what bears on it.
  public typealias Member = (correction: Correction, facts: CorrectionFacts)

  /// Decides a command on a correction and on those that are linked with it and still open: all of it
  /// or nothing.
  ///
  /// Agreeing, and each step of the fix by hand, is done for all of them; anything else for the first
  /// alone. Where the policy says so, an authority makes the changes itself once the last consent
  /// stands.
  public static func decide(
    _ command: Command, on group: [Member], by actor: CorrectionActor, at time: Instant? = nil
  ) throws(Refusal) -> [Event] {
    guard let (first, facts) = group.first else { return [] }
    guard command.isForAll else {
      return try first.decide(command, by: actor, at: time, given: facts)
    }
    try first.mustStillBeARing(facts.ring, for: command)
    var events: [Event] = []
    for (member, facts) in group {
      if member.id != first.id, !member.isConcerned(by: command, of: actor) { continue }
      events += try member.decide(command, by: actor, at: time, given: facts)
    }
    guard case .consent = command else { return events }
    return events + appliedByLedger(group, after: events, at: time ?? facts.at)
  }

  /// What is proposed, approved and made is so for all of a ring or not at all: nobody may have left it,
  /// or come to it, since they were linked.
  private func mustStillBeARing(
    _ ring: [Correction], for command: Command
  ) throws(Refusal) {
    guard [.propose, .approve, .apply].contains(command.name), possible.contains(command.name),
      !isLinkedAsRing(ring)
    else { return }
    throw .ringChanged(id, Set(linked).symmetricDifference(ring.map(\.id)).sorted())
  }

  /// Whether a member of a ring has to do with what is decided on another one: nobody agrees for who is
  /// not asked, and only what is proposed can be declined or fail.
  private func isConcerned(by command: Command, of actor: CorrectionActor) -> Bool {
    switch command {
    case .consent, .refuse: pendingConsents.contains { $0.party == actor.party }
    // Who refused is asked again for the whole ring.
    case .advise: actor.roles.contains(.dcc) && stage == .open && wasRefused
    case .decline, .fail: proposal != nil && proposal?.applier == nil
    default: true
    }
  }

  /// The changes that an authority makes by itself once everybody has agreed; none while somebody has
  /// not, or a check does not hold.
  public static func appliedByLedger(
    _ group: [Member], after events: [Event], at time: Instant
  ) -> [Event] {
    var changes: [Event] = []
    let ids = Set(group.map(\.correction.id))
    for (member, facts) in group {
      guard facts.mode == .authority, facts.policy.afterConsents == .ledger else { return [] }
      let after = member.after(events, at: time)
      guard after.isReadyForFix, after.proposal == nil,
        Set(after.linked + [after.id]) == ids, after.advice?.route == .twoSupplier,
        let expected = facts.heldValue,
        facts.device?.knownFrom(of: member.field).map({ $0 <= time }) ?? true,
        facts.heldElsewhere.isEmpty, (try? after.mustBeAgreed(given: facts)) != nil,
        let fix = try? after.changes(from: expected, to: after.requested, given: facts)
      else { return [] }
      changes += fix + [after.resolved(.agreement, evidence: nil)]
    }
    return changes
  }

  /// The correction as it will be after some events.
  public func after(_ events: [Event], at time: Instant) -> Correction {
    var correction: Correction? = self
    for event in events {
      Correction.evolve(
        &correction, id: id,
        with: Recorded(
          position: position + 1, recordedAt: time, effectiveAt: time, actor: .ledger, cause: nil,
          event: event))
    }
    return correction ?? self
  }
}

extension Correction.Command {
  /// Whether it is done for all corrections of a ring at once.
  public var isForAll: Bool {
    switch self {
    case .advise, .consent, .refuse, .propose, .approve, .decline, .apply, .fail: true
    case .assign, .verify, .resolve, .confirm, .reopen, .reject, .withdraw,
      .note, .ask, .inform, .plan, .change, .merge, .escalate, .closeIncident, .categorise,
      .reference:
      false
    }
  }
}
