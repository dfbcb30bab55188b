import Corrections

/// The states that the views show, kept while events are applied.
///
/// A state that is not in memory is folded anew from the log, so memory is bounded by what is kept
/// and nothing is stored but rows that ``ViewRows`` makes from a state alone.
final class ViewFold {
  /// The state of one thing, and whether its rows are behind.
  final class Slot<State> {
    var state: State?
    var hasChanged = false

    init(_ state: State?) { self.state = state }
  }

  private var devices = Kept<EUI64, Device>()
  private var corrections = Kept<CorrectionID, Correction>()
  private(set) var changedDevices: [Slot<Device>] = []
  private(set) var changedCorrections: [Slot<Correction>] = []
  private(set) var policies: [(Policy, Int)] = []
  private(set) var calendars: [(CalendarSet, Int)] = []
  private(set) var judged: [MonthAndName: Int] = [:]
  private(set) var counted: [MonthAndName: Int] = [:]

  struct MonthAndName: Hashable {
    let month: String
    let name: String
  }

  /// States in two generations: what is not asked for while the newer one fills is forgotten.
  private struct Kept<ID: Hashable, State> {
    private var newer: [ID: Slot<State>] = [:]
    private var older: [ID: Slot<State>] = [:]

    mutating func slot(_ id: ID, else fold: (ID) throws -> State?) rethrows -> Slot<State> {
      if let slot = newer[id] { return slot }
      let slot = try older.removeValue(forKey: id) ?? Slot(fold(id))
      newer[id] = slot
      return slot
    }

    /// Whether states were forgotten.
    mutating func age(keeping limit: Int) -> Bool {
      guard newer.count > limit else { return false }
      let hasForgotten = !older.isEmpty
      older = newer
      newer = [:]
      return hasForgotten
    }
  }

  /// Forgets the states used longest ago when there are many; says whether it forgot any.
  func age(keeping limit: Int) -> Bool {
    let forgotDevices = devices.age(keeping: limit)
    let forgotCorrections = corrections.age(keeping: limit)
    return forgotDevices || forgotCorrections
  }

  /// What was changed has been written.
  func forgetChanges() {
    for slot in changedDevices { slot.hasChanged = false }
    for slot in changedCorrections { slot.hasChanged = false }
    changedDevices = []
    changedCorrections = []
    policies = []
    calendars = []
    judged = [:]
    counted = [:]
  }

  /// Applies one event; `device` and `correction` give the state before it when it is not held.
  func apply(
    _ recorded: Recorded, device: (EUI64) throws -> Device?,
    correction: (CorrectionID) throws -> Correction?
  ) rethrows {
    switch recorded.event {
    case .policySet(let policy): policies.append((policy, recorded.position))
    case .calendarSet(let calendar): calendars.append((calendar, recorded.position))
    case .serviceResponseIssued(let event) where event.serviceReference == "8.4":
      judged[key(recorded, event.code), default: 0] += 1
    default: break
    }
    if let id = recorded.event.inventoryDevice {
      let slot = try devices.slot(id, else: device)
      Device.evolve(&slot.state, id: id, with: recorded)
      if !slot.hasChanged {
        slot.hasChanged = true
        changedDevices.append(slot)
      }
    }
    if let id = recorded.event.correction {
      let slot = try corrections.slot(id, else: correction)
      Correction.evolve(&slot.state, id: id, with: recorded)
      if !slot.hasChanged {
        slot.hasChanged = true
        changedCorrections.append(slot)
      }
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
