public import Corrections
internal import EventLog
internal import Wire

/// What a report of a fault led to.
public struct Opened: Sendable {
  /// The correction, new or joined.
  public let correction: Correction
  /// Whether the report joined one that was open.
  public let joined: Bool
  /// Reported before in the same words; nothing was recorded now.
  public let repeated: Bool
  /// The first event of this report; nil when it was only tried.
  public let position: Int?
  /// What happened, or would happen, in order; empty when it was reported before.
  public let events: [Event]
}

/// Why a correction can't be opened from what was named; nothing was recorded.
public enum CannotOpen: Error, Sendable {
  /// No such request is recorded.
  case noSuchRequest(RequestID, position: Int)
  /// No such device is held.
  case noSuchDevice(EUI64, position: Int)
  /// Nothing is wrong with it.
  case requestAccepted(RequestID, position: Int)
  /// It is not about a meter point, and only those have corrections.
  case notAnMPxN(RequestID, branch: String)
  /// Only SR 8.4 has a field to correct.
  case notAnUpdate(RequestID, serviceReference: String)
  /// The User ID that sent it belongs to no party held.
  case senderNotKnown(RequestID)
  /// The time given lies before the request that is taken up.
  case beforeRequest(RequestID, at: Instant)
}

extension Ledger {
  /// Opens a correction from a refused request, or joins the one that is open.
  ///
  /// The same request opens once: again, the first outcome is returned. Durable on return; with
  /// `dryRun` nothing is recorded, and the outcome is what would be.
  public func openCorrection(
    from requestID: RequestID, by actor: Corrections.Actor?, at time: Instant, dryRun: Bool = false
  ) throws -> Opened {
    let position = try head()
    let events = try timeline(Tag.request(requestID), upTo: position)
    let found = events.lazy.compactMap { recorded -> (Recorded, ServiceRequestReceived)? in
      guard case .serviceRequestReceived(let received) = recorded.event else { return nil }
      return (recorded, received)
    }.first
    guard let (first, received) = found else {
      throw CannotOpen.noSuchRequest(requestID, position: position)
    }
    guard received.serviceReference == "8.4", let device = received.deviceID else {
      throw CannotOpen.notAnUpdate(requestID, serviceReference: received.serviceReference)
    }
    guard case .mpxn(let field, let wanted) = received.asks else {
      throw CannotOpen.notAnMPxN(requestID, branch: received.asks.branch?.rawValue ?? "8.4")
    }
    let validated = events.compactMap { recorded -> (Int, Judgement)? in
      guard case .serviceRequestValidated(let event) = recorded.event else { return nil }
      return (recorded.position, event.judgement)
    }.first
    if opened.mode == .authority, validated?.1.accepted == true {
      throw CannotOpen.requestAccepted(requestID, position: first.position)
    }
    guard let party = try received.party ?? user(requestID.originator.description)?.party else {
      throw CannotOpen.senderNotKnown(requestID)
    }
    guard time >= first.effectiveAt else {
      throw CannotOpen.beforeRequest(requestID, at: first.effectiveAt)
    }
    if dryRun, let first = try opened(by: events, party: party) { return first }
    let code = answered(events) ?? validated?.1.code
    return try open(
      Report(
        party: party, device: device, field: field, wanted: wanted, subject: nil,
        requestID: requestID, code: code, cause: validated?.0 ?? first.position),
      key: AppendKey(
        kind: "openCorrection", within: party, value: requestID.description), by: actor, at: time,
      dryRun: dryRun)
  }

  /// The code of the newest answer to a request, where it is the DCC that answers.
  private func answered(_ events: [Recorded]) -> String? {
    guard opened.mode == .observer else { return nil }
    return events.lazy.compactMap { recorded -> String? in
      guard case .serviceResponseRecorded(let response) = recorded.event, response.isOutcome
      else { return nil }
      return response.code
    }.last
  }

  /// What a party's report from a request led to before.
  private func opened(by events: [Recorded], party: String) throws -> Opened? {
    for recorded in events {
      let (id, joined): (CorrectionID, Bool)
      switch recorded.event {
      case .correctionRequested(let event) where event.party == party:
        (id, joined) = (event.correction, false)
      case .correctionJoined(let event) where event.party == party:
        (id, joined) = (event.correction, true)
      default: continue
      }
      guard let correction = try correction(id) else { continue }
      return Opened(
        correction: correction, joined: joined, repeated: true, position: recorded.position,
        events: [])
    }
    return nil
  }

  /// Opens a correction for a wanted value, or joins the one that is open.
  ///
  /// The same report of one party again records nothing while the correction is open. Durable on
  /// return.
  ///
  /// - Throws: ``CannotOpen``, or ``Refusal`` when the SMI holds the wanted value already; nothing
  ///   is recorded then. ``LogError`` when the log can't be read or written.
  public func openCorrection(
    device: EUI64, field: MPxNField, wanted: MPxN, by actor: Corrections.Actor, at time: Instant,
    dryRun: Bool = false
  ) throws -> Opened {
    try retrying {
      let subject = try log.makeSubject(kind: Ledger.mpxnKind, value: wanted.digits)
      guard let token = Token(subject.token) else {
        preconditionFailure("the log makes tokens of 43 characters")
      }
      return try open(
        Report(
          party: actor.party, device: device, field: field, wanted: token, subject: subject,
          requestID: nil, code: nil, cause: nil), key: nil, by: actor, at: time, dryRun: dryRun)
    }
  }

