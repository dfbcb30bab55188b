public import Corrections

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

  /// The devices of which the event tells something: also what others say of a device, who installed it,
  /// and that an answer was not the one predicted.
  public var inventoryDevices: [EUI64] {
    switch self {
    case .deviceValueObserved(let event): [event.deviceID]
    case .technicalDetailsObserved(let event): [event.deviceID]
    // Who installed a device is told by the answer to the request that did.
    case .serviceResponseRecorded(let event): event.deviceID.map { [$0] } ?? []
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
      .reportPublished, .upkeep, .technicalDetailsObserved, .technicalDetailsImported, .discovery:
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
}
