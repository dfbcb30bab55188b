import Corrections

/// Every kind of event, one case each.
///
/// `of` names every case of ``Event`` and `sample` every case of this: an event that is added to
/// the program does not compile here until it has its samples.
enum EventKind: String, CaseIterable, Sendable {
  case ledgerOpened, calendarSet, policySet, serviceTargetsSet, eventAnnulled
  case userRegistered, userStatusChanged, productListed, productsImported, registrationsImported
  case inventoryImported
  case serviceRequestReceived, serviceRequestValidated, serviceResponseIssued
  case serviceResponseRecorded, alertRecorded, responseDiverged
  case inventoryObserved, devicePrenotified, deviceStatusChanged, deviceDetailsUpdated, mpxnUpdated
  case mpxnCleared
  case deviceDeleted, deviceAssociated, deviceDissociated, deviceSupplierChanged
  case deviceValueObserved
  case correctionRequested, correctionJoined, routeAdvised, ownerAssigned, ownershipTransferred
  case consentRequested, consentGiven, consentRefused, consentLapsed
  case manualFixProposed, manualFixApproved, manualFixDeclined, manualFixApplied
  case fixVerified, fixNotFound
  case correctionResolved, correctionConfirmed, correctionReopened, correctionRejected
  case correctionWithdrawn, noteAdded, incidentTakenOver, incidentsImported, reportPublished
  case subjectErased, documentsErased, timelinesSealed, evidenceExported, ledgerRestored
  case technicalDetailsObserved, technicalDetailsImported
  case discrepancyFound, discrepancyCleared, discrepancyDismissed
  case informationRequested, informationSupplied, requestedValueChanged, heldValueChanged
  case correctionMerged, correctionsLinked, correctionsUnlinked, categorySet, planGiven,
    reminderSent
  case manualFixFailed, confirmationLapsed, incidentRaised, incidentClosed, referenceAdded

  static func of(_ event: Event) -> EventKind {
    switch event {
    case .ledgerOpened: .ledgerOpened
    case .calendarSet: .calendarSet
    case .policySet: .policySet
    case .serviceTargetsSet: .serviceTargetsSet
    case .eventAnnulled: .eventAnnulled
    case .incidentTakenOver: .incidentTakenOver
    case .incidentsImported: .incidentsImported
    case .reportPublished: .reportPublished
    case .userRegistered: .userRegistered
    case .userStatusChanged: .userStatusChanged
    case .productListed: .productListed
    case .productsImported: .productsImported
    case .registrationsImported: .registrationsImported
    case .inventoryImported: .inventoryImported
    case .serviceRequestReceived: .serviceRequestReceived
    case .serviceRequestValidated: .serviceRequestValidated
    case .serviceResponseIssued: .serviceResponseIssued
    case .serviceResponseRecorded: .serviceResponseRecorded
    case .alertRecorded: .alertRecorded
    case .responseDiverged: .responseDiverged
    case .inventoryObserved: .inventoryObserved
    case .devicePrenotified: .devicePrenotified
    case .deviceStatusChanged: .deviceStatusChanged
    case .deviceDetailsUpdated: .deviceDetailsUpdated
    case .mpxnUpdated: .mpxnUpdated
    case .mpxnCleared: .mpxnCleared
    case .deviceDeleted: .deviceDeleted
    case .deviceAssociated: .deviceAssociated
    case .deviceDissociated: .deviceDissociated
    case .deviceSupplierChanged: .deviceSupplierChanged
    case .deviceValueObserved: .deviceValueObserved
    case .correctionRequested: .correctionRequested
    case .correctionJoined: .correctionJoined
    case .routeAdvised: .routeAdvised
    case .ownerAssigned: .ownerAssigned
    case .ownershipTransferred: .ownershipTransferred
    case .consentRequested: .consentRequested
    case .consentGiven: .consentGiven
    case .consentRefused: .consentRefused
    case .consentLapsed: .consentLapsed
    case .manualFixProposed: .manualFixProposed
    case .manualFixApproved: .manualFixApproved
    case .manualFixDeclined: .manualFixDeclined
    case .manualFixApplied: .manualFixApplied
    case .fixVerified: .fixVerified
    case .fixNotFound: .fixNotFound
    case .correctionResolved: .correctionResolved
    case .correctionConfirmed: .correctionConfirmed
    case .correctionReopened: .correctionReopened
    case .correctionRejected: .correctionRejected
    case .correctionWithdrawn: .correctionWithdrawn
    case .noteAdded: .noteAdded
    case .correctionStep(let step): of(step)
    case .upkeep(let upkeep): of(upkeep)
    case .technicalDetailsObserved: .technicalDetailsObserved
    case .technicalDetailsImported: .technicalDetailsImported
    case .discovery(.found): .discrepancyFound
    case .discovery(.cleared): .discrepancyCleared
    case .discovery(.dismissed): .discrepancyDismissed
    }
  }

