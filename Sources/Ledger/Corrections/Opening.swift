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
  /// Only SR 8.4 has a field to correct.
  case notAnUpdate(RequestID, serviceReference: String)
  /// The User ID that sent it belongs to no party held.
  case senderNotKnown(RequestID)
  /// The time given lies before the request that is taken up.
  case beforeRequest(RequestID, at: Instant)
  /// The time given lies before the device was added to the SMI.
  case beforeDevice(EUI64, at: Instant)
  /// A text among the details may be a meter point, so no record may hold them.
  case detailsWithheld
  /// The device itself has not been heard of that field.
  case deviceNotHeard(EUI64, CorrectionField)
  /// The time given lies before the device said what is to be taken over.
  case beforeHeard(EUI64, at: Instant)
  /// The batch asked for another value of the same device and field before.
  case askedOtherwise(CorrectionID, position: Int)
}

extension Ledger {
  /// Opens a correction from a refused request, or joins the one that is open.
  ///
  /// The same request opens once: again, the first outcome is returned. Without a time it is true when
  /// it is recorded. Durable on return; with `dryRun` nothing is recorded, and the outcome is what
  /// would be.
  public func openCorrection(
    from requestID: RequestID, by actor: Corrections.Actor?, at time: Instant? = nil,
    dryRun: Bool = false
  ) throws -> Opened {
    let position = try head()
    let events = try standing(Tag.request(requestID), upTo: position)
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
    guard let (field, wanted) = received.asks.wantedValue else { throw CannotOpen.detailsWithheld }
    if case .details(let details) = wanted, details.isEmpty {
      throw Refusal.alreadyHeld(deviceID: device, field: field)
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
    guard time ?? now() >= first.effectiveAt else {
      throw CannotOpen.beforeRequest(requestID, at: first.effectiveAt)
    }
    let code = answered(events) ?? validated?.1.code
    return try open(
      Report(
        party: party, device: device, wanted: StoredValue(field: field, value: wanted),
        requestID: requestID, code: code, cause: validated?.0 ?? first.position,
        senders: [requestID.originator.description]),
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

  /// Opens a correction for a wanted value, or joins the one that is open.
  ///
  /// The same report of one party again records nothing while the correction is open; with a `batch`
  /// label, or a `key` of the party's own, the same report records nothing for ever. Durable on return.
  ///
  /// - Throws: ``CannotOpen``, or ``Refusal`` when the SMI holds the wanted value already; nothing
  ///   is recorded then. ``LogError`` when the log can't be read or written.
  public func openCorrection(
    device: EUI64, _ wanted: WantedValue, by actor: Corrections.Actor, at time: Instant? = nil,
    batch: String? = nil, key: String? = nil, dryRun: Bool = false
  ) throws -> Opened {
    let opened = try retrying {
      var value = try stored(wanted)
      if case .other(let text) = wanted,
        let known = try openCorrection(of: device, saying: text)
      {
        value = StoredValue(field: .other, value: known.requested)
      }
      return try open(
        Report(
          party: actor.party, device: device, wanted: value, batch: batch,
          senders: actor.user.map { [$0] } ?? []),
        key: batch.map {
          AppendKey(
            kind: Ledger.batchKind, within: actor.party,
            value: "\($0) \(device) \(wanted.field.rawValue)")
        } ?? onceKey(key, of: actor.party), by: actor, at: time, dryRun: dryRun)
    }
    if key != nil { try mustBeOf(device, wanted.field, opened) }
    return opened
  }

  /// Opens a correction from the discrepancy between the SMI and the device: what the device itself
  /// said last is wanted, and that event is the cause.
  ///
  /// - Throws: ``CannotOpen``, or ``Refusal`` when the SMI holds that already; nothing is recorded
  ///   then. ``LogError`` when the log can't be read or written.
  public func openCorrection(
    asSaidBy id: EUI64, of field: CorrectionField, by actor: Corrections.Actor,
    at time: Instant? = nil, key: String? = nil, dryRun: Bool = false
  ) throws -> Opened {
    let once = try onceKey(key, of: actor.party).map { try standing($0) }
    if let first = try outcome(of: once) {
      // The device may have said something else since.
      try mustBeOf(id, field, first)
      return first
    }
    guard let device = try device(id) else {
      throw CannotOpen.noSuchDevice(id, position: try head())
    }
    guard let heard = device.heardOnDevice(field) else {
      throw CannotOpen.deviceNotHeard(id, field)
    }
    guard heard.from <= time ?? now() else { throw CannotOpen.beforeHeard(id, at: heard.from) }
    let opened = try open(
      Report(
        party: actor.party, device: id, wanted: StoredValue(field: field, value: heard.value),
        cause: heard.position, senders: actor.user.map { [$0] } ?? []),
      key: onceKey(key, of: actor.party), by: actor, at: time, dryRun: dryRun)
    if key != nil { try mustBeOf(id, field, opened) }
    return opened
  }

  /// Opens a correction of one device from a discrepancy, which is its cause; the same discrepancy, found
  /// once, opens it once.
  func openCorrection(
    of device: EUI64, _ wanted: StoredValue, from found: Discrepancy, batch: String,
    by actor: Corrections.Actor, at time: Instant?, dryRun: Bool
  ) throws -> Opened {
    try open(
      Report(
        party: actor.party, device: device, wanted: wanted, cause: found.foundAt, batch: batch,
        senders: actor.user.map { [$0] } ?? []),
      key: AppendKey(
        kind: Ledger.batchKind, within: actor.party,
        value: "\(found.id) \(found.foundAt) \(device) \(wanted.field.rawValue)"),
      by: actor, at: time, dryRun: dryRun)
  }

  /// The open correction of a device that says the same in words; what 8.4 can't express is no one
  /// field, so other words are another fault.
  private func openCorrection(of device: EUI64, saying text: String) throws -> Correction? {
    for id in try self.device(device)?.openCorrections ?? [] {
      guard let correction = try correction(id), case .text(let document) = correction.requested
      else { continue }
      if try self.text(of: document) == text { return correction }
    }
    return nil
  }

  private struct Report {
    let party: String
    let device: EUI64
    let wanted: StoredValue
    var requestID: RequestID?
    var code: String?
    var cause: Int?
    var batch: String?
    var senders: [String] = []
  }

  private func open(
    _ report: Report, key: AppendKey?, by actor: Corrections.Actor?, at given: Instant?,
    dryRun: Bool
  ) throws -> Opened {
    try retrying {
      let key = try key.map { try standing($0, wanting: report.wanted) }
      if let first = try outcome(of: key, wanting: report.wanted) { return first }
      let position = try head()
      let terms = try terms(upTo: position)
      let now = now()
      try mustBeAllowed(actor, upTo: position)
      guard let device = try entry(report.device, at: now, upTo: position) else {
        throw CannotOpen.noSuchDevice(report.device, position: position)
      }
      let existing = try existing(for: report, device, upTo: position)
      let time = given ?? max(now, existing?.lastStepAt ?? now)
      if let added = device.knownToBeAddedAt, time < added {
        throw CannotOpen.beforeDevice(report.device, at: added)
      }
      let facts = try correctionFacts(
        report.device, report.wanted, of: existing, senders: report.senders, under: terms,
        at: now, upTo: position)
      let what = Correction.Report(
        party: report.party, deviceID: report.device, deviceType: device.type,
        requestID: report.requestID, firstCode: report.code,
        isByParty: try isByParty(report, actor, upTo: position), batch: report.batch, at: time)
      let actor =
        actor
        ?? Corrections.Actor(
          user: report.requestID?.originator.description, party: report.party, role: nil,
          via: .asserted(account: Account.current))
      let ring = try ring(given: facts, under: terms, upTo: position)
      if dryRun {
        return try preview(
          of: what, joining: existing, given: facts, ring, by: actor, at: time,
          cause: report.cause)
      }
      let tags =
        [Tag.device(report.device)] + (existing.map { [Tag.correction($0.id)] } ?? [])
        + (facts.past.map { [Tag.correction($0.id)] } ?? []) + self.tags(of: facts)
        + ring.flatMap { self.tags(of: $0.facts) }
      // Whether a number is needed is decided before: a correction that comes back keeps its own.
      let placeholder = existing?.id ?? CorrectionID(number: 1)
      let tried = try Correction.open(what, as: placeholder, joining: existing, given: facts)
      if let existing, tried.isEmpty {
        return Opened(
          correction: existing, joined: true, repeated: true, position: existing.openedAtPosition,
          events: [])
      }
      let isNew = tried.opensAnew
      let content: [UInt8] = Array((report.requestID?.description ?? report.batch ?? "").utf8)
      let appended = try append(
        AppendRequest(
          condition: AppendCondition(noEventTagged: Set(tags).sorted(), after: position),
          key: key, content: content, subjects: report.wanted.subjects,
          documents: report.wanted.documents, numbers: isNew ? ["correction"] : []
        ) { context in
          let id =
            isNew ? CorrectionID(number: context.number("correction")) : placeholder
          let events = try Ledger.opening(what, as: id, joining: existing, given: facts, ring, time)
          return Ledger.drafts(events, by: actor, at: time, cause: report.cause, in: context)
        })
      return try opened(appended)
    }
  }

  /// The others of the ring that a report closes, where the ledger may make their changes itself.
  private func ring(
    given facts: CorrectionFacts, under terms: Terms, upTo position: Int
  ) throws -> [Correction.Member] {
    guard facts.policy.afterConsents == .ledger, opened.mode == .authority else { return [] }
    return try facts.ring.map {
      ($0, try self.facts(of: $0, under: terms, at: facts.at, upTo: position))
    }
  }

  /// What a report causes, with the changes that the ledger makes itself when the report brings the
  /// last agreement.
  private static func opening(
    _ report: Correction.Report, as id: CorrectionID, joining existing: Correction?,
    given facts: CorrectionFacts, _ ring: [Correction.Member], _ time: Instant
  ) throws -> [Event] {
    let events = try Correction.open(report, as: id, joining: existing, given: facts)
    guard facts.policy.afterConsents == .ledger, let first = events.first else { return events }
    let before =
      events.opensAnew
      ? Correction.fold(
        id,
        [
          Recorded(
            position: facts.position + 1, recordedAt: time, effectiveAt: time, actor: .ledger,
            cause: nil, event: first)
        ]) : existing ?? facts.past
    guard let before else { return events }
    // To the others the ring is closed only by this one.
    let all = [(correction: before, facts: facts)] + ring
    let group = all.map { member, facts in
      var facts = facts
      facts.ring = all.map(\.correction).filter { $0.id != member.id }
      return (member, facts)
    }
    return events + Correction.appliedByLedger(group, after: events, at: time)
  }

  /// A fault is reported by a DUIS user, or by the DCC.
  private func mustBeAllowed(_ actor: Corrections.Actor?, upTo position: Int) throws {
    guard let id = actor?.user, let user = try user(id, upTo: position) else { return }
    guard user.roles.contains(where: { $0.isOfDUIS || $0 == .dcc }) else {
      throw Refusal.roleNeeded(.open, .dcc, of: user.id)
    }
  }

  /// The correction that a report would join.
  private func existing(
    for report: Report, _ device: Device, upTo position: Int
  ) throws -> Correction? {
    guard report.wanted.field == .other else {
      return try device.openCorrection(of: report.wanted.field).flatMap {
        try correction($0, upTo: position)
      }
    }
    for id in device.openCorrections {
      let open = try correction(id, upTo: position)
      if let open, open.requested == report.wanted.value { return open }
    }
    return nil
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
    let (id, joined) = try subject(of: first)
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
    of report: Correction.Report, joining existing: Correction?, given facts: CorrectionFacts,
    _ ring: [Correction.Member], by actor: Corrections.Actor, at time: Instant, cause: Int?
  ) throws -> Opened {
    let open = existing.flatMap { $0.isOpen ? $0 : nil }
    let new = try CorrectionID(number: log.counter("correction") + 1)
    let events = try Ledger.opening(
      report, as: open?.id ?? new, joining: existing, given: facts, ring, time)
    let id = events.opensAnew ? new : open?.id ?? facts.past?.id ?? new
    let next = facts.position + 1
    let recorded = events.enumerated().map { index, event in
      Recorded(
        position: next + index, recordedAt: facts.at, effectiveAt: time, actor: actor,
        cause: cause, event: event)
    }
    let before = events.opensAnew ? [] : try standing(Tag.correction(id), upTo: facts.position)
    guard let correction = Correction.fold(id, before + recorded) else {
      preconditionFailure("a report opens a correction or joins one")
    }
    return Opened(
      correction: correction, joined: open != nil, repeated: events.isEmpty,
      position: nil, events: events)
  }
}

extension [Event] {
  /// Whether a correction is opened that was not there before.
  fileprivate var opensAnew: Bool {
    if case .correctionRequested? = first { true } else { false }
  }
}
