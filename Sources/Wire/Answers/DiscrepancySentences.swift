public import Corrections

/// What each rule of `reconcile` asks, in the words that lists, pages and `explain` share.
extension DiscrepancyRule {
  /// What is wrong, in a few words.
  public var title: String {
    switch self {
    case .mpxnLength: "wrong length of an MPxN"
    case .mpxnDigits: "digits that no MPxN has"
    case .mpxnCheckDigit: "wrong check digit"
    case .mpxnFuel: "MPxN of the other fuel"
    case .mpxnTwice: "one MPxN on two devices"
    case .meterWithoutMPxN: "commissioned meter without an MPxN"
    case .secondaryMissing: "twin element without its second MPAN"
    case .secondaryNotTwin: "second MPAN on a single element"
    case .stuckPending: "Pending for over 60 days"
    case .stuckWhitelisted: "Whitelisted for over 30 days"
    case .hubDecommissioned: "no hub in use"
    case .tooManyDevices: "over 17 devices at one place"
    case .notRegistered: "MPxN not in the registrations"
    case .registrationEnded: "registration has ended"
    case .registrationsOverlap: "two suppliers registered at once"
    case .registrationKind: "registered as another kind"
    case .otherSupplierActs: "another supplier acts on it"
    case .crossedMPxNs: "crossed MPxNs"
    case .secondSourceDiffers: "meter technical details differ"
    case .differsOnDevice: "the device says otherwise"
    case .notOnProductList: "not on the products list"
    }
  }

  /// Why it is asked, and where the rule is from; what no source gives says so.
  public var reason: String {
    switch self {
    case .mpxnLength:
      "An MPAN has 13 digits and an MPRN up to 10 (DUIS schema); that an MPRN has at least 6 is remembered."
    case .mpxnDigits:
      "An MPAN begins with the number of a distributor, 10 to 38 as far as is known; one digit throughout is "
        + "taken for a placeholder (inferred)."
    case .mpxnCheckDigit:
      "The last digits of an MPxN follow from the others. The DCC's own templates hold wrong ones, so it is a "
        + "reason to look, no proof."
    case .mpxnFuel: "An ESME is at an MPAN, a GSME at an MPRN."
    case .mpxnTwice: "One meter point has one meter in use (inferred)."
    case .meterWithoutMPxN: "The SMI holds the MPAN or MPRN of an installed meter (SEC)."
    case .secondaryMissing:
      "A variant that begins with B has two elements (MIF 145), and each is metered at an MPAN (inferred)."
    case .secondaryNotTwin: "Only a twin-element ESME takes a SecondaryImportMPAN (DP213, E080413)."
    case .stuckPending: "An installation follows a pre-notification soon. 60 days are our choice."
    case .stuckWhitelisted: "A device joins soon after it is whitelisted. 30 days are our choice."
    case .hubDecommissioned: "A device reaches the DCC through its Communications Hub."
    case .tooManyDevices: "An 8.2 response holds at most 17 devices (DUIS schema)."
    case .notRegistered: "Each meter point in use has a Registered Supplier."
    case .registrationEnded: "Each meter point in use has a Registered Supplier."
    case .registrationsOverlap:
      "A meter point has one Registered Supplier at a time; the newest start counts for SR 8.4 (inferred)."
    case .registrationKind:
      "ImportMPxN is an import MPAN or an MPRN, ExportMPAN an export MPAN (DUIS schema)."
    case .otherSupplierActs:
      "Who acts is taken from SR 6.23 and from who installed the device (inferred); a switch may be on its way."
    case .crossedMPxNs:
      "What the device itself, or meter technical details, say of each is what the SMI says of the next."
    case .secondSourceDiffers:
      "Meter technical details carry the Device ID beside the meter's serial number; which side is right is not "
        + "known."
    case .differsOnDevice: "SR 6.2.7 and 11.2 read what the device holds; the SMI is another place."
    case .notOnProductList:
      "A device is of a listed type, manufacturer, model and firmware (DP213, E080409)."
    }
  }

  /// What to do about it.
  public var next: String {
    switch self {
    case .mpxnLength, .mpxnDigits, .mpxnCheckDigit, .mpxnFuel:
      "look at the meter or its installation record for the right MPxN, then open a correction of the place"
    case .mpxnTwice:
      "find out which device is at the meter point; open a correction of the other one's place, or decommission it"
    case .meterWithoutMPxN, .secondaryMissing:
      "find the MPxN in the installation record, then send 8.4 with it"
    case .secondaryNotTwin:
      "find out whether the variant or the MPAN is wrong; a Pending device's variant can be sent with 8.4"
    case .stuckPending:
      "complete the installation, or have the pre-notifier delete the entry with 8.4"
    case .stuckWhitelisted:
      "complete the installation, or take the device off the hub's log with 8.11"
    case .hubDecommissioned: "restore it to the new hub (8.12.1, 8.12.2), or decommission it (8.3)"
    case .tooManyDevices:
      "decommission what is not there any more; an 8.2 of the place is refused until then"
    case .notRegistered, .registrationEnded, .registrationsOverlap, .registrationKind:
      "ask the Registered Supplier or the registration data provider; if the registration is right, the SMI is wrong"
    case .otherSupplierActs: "wait for the next registrations; if it stays, ask both suppliers"
    case .crossedMPxNs: "both suppliers agree: smi-ledger reconcile --open crossedMPxNs asks them"
    case .secondSourceDiffers, .differsOnDevice:
      "find out which side is right; if the SMI is wrong, open a correction"
    case .notOnProductList: "check the details; if they are right, the product has left the list"
    }
  }
}
