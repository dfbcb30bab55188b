public import Corrections
internal import EventLog
internal import Wire

/// The 8.4 that would make a correction's change, ready to be signed and sent.
public struct ReadyRequest: Sendable {
  /// DUIS XML, unsigned.
  public let xml: [UInt8]
  /// Its RequestID; the counter is one that this ledger has not seen from that User ID.
  public let requestID: RequestID
  /// How the ledger judges this very request as things stand.
  public let judgement: Judgement?
  /// How the correction can be made now.
  public let advice: RouteAdvice?
}

/// Why no 8.4 can be written for a correction.
public enum NotSendable: Error, Sendable {
  /// 8.4 has no way to ask for it.
  case notExpressible(CorrectionID, RouteAdvice?)
  /// Nobody is known who could send it; name a User ID.
  case senderNotKnown(CorrectionID)
  /// Several User IDs of the party that must send could; name one.
  case severalSenders(CorrectionID, party: String, [EUI64])
  /// The meter point behind it was erased.
  case erased(CorrectionID)
  /// The User ID has used the last counter there is; name one.
  case noCounterLeft(CorrectionID)
}

extension Ledger {
  /// Writes the 8.4 for what a correction wants, whether or not it would pass now; records nothing.
  ///
  /// It is sent by `user`, else by the User ID that the route names, else by the one active DUIS user
  /// of the party that must send: the one that the route names, or the requester. Without a `counter`
  /// it is one more than the highest that the ledger has recorded from that User ID, whose own system
  /// may have used more.
  ///
  /// - Throws: ``NoSuchCorrection``, ``NotSendable``, or ``LogError``.
  public func request(
    for id: CorrectionID, by user: EUI64?, counter: UInt64?
  ) throws -> ReadyRequest {
    let position = try head()
    let correction = try existing(id, upTo: position)
    let facts = try facts(
      of: correction, under: try terms(upTo: position), at: now(), upTo: position)
    let advice = RouteAdvice(forRequester: correction.requester, given: facts)
    guard let type = facts.device?.type ?? correction.deviceType,
      let branch = correction.field.branch(asking: correction.requested, of: type),
      let update = try update(branch, correction)
    else { throw NotSendable.notExpressible(id, advice) }
    func request(by originator: EUI64, _ number: UInt64) -> ServiceRequest {
      ServiceRequest(
        id: RequestID(
          originator: originator,
          target: correction.requests.first?.target ?? Ledger.accessControlBroker,
          counter: number),
        schemaVersion: "5.4", commandVariant: 8, serviceReference: "8.4",
        serviceReferenceVariant: "8.4",
        content: .updateInventory(deviceID: correction.deviceID, update))
    }
    func judged(_ request: ServiceRequest) throws -> Judgement? {
      try judge(request, at: facts.at).judgement
    }
    let originator =
      try user
      ?? sender(of: correction, by: advice, upTo: position) {
        try judged(request(by: $0, counter ?? 1))?.accepted == true
      }
    let (next, isBeyond) =
      try counter.map { ($0, false) }
      ?? newestCounter(of: originator).addingReportingOverflow(1)
    guard !isBeyond else { throw NotSendable.noCounterLeft(id) }
    let ready = request(by: originator, next)
    guard let xml = DUIS.write(request: ready) else {
      throw NotSendable.notExpressible(id, advice)
    }
    return ReadyRequest(
      xml: xml, requestID: ready.id, judgement: try judged(ready), advice: advice)
  }

  /// The User ID that sends where nobody is named: of several that could, the one whose request passes.
  private func sender(
    of correction: Correction, by advice: RouteAdvice?, upTo position: Int,
    passing: (EUI64) throws -> Bool
  ) throws -> EUI64 {
    if let user = advice?.user, try isActive(user, upTo: position) { return user }
    let party = advice?.party ?? correction.requester
    // Who sent the refused request, or opened the correction, is the natural one.
    let known =
      correction.requests.map(\.originator)
      + (correction.openedBy.flatMap { EUI64($0) }.map { [$0] } ?? [])
    let first = try known.first {
      try isActive($0, upTo: position)
        && (try self.user($0.description, upTo: position)?.party == party)
    }
    if let first { return first }
    let users = try duisUsers(of: party, upTo: position)
    let fitting = try users.filter(passing)
    switch (fitting.count, users.count) {
    case (1, _): return fitting[0]
    case (0, 1): return users[0]
    case (0, 0): throw NotSendable.senderNotKnown(correction.id)
    default:
      throw NotSendable.severalSenders(
        correction.id, party: party, fitting.isEmpty ? users : fitting)
    }
  }

  private func isActive(_ id: EUI64, upTo position: Int) throws -> Bool {
    try user(id.description, upTo: position)?.status == .active
  }

  /// The active DUIS users of a party, in the order of their ids.
  func duisUsers(of party: String, upTo position: Int) throws -> [EUI64] {
    var ids: Set<EUI64> = []
    for recorded in try standing(Tag.party(party), upTo: position) {
      guard case .userRegistered(let user) = recorded.event, let id = EUI64(user.id) else {
        continue
      }
      ids.insert(id)
    }
    return try ids.sorted().filter { id in
      guard let user = try self.user(id.description, upTo: position) else { return false }
      return user.status == .active && user.party == party && user.roles.contains(where: \.isOfDUIS)
    }
  }

  private func update(
    _ branch: UpdateBranch, _ correction: Correction
  ) throws -> InventoryUpdate? {
    switch (branch, correction.requested, correction.field.mpxn) {
    case (.mpxn, .mpxn(let token), let field?):
      guard let mpxn = try mpxn(token) else { throw NotSendable.erased(correction.id) }
      return .mpxn(field, mpxn)
    case (.statusCH, .status(let status), _): return .statusCH(status)
    case (.statusExceptCH, .status(let status), _): return .statusExceptCH(status)
    case (.details, .details(let details), _): return .details(details)
    case (.delete, _, _): return .delete
    default: return nil
    }
  }

  /// The target of a non-device request where no request of the correction names one: the DCC's, as
  /// in public examples [inferred].
  static let accessControlBroker = EUI64(bits: 0x90B3_D51F_3000_0002)

  /// The highest counter that is recorded from a User ID; 0 when none is.
  func newestCounter(of user: EUI64) throws -> UInt64 {
    var newest: UInt64 = 0
    for recorded in try standing(
      Tag.party(try self.user(user.description)?.party ?? Actor.unknownParty),
      passingOver: Event.typesBesideRequests, upTo: nil)
    {
      guard case .serviceRequestReceived(let request) = recorded.event,
        request.requestID.originator == user
      else { continue }
      newest = max(newest, request.requestID.counter)
    }
    return newest
  }
}
