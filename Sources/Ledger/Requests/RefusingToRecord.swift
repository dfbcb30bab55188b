public import Corrections

/// An accepted request was said to be of a time before the newest that is known of its field;
/// nothing was recorded.
public struct RequestBackdated: Error, Sendable {
  /// The request that was refused.
  public let requestID: RequestID
  /// From when the newest value of the field is known.
  public let newest: Instant
}

/// An accepted request has details that could be a meter point and so never stand in a record; nothing
/// was recorded.
public struct DetailsWithheld: Error, Sendable {
  /// The request that was refused.
  public let requestID: RequestID
}

extension Ledger {
  /// An authority decides on what is held now: an answer of an earlier day could change nothing.
  func refuseBackdating(_ judged: Judged, to time: Instant) throws {
    guard Ledger.applies(judged, opened.mode), let newest = try newest(of: judged), newest > time,
      // What is recorded already gets the answer of then.
      try received(judged.request.id, upTo: judged.position) == nil
    else { return }
    throw RequestBackdated(requestID: judged.request.id, newest: newest)
  }

  /// From when the newest is known of what a request asks to change.
  private func newest(of judged: Judged) throws -> Instant? {
    guard let facts = judged.facts else { return nil }
    // The rules see only what the SMI holds; it may have held the device before.
    let known =
      try facts.device
      ?? judged.request.deviceID.flatMap { try device($0, upTo: judged.position) }
    guard let device = known else { return nil }
    let presence = device.presenceKnownFrom
    switch facts.asks {
    case .mpxn(let mpxn): return device.history(mpxn.field).current?.from
    case .status: return device.status.current?.from
    case .details: return device.detailsKnownFrom
    case .delete: return [presence, device.status.current?.from].compactMap { $0 }.max()
    case .prenotification: return presence
    case .query: return nil
    }
  }

  /// An authority can't make a change of which a part may not stand in the log.
  func refuseWithheld(_ judged: Judged) throws {
    guard Ledger.applies(judged, opened.mode),
      judged.judgement?.warnings.contains(.detailsWithheld) == true,
      try received(judged.request.id, upTo: judged.position) == nil
    else { return }
    throw DetailsWithheld(requestID: judged.request.id)
  }
}
