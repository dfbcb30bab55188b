public import Corrections
internal import EventLog
internal import Wire

/// The 8.4 that would make a correction's change, ready to be signed and sent.
public struct ReadyRequest: Sendable {
  /// DUIS XML, unsigned.
  public let xml: [UInt8]
  /// Its RequestID; the counter is one that this ledger has not seen from that User ID.
  public let requestID: RequestID
  /// How the correction can be made now.
  public let advice: RouteAdvice?
}

/// Why no 8.4 can be written for a correction.
public enum NotSendable: Error, Sendable {
  /// 8.4 has no way to ask for it.
  case notExpressible(CorrectionID, RouteAdvice?)
  /// Nobody is known who could send it; name a User ID.
  case senderNotKnown(CorrectionID)
  /// The meter point behind it was erased.
  case erased(CorrectionID)
}

extension Ledger {
  /// Writes the 8.4 for what a correction wants, whether or not it would pass now; records nothing.
  ///
  /// It is sent by `user`, else by the User ID that the route names, else by who sent the request
  /// that was refused. Without a `counter` it is one more than the highest that the ledger has
  /// recorded from that User ID, whose own system may have used more.
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
    guard
      let originator = user ?? advice?.user ?? correction.requests.first?.originator
        ?? correction.openedBy.flatMap({ EUI64($0) })
    else { throw NotSendable.senderNotKnown(id) }
    let target = correction.requests.first?.target ?? Ledger.accessControlBroker
    let number = try counter ?? newestCounter(of: originator) + 1
    let request = ServiceRequest(
      id: RequestID(originator: originator, target: target, counter: number),
      schemaVersion: "5.4", commandVariant: 8, serviceReference: "8.4",
      serviceReferenceVariant: "8.4",
      content: .updateInventory(deviceID: correction.deviceID, update))
    guard let xml = DUIS.write(request: request) else {
      throw NotSendable.notExpressible(id, advice)
    }
    return ReadyRequest(xml: xml, requestID: request.id, advice: advice)
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
  private static let accessControlBroker = EUI64(bits: 0x90B3_D51F_3000_0002)

  /// The highest counter that is recorded from a User ID; 0 when none is.
  private func newestCounter(of user: EUI64) throws -> UInt64 {
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
