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
  let subject: Subject?
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
    guard case .updateInventory(let deviceID, let update) = request.content else {
      return Judged(
        request: request, judgement: nil, position: position, openCorrection: nil, held: nil,
        facts: nil, subject: nil, party: originator?.party)
    }
    guard case .mpxn(let field, let mpxn) = update else {
      return Judged(
        request: request, judgement: .notJudged(update.branch), position: position,
        openCorrection: nil, held: nil, facts: nil, subject: nil, party: originator?.party)
    }
    let subject = try log.makeSubject(kind: Ledger.mpxnKind, value: mpxn.digits)
    guard let wanted = Token(subject.token) else {
      preconditionFailure("the log makes tokens of 43 characters")
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
      facts: facts, subject: subject, party: originator?.party)
  }
}
