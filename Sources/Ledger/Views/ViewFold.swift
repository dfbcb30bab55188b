public import Corrections

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
  /// Devices of which something was told before what they are.
  private var early: Set<EUI64> = []
  /// Whether this fold begins with the first event of the log.
  private let readsAll: Bool
  /// Predicted and returned code, with a blank between them.
  private(set) var diverged: [MonthAndName: Int] = [:]

  init(readsAll: Bool) { self.readsAll = readsAll }

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
    diverged = [:]
  }

  /// Applies one event; `device` and `correction` give a state at a position when it is not held, and
  /// `isAnswered` says whether a request had an answer before it.
  func apply(
    _ recorded: Recorded, device: (EUI64, _ position: Int) throws -> Device?,
    correction: (CorrectionID) throws -> Correction?, isAnswered: (RequestID) throws -> Bool
  ) rethrows {
    switch recorded.event {
    case .policySet(let policy): policies.append((policy, recorded.position))
    case .calendarSet(let calendar): calendars.append((calendar, recorded.position))
    case .serviceResponseIssued(let event) where event.serviceReference == "8.4":
      judged[key(recorded, event.code), default: 0] += 1
    case .serviceResponseRecorded(let event)
    where event.serviceReference == "8.4" && event.isOutcome:
      // What is acknowledged and then answered is one request.
      guard try event.requestID.map({ try !isAnswered($0) }) ?? true else { break }
      judged[key(recorded, event.code), default: 0] += 1
    case .responseDiverged(let event):
      diverged[key(recorded, event.predicted + " " + event.returned), default: 0] += 1
    default: break
    }
    for id in recorded.event.inventoryDevices {
      let slot = try devices.slot(id) { try device($0, recorded.position - 1) }
      let wasKnown = slot.state != nil
      Device.evolve(&slot.state, id: id, with: recorded)
      if slot.state == nil {
        early.insert(id)
      } else if !wasKnown, early.remove(id) != nil || !readsAll {
        // What was recorded of it before counts now, too.
        slot.state = try device(id, recorded.position)
      }
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
  /// The devices whose SMI entry the event changes.
  var changedEntries: [EUI64] {
    switch self {
    case .inventoryObserved(let event): [event.deviceID]
    case .devicePrenotified(let event): [event.deviceID]
    case .deviceStatusChanged(let event): [event.deviceID]
    case .deviceDetailsUpdated(let event): [event.deviceID]
    case .mpxnUpdated(let event): [event.deviceID]
    case .deviceDeleted(let event): [event.deviceID]
    case .deviceAssociated(let event), .deviceDissociated(let event):
      [event.deviceID, event.other]
    case .deviceSupplierChanged(let event): [event.deviceID]
    default: []
    }
  }

  /// The devices of which the event tells something: also what a device itself holds, and that an
  /// answer was not the one predicted.
  public var inventoryDevices: [EUI64] {
    switch self {
    case .deviceValueObserved(let event): [event.deviceID]
    case .responseDiverged(let event): event.deviceID.map { [$0] } ?? []
    default: changedEntries
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
      .serviceRequestValidated, .serviceResponseIssued, .inventoryObserved, .mpxnUpdated,
      .productsImported, .serviceResponseRecorded, .alertRecorded, .responseDiverged,
      .devicePrenotified, .deviceStatusChanged, .deviceDetailsUpdated, .deviceDeleted,
      .deviceAssociated, .deviceDissociated, .deviceSupplierChanged, .deviceValueObserved:
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
