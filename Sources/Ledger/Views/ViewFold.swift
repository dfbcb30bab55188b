public import Corrections

/// The states that the views show, kept while events are applied.
///
/// A state that is not in memory is folded anew from the log, so memory is bounded by what is kept
/// and nothing is stored but rows that ``ViewRows`` makes from a state alone.
final class ViewFold {
  /// The state of one thing, and whether its rows are behind.
  final class Slot<ID, State> {
    let id: ID
    var state: State?
    var hasChanged = false
    /// Whether rows that were written may not follow from the state any more.
    var hasShrunk = false

    init(_ id: ID, _ state: State?) {
      self.id = id
      self.state = state
    }
  }

  private var devices = Kept<EUI64, Device>()
  private var corrections = Kept<CorrectionID, Correction>()
  private(set) var changedDevices: [Slot<EUI64, Device>] = []
  private(set) var changedCorrections: [Slot<CorrectionID, Correction>] = []
  private(set) var judged: [JudgedKey: Int] = [:]
  /// Steps that are counted by themselves.
  private(set) var steps: [Step] = []
  /// Steps of corrections that were recorded in a later month than the one in which they were true.
  private(set) var late: [Late] = []
  /// Positions of events in error, whose rows go.
  private(set) var inError: [Int] = []
  /// Devices of which something was told before what they are.
  private var early: Set<EUI64> = []
  /// Whether this fold begins with the first event of the log.
  private let readsAll: Bool
  /// Predicted and returned code, with a blank between them.
  private(set) var diverged: [MonthAndName: Int] = [:]

  init(readsAll: Bool) { self.readsAll = readsAll }

  /// A day of Europe/London, a code and the party that asked.
  struct JudgedKey: Hashable {
    let day: String
    let code: String
    let party: String
  }

  struct Step {
    let position: Int
    let correction: Int
    let what: String
    let at: Instant
  }

  struct Late {
    let position: Int
    let correction: Int
    let at: Instant
    let recordedAt: Instant
    let party: String
  }

  struct MonthAndName: Hashable {
    let month: String
    let name: String
  }

  /// States in two generations: what is not asked for while the newer one fills is forgotten.
  private struct Kept<ID: Hashable, State> {
    private var newer: [ID: Slot<ID, State>] = [:]
    private var older: [ID: Slot<ID, State>] = [:]

    mutating func slot(_ id: ID, else fold: (ID) throws -> State?) rethrows -> Slot<ID, State> {
      if let slot = newer[id] { return slot }
      let slot = try older.removeValue(forKey: id) ?? Slot(id, fold(id))
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
    for slot in changedDevices {
      slot.hasChanged = false
      slot.hasShrunk = false
    }
    for slot in changedCorrections {
      slot.hasChanged = false
      slot.hasShrunk = false
    }
    changedDevices = []
    changedCorrections = []
    judged = [:]
    steps = []
    late = []
    inError = []
    diverged = [:]
  }

  /// What a fold asks the log for; made once for many events.
  struct Source {
    /// A device as it was before the event at a position.
    let deviceBefore: (EUI64, _ position: Int) throws -> Device?
    /// A device as it is at a position.
    let deviceAt: (EUI64, _ position: Int) throws -> Device?
    /// A correction as it was before the event at a position.
    let correctionBefore: (CorrectionID, _ position: Int) throws -> Correction?
    /// A correction as it is at a position.
    let correctionAt: (CorrectionID, _ position: Int) throws -> Correction?
    /// The outcomes recorded of a request up to a position, but for those in error.
    let outcomes: (RequestID, _ position: Int) throws -> [Recorded]
    /// The event at a position.
    let event: (_ position: Int) throws -> Recorded?
  }

  /// Applies one event; the source gives what is not held.
  func apply(_ recorded: Recorded, from source: Source) throws {
    if case .eventAnnulled(let annulled) = recorded.event {
      return try apply(annulled, recorded, from: source)
    }
    switch recorded.event {
    case .serviceResponseIssued(let event) where event.serviceReference == "8.4":
      judged[key(recorded, event.code, event.party), default: 0] += 1
    case .serviceResponseRecorded(let event)
    where event.serviceReference == "8.4" && event.isOutcome:
      // What is acknowledged and then answered is one request.
      guard
        try event.requestID.map({ try source.outcomes($0, recorded.position - 1).isEmpty }) ?? true
      else { break }
      judged[key(recorded, event.code, event.party), default: 0] += 1
    case .responseDiverged(let event):
      diverged[key(recorded, event.predicted + " " + event.returned), default: 0] += 1
    default: break
    }
    for id in recorded.event.inventoryDevices {
      let slot = try devices.slot(id) { try source.deviceBefore($0, recorded.position) }
      let wasKnown = slot.state != nil
      Device.evolve(&slot.state, id: id, with: recorded)
      if slot.state == nil {
        early.insert(id)
      } else if !wasKnown, early.remove(id) != nil || !readsAll {
        // What was recorded of it before counts now, too.
        slot.state = try source.deviceAt(id, recorded.position)
      }
      change(slot)
    }
    for id in recorded.event.corrections {
      let slot = try corrections.slot(id) { try source.correctionBefore($0, recorded.position) }
      // What an old ticket says anew may have fewer turns or ends than what it said before.
      if case .incidentTakenOver = recorded.event { slot.hasShrunk = true }
      Correction.evolve(&slot.state, id: id, with: recorded)
      change(slot)
    }
    count(recorded)
  }