  private static func of(_ upkeep: Upkeep) -> EventKind {
    switch upkeep {
    case .subjectErased: .subjectErased
    case .documentsErased: .documentsErased
    case .timelinesSealed: .timelinesSealed
    case .evidenceExported: .evidenceExported
    case .ledgerRestored: .ledgerRestored
    }
  }

  private static func of(_ step: CorrectionStep) -> EventKind {
    switch step.what {
    case .informationRequested: .informationRequested
    case .informationSupplied: .informationSupplied
    case .requestedValueChanged: .requestedValueChanged
    case .heldValueChanged: .heldValueChanged
    case .merged: .correctionMerged
    case .linked: .correctionsLinked
    case .unlinked: .correctionsUnlinked
    case .categorySet: .categorySet
    case .planGiven: .planGiven
    case .reminderSent: .reminderSent
    case .manualFixFailed: .manualFixFailed
    case .confirmationLapsed: .confirmationLapsed
    case .incidentRaised: .incidentRaised
    case .incidentClosed: .incidentClosed
    case .referenceAdded: .referenceAdded
    }
  }

  /// One event of this kind, by chance.
  func sample(_ dice: inout Dice) -> Event {
    switch self {
    case .ledgerOpened: .ledgerOpened(dice.ledgerOpened())
    case .calendarSet:
      .calendarSet(
        CalendarSet(calendar: dice.one(WorkingCalendar.self).rawValue, from: dice.time()))
    case .policySet: .policySet(dice.policy())
    case .serviceTargetsSet: .serviceTargetsSet(dice.targets())
    case .eventAnnulled:
      .eventAnnulled(
        EventAnnulled(
          position: dice.position(), type: dice.one(of: ["NoteAdded", "MPxNUpdated"]),
          tags: dice.some { "device:\($0.eui())" }, replacedBy: dice.maybe { $0.position() },
          reason: dice.name43()))
    case .incidentTakenOver: .incidentTakenOver(dice.incident())
    case .incidentsImported:
      .incidentsImported(
        IncidentsImported(
          rows: dice.position(), takenOver: dice.below(9), bundled: dice.below(9)))
    case .reportPublished: .reportPublished(dice.report())
    case .userRegistered: .userRegistered(dice.user())
    case .userStatusChanged:
      .userStatusChanged(
        UserStatusChanged(
          id: dice.one(of: [dice.staff(), dice.eui().description]), party: dice.party(),
          status: dice.one()))
    case .productListed: .productListed(dice.product())
    case .productsImported:
      .productsImported(
        ProductsImported(rows: dice.position(), listed: dice.below(9), asAt: dice.time()))
    case .registrationsImported: .registrationsImported(dice.registrationsImported())
    case .inventoryImported:
      .inventoryImported(
        InventoryImported(
          coverage: dice.one(), rows: dice.position(), observed: dice.below(9), asAt: dice.time()))
    case .serviceRequestReceived, .serviceRequestValidated, .serviceResponseIssued,
      .serviceResponseRecorded, .alertRecorded, .responseDiverged:
      requestSample(&dice)
    case .inventoryObserved, .devicePrenotified, .deviceStatusChanged, .deviceDetailsUpdated,
      .mpxnUpdated, .mpxnCleared, .deviceDeleted, .deviceAssociated, .deviceDissociated,
      .deviceSupplierChanged, .deviceValueObserved:
      deviceSample(&dice)
    case .correctionRequested, .correctionJoined, .routeAdvised, .ownerAssigned,
      .ownershipTransferred, .consentRequested, .consentGiven, .consentRefused, .consentLapsed,
      .manualFixProposed, .manualFixApproved, .manualFixDeclined, .manualFixApplied, .fixVerified,
      .fixNotFound, .correctionResolved, .correctionConfirmed, .correctionReopened,
      .correctionRejected, .correctionWithdrawn, .noteAdded:
      correctionSample(&dice)
    case .informationRequested, .informationSupplied, .requestedValueChanged, .heldValueChanged,
      .correctionMerged, .correctionsLinked, .correctionsUnlinked, .categorySet, .planGiven,
      .reminderSent,
      .manualFixFailed, .confirmationLapsed, .incidentRaised, .incidentClosed, .referenceAdded:
      .correctionStep(stepSample(&dice))
    case .subjectErased, .documentsErased, .timelinesSealed, .evidenceExported, .ledgerRestored:
      .upkeep(upkeepSample(&dice))
    case .technicalDetailsObserved, .technicalDetailsImported, .discrepancyFound,
      .discrepancyCleared, .discrepancyDismissed:
      discoverySample(&dice)
    }
  }
}

