import Corrections

/// Every kind of event, one case each.
///
/// `of` names every case of ``Event`` and `sample` every case of this: an event that is added to
/// the program does not compile here until it has its samples.
enum EventKind: String, CaseIterable, Sendable {
  case ledgerOpened, calendarSet, policySet
  case userRegistered, userStatusChanged, productListed, registrationsImported, inventoryImported
  case serviceRequestReceived, serviceRequestValidated, serviceResponseIssued
  case inventoryObserved, mpxnUpdated
  case correctionRequested, correctionJoined, routeAdvised, ownerAssigned, ownershipTransferred
  case consentRequested, consentGiven, consentRefused, consentLapsed
  case manualFixProposed, manualFixApproved, manualFixDeclined, manualFixApplied
  case fixVerified, fixNotFound
  case correctionResolved, correctionConfirmed, correctionReopened, correctionRejected
  case correctionWithdrawn, noteAdded

  static func of(_ event: Event) -> EventKind {
    switch event {
    case .ledgerOpened: .ledgerOpened
    case .calendarSet: .calendarSet
    case .policySet: .policySet
    case .userRegistered: .userRegistered
    case .userStatusChanged: .userStatusChanged
    case .productListed: .productListed
    case .registrationsImported: .registrationsImported
    case .inventoryImported: .inventoryImported
    case .serviceRequestReceived: .serviceRequestReceived
    case .serviceRequestValidated: .serviceRequestValidated
    case .serviceResponseIssued: .serviceResponseIssued
    case .inventoryObserved: .inventoryObserved
    case .mpxnUpdated: .mpxnUpdated
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
    case .userRegistered: .userRegistered(dice.user())
    case .userStatusChanged:
      .userStatusChanged(
        UserStatusChanged(
          id: dice.one(of: [dice.staff(), dice.eui().description]), party: dice.party(),
          status: dice.one()))
    case .productListed: .productListed(dice.product())
    case .registrationsImported: .registrationsImported(dice.registrationsImported())
    case .inventoryImported:
      .inventoryImported(
        InventoryImported(
          coverage: dice.one(), rows: dice.position(), observed: dice.below(9), asAt: dice.time()))
    case .serviceRequestReceived: .serviceRequestReceived(dice.serviceRequestReceived())
    case .serviceRequestValidated:
      .serviceRequestValidated(
        ServiceRequestValidated(
          requestID: dice.request(), party: dice.maybe { $0.party() }, serviceReference: "8.4",
          deviceID: dice.maybe { $0.eui() }, held: dice.maybe { $0.token() },
          wanted: dice.maybe { $0.token() }, judgement: dice.judgement(),
          factsUpTo: dice.position(), registrations: dice.maybe { $0.position() }))
    case .serviceResponseIssued:
      .serviceResponseIssued(
        ServiceResponseIssued(
          requestID: dice.request(), party: dice.maybe { $0.party() }, serviceReference: "8.4",
          deviceID: dice.maybe { $0.eui() }, code: dice.one(of: ["I99", "E080415"])))
    case .inventoryObserved:
      .inventoryObserved(
        InventoryObserved(deviceID: dice.eui(), basis: dice.one(), entry: dice.entry()))
    case .mpxnUpdated:
      .mpxnUpdated(
        MPxNUpdated(
          deviceID: dice.eui(), field: dice.one(), from: dice.maybe { $0.fieldValue() },
          to: dice.token(), basis: dice.one(), requestID: dice.maybe { $0.request() },
          correction: dice.maybe { $0.correction() }))
    case .correctionRequested, .correctionJoined, .routeAdvised, .ownerAssigned,
      .ownershipTransferred, .consentRequested, .consentGiven, .consentRefused, .consentLapsed,
      .manualFixProposed, .manualFixApproved, .manualFixDeclined, .manualFixApplied, .fixVerified,
      .fixNotFound, .correctionResolved, .correctionConfirmed, .correctionReopened,
      .correctionRejected, .correctionWithdrawn, .noteAdded:
      correctionSample(&dice)
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
        dsp: below(9)))
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

  mutating func serviceRequestReceived() -> ServiceRequestReceived {
    ServiceRequestReceived(
      requestID: request(), party: maybe { $0.party() }, schemaVersion: "5.4",
      commandVariant: 1 + below(9), serviceReference: "8.4", serviceReferenceVariant: "8.4",
      deviceID: maybe { $0.eui() }, asks: asks(), firstInSequence: maybe { $0.flip() },
      preceding: maybe { $0.request() }, document: name43())
  }

  mutating func asks() -> ServiceRequestReceived.Asked {
    switch below(10) {
    case 0: .mpxn(one(), token())
    case 1: .status(one(of: [.statusExceptCH, .statusCH]), one())
    case 2: .details(details())
    case 3: .branch(one(of: [.delete, .details]))
    case 4: .query(.device)
    case 5: .query(.mpxn(token()))
    case 6: .query(.uprn(token()))
    case 7: .query(.property(postCode: token(), address: token()))
    case 8: .prenotification(one(), details(), associatedGPF: maybe { $0.eui() })
    default: .other(element: "JoinService")
    }
  }

  mutating func details() -> DeviceDetails {
    DeviceDetails(
      manufacturer: maybe { $0.said() }, model: maybe { $0.said() },
      smetsCHTSVersion: maybe { $0.said() }, firmwareVersion: maybe { $0.said() },
      esmeVariant: maybe { $0.one() })
  }

  mutating func fieldValue() -> FieldValue { flip() ? .empty : .mpxn(token()) }

  mutating func judgement() -> Judgement {
    Judgement(
      rulebook: 1, code: maybe { $0.one(of: ["I99", "E080410"]) }, findings: some { $0.finding() },
      route: maybe { $0.one() }, warnings: some { $0.one() })
  }

  mutating func finding() -> Finding {
    Finding(
      code: one(), answer: one(), because: one(), facts: some { $0.fact() },
      missing: maybe { $0.one() }, inferred: flip(),
      retry: one(of: [.no, .from(time()), .onceKnown]))
  }

  mutating func fact() -> Fact {
    let value = one(of: [Fact.Value.text(said()), .token(token()), .time(time())])
    return Fact(
      one(), value,
      from: maybe { dice in
        dice.one(of: [Fact.Source.position(dice.position()), .registrations(dice.position())])
      })
  }

  mutating func entry() -> InventoryEntry {
    var entry = InventoryEntry(deviceType: one())
    entry.status = maybe { $0.one() }
    entry.statusSince = maybe { $0.time() }
    entry.details = details()
    entry.firmwareVersionStatus = maybe { $0.one() }
    entry.cplStatus = maybe { $0.one() }
    entry.dateCommissioned = maybe { $0.date() }
    entry.importMPxN = maybe { $0.token() }
    entry.secondaryImportMPAN = maybe { $0.token() }
    entry.exportMPAN = maybe { $0.token() }
    entry.uprn = maybe { $0.token() }
    entry.postCode = maybe { $0.token() }
    entry.addressIdentifier = maybe { $0.token() }
    entry.cspRegion = maybe { $0.said() }
    entry.gbcsVersion = maybe { $0.said() }
    entry.hanVariant = maybe { $0.said() }
    entry.s1sp = maybe { $0.said() }
    entry.connectivity = maybe { $0.said() }
    entry.prenotifiedBy = maybe { $0.eui() }
    entry.associatedDevices = some { $0.eui() }
    let absent = Set(EntryField.allCases).subtracting(entry.given)
    entry.empty = flip() ? absent : absent.filter { _ in flip() }
    return entry
  }
}
