public import Corrections
internal import EventLog
internal import Wire

/// What became of a submitted request.
public struct Submitted: Sendable {
  /// The request that was submitted.
  public let requestID: RequestID
  /// The first event of the request.
  public let position: Int
  /// What the rulebook said when it was recorded; nil for a request that no rulebook covers.
  public let judgement: Judgement?
  /// The answer, where this ledger gives one.
  public let response: ServiceResponse?
  /// Recorded before: this is the outcome of then, and nothing was recorded now.
  public let repeated: Bool
  /// False when a repeat could not be compared, its content having been erased.
  public let contentCompared: Bool
  /// The open correction of the same device and field.
  public let correction: CorrectionID?
  /// The value that the request found in the field when it was judged.
  public let held: Token?
}

/// A RequestID came again with another meaning; nothing was recorded.
public struct RequestIDReused: Error, Sendable {
  /// The RequestID that came twice.
  public let requestID: RequestID
  /// Where the first request with it is recorded.
  public let position: Int
}

/// An accepted request was said to be of a time before the newest that is known of its field;
/// nothing was recorded.
public struct RequestBackdated: Error, Sendable {
  /// The request that was refused.
  public let requestID: RequestID
  /// From when the newest value of the field is known.
  public let newest: Instant
}

extension Ledger {
  /// Records a request and its judgement, and as an authority answers it and makes the change.
  ///
  /// An authority judges on what is held now, an observer on what was true at the time given; without
  /// one it is now. Durable on return, all of it or none. The same request again changes nothing and returns the
  /// first outcome.
  ///
  /// - Throws: ``RequestIDReused`` when another request had this RequestID; nothing is recorded
  ///   then. ``LogError`` when the log can't be read or written.
  public func submit(
    _ request: ServiceRequest, raw: [UInt8], by actor: Corrections.Actor?, at given: Instant?
  ) throws -> Submitted {
    try retrying {
      let time = given ?? now()
      let judged = try judge(request, at: opened.mode == .authority ? now() : time)
      try refuseBackdating(judged, to: time)
      let actor =
        actor
        ?? Corrections.Actor(
          user: request.id.originator.description,
          party: judged.party ?? Corrections.Actor.unknownParty, role: nil,
          via: .asserted(account: Account.current))
      let document = log.makeDocument(raw)
      var batch = AppendRequest(
        condition: AppendCondition(
          noEventTagged: tags(of: judged), after: judged.position),
        key: AppendKey(
          kind: "serviceRequest", within: request.id.originator.description,
          value: request.id.description),
        content: DUIS.canonicalContent(of: request),
        subjects: judged.subjects, documents: [document]
      ) { [mode = opened.mode] context in
        Ledger.drafts(
          of: judged, document: document.name, mode: mode, by: actor, at: time, in: context)
      }
      if let (correction, update) = try healedCorrection(by: judged) {
        let drafts = batch.drafts
        batch.drafts = { context in
          let first = try drafts(context)
          let position = context.firstPosition + first.count - 1
          return first
            + correction.healed(by: update, at: position).map {
              Ledger.draft($0, by: .ledger, at: time, cause: position)
            }
        }
      }
      do {
        let appended = try append(batch)
        return try outcome(of: request, appended)
      } catch LogError.keyReusedWithOtherContent(let position) {
        throw RequestIDReused(requestID: request.id, position: position)
      }
    }
  }

  /// An authority decides on what is held now: an answer of an earlier day could change nothing.
  private func refuseBackdating(_ judged: Judged, to time: Instant) throws {
    guard Ledger.applies(judged, opened.mode), let facts = judged.facts,
      let newest = facts.device?.history(facts.field).current?.from, newest > time
    else { return }
    throw RequestBackdated(requestID: judged.request.id, newest: newest)
  }

  private func tags(of judged: Judged) -> [String] {
    [Tag.request(judged.request.id), Tag.user(judged.request.id.originator.description)]
      + (judged.request.deviceID.map { [Tag.device($0)] } ?? [])
      + (judged.facts.map(tags(of:)) ?? [])
  }

