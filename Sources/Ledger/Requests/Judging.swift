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
  let facts: MPxNFacts?
  /// What it asks for, with tokens, and the subjects that those stand for.
  let asks: ServiceRequestReceived.Asked
  let subjects: [Subject]
  let party: String?

  /// The meter point that the request itself names, by a token that may not be stored yet.
  public func mpxn(_ token: Token) -> MPxN? {
    guard token == facts?.wanted, case .updateInventory(_, .mpxn(_, let mpxn)) = request.content
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
    case .other(_, let deviceID): deviceID
    }
  }

  /// `mpxn` and the like for SR 8.4, else the service reference.
  public var branchName: String {
    if case .updateInventory(_, let update) = content { return update.branch.rawValue }
    return serviceReference
  }
}

extension Ledger {
  /// Judges a request on what is held now; records nothing.
  ///
  /// The rules look at registrations and users as of `time`, so a change that is already known can
  /// be tried ahead.
  public func judge(_ request: ServiceRequest, at time: Instant) throws -> Judged {
    let position = try head()
    let originator = try user(request.id.originator.description, at: time, upTo: position)
    let subjects = SubjectPool(log)
    let asks = try asked(by: request, naming: subjects)
    guard case .mpxn(let field, let wanted) = asks, let deviceID = request.deviceID,
      case .updateInventory(_, .mpxn(_, let mpxn)) = request.content
    else {
      var judgement: Judgement?
      if case .updateInventory(_, let update) = request.content {
        judgement = .notJudged(update.branch)
      }
      return Judged(
        request: request, judgement: judgement, position: position, openCorrection: nil,
        held: nil, facts: nil, asks: asks, subjects: subjects.new, party: originator?.party)
    }
    let facts = try mpxnFacts(
      originator: request.id.originator, deviceID: deviceID, field: field, wanted: wanted,
      at: time, position: position)
    let judgement = Judgement.ofMPxNUpdate(
      given: facts, mode: opened.mode,
      warnings: warnings(about: mpxn, given: facts))
    return Judged(
      request: request, judgement: judgement, position: position,
      openCorrection: facts.device?.openCorrection(of: field), held: facts.held?.value,
      facts: facts, asks: asks, subjects: subjects.new, party: originator?.party)
  }
}
