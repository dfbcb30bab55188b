public import Corrections
internal import EventLog
public import Wire

/// What became of a submitted request.
public struct Submitted: Sendable {
  /// The request that was submitted.
  public let requestID: RequestID
  /// The events that were recorded of it, the request itself first.
  public let positions: ClosedRange<Int>
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
  /// The entries that the answer to an SR 8.2 shows, as they stood when it was given.
  public let inventory: [InventoryRow]

  /// The request itself.
  public var position: Int { positions.lowerBound }
}

extension Ledger {
  /// The outcome of a request that was recorded just now.
  func outcome(
    of judged: Judged, answered: ServiceResponseIssued?, at time: Instant, _ appended: Appended
  ) throws -> Submitted {
    let request = judged.request
    var correction = judged.openCorrection
    if correction != nil, let field = judged.asks.correctionField {
      // What was recorded may have healed it.
      correction = try request.deviceID.flatMap { try device($0) }?.openCorrection(of: field)
    }
    return Submitted(
      requestID: request.id, positions: appended.positions, judgement: judged.judgement,
      response: answered.map { ServiceResponse(request, code: $0.code, at: time) },
      repeated: false, contentCompared: appended.contentCompared, correction: correction,
      held: judged.held,
      inventory: try inventory(
        of: answered?.devices ?? [], upTo: appended.positions.lowerBound))
  }

  /// What followed from a request, in order: changes of the inventory, divergences, corrections
  /// healed.
  public func consequences(of submitted: Submitted) throws -> [Recorded] {
    let positions = submitted.positions
    guard positions.count > 1 else { return [] }
    return try log.events(from: positions.lowerBound + 1, through: positions.upperBound)
      .map { try $0.recorded() }.filter { recorded in
        switch recorded.event {
        case .serviceRequestValidated, .serviceResponseIssued: false
        default: true
        }
      }
  }

  /// The outcome of a request that was recorded before: that of then.
  func outcome(of request: ServiceRequest, _ appended: Appended) throws -> Submitted {
    var judgement: Judgement?
    var response: ServiceResponse?
    var inventory: [InventoryRow] = []
    for position in appended.positions {
      guard let recorded = try log.event(at: position)?.recorded() else { continue }
      switch recorded.event {
      case .serviceRequestValidated(let event): judgement = event.judgement
      case .serviceResponseIssued(let event):
        response = ServiceResponse(request, code: event.code, at: recorded.effectiveAt)
        inventory = try self.inventory(of: event.devices, upTo: position)
      default: break
      }
    }
    let correction: CorrectionID? =
      if case .updateInventory(let device, let update) = request.content {
        try self.device(device)?.openCorrection(of: update.correctionField)
      } else {
        nil
      }
    return Submitted(
      requestID: request.id, positions: appended.positions, judgement: judgement,
      response: response, repeated: appended.repeated,
      contentCompared: appended.contentCompared, correction: correction,
      held: judgement?.heldMPxN, inventory: inventory)
  }
}

extension ServiceResponse {
  /// The answer to a request, in the form that it came in.
  fileprivate init(_ request: ServiceRequest, code: String, at time: Instant) {
    self.init(
      requestID: request.id, code: code, at: time, serviceReference: request.serviceReference,
      serviceReferenceVariant: request.serviceReferenceVariant,
      schemaVersion: request.schemaVersion)
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

extension InventoryUpdate {
  /// The field that the update is about.
  fileprivate var correctionField: CorrectionField {
    switch self {
    case .statusExceptCH, .statusCH: .status
    case .details: .details
    case .delete: .deletion
    case .mpxn(let field, _): CorrectionField(field)
    }
  }
}