  /// Whether the ledger makes the change that a judged request asks for.
  private static func applies(_ judged: Judged, _ mode: LedgerMode) -> Bool {
    mode == .authority && judged.judgement?.accepted == true
  }

  private func healedCorrection(by judged: Judged) throws -> (Correction, MPxNUpdated)? {
    guard Ledger.applies(judged, opened.mode), let id = judged.openCorrection,
      let correction = try correction(id, upTo: judged.position), let facts = judged.facts,
      let device = judged.request.deviceID, facts.held?.value != facts.wanted
    else { return nil }
    return (
      correction,
      MPxNUpdated(
        deviceID: device, field: facts.field, from: facts.heldValue, to: facts.wanted,
        basis: .decided, requestID: judged.request.id, correction: nil)
    )
  }

  private static func drafts(
    of judged: Judged, document: String, mode: LedgerMode, by actor: Corrections.Actor,
    at time: Instant, in context: AppendContext
  ) -> [Draft] {
    let request = judged.request
    var drafts = [
      draft(
        .serviceRequestReceived(
          ServiceRequestReceived(
            requestID: request.id, party: judged.party, schemaVersion: request.schemaVersion,
            commandVariant: request.commandVariant, serviceReference: request.serviceReference,
            serviceReferenceVariant: request.serviceReferenceVariant,
            deviceID: request.deviceID, asks: judged.asks,
            firstInSequence: request.firstInSequence, preceding: request.precedingRequestID,
            document: document)),
        by: actor, at: time, cause: nil)
    ]
    guard let judgement = judged.judgement else { return drafts }
    func then(_ event: Event) {
      drafts.append(
        draft(event, by: .ledger, at: time, cause: context.firstPosition + drafts.count - 1))
    }
    then(
      .serviceRequestValidated(
        ServiceRequestValidated(
          requestID: request.id, party: judged.party, serviceReference: request.serviceReference,
          deviceID: request.deviceID, held: judged.facts?.held?.value,
          wanted: judged.facts?.wanted, judgement: judgement, factsUpTo: judged.position,
          registrations: judged.facts?.registrations)))
    guard mode == .authority, let code = judgement.code else { return drafts }
    then(
      .serviceResponseIssued(
        ServiceResponseIssued(
          requestID: request.id, party: judged.party, serviceReference: request.serviceReference,
          deviceID: request.deviceID, code: code)))
    if applies(judged, mode), let facts = judged.facts, let device = request.deviceID,
      facts.held?.value != facts.wanted
    {
      then(
        .mpxnUpdated(
          MPxNUpdated(
            deviceID: device, field: facts.field, from: facts.heldValue, to: facts.wanted,
            basis: .decided, requestID: request.id, correction: nil)))
    }
    return drafts
  }

  private func outcome(of request: ServiceRequest, _ appended: Appended) throws -> Submitted {
    var judgement: Judgement?
    var response: ServiceResponse?
    for position in appended.positions {
      guard let recorded = try log.event(at: position)?.recorded() else { continue }
      switch recorded.event {
      case .serviceRequestValidated(let event): judgement = event.judgement
      case .serviceResponseIssued(let event):
        response = ServiceResponse(
          requestID: event.requestID, code: event.code, at: recorded.effectiveAt,
          serviceReference: request.serviceReference,
          serviceReferenceVariant: request.serviceReferenceVariant,
          schemaVersion: request.schemaVersion)
      default: break
      }
    }
    let correction: CorrectionID? =
      if case .updateInventory(let device, .mpxn(let field, _)) = request.content {
        try self.device(device)?.openCorrection(of: field)
      } else {
        nil
      }
    return Submitted(
      requestID: request.id, position: appended.positions.lowerBound, judgement: judgement,
      response: response, repeated: appended.repeated,
      contentCompared: appended.contentCompared, correction: correction,
      held: judgement?.heldMPxN)
  }
}

extension Judgement {
  /// The value that the findings found in the field.
  fileprivate var heldMPxN: Token? {
    for fact in findings.lazy.flatMap(\.facts) where fact.name == .heldMPxN {
      if case .token(let token) = fact.value { return token }
    }
    return nil
  }
}
