import Corrections
import EventLog
import Wire

extension Ledger {
  /// What messages make of a request that came before the request itself, in their order.
  ///
  /// Only the first that says so carries it out, and each code that came back diverges once. An alert
  /// is read again from its document, where that was not erased. An authority answers 8.4, 8.2 and
  /// 12.2 itself, so another's answer changes nothing there; nor does one where the device says that
  /// it failed.
  func earlierMessages(
    about received: ServiceRequestReceived, _ judged: Judged
  ) throws -> [Told] {
    let position = judged.position
    let device =
      try judged.facts?.device
      ?? received.deviceID.flatMap { try self.device($0, upTo: position) }
    let validated = ServiceRequestValidated(judged)
    let known = try requestTimeline(received.requestID, upTo: position)
    var isCarriedOut =
      (opened.mode == .authority && judged.judgement != nil) || known.hasFailed(received)
    var returned: Set<String> = []
    var told: [Told] = []
    for recorded in known.events {
      switch recorded.event {
      case .serviceResponseRecorded(let response) where response.answers(received):
        var outcome = try self.told(
          of: received, by: response, at: recorded.effectiveAt, given: device,
          isAgain: isCarriedOut, upTo: position)
        isCarriedOut = isCarriedOut || response.says(isCarriedOut: received)
        if returned.insert(response.code).inserted {
          outcome.diverged = validated.flatMap { response.divergence(from: $0, at: 0) }
        }
        told.append(outcome)
      case .alertRecorded(let alert) where !isCarriedOut:
        let events = try effects(of: alert, on: received, at: recorded.effectiveAt, position)
        isCarriedOut = !events.isEmpty
        told.append(
          Told(
            at: recorded.effectiveAt,
            consequences: try consequences(
              of: events, at: recorded.effectiveAt, given: device, upTo: position),
            diverged: nil))
      default: continue
      }
    }
    return told
  }

  private func effects(
    of alert: AlertRecorded, on received: ServiceRequestReceived, at time: Instant, _ position: Int
  ) throws -> [Event] {
    guard let raw = try log.document(named: alert.document),
      case .alert(let read)? = try? DUIS.read(raw)
    else { return [] }
    let facts = HeldFacts(
      ledger: self, position: position, subjects: SubjectPool(log), coming: received)
    return try read.told.effects(given: facts, at: time)
  }
}
