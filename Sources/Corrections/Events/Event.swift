/// Everything that can happen in a ledger: past tense, complete.
///
/// An event is stored under its name for ever (see `schemas/events`); a new shape is a new version,
/// a new kind is a new case. Times and actors stand in ``Recorded``.
public enum Event: Hashable, Sendable {
  // The ledger itself
  case ledgerOpened(LedgerOpened)
  case calendarSet(CalendarSet)
  case policySet(Policy)
  // Reference data
  case userRegistered(User)
  case userStatusChanged(UserStatusChanged)
  case productListed(Product)
  case registrationsImported(RegistrationsImported)
  case inventoryImported(InventoryImported)
  // Requests
  case serviceRequestReceived(ServiceRequestReceived)
  case serviceRequestValidated(ServiceRequestValidated)
  case serviceResponseIssued(ServiceResponseIssued)
  // Inventory
  case inventoryObserved(InventoryObserved)
  case mpxnUpdated(MPxNUpdated)
  // Corrections
  case correctionRequested(CorrectionRequested)
  case correctionJoined(CorrectionJoined)
  case routeAdvised(RouteAdvised)
  case ownerAssigned(OwnerAssigned)
  case ownershipTransferred(OwnershipTransferred)
  case consentRequested(ConsentRequested)
  case consentGiven(ConsentGiven)
  case consentRefused(ConsentRefused)
  case consentLapsed(ConsentLapsed)
  case manualFixProposed(ManualFixProposed)
  case manualFixApproved(ManualFixApproved)
  case manualFixDeclined(ManualFixDeclined)
  case manualFixApplied(ManualFixApplied)
  case fixVerified(FixVerified)
  case fixNotFound(FixNotFound)
  case correctionResolved(CorrectionResolved)
  case correctionConfirmed(CorrectionConfirmed)
  case correctionReopened(CorrectionReopened)
  case correctionRejected(CorrectionClosed)
  case correctionWithdrawn(CorrectionClosed)
  case noteAdded(NoteAdded)
}

/// One event as the log holds it: what happened, when, by whom and because of what.
public struct Recorded: Hashable, Sendable {
  /// 1, 2, 3 … without gaps.
  public let position: Int
  /// When the ledger learned it.
  public let recordedAt: Instant
  /// When it was true in the world.
  public let effectiveAt: Instant
  public let actor: Actor
  /// The position of the event that caused this one.
  public let cause: Int?
  public let event: Event

  public init(
    position: Int, recordedAt: Instant, effectiveAt: Instant, actor: Actor, cause: Int?,
    event: Event
  ) {
    self.position = position
    self.recordedAt = recordedAt
    self.effectiveAt = effectiveAt
    self.actor = actor
    self.cause = cause
    self.event = event
  }
}
