public import Corrections

extension Wording {
  /// What a route means, in a sentence that can follow `Next, `.
  public static func sentence(_ route: Route) -> String {
    switch route {
    case .selfServe: "send this 8.4"
    case .installingSupplier:
      "the supplier whose installation of the device succeeded completes it, then sends 8.4"
    case .preNotifier: "only the User ID that pre-notified the device can do this"
    case .twoSupplier: "both Registered Suppliers agree, then the DSP makes the change"
    case .registration: "the registration changes, or is put right; then send 8.4 again"
    case .manual: "the DSP makes the change by hand, on evidence"
    case .incident: "raise an Incident (SEC Appendix AG): 8.4 can't express this"
    }
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
    }
  }

  /// Why a consent no longer counts.
  public static func sentence(_ because: ConsentLapsed.Because) -> String {
    switch because {
    case .supplierChanged: "it is not the Registered Supplier any more"
    case .valueChanged: "another MPxN is meant now"
    case .notNeeded: "the route needs none any more"
    case .reopened: "the correction was reopened"
    }
  }

  /// What a correction's `how` means.
  public static func sentence(_ how: CorrectionResolved.How) -> String {
    switch how {
    case .manualFix: "by a manual fix"
    case .serviceRequest: "by an accepted Service Request"
    case .registration: "by a corrected registration"
    case .noFault: "no fault was found"
    }
  }
}
