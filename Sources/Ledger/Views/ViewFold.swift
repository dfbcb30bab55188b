import Corrections

/// The states that the views show, kept while events are applied.
///
/// A state that is not in memory is folded anew from the log, so memory is bounded by what one batch
/// touches and nothing is stored but rows that `ViewRows` can make from a state alone.
struct ViewFold {
  var devices: [EUI64: Device?] = [:]
  var corrections: [CorrectionID: Correction?] = [:]
  var dirtyDevices: Set<EUI64> = []
  var dirtyCorrections: Set<CorrectionID> = []
  var policies: [(Policy, Int)] = []
  var calendars: [(CalendarSet, Int)] = []
  var judged: [MonthAndName: Int] = [:]
  var counted: [MonthAndName: Int] = [:]

  struct MonthAndName: Hashable {
    let month: String
    let name: String
  }

  /// Applies one event; `device` and `correction` give the state before it when it is not held.
  mutating func apply(
    _ recorded: Recorded, device: (EUI64) throws -> Device?,
    correction: (CorrectionID) throws -> Correction?
  ) rethrows {
    switch recorded.event {
    case .policySet(let policy): policies.append((policy, recorded.position))
    case .calendarSet(let calendar): calendars.append((calendar, recorded.position))
    case .serviceRequestValidated(let event):
      if let code = event.judgement.code { judged[key(recorded, code), default: 0] += 1 }
    default: break
    }
    if let id = recorded.event.inventoryDevice {
      var state = try devices[id] ?? device(id)
      Device.evolve(&state, id: id, with: recorded)
      devices[id] = .some(state)
      if recorded.event.changesInventory { dirtyDevices.insert(id) }
    }
    if let id = recorded.event.correction {
      var state = try corrections[id] ?? correction(id)
      Correction.evolve(&state, id: id, with: recorded)
      corrections[id] = .some(state)
      dirtyCorrections.insert(id)
      if let name = recorded.event.countedName { counted[key(recorded, name), default: 0] += 1 }
    }
  }

  private func key(_ recorded: Recorded, _ name: String) -> MonthAndName {
    MonthAndName(month: Month(of: recorded.effectiveAt).description, name: name)
  }
}

extension Event {
  /// The device whose inventory state the event bears on.
  var inventoryDevice: EUI64? {
    switch self {
    case .inventoryObserved(let event): event.deviceID
    case .mpxnUpdated(let event): event.deviceID
    default: nil
    }
  }

  var changesInventory: Bool { inventoryDevice != nil }

  /// The correction that the event belongs to; an inventory change that a fix made is not a step.
  var correction: CorrectionID? {
    switch self {
    case .correctionRequested(let event): event.correction
    case .correctionJoined(let event): event.correction
    case .routeAdvised(let event): event.correction
    case .ownerAssigned(let event): event.correction
    case .ownershipTransferred(let event): event.correction
    case .consentRequested(let event): event.correction
    case .consentGiven(let event): event.correction
    case .consentRefused(let event): event.correction
    case .consentLapsed(let event): event.correction
    case .manualFixProposed(let event): event.correction
    case .manualFixApproved(let event): event.correction
    case .manualFixDeclined(let event): event.correction
    case .manualFixApplied(let event): event.correction
    case .fixVerified(let event): event.correction
    case .fixNotFound(let event): event.correction
    case .correctionResolved(let event): event.correction
    case .correctionConfirmed(let event): event.correction
    case .correctionReopened(let event): event.correction
    case .correctionRejected(let event), .correctionWithdrawn(let event): event.correction
    case .noteAdded(let event): event.correction
    case .ledgerOpened, .calendarSet, .policySet, .userRegistered, .userStatusChanged,
      .productListed, .registrationsImported, .inventoryImported, .serviceRequestReceived,
      .serviceRequestValidated, .serviceResponseIssued, .inventoryObserved, .mpxnUpdated:
      nil
    }
  }

  /// Under which name a month counts the event, where it counts events and not corrections.
  var countedName: String? {
    switch self {
    case .correctionJoined: "joined"
    case .correctionReopened: "reopened"
    default: nil
    }
  }
}
