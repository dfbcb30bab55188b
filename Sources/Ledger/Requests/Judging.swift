public import Corrections
internal import EventLog

/// A request with the judgement that the ledger gives it, before anything is recorded.
public struct Judged: Sendable {
  /// The request, as read.
  public let request: ServiceRequest
  /// Nil for a request that no rulebook covers; it is recorded only.
  public let judgement: Judgement?
  /// The position that the judgement rests on.
  public let position: Int
  /// The correction of the same device and field that is open.
  public let openCorrection: CorrectionID?
  /// The value that the request replaces; nil for an empty place or another branch.
  public let held: Token?
  let facts: RequestFacts?
  /// What it asks for, with tokens, and the subjects that those stand for.
  let asks: ServiceRequestReceived.Asked
  let subjects: [Subject]
  let party: String?

  /// The facts of an update of a meter point.
  var mpxnFacts: MPxNFacts? {
    guard case .mpxn(let facts)? = facts?.asks else { return nil }
    return facts
  }

  /// The meter point that the request itself names, by a token that may not be stored yet.
  public func mpxn(_ token: Token) -> MPxN? {
    guard token == mpxnFacts?.wanted, case .updateInventory(_, .mpxn(_, let mpxn)) = request.content
    else { return nil }
    return mpxn
  }
}

extension ServiceRequest {
  /// The device that the request is about, where it names one.
  public var deviceID: EUI64? {
    switch content {
    case .updateInventory(let deviceID, _): deviceID
    case .prenotification(let prenotification): prenotification.deviceID
    case .readInventory(.deviceID(let id)): id
    case .readInventory: nil
    case .service(_, let deviceID, _): deviceID
    case .other(_, let deviceID): deviceID
    }
  }

  /// `mpxn` and the like for SR 8.4, else the service reference variant.
  public var branchName: String {
    if case .updateInventory(_, let update) = content { return update.branch.rawValue }
    return serviceReferenceVariant
  }
}

extension Ledger {
  /// Judges a request on what is held now; records nothing.
  ///
  /// The rules look at registrations, users and the products list as of `time`, so a change that is
  /// already known can be tried ahead. A request of another service than 8.4, 8.2 and 12.2 has no
  /// judgement: only a device knows what becomes of it.
  public func judge(_ request: ServiceRequest, at time: Instant) throws -> Judged {
    let place = try lookUpPlace(of: request)
    return try log.atOneMoment {
      try judge(request, given: place, at: time, upTo: try head())
    }
  }

  /// Judges a request on what was held at a position.
  func judge(
    _ request: ServiceRequest, given place: PlaceLookUp?, at time: Instant, upTo position: Int
  ) throws -> Judged {
    let subjects = SubjectPool(log)
    let asks = try asked(by: request, naming: subjects)
    guard
      let facts = try facts(
        of: request, asking: asks, given: place, at: time, upTo: position)
    else {
      let originator = try user(request.id.originator.description, at: time, upTo: position)
      return Judged(
        request: request, judgement: nil, position: position, openCorrection: nil, held: nil,
        facts: nil, asks: asks, subjects: subjects.new, party: originator?.party)
    }
    var correction: CorrectionID?
    var held: Token?
    if let field = asks.correctionField { correction = facts.device?.openCorrection(of: field) }
    if case .mpxn(let mpxn) = facts.asks { held = mpxn.held?.value }
    return Judged(
      request: request,
      judgement: Judgement.of(facts, warnings: warnings(about: request, given: facts)),
      position: position, openCorrection: correction, held: held, facts: facts, asks: asks,
      subjects: subjects.new, party: facts.user?.party)
  }
}
