public import Corrections

extension Wording {
  /// What a route means, in a sentence that can follow `Next: `.
  public static func sentence(_ route: Route) -> String {
    switch route {
    case .selfServe: "send this 8.4"
    case .installingSupplier:
      "the supplier whose installation of the device succeeded completes it, then sends 8.4"
    case .preNotifier: "only the User ID that pre-notified the device can do this"
    case .twoSupplier: "both Registered Suppliers agree, then the change is made"
    case .registration: "the registration changes, or is put right; then send 8.4 again"
    case .manual: "the DSP makes the change by hand, on evidence"
    case .incident: "raise an Incident (SEC Appendix AG)"
    }
  }

  /// What an advised route comes to, in a sentence that can follow the one of why.
  ///
  /// `isByLedger` says that the ledger makes a change itself once everybody has agreed.
  public static func sentence(_ advice: RouteAdvice, isByLedger: Bool = false) -> String {
    let route = sentence(advice.route)
    return switch (advice.route, advice.because) {
    case (.incident, .notExpressible), (.incident, .supplierPartyNotKnown):
      route + ": 8.4 can't express this"
    case (.incident, _): route + ": an 8.4 for it is refused"
    case (.preNotifier, .prenotifierNotKnown):
      "the DCC finds out who did, and that User ID sends 8.4"
    case (.preNotifier, _): "that User ID sends 8.4"
    case (.installingSupplier, .anotherInstalled): "it completes the installation, then sends 8.4"
    case (.selfServe, .anotherPartyPasses): "that supplier sends 8.4"
    case (.selfServe, .senderRoleNeeded): "such a user sends 8.4"
    case (.twoSupplier, .suppliersDiffer):
      "both Registered Suppliers agree, then the \(isByLedger ? "ledger" : "DSP") makes the change"
    case (.selfServe, _), (.installingSupplier, _), (.twoSupplier, _), (.registration, _),
      (.manual, _):
      route
    }
  }

  /// What to do about a finding: the way that is open, else what is said of its code.
  public static func next(_ finding: Finding, _ route: Route?) -> String? {
    guard finding.answer != .holds, finding.code.isPublished else { return nil }
    if finding.because == .deviceNotKnown, finding.code == .e5 {
      return "An observer holds only part of the SMI: SR 8.2 by this DeviceID says whether it is "
        + "there"
    }
    if finding.because == .deviceNotKnown {
      return "Check the Device ID. If it is right, the SMI lacks the device (SR 12.2 adds it), or "
        + "this ledger does not hold it yet: record an 8.2 response or import an extract"
    }
    return route.map(sentence(_:)) ?? Explanation(of: finding.code).next
  }

  /// Why a route was advised.
  public static func sentence(_ because: RouteAdvice.Because) -> String {
    switch because {
    case .requestPasses: "every check holds for the requester"
    case .anotherPartyPasses: "every check holds for another supplier"
    case .suppliersDiffer:
      "the MPxN held and the wanted one have different Registered Suppliers, so no 8.4 can pass"
    case .registrationChanges: "both MPxNs come to one supplier by a registration already held"
    case .wantedHasNoSupplier: "nobody is Registered Supplier of the wanted MPxN"
    case .wantedRegistrationNotHeld: "no one registration of the wanted MPxN is held"
    case .wantedRegistrationsDisagree: "two suppliers are registered for the wanted MPxN"
    case .heldRegistrationsDisagree: "two suppliers are registered for the MPxN now on the device"
    case .heldRegistrationNotHeld: "no one registration of the MPxN now on the device is held"
    case .supplierPartyNotKnown:
      "no active user held acts for a supplier that must act: import its users, then advise"
    case .devicePending: "the device is Pending"
    case .statusForbids: "the status of the device allows no MPxN update"
    case .deviceTypeDoesNotFit: "the device type can't hold this MPxN"
    case .notExpressible: "SR 8.4 has no way to ask for it"
    case .deviceNotInSMI: "the SMI does not hold the device any more"
    case .deviceNotHeld: "this ledger holds nothing of the device"
    case .deviceNotPending: "8.4 changes or removes the entry of a Pending device only"
    case .productNotListed: "the resulting product is not on the products list in force"
    case .anotherPrenotified: "only the User ID that pre-notified the device passes the check"
    case .prenotifierNotKnown: "who pre-notified the device is not held"
    case .anotherInstalled:
      "only the supplier whose installation of the device succeeded passes the check"
    case .senderRoleNeeded: "it takes a user in the role IS or GS"
    }
  }

