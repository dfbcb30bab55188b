public import Corrections
internal import EventLog

/// What is recorded of one Service Request: itself, its judgement, and what came back, read once.
struct RequestTimeline {
  let events: [Recorded]

  /// The request as it was recorded; nil when it was not, whatever came back for it.
  var received: ServiceRequestReceived? { request?.event }

  /// Where the request is recorded.
  var position: Int? { request?.position }

  private var request: (event: ServiceRequestReceived, position: Int)? {
    for recorded in events {
      if case .serviceRequestReceived(let event) = recorded.event {
        return (event, recorded.position)
      }
    }
    return nil
  }

  private var responses: [ServiceResponseRecorded] {
    events.compactMap { recorded in
      if case .serviceResponseRecorded(let response) = recorded.event { response } else { nil }
    }
  }

  /// The codes that came back as its outcome.
  var outcomes: [String] { responses.filter(\.isOutcome).map(\.code) }

  /// Whether a message says already that the request was carried out.
  func isCarriedOut(_ request: ServiceRequestReceived) -> Bool {
    responses.contains { $0.says(isCarriedOut: request) }
      || events.contains { $0.event.basis == .alert }
  }

  /// Whether the device said that it did not carry the request out.
  func hasFailed(_ request: ServiceRequestReceived) -> Bool {
    responses.contains { $0.flags.contains(.commandFailed) && $0.answers(request) }
  }

  /// The divergence that a response shows, each code that came back once.
  func divergence(from response: ServiceResponseRecorded) -> ResponseDiverged? {
    var judged: (ServiceRequestValidated, Int)?
    for recorded in events {
      switch recorded.event {
      case .serviceRequestValidated(let event) where judged == nil:
        judged = (event, recorded.position)
      case .responseDiverged(let event) where event.returned == response.code: return nil
      default: continue
      }
    }
    return judged.flatMap { response.divergence(from: $0.0, at: $0.1) }
  }
}

extension Ledger {
  /// What is recorded of a request up to a position; nothing of none.
  func requestTimeline(_ id: RequestID?, upTo position: Int? = nil) throws -> RequestTimeline {
    RequestTimeline(
      events: try id.map { try standing(Tag.request($0), upTo: position) } ?? [])
  }

  /// Where a request is recorded; nil when it isn't, whatever came back for it.
  public func position(ofRequest id: RequestID) throws -> Int? {
    try requestTimeline(id).position
  }

  /// A request as it was recorded; nil when it was not.
  func received(_ id: RequestID, upTo position: Int) throws -> ServiceRequestReceived? {
    try requestTimeline(id, upTo: position).received
  }
}

extension ServiceResponseRecorded {
  /// Whether it says that a request was carried out, and is an answer to that one.
  func says(isCarriedOut request: ServiceRequestReceived) -> Bool {
    isOutcome && answers(request) && request.isCarriedOut(code)
  }

  /// Whether the service that it names, if any, is the one that was asked for.
  func answers(_ request: ServiceRequestReceived) -> Bool {
    serviceReferenceVariant.map {
      [request.serviceReferenceVariant, request.serviceReference].contains($0)
    } ?? true
  }

  /// How it differs from a prediction.
  func divergence(
    from judged: ServiceRequestValidated, at position: Int
  ) -> ResponseDiverged? {
    guard isOutcome || flags.contains(.answeredHere) else { return nil }
    return judged.divergence(
      from: code, isNamed: !flags.contains(.codeNotKnown), at: position)
  }
}

extension Event {
  /// Whose word a change of the inventory at the request of somebody rests on.
  fileprivate var basis: Basis? {
    switch self {
    case .devicePrenotified(let event): event.basis
    case .deviceStatusChanged(let event): event.basis
    case .deviceDetailsUpdated(let event): event.basis
    case .mpxnUpdated(let event): event.basis
    case .deviceDeleted(let event): event.basis
    case .deviceAssociated(let event), .deviceDissociated(let event): event.basis
    case .deviceSupplierChanged(let event): event.basis
    case .deviceValueObserved(let event): event.basis
    default: nil
    }
  }
}