  private struct Report {
    let party: String
    let device: EUI64
    let field: MPxNField
    let wanted: Token
    let subject: Subject?
    let requestID: RequestID?
    let code: String?
    let cause: Int?
  }

  private func open(
    _ report: Report, key: AppendKey?, by actor: Corrections.Actor?, at time: Instant, dryRun: Bool
  ) throws -> Opened {
    try retrying {
      let position = try head()
      let facts = try mpxnFacts(
        originator: report.requestID?.originator, deviceID: report.device, field: report.field,
        wanted: report.wanted, at: now(), position: position)
      guard let device = facts.device else {
        throw CannotOpen.noSuchDevice(report.device, position: position)
      }
      let existing = try device.openCorrection(of: report.field).flatMap {
        try correction($0, upTo: position)
      }
      let what = Correction.Report(
        party: report.party, deviceID: report.device, deviceType: device.type,
        requestID: report.requestID, firstCode: report.code,
        isByParty: try isByParty(report, actor, upTo: position))
      let actor =
        actor
        ?? Corrections.Actor(
          user: report.requestID?.originator.description, party: report.party, role: nil,
          via: .asserted(account: Account.current))
      if dryRun {
        return try preview(
          of: what, joining: existing, given: facts, by: actor, at: time,
          cause: report.cause)
      }
      if let existing, existing.isOpen, key == nil,
        try Correction.open(what, as: existing.id, joining: existing, given: facts).isEmpty
      {
        return Opened(
          correction: existing, joined: true, repeated: true, position: existing.openedAtPosition,
          events: [])
      }
      let tags =
        [Tag.device(report.device)] + (existing.map { [Tag.correction($0.id)] } ?? [])
        + tags(of: facts)
      let appended = try append(
        AppendRequest(
          condition: AppendCondition(noEventTagged: tags, after: position), key: key,
          content: Array((key?.value ?? "").utf8), subjects: report.subject.map { [$0] } ?? [],
          numbers: existing == nil ? ["correction"] : []
        ) { context in
          let id = existing?.id ?? CorrectionID(number: context.number("correction"))
          let events = try Correction.open(what, as: id, joining: existing, given: facts)
          return Ledger.drafts(events, by: actor, at: time, cause: report.cause, in: context)
        })
      return try opened(appended)
    }
  }

  /// Whether the party itself asks: by one of its users, or by the request that one of them sent.
  private func isByParty(
    _ report: Report, _ actor: Corrections.Actor?, upTo position: Int
  ) throws -> Bool {
    if let actor { return actor.party == report.party }
    guard let originator = report.requestID?.originator else { return false }
    return try user(originator.description, upTo: position)?.status == .active
  }

  private func opened(_ appended: Appended) throws -> Opened {
    guard let first = try log.event(at: appended.positions.lowerBound)?.recorded() else {
      throw LogError.damaged(
        position: appended.positions.lowerBound, what: "an appended event can't be read")
    }
    let (id, joined): (CorrectionID, Bool)
    switch first.event {
    case .correctionRequested(let event): (id, joined) = (event.correction, false)
    case .correctionJoined(let event): (id, joined) = (event.correction, true)
    default:
      throw LogError.damaged(position: first.position, what: "expected an opened correction")
    }
    guard let correction = try correction(id) else {
      throw LogError.damaged(position: first.position, what: "expected the timeline of \(id)")
    }
    let events = try log.events(
      from: appended.positions.lowerBound, through: appended.positions.upperBound)
    return Opened(
      correction: correction, joined: joined, repeated: appended.repeated,
      position: first.position, events: try events.map { try $0.recorded().event })
  }

  /// What a report would lead to, were it recorded now.
  private func preview(
    of report: Correction.Report, joining existing: Correction?, given facts: MPxNFacts,
    by actor: Corrections.Actor, at time: Instant, cause: Int?
  ) throws -> Opened {
    let open = existing.flatMap { $0.isOpen ? $0 : nil }
    let id = try open?.id ?? CorrectionID(number: log.counter("correction") + 1)
    let events = try Correction.open(report, as: id, joining: existing, given: facts)
    let next = facts.position + 1
    let recorded = events.enumerated().map { index, event in
      Recorded(
        position: next + index, recordedAt: facts.at, effectiveAt: time, actor: actor,
        cause: cause, event: event)
    }
    let before = open == nil ? [] : try timeline(Tag.correction(id), upTo: facts.position)
    guard let correction = Correction.fold(id, before + recorded) else {
      preconditionFailure("a report opens a correction or joins one")
    }
    return Opened(
      correction: correction, joined: open != nil, repeated: events.isEmpty,
      position: nil, events: events)
  }
}