extension Dice {
  mutating func ledgerOpened() -> LedgerOpened {
    LedgerOpened(
      format: 1, mode: one(), origin: "ledger.example/smi",
      publicKey: "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
      ledgerID: "6f0b8a52-5c1e-4a6e-9a50-0d3f3a6c7e11")
  }

  mutating func policy() -> Policy {
    Policy(
      version: 1 + below(9), from: time(), cutOffHour: below(25),
      turns: Policy.Turns(
        requester: below(9), counterparty: below(9), otherUser: below(9), dcc: below(9),
        dsp: below(9)), afterConsents: maybe { $0.one() }, escalateAfter: maybe { $0.below(30) },
      confirmWithin: maybe { $0.below(30) }, reopenWithin: maybe { $0.below(30) },
      planWithin: maybe { $0.below(30) })
  }

  mutating func incident() -> IncidentTakenOver {
    IncidentTakenOver(
      correction: correction(), reference: token(), deviceID: maybe { $0.eui() },
      deviceType: maybe { $0.one() }, field: maybe { $0.one() },
      requested: maybe { $0.entryValue() }, mpxn: maybe { $0.token() },
      category: maybe { 1 + $0.below(5) }, firstCode: maybe { $0.one(of: ["E080415", "E19"]) },
      party: party(), resolvedAt: maybe { $0.time() }, closedAt: maybe { $0.time() },
      outcome: maybe { $0.one() }, route: maybe { $0.one() }, handovers: below(9),
      isBundled: flip(), mergedInto: maybe { $0.correction() })
  }

  mutating func report() -> ReportPublished {
    let day = GBTime.civil(at: time()).date
    return ReportPublished(
      from: day, to: day.adding(days: below(99)),
      filter: ReportFilter(
        party: maybe { $0.party() }, deviceType: maybe { $0.one() }, route: maybe { $0.one() }),
      rule: ResolutionReport.rule, position: position(), root: name43() + "=", form: 1 + below(3),
      digest: name43() + "=")
  }

  mutating func targets() -> ServiceTargets {
    ServiceTargets(
      from: time(), isVerified: flip(),
      targets: (1...5).map {
        ServiceTargets.Target(category: $0, minutes: 60 * (1 + below(240)), counting: one())
      })
  }

  mutating func user() -> User {
    User(
      id: flip() ? eui().description : staff(), party: party(),
      marketParticipantIDs: some { $0.one(of: ["SUPA", "SUPG", "MRA1"]) },
      roles: some { $0.one() }, status: one(), name: maybe { $0.token() })
  }

  mutating func product() -> Product {
    Product(
      deviceType: one(), esmeVariantFirst: maybe { $0.one(of: ["A", "B", "C"]) },
      manufacturer: said(), model: said(), firmwareVersion: maybe { $0.said() }, status: one(),
      listedFrom: maybe { $0.time() }, listedTo: maybe { $0.time() })
  }

  mutating func registrationsImported() -> RegistrationsImported {
    RegistrationsImported(
      set: position(), base: maybe { $0.position() }, mode: one(), rows: below(99),
      added: below(99), changed: below(99), ended: below(99),
      root: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
  }
}
