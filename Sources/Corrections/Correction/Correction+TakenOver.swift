extension Correction {
  /// A correction as an old ticket tells it.
  ///
  /// Who had it before it came here is not known, so that time is nobody's that is known. With a moment,
  /// what is told of a later time is left out.
  init(_ ticket: IncidentTakenOver, _ recorded: Recorded, by moment: Instant? = nil) {
    id = ticket.correction
    deviceID = ticket.deviceID ?? EUI64(bits: 0)
    deviceType = ticket.deviceType
    field = ticket.field ?? .other
    current = nil
    requested = ticket.requested ?? .text(ticket.reference.text)
    requester = ticket.party
    firstCode = ticket.firstCode
    openedAt = recorded.effectiveAt
    openedAtPosition = recorded.position
    openSince = recorded.position
    openSinceAt = recorded.effectiveAt
    isTouched = false
    batch = nil
    openedBy = nil
    self.ticket = Ticket(
      reference: ticket.reference, isBundled: ticket.isBundled,
      hasDevice: ticket.deviceID != nil, hasField: ticket.field != nil,
      hasRequested: ticket.requested != nil, mpxn: ticket.mpxn)
    stage = .open
    heldNow = nil
    linked = []
    absorbed = []
    references = []
    reminders = []
    consents = []
    handovers = ticket.handovers
    reporters = [ticket.party]
    requests = []
    disputes = []
    counted = []
    resolutions = []
    category = ticket.category
    turns = [Turn(holder: .notKnown, party: nil, from: recorded.effectiveAt, to: nil)]
    taskSince = recorded.effectiveAt
    lastStepAt = recorded.effectiveAt
    position = recorded.position
    let toldAt = max(recorded.recordedAt, openedAt)
    func has(_ come: Instant) -> Bool { moment.map { come <= $0 } ?? true }
    if let other = ticket.mergedInto {
      guard has(toldAt) else { return }
      mergedInto = other
      counted.append(ReportCase.Step(.merged, at: toldAt))
      end(.merged, toldAt)
      pass(to: .nobody, at: toldAt)
    } else if ticket.isOpen {
      if has(toldAt) { pass(to: .dcc, at: toldAt) }
    } else if has(ticket.endedAt ?? openedAt) {
      end(as: ticket, by: moment)
    }
  }

  /// It ended before it came here: nobody is asked to confirm it.
  ///
  /// Rejected or withdrawn it is from its closing on; before that it is as it was.
  private mutating func end(as ticket: IncidentTakenOver, by moment: Instant?) {
    let endedAt = ticket.endedAt ?? openedAt
    let closed = ticket.closedAt.map { min($0, moment ?? $0) }
    let isClosed = ticket.closedAt.map { at in moment.map { at <= $0 } ?? true } ?? true
    switch ticket.outcome ?? .resolved {
    case .resolved:
      stage = .resolved
      resolvedAt = endedAt
      confirmationLapsedAt = max(endedAt, closed ?? endedAt)
      resolutions = [
        Resolution(
          at: endedAt, route: ticket.route, handovers: ticket.handovers, confirmedAt: nil,
          reopenedAt: nil)
      ]
    case .rejected:
      guard isClosed else { return }
      end(.rejected, closed ?? endedAt)
    case .withdrawn:
      guard isClosed else { return }
      end(.withdrawn, closed ?? endedAt)
    }
    pass(to: .nobody, at: endedAt)
    lastStepAt = max(endedAt, closed ?? endedAt)
  }

  private mutating func pass(to holder: Holder, at moment: Instant) {
    turns[turns.count - 1].to = moment
    turns.append(Turn(holder: holder, party: nil, from: moment, to: nil))
    taskSince = moment
    lastStepAt = moment
  }

  /// A ticket elsewhere turned out to be about this fault, too.
  mutating func absorb(_ ticket: IncidentTakenOver, _ at: Instant) {
    if !absorbed.contains(ticket.correction) {
      absorbed.append(ticket.correction)
      counted.append(ReportCase.Step(.joined, at: at))
    }
    report(by: [ticket.party], [])
    guard let wanted = ticket.requested, ticket.party != requester else { return }
    disputes.removeAll { $0.party == ticket.party }
    if wanted != requested { disputes.append(Dispute(party: ticket.party, requested: wanted)) }
  }

  /// Keeps what came to it here from elsewhere, such as other reports of the fault, when what the old
  /// ticket says is replaced.
  mutating func keep(_ before: Correction) {
    absorbed = before.absorbed
    counted = before.counted.filter { $0.what == .joined } + counted
    disputes = before.disputes
    report(by: before.reporters, before.requests)
    if heldNow == nil { (heldNow, heldChanged) = (before.heldNow, before.heldChanged) }
  }

  /// Whether nobody has worked on it here since it was taken over; what the ledger marks by itself is
  /// no work.
  public var isAsTakenOver: Bool { ticket != nil && !isTouched }
}
