public import Corrections
internal import EventLog
internal import Wire

/// A RequestID came again with another meaning; nothing was recorded.
public struct RequestIDReused: Error, Sendable {
  /// The RequestID that came twice.
  public let requestID: RequestID
  /// Where the first request with it is recorded.
  public let position: Int
}

extension Ledger {
  /// Records a request and its judgement, and as an authority answers it and makes the change.
  ///
  /// An authority judges on what is held now, an observer on what was true at the time given; without
  /// one it is now. Durable on return, all of it or none. The same request again changes nothing and
  /// returns the first outcome.
  ///
  /// - Throws: ``RequestIDReused`` when another request had this RequestID, and in an authority
  ///   ``RequestBackdated`` and ``DetailsWithheld``; nothing is recorded then. ``LogError`` when the
  ///   log can't be read or written.
  public func submit(
    _ request: ServiceRequest, raw: [UInt8], by actor: Corrections.Actor?, at given: Instant?
  ) throws -> Submitted {
    try submit(request, raw: raw, at: given) { actor }
  }

  /// The same for somebody who must be let in: `admit` says who acts, or throws.
  ///
  /// It reads the log at the very moment that the request is judged on, so that nobody is let in by what
  /// has changed since; it is asked again where the judgement is made again.
  public func submit(
    _ request: ServiceRequest, raw: [UInt8], at given: Instant? = nil,
    admitting admit: () throws -> Corrections.Actor?
  ) throws -> Submitted {
    try retrying {
      let now = now()
      let time = given ?? now
      let place = try lookUpPlace(of: request)
      let (admitted, (judged, received, document, consequences, told)) = try log.atOneMoment {
        (try admit(), try prepare(request, raw: raw, given: place, at: time, judgedAt: now))
      }
      try refuseBackdating(judged, to: time)
      try refuseWithheld(judged)
      let actor =
        admitted
        ?? Corrections.Actor(
          user: request.id.originator.description,
          party: judged.party ?? Corrections.Actor.unknownParty, role: nil,
          via: .asserted(account: Account.current))
      var chain = DraftChain()
      chain.append(.serviceRequestReceived(received), by: actor, at: time)
      let response = chain.append(judged, mode: opened.mode, at: time)
      consequences?.append(to: &chain, at: time, from: chain.last)
      for told in told { told.append(to: &chain, from: 0, judgement: 1) }
      try chain.writeAhead(for: log)
      let batch = AppendRequest(
        condition: AppendCondition(
          noEventTagged: tags(of: judged) + told.flatMap(\.tags)
            + (consequences?.tags ?? []), after: judged.position),
        key: AppendKey(
          kind: "serviceRequest", within: request.id.originator.description,
          value: request.id.description),
        content: DUIS.canonicalContent(of: request),
        subjects: judged.subjects, documents: [document]
      ) { [chain] in chain.drafts(in: $0) }
      do {
        let appended = try append(batch)
        if let open = judged.facts?.device?.watchedCorrections, !appended.repeated {
          reviewAfterwards(open)
        }
        return appended.repeated
          ? try outcome(of: request, appended)
          : try outcome(of: judged, answered: response, at: time, appended)
      } catch LogError.keyReusedWithOtherContent(let position) {
        throw RequestIDReused(requestID: request.id, position: position)
      }
    }
  }

  private typealias Prepared = (
    Judged, ServiceRequestReceived, Document, Consequences?, [Told]
  )

  /// Everything that is to be recorded of a request, worked out on one moment of the log.
  private func prepare(
    _ request: ServiceRequest, raw: [UInt8], given place: PlaceLookUp?, at time: Instant,
    judgedAt now: Instant
  ) throws -> Prepared {
    let judged = try judge(
      request, given: place, at: opened.mode == .authority ? now : time, upTo: try head())
    let document = log.makeDocument(raw)
    let received = ServiceRequestReceived(judged, document: document.name)
    var consequences: Consequences?
    if Ledger.applies(judged, opened.mode) {
      consequences = try self.consequences(
        of: received.effects(basis: .decided, on: judged.facts?.device, at: time), at: time,
        given: judged.facts?.device, upTo: judged.position)
    }
    return (judged, received, document, consequences, try earlierMessages(about: received, judged))
  }

  private func tags(of judged: Judged) -> [String] {
    [Tag.request(judged.request.id), Tag.user(judged.request.id.originator.description)]
      + (judged.request.deviceID.map { [Tag.device($0)] } ?? [])
      + (judged.facts.map(tags(of:)) ?? [])
      + (judged.asks.queriedMPxN.map { [Tag.mpxn($0)] } ?? [])
  }

  /// Whether the ledger makes the change that a judged request asks for.
  static func applies(_ judged: Judged, _ mode: LedgerMode) -> Bool {
    mode == .authority && judged.judgement?.accepted == true
  }

}

extension ServiceRequestReceived {
  /// The request as it is recorded.
  init(_ judged: Judged, document: String) {
    let request = judged.request
    self.init(
      requestID: request.id, party: judged.party, schemaVersion: request.schemaVersion,
      commandVariant: request.commandVariant, serviceReference: request.serviceReference,
      serviceReferenceVariant: request.serviceReferenceVariant, deviceID: request.deviceID,
      asks: judged.asks, firstInSequence: request.firstInSequence,
      preceding: request.precedingRequestID, document: document)
  }
}

extension ServiceRequestValidated {
  /// The judgement as it is recorded; nil for a request that isn't judged.
  init?(_ judged: Judged) {
    guard let judgement = judged.judgement else { return nil }
    let request = judged.request
    self.init(
      requestID: request.id, party: judged.party, serviceReference: request.serviceReference,
      deviceID: request.deviceID, held: judged.held, wanted: judged.mpxnFacts?.wanted,
      judgement: judgement, factsUpTo: judged.position,
      registrations: judged.facts?.registrations)
  }
}

extension ServiceRequestReceived.Asked {
  /// The meter point that an SR 8.2 asks by.
  fileprivate var queriedMPxN: Token? {
    if case .query(.mpxn(let token)) = self { token } else { nil }
  }
}

extension DraftChain {
  /// The judgement of a request, and the answer of an authority, which is given back.
  fileprivate mutating func append(
    _ judged: Judged, mode: LedgerMode, at time: Instant
  ) -> ServiceResponseIssued? {
    guard let judgement = judged.judgement, let validated = ServiceRequestValidated(judged) else {
      return nil
    }
    let request = judged.request
    then(.serviceRequestValidated(validated), at: time, from: last)
    guard mode == .authority, let code = judgement.code else { return nil }
    var devices: [EUI64] = []
    if judgement.accepted == true, case .query(let answer)? = judged.facts?.asks {
      devices = answer.devices
    }
    let response = ServiceResponseIssued(
      requestID: request.id, party: judged.party, serviceReference: request.serviceReference,
      deviceID: request.deviceID, code: code, devices: devices)
    then(.serviceResponseIssued(response), at: time, from: last)
    return response
  }
}
