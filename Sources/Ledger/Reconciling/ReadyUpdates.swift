public import Corrections
internal import EventLog
internal import Wire

/// Writes the 8.4s that discrepancies need, as long as the rules of the SR would let them pass.
///
/// One for a work-list: the counters that it gives follow one another.
public final class ReadyUpdates {
  private let ledger: Ledger
  private let time: Instant
  private var counters: [EUI64: UInt64] = [:]

  /// Begins after the highest counter that the ledger has recorded of each User ID.
  public init(_ ledger: Ledger, at time: Instant) {
    self.ledger = ledger
    self.time = time
  }

  /// The 8.4 that puts a discrepancy right; nil where no source says what should be there, 8.4 can't ask
  /// for it, or nobody held here could send it and be accepted.
  ///
  /// The sender is the one active DUIS user of a party that it concerns whose request passes; of several
  /// the first by party and id.
  public func update(for found: Suspicion) throws -> ReadyRequest? {
    guard found.route == .selfServe, let wanted = found.wanted, let field = found.field,
      let device = try ledger.device(found.device),
      let update = try update(wanted, field, of: device)
    else { return nil }
    let position = try ledger.head()
    for party in found.parties {
      for user in try ledger.duisUsers(of: party, upTo: position) {
        let counter = try counters[user] ?? ledger.newestCounter(of: user)
        let (next, isBeyond) = counter.addingReportingOverflow(1)
        guard !isBeyond else { continue }
        let request = ServiceRequest(
          id: RequestID(originator: user, target: Ledger.accessControlBroker, counter: next),
          schemaVersion: "5.4", commandVariant: 8, serviceReference: "8.4",
          serviceReferenceVariant: "8.4",
          content: .updateInventory(deviceID: found.device, update))
        let judgement = try ledger.judge(request, at: time).judgement
        guard judgement?.accepted == true, let xml = DUIS.write(request: request) else { continue }
        counters[user] = next
        return ReadyRequest(
          xml: xml, requestID: request.id, judgement: judgement, advice: nil)
      }
    }
    return nil
  }

  private func update(
    _ wanted: EntryValue, _ field: CorrectionField, of device: Device
  ) throws -> InventoryUpdate? {
    guard let branch = field.branch(asking: wanted, of: device.type) else { return nil }
    return switch (branch, wanted, field.mpxn) {
    case (.mpxn, .mpxn(let token), let field?): try ledger.mpxn(token).map { .mpxn(field, $0) }
    case (.details, .details(let details), _): .details(details)
    default: nil
    }
  }
}
