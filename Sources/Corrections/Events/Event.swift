/// Everything that can happen in a ledger: past tense, complete.
///
/// An event is stored under its name for ever (see `schemas/events`); a new shape is a new version,
/// a new kind is a new case. Times and actors stand in ``Recorded``.
public enum Event: Hashable, Sendable {
  // The ledger itself
  /// Position 1: what sort of ledger this is.
  case ledgerOpened(LedgerOpened)
  /// Which days are working days, from a moment on.
  case calendarSet(CalendarSet)
  /// How long turns last, from a moment on.
  case policySet(Policy)
  /// Within which time each category is to be resolved, from a moment on.
  case serviceTargetsSet(ServiceTargets)
  /// An event was recorded in error.
  case eventAnnulled(EventAnnulled)
  // Reference data
  /// A user or a member of staff became known, or was described anew.
  case userRegistered(User)
  /// A user may act, or may not any more.
  case userStatusChanged(UserStatusChanged)
  /// A product stands on the Central Products List.
  case productListed(Product)
  /// A file of the products list was read to its end.
  case productsImported(ProductsImported)
  /// The Registered Suppliers of many meter points came into force.
  case registrationsImported(RegistrationsImported)
  /// An extract of the SMI was read to its end.
  case inventoryImported(InventoryImported)
  // Requests
  /// A Service Request arrived.
  case serviceRequestReceived(ServiceRequestReceived)
  /// The rulebook was applied to it.
  case serviceRequestValidated(ServiceRequestValidated)
  /// An authority answered it.
  case serviceResponseIssued(ServiceResponseIssued)
  /// The DCC answered it.
  case serviceResponseRecorded(ServiceResponseRecorded)
  /// The DCC or a device told something unasked.
  case alertRecorded(AlertRecorded)
  /// The answer was another one than predicted.
  case responseDiverged(ResponseDiverged)
  // Inventory
  /// The SMI said something of one device.
  case inventoryObserved(InventoryObserved)
  /// A device was added.
  case devicePrenotified(DevicePrenotified)
  /// The status of a device became another one.
  case deviceStatusChanged(DeviceStatusChanged)
  /// Details of a device became other ones.
  case deviceDetailsUpdated(DeviceDetailsUpdated)
  /// A meter point of a device became another one.
  case mpxnUpdated(MPxNUpdated)
  /// A place for a meter point was emptied.
  case mpxnCleared(MPxNCleared)
  /// A device was removed.
  case deviceDeleted(DeviceDeleted)
  /// Two devices were joined.
  case deviceAssociated(DeviceAssociation)
  /// Two devices are joined no more.
  case deviceDissociated(DeviceAssociation)
  /// A device passed to another supplier.
  case deviceSupplierChanged(DeviceSupplierChanged)
  /// The device itself said what it holds.
  case deviceValueObserved(DeviceValueObserved)
  /// Meter technical details said at which meter point a device is.
  case technicalDetailsObserved(TechnicalDetailsObserved)
  /// A file of meter technical details was read to its end.
  case technicalDetailsImported(TechnicalDetailsImported)
  // Discovery
  /// A look for errors that nobody has reported led to something.
  case discovery(Discovery)
  // Corrections
  /// A correction was opened.
  case correctionRequested(CorrectionRequested)
  /// A second report was taken into it.
  case correctionJoined(CorrectionJoined)
  /// The shortest way was worked out.
  case routeAdvised(RouteAdvised)
  /// It has an owner for the first time.
  case ownerAssigned(OwnerAssigned)
  /// It has another owner: a handover.
  case ownershipTransferred(OwnershipTransferred)
  /// A Registered Supplier was asked to agree.
  case consentRequested(ConsentRequested)
  /// A Registered Supplier agreed.
  case consentGiven(ConsentGiven)
  /// A Registered Supplier did not agree.
  case consentRefused(ConsentRefused)
  /// A consent, given or asked for, no longer counts.
  case consentLapsed(ConsentLapsed)
  /// The DCC proposed a change by the DSP.
  case manualFixProposed(ManualFixProposed)
  /// Another person at the DCC approved it.
  case manualFixApproved(ManualFixApproved)
  /// The DCC or the DSP declined it.
  case manualFixDeclined(ManualFixDeclined)
  /// The DSP made the change.
  case manualFixApplied(ManualFixApplied)
  /// The inventory holds the wanted value.
  case fixVerified(FixVerified)
  /// The inventory does not hold the wanted value.
  case fixNotFound(FixNotFound)
  /// The fault is gone.
  case correctionResolved(CorrectionResolved)
  /// A reporter says that it is right now.
  case correctionConfirmed(CorrectionConfirmed)
  /// The fault is there again, or still.
  case correctionReopened(CorrectionReopened)
  /// The DCC ended it without a fix.
  case correctionRejected(CorrectionClosed)
  /// The requester took it back.
  case correctionWithdrawn(CorrectionClosed)
  /// Somebody wrote something down.
  case noteAdded(NoteAdded)
  /// An old ticket was taken over as a correction.
  case incidentTakenOver(IncidentTakenOver)
  /// A file of old tickets was read to its end.
  case incidentsImported(IncidentsImported)
  /// A report was published.
  case reportPublished(ReportPublished)
  /// Something was done to the ledger itself.
  case upkeep(Upkeep)
  /// Any other step of a thread, such as a question, a reminder or an Incident.
  case correctionStep(CorrectionStep)
}

/// One event as the log holds it: what happened, when, by whom and because of what.
public struct Recorded: Hashable, Sendable {
  /// 1, 2, 3 … without gaps.
  public let position: Int
  /// When the ledger learned it.
  public let recordedAt: Instant
  /// When it was true in the world.
  public let effectiveAt: Instant
  /// Who did it.
  public let actor: Actor
  /// The position of the event that caused this one.
  public let cause: Int?
  /// What happened.
  public let event: Event

  /// Puts an event at its place in the log; the log alone gives positions and recorded times.
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
