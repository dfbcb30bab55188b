extension Correction {
  /// Folds a correction's timeline; nil when no event opens it.
  public static func fold(_ id: CorrectionID, _ events: some Sequence<Recorded>) -> Correction? {
    var correction: Correction?
    for event in events { evolve(&correction, id: id, with: event) }
    return correction
  }

  /// Applies one recorded event: total, since what happened, happened.
  ///
  /// With a moment, what an old ticket tells of a later time is left out.
  public static func evolve(
    _ correction: inout Correction?, id: CorrectionID, with recorded: Recorded,
    by moment: Instant? = nil
  ) {
    if case .correctionRequested(let opened) = recorded.event {
      if correction == nil, opened.correction == id {
        correction = Correction(opened, recorded)
      }
      return
    }
    if case .incidentTakenOver(let ticket) = recorded.event {
      // Said again it replaces what was said, until somebody has worked on it here.
      if ticket.correction == id, correction.map(\.isAsTakenOver) ?? true {
        let before = correction
        correction = Correction(ticket, recorded, by: moment)
        if let before { correction?.keep(before) }
      }
      // It joins when it is told.
      if ticket.mergedInto == id, moment.map({ recorded.recordedAt <= $0 }) ?? true {
        correction?.apply(recorded)
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
    openSince = recorded.position
    openSinceAt = recorded.effectiveAt
    isTouched = true
    batch = opened.batch
    ticket = nil
    openedBy = recorded.actor.user
    stage = .open
    heldNow = opened.current
    linked = []
    absorbed = []
    references = []
    reminders = []
    consents = []
    handovers = 0
    reporters = [opened.party]
    requests = opened.requestID.map { [$0] } ?? []
    disputes = []
    counted = []
    resolutions = []
    turns = [Turn(holder: .dcc, party: nil, from: recorded.effectiveAt, to: nil)]
    taskSince = recorded.effectiveAt
    lastStepAt = recorded.effectiveAt
    position = recorded.position
  }

  private mutating func apply(_ recorded: Recorded) {
    // Where what opened it again was in error, what followed from that is without effect, too.
    guard isOpen || recorded.event.isOfEnded else { return }
    // Time never runs backwards in a thread: a request may heal it with an earlier effective time.
    // A ticket of the same fault joins when it is told, whenever it was raised.
    let at = max(
      recorded.event.isTicket ? recorded.recordedAt : recorded.effectiveAt, lastStepAt)
    let until = waitsUntil
    let before = state
    switch recorded.event {
    case .correctionJoined(let event) where event.correction == id:
      counted.append(ReportCase.Step(.joined, at: at))
      report(by: [event.party], event.requestID.map { [$0] } ?? [])
      // A party's last word counts.
      disputes.removeAll { $0.party == event.party }
      if event.requested != requested {
        disputes.append(Dispute(party: event.party, requested: event.requested))
      }
    case .routeAdvised(let event) where event.correction == id:
      if proposal?.applier == nil { proposal = nil }
      advice = event.advice
      // Who is asked still, and was not let go just before, is asked for this route.
      stage = pendingConsents.isEmpty ? State(advised: event.advice) : .awaitingConsent
    case .ownerAssigned(let event) where event.correction == id: owner = event.owner
    case .ownershipTransferred(let event) where event.correction == id:
      owner = event.to
      handovers += 1
    case .consentRequested(let event) where event.correction == id:
      consents.append(
        ConsentState(
          consent: event.consent, asked: recorded.position, askedAt: at, answer: .asked))
      stage = .awaitingConsent
    case .consentGiven(let event) where event.correction == id:
      give(event, at, by: recorded.actor)
      answered(by: event.consent.party)
      if stage == .awaitingConsent, pendingConsents.isEmpty {
        stage = advice.map(State.init(advised:)) ?? .awaitingFix
      }
    case .consentRefused(let event) where event.correction == id:
      answer(event.consent, .refused, at, by: recorded.actor, reason: event.reason)
      answered(by: event.consent.party)
      stage = .open
    case .consentLapsed(let event) where event.correction == id:
      answer(event.consent, .lapsed, at, by: recorded.actor, reason: nil)
      if proposal?.applier == nil { proposal = nil }
    case .manualFixProposed(let event) where event.correction == id:
      proposal = Proposal(
        position: recorded.position, expected: event.expected, new: event.new,
        proposer: recorded.actor, explanation: event.explanation)
    case .manualFixApproved(let event) where event.correction == id:
      proposal?.approver = recorded.actor
    case .manualFixDeclined(let event) where event.correction == id: proposal = nil
    case .manualFixApplied(let event) where event.correction == id:
      proposal?.applier = recorded.actor
      proposal?.applied = recorded.position
      proposal?.appliedAt = recorded.effectiveAt
      stage = .awaitingVerification
    case .fixVerified(let event) where event.correction == id: break
    case .fixNotFound(let event) where event.correction == id:
      proposal = nil
      stage = .awaitingFix
    case .correctionResolved(let event) where event.correction == id:
      stage = .resolved
      resolvedAt = at
      confirmedAt = nil
      confirmationLapsedAt = nil
      how = event.how
      if event.how.isSeen, requested.isValue { heldNow = requested.laid(over: heldNow) }
      heldAtEnd = heldNow
      question = nil
      if isEscalated { incident?.closedAt = at }
      resolutions.append(
        Resolution(
          at: at, route: advice?.route, handovers: handovers, confirmedAt: nil, reopenedAt: nil))
    case .correctionConfirmed(let event) where event.correction == id && stage == .resolved:
      stage = .confirmed
      confirmedAt = at
      if let last = resolutions.indices.last { resolutions[last].confirmedAt = at }
    case .correctionReopened(let event) where event.correction == id && !isOpen:
      reopen(event, at)
      openSince = recorded.position
      openSinceAt = at
    case .correctionRejected(let event) where event.correction == id: end(.rejected, at)
    case .correctionWithdrawn(let event) where event.correction == id: end(.withdrawn, at)
    case .noteAdded(let event) where event.correction == id: break
    case .incidentTakenOver(let ticket) where ticket.mergedInto == id: absorb(ticket, at)
    case .mpxnUpdated(let event) where event.correction == id:
      heldNow = .mpxn(event.to)
      return
    case .mpxnCleared(let event) where event.correction == id:
      heldNow = .empty
      return
    case .deviceStatusChanged(let event) where event.correction == id:
      heldNow = .status(event.to)
      return
    case .deviceDetailsUpdated(let event) where event.correction == id:
      heldNow = EntryValue.details(event.details).laid(over: heldNow)
      return
    case .deviceDeleted(let event) where event.correction == id:
      heldNow = .listed(false)
      return
    case .correctionStep(let step) where step.correction == id || step.names(id):
      apply(step, recorded, at)
    case .correctionJoined, .routeAdvised, .ownerAssigned, .ownershipTransferred,
      .consentRequested, .consentGiven, .consentRefused, .consentLapsed, .manualFixProposed,
      .manualFixApproved, .manualFixDeclined, .manualFixApplied, .fixVerified, .fixNotFound,
      .correctionResolved, .correctionConfirmed, .correctionReopened, .correctionRejected,
      .correctionWithdrawn, .noteAdded, .correctionStep, .eventAnnulled, .incidentTakenOver,
      .incidentsImported, .reportPublished, .upkeep, .technicalDetailsObserved,
      .technicalDetailsImported, .discovery, .ledgerOpened, .calendarSet, .policySet,
      .serviceTargetsSet, .userRegistered, .userStatusChanged, .productListed,
      .registrationsImported, .inventoryImported, .serviceRequestReceived,
      .serviceRequestValidated, .serviceResponseIssued, .inventoryObserved, .mpxnUpdated,
      .mpxnCleared, .correctionRequested, .productsImported, .serviceResponseRecorded,
      .alertRecorded, .responseDiverged, .devicePrenotified, .deviceStatusChanged,
      .deviceDetailsUpdated, .deviceDeleted, .deviceAssociated, .deviceDissociated,
      .deviceSupplierChanged, .deviceValueObserved:
      return
    }
    position = recorded.position
    if recorded.actor != .ledger, !recorded.event.isTicket { isTouched = true }
    if !recorded.event.isReminder { lastStepAt = at }
    if state != before {
      taskSince = at
      reminders = []
    }
    pass(at, waitedUntil: until)
  }

  /// Takes in further reporters and their requests, each once.
  mutating func report(by parties: [String], _ requests: [RequestID]) {
    for party in parties where !reporters.contains(party) { reporters.append(party) }
    for request in requests where !self.requests.contains(request) {
      self.requests.append(request)
    }
  }

  mutating func end(_ ended: State, _ at: Instant) {
    stage = ended
    closedAt = at
    question = nil
    if isEscalated { incident?.closedAt = at }
  }

  /// Whoever says yes or no to the change has said what was asked, too.
  private mutating func answered(by party: String) {
    if question?.of == party, !pendingConsents.contains(where: { $0.party == party }) {
      question = nil
    }
  }

  private mutating func reopen(_ event: CorrectionReopened, _ at: Instant) {
    stage = .open
    counted.append(ReportCase.Step(.reopened, at: at))
    if let last = resolutions.indices.last { resolutions[last].reopenedAt = at }
    proposal = nil
    resolvedAt = nil
    confirmedAt = nil
    confirmationLapsedAt = nil
    how = nil
    if event.because == .reportedAgain {
      report(by: [event.party], event.requestID.map { [$0] } ?? [])
    }
  }

  /// Ends the turn that lasts when another holder's begins.
  ///
  /// What nobody had because a registration was to change is the requester's from that day on.
  private mutating func pass(_ at: Instant, waitedUntil until: Instant?) {
    let now = holder(at: at)
    if let until, until < at, turns.last?.holder == .nobody {
      turns = Correction.split(turns, at: until, to: requester)
      reminders = []
      taskSince = until
    }
    guard turns.last.map({ $0.isHeld(by: now) }) == false else { return }
    reminders = []
    taskSince = at
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

  private mutating func give(_ event: ConsentGiven, _ at: Instant, by actor: Actor) {
    if event.asked == nil {
      consents.append(
        ConsentState(
          consent: event.consent, asked: nil, askedAt: at, answer: .byAsking, answeredAt: at,
          answeredBy: actor))
    } else {
      answer(event.consent, event.byAsking ? .byAsking : .given, at, by: actor, reason: nil)
    }
  }

  private mutating func answer(
    _ consent: RouteAdvice.Consent, _ answer: ConsentState.Answer, _ at: Instant,
    by actor: Actor, reason: String?
  ) {
    for index in consents.indices
    where consents[index].party == consent.party && consents[index].side == consent.side
      && consents[index].answer != .refused && consents[index].answer != .lapsed
    {
      consents[index].answer = answer
      consents[index].answeredAt = at
      consents[index].reason = reason
      consents[index].answeredBy = actor
    }
  }
}

extension CorrectionResolved.How {
  /// Whether the entry holds the wanted value then, whatever the details that were given with it.
  fileprivate var isSeen: Bool {
    switch self {
    case .manualFix, .serviceRequest, .agreement, .observed: true
    case .registration, .noFault, .incident: false
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

extension Turn {
  fileprivate func isHeld(by other: (holder: Holder, party: String?)) -> Bool {
    holder == other.holder && party == other.party
  }
}

extension Event {
  /// Whether it can be a step of a thread that is over.
  public var isOfEnded: Bool {
    switch self {
    case .correctionReopened, .correctionConfirmed, .noteAdded, .ownerAssigned,
      .ownershipTransferred, .mpxnUpdated, .mpxnCleared, .deviceStatusChanged,
      .deviceDetailsUpdated, .deviceDeleted:
      true
    case .correctionStep(let step):
      switch step.what {
      case .heldValueChanged, .confirmationLapsed, .referenceAdded, .categorySet, .planGiven,
        .linked, .unlinked:
        true
      default: false
      }
    default: false
    }
  }

  /// Whether it is what an old ticket says.
  fileprivate var isTicket: Bool {
    if case .incidentTakenOver = self { true } else { false }
  }

  /// Whether it only reminds of what was there to do already.
  fileprivate var isReminder: Bool {
    if case .correctionStep(let step) = self, case .reminderSent = step.what { true } else { false }
  }
}