  private func count(_ recorded: Recorded) {
    guard let correction = recorded.event.correction else { return }
    if let what = recorded.event.countedStep {
      steps.append(
        Step(
          position: recorded.position, correction: correction.number,
          what: what.rawValue, at: recorded.effectiveAt))
    }
    guard Month(of: recorded.effectiveAt) != Month(of: recorded.recordedAt),
      recorded.effectiveAt < recorded.recordedAt
    else { return }
    late.append(
      Late(
        position: recorded.position, correction: correction.number, at: recorded.effectiveAt,
        recordedAt: recorded.recordedAt, party: recorded.actor.party))
  }

  private func change(_ slot: Slot<EUI64, Device>) {
    guard !slot.hasChanged else { return }
    slot.hasChanged = true
    changedDevices.append(slot)
  }

  private func change(_ slot: Slot<CorrectionID, Correction>) {
    guard !slot.hasChanged else { return }
    slot.hasChanged = true
    changedCorrections.append(slot)
  }

  /// Makes what an event in error had shown as if it had never been.
  private func apply(
    _ annulled: EventAnnulled, _ recorded: Recorded, from source: Source
  ) throws {
    guard let original = try source.event(annulled.position) else { return }
    for id in original.event.inventoryDevices {
      let slot = devices.slot(id) { _ in nil }
      slot.state = try source.deviceAt(id, recorded.position)
      slot.hasShrunk = true
      change(slot)
    }
    for id in original.event.corrections {
      let slot = corrections.slot(id) { _ in nil }
      slot.state = try source.correctionAt(id, recorded.position)
      slot.hasShrunk = true
      change(slot)
    }
    // A row that is still to be written goes before it is.
    steps.removeAll { $0.position == original.position }
    late.removeAll { $0.position == original.position }
    inError.append(original.position)
    switch original.event {
    case .serviceResponseIssued(let event) where event.serviceReference == "8.4":
      judged[key(original, event.code, event.party), default: 0] -= 1
    case .serviceResponseRecorded(let event)
    where event.serviceReference == "8.4" && event.isOutcome:
      try uncount(event, original, at: recorded.position, from: source)
    case .responseDiverged(let event):
      diverged[key(original, event.predicted + " " + event.returned), default: 0] -= 1
    default: break
    }
  }

  /// Of several answers to one request the first counts: where it was in error the next one does.
  private func uncount(
    _ event: ServiceResponseRecorded, _ original: Recorded, at position: Int, from source: Source
  ) throws {
    guard let request = event.requestID else {
      judged[key(original, event.code, event.party), default: 0] -= 1
      return
    }
    let before = try source.outcomes(request, position - 1).first
    let after = try source.outcomes(request, position).first
    guard before != after else { return }
    for (outcome, change) in [(before, -1), (after, 1)] {
      guard let outcome, case .serviceResponseRecorded(let answer) = outcome.event else { continue }
      judged[key(outcome, answer.code, answer.party), default: 0] += change
    }
  }

  private func key(_ recorded: Recorded, _ code: String, _ party: String?) -> JudgedKey {
    JudgedKey(
      day: GBTime.civil(at: recorded.effectiveAt).date.description, code: code,
      party: party ?? Actor.unknownParty)
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
    case .mpxnCleared(let event): [event.deviceID]
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
    case .correctionStep(let step): step.correction
    case .incidentTakenOver(let ticket): ticket.correction
    case .ledgerOpened, .calendarSet, .policySet, .userRegistered, .userStatusChanged,
      .productListed, .registrationsImported, .inventoryImported, .serviceRequestReceived,
      .serviceRequestValidated, .serviceResponseIssued, .inventoryObserved, .mpxnUpdated,
      .productsImported, .serviceResponseRecorded, .alertRecorded, .responseDiverged,
      .devicePrenotified, .deviceStatusChanged, .deviceDetailsUpdated, .deviceDeleted,
      .deviceAssociated, .deviceDissociated, .deviceSupplierChanged, .deviceValueObserved,
      .mpxnCleared, .serviceTargetsSet, .eventAnnulled, .incidentsImported,
      .reportPublished:
      nil
    }
  }

  /// Every correction whose state the event changes.
  var corrections: [CorrectionID] {
    guard let correction else { return [] }
    return switch self {
    case .correctionStep(let step): [correction] + step.others
    case .incidentTakenOver(let ticket): [correction] + (ticket.mergedInto.map { [$0] } ?? [])
    default: [correction]
    }
  }

  /// As what a period counts the event, where it counts events and not corrections.
  var countedStep: ReportCase.Step.What? {
    switch self {
    case .correctionJoined: .joined
    case .incidentTakenOver(let ticket): ticket.mergedInto.map { _ in .joined }
    case .correctionReopened: .reopened
    case .correctionStep(let step):
      switch step.what {
      case .merged: .merged
      case .incidentRaised: .escalated
      default: nil
      }
    default: nil
    }
  }

}
