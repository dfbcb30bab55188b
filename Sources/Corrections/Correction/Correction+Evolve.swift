extension Correction {
  /// Folds a correction's timeline; nil when no event opens it.
  public static func fold(_ id: CorrectionID, _ events: some Sequence<Recorded>) -> Correction? {
    var correction: Correction?
    for event in events { evolve(&correction, id: id, with: event) }
    return correction
  }

  /// Applies one recorded event: total, since what happened, happened.
  public static func evolve(
    _ correction: inout Correction?, id: CorrectionID, with recorded: Recorded
  ) {
    if case .correctionRequested(let opened) = recorded.event {
      if correction == nil, opened.correction == id {
        correction = Correction(opened, recorded)
      }
      return
    }
    correction?.apply(recorded)
  }

  private init(_ opened: CorrectionRequested, _ recorded: Recorded) {
    id = opened.correction
    deviceID = opened.deviceID
    deviceType = opened.deviceType
    field = opened.field
    current = opened.current
    requested = opened.requested
    requester = opened.party
    firstCode = opened.firstCode
    openedAt = recorded.effectiveAt
    openedAtPosition = recorded.position
    state = .open
    consents = []
    handovers = 0
    reporters = [opened.party]
    requests = opened.requestID.map { [$0] } ?? []
    disputes = []
    joined = 0
    reopened = 0
    resolutions = []
    turns = [Turn(holder: .dcc, party: nil, from: recorded.effectiveAt, to: nil)]
    lastStepAt = recorded.effectiveAt
    position = recorded.position
  }

  private mutating func apply(_ recorded: Recorded) {
    // Time never runs backwards in a thread: a request may heal it with an earlier effective time.
    let at = max(recorded.effectiveAt, lastStepAt)
    let until = state == .awaitingRegistration ? advice?.until : nil
    switch recorded.event {
    case .correctionJoined(let event) where event.correction == id:
      joined += 1
      if !reporters.contains(event.party) { reporters.append(event.party) }
      if let request = event.requestID, !requests.contains(request) { requests.append(request) }
      if event.requested != requested {
        disputes.append(Dispute(party: event.party, requested: event.requested))
      }
    case .routeAdvised(let event) where event.correction == id:
      proposal = nil
      advice = event.advice
      // Who is asked still, and was not let go just before, is asked for this route.
      state = pendingConsents.isEmpty ? State(advised: event.advice) : .awaitingConsent
    case .ownerAssigned(let event) where event.correction == id: owner = event.owner
    case .ownershipTransferred(let event) where event.correction == id:
      owner = event.to
      handovers += 1
    case .consentRequested(let event) where event.correction == id:
      consents.append(
        ConsentState(
          consent: event.consent, asked: recorded.position, askedAt: at, answer: .asked))
      state = .awaitingConsent
    case .consentGiven(let event) where event.correction == id:
      give(event, at)
      if state == .awaitingConsent, pendingConsents.isEmpty { state = .awaitingFix }
    case .consentRefused(let event) where event.correction == id:
      answer(event.consent, .refused, at, reason: event.reason)
      state = .open
    case .consentLapsed(let event) where event.correction == id:
      answer(event.consent, .lapsed, at, reason: nil)
      if proposal?.appliedBy == nil { proposal = nil }
    case .manualFixProposed(let event) where event.correction == id:
      proposal = Proposal(
        position: recorded.position, expected: event.expected, new: event.new,
        proposedBy: recorded.actor.user)
    case .manualFixApproved(let event) where event.correction == id:
      proposal?.approvedBy = recorded.actor.user ?? recorded.actor.party
    case .manualFixDeclined(let event) where event.correction == id: proposal = nil
    case .manualFixApplied(let event) where event.correction == id:
      proposal?.appliedBy = recorded.actor.user ?? recorded.actor.party
      proposal?.applied = recorded.position
      proposal?.appliedAt = recorded.effectiveAt
      state = .awaitingVerification
    case .fixVerified(let event) where event.correction == id: break
    case .fixNotFound(let event) where event.correction == id:
      proposal = nil
      state = .awaitingFix
    case .correctionResolved(let event) where event.correction == id:
      state = .resolved
      resolvedAt = at
      how = event.how
      resolutions.append(
        Resolution(
          at: at, route: advice?.route, handovers: handovers, confirmedAt: nil, reopenedAt: nil))
    case .correctionConfirmed(let event) where event.correction == id:
      state = .confirmed
      confirmedAt = at
      if let last = resolutions.indices.last { resolutions[last].confirmedAt = at }
    case .correctionReopened(let event) where event.correction == id:
      state = .open
      reopened += 1
      if let last = resolutions.indices.last { resolutions[last].reopenedAt = at }
      proposal = nil
      resolvedAt = nil
      confirmedAt = nil
      how = nil
    case .correctionRejected(let event) where event.correction == id:
      state = .rejected
      closedAt = at
    case .correctionWithdrawn(let event) where event.correction == id:
      state = .withdrawn
      closedAt = at
    case .noteAdded(let event) where event.correction == id: break
    case .correctionJoined, .routeAdvised, .ownerAssigned, .ownershipTransferred,
      .consentRequested, .consentGiven, .consentRefused, .consentLapsed, .manualFixProposed,
      .manualFixApproved, .manualFixDeclined, .manualFixApplied, .fixVerified, .fixNotFound,
      .correctionResolved, .correctionConfirmed, .correctionReopened, .correctionRejected,
      .correctionWithdrawn, .noteAdded, .ledgerOpened, .calendarSet, .policySet, .userRegistered,
      .userStatusChanged, .productListed, .registrationsImported, .inventoryImported,
      .serviceRequestReceived, .serviceRequestValidated, .serviceResponseIssued,
      .inventoryObserved, .mpxnUpdated, .correctionRequested, .productsImported,
      .serviceResponseRecorded, .alertRecorded, .responseDiverged, .devicePrenotified,
      .deviceStatusChanged, .deviceDetailsUpdated, .deviceDeleted, .deviceAssociated,
      .deviceDissociated, .deviceSupplierChanged, .deviceValueObserved:
      return
    }
    position = recorded.position
    lastStepAt = at
    pass(at, waitedUntil: until)
  }

  /// Ends the turn that lasts when another holder's begins.
  ///
  /// What nobody had because a registration was to change is the requester's from that day on.
  private mutating func pass(_ at: Instant, waitedUntil until: Instant?) {
    guard let last = turns.indices.last else { return }
    let now = holder
    guard turns[last].holder != now.holder || turns[last].party != now.party else { return }
    if let until, turns[last].holder == .nobody, until < at {
      turns = Correction.split(turns, at: until, to: requester)
    }
    turns[turns.count - 1].to = at
    turns.append(Turn(holder: now.holder, party: now.party, from: at, to: nil))
  }

  /// The turns with the last one handed to the requester at a moment.
  static func split(_ turns: [Turn], at moment: Instant, to requester: String) -> [Turn] {
    guard var last = turns.last, last.to == nil, last.from < moment else { return turns }
    last.to = moment
    return turns.dropLast() + [
      last, Turn(holder: .requester, party: requester, from: moment, to: nil),
    ]
  }

  private mutating func give(_ event: ConsentGiven, _ at: Instant) {
    if event.asked == nil {
      consents.append(
        ConsentState(
          consent: event.consent, asked: nil, askedAt: at, answer: .byAsking, answeredAt: at))
    } else {
      answer(event.consent, event.byAsking ? .byAsking : .given, at, reason: nil)
    }
  }

  private mutating func answer(
    _ consent: RouteAdvice.Consent, _ answer: ConsentState.Answer, _ at: Instant,
    reason: String?
  ) {
    for index in consents.indices
    where consents[index].party == consent.party && consents[index].side == consent.side
      && consents[index].answer != .refused && consents[index].answer != .lapsed
    {
      consents[index].answer = answer
      consents[index].answeredAt = at
      consents[index].reason = reason
    }
  }
}

extension Correction.State {
  /// Where an advised route leads, before anybody is asked to agree.
  init(advised advice: RouteAdvice) {
    // Where a party isn't known nobody can be asked to act: the DCC has to find out.
    guard advice.because != .supplierPartyNotKnown else {
      self = .open
      return
    }
    switch advice.route {
    case .selfServe, .installingSupplier, .preNotifier: self = .awaitingRequest
    case .registration: self = .awaitingRegistration
    case .twoSupplier, .manual: self = .awaitingFix
    case .incident: self = .open
    }
  }
}