  /// Why a consent no longer counts.
  public static func sentence(_ because: ConsentLapsed.Because) -> String {
    switch because {
    case .supplierChanged: "it is not the Registered Supplier any more"
    case .valueChanged: "another MPxN is meant now"
    case .notNeeded: "the route needs none any more"
    case .reopened: "the correction was reopened"
    case .ringGone: "it was given in a ring that is none any more"
    }
  }

  /// What is odd about a response or an alert.
  public static func sentence(_ flag: RecordFlag) -> String {
    switch flag {
    case .requestNotKnown: "the request that it names isn't recorded here"
    case .noRequestNamed: "it names no request"
    case .codeNotKnown: "its code is not one of DUIS 5.4"
    case .otherServiceReference: "it says another Service Reference than the request"
    case .identitiesDisagree: "its ResponseID is not the RequestID with its parts changed over"
    case .timeWithoutZone: "its time has no zone, and was taken as UTC"
    case .timeNotGiven: "it says no time, so the time of recording stands for it"
    case .timeAhead: "its time lies ahead, so the time of recording stands for it"
    case .deviceNotKnown: "it is about a device that isn't held here"
    case .contentNotRead: "it came with content that isn't read; the raw XML is kept"
    case .commandFailed: "the device says that the command did not succeed"
    case .answeredHere: "this ledger answers such requests itself, so it changes nothing"
    case .contradictsEarlier: "an earlier answer to this request said otherwise"
    case .textWithheld: "a text in it may be a meter point, so it is kept in the raw XML only"
    }
  }

  /// What a correction's `how` means.
  public static func sentence(_ how: CorrectionResolved.How) -> String {
    switch how {
    case .manualFix: "by a manual fix"
    case .serviceRequest: "by an accepted Service Request"
    case .registration: "by a corrected registration"
    case .noFault: "no fault was found"
    case .agreement: "everybody agreed, and the ledger made the change"
    case .observed: "the inventory was seen to hold the wanted value"
    case .incident: "by an Incident"
    }
  }

  /// How an actor was known.
  public static func sentence(_ via: Via) -> String {
    switch via {
    case .asserted(let account): "asserted by account \(account)"
    case .token: "by token"
    case .certificate: "by certificate"
    case .import: "by an import"
    case .system: "by the program"
    }
  }

  /// Why a correction went to an Incident.
  public static func sentence(_ because: IncidentCause) -> String {
    switch because {
    case .asked: "asked for"
    case .silence: "after a reminder and silence"
    }
  }

  /// `DCC Incident`, `REC case`.
  public static func name(of system: ReferenceSystem) -> String {
    switch system {
    case .dccIncident: "DCC Incident"
    case .rec: "REC case"
    case .ecoes: "ECOES case"
    case .sdep: "SDEP exchange"
    case .other: "other"
    }
  }
}

extension RouteAdvice.Because {
  /// Whether it rests on what the published checks imply, rather than say.
  public var isInferred: Bool {
    switch self {
    case .suppliersDiffer, .devicePending, .anotherInstalled, .statusForbids: true
    case .requestPasses, .anotherPartyPasses, .registrationChanges, .wantedHasNoSupplier,
      .wantedRegistrationNotHeld, .wantedRegistrationsDisagree, .heldRegistrationNotHeld,
      .heldRegistrationsDisagree, .supplierPartyNotKnown, .deviceTypeDoesNotFit, .notExpressible,
      .deviceNotPending, .productNotListed, .anotherPrenotified, .prenotifierNotKnown,
      .senderRoleNeeded, .deviceNotInSMI, .deviceNotHeld:
      false
    }
  }
}
