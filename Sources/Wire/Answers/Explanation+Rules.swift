import Corrections

extension Explanation {
  /// What is said of a code beside its question, source and branches.
  struct Text {
    var rule: String
    var inferred: String?
    var next: String
    var needs: String?
    var retry: String
  }

  /// The texts of a code of the rulebook.
  static func text(of code: RuleCode) -> Text {
    switch code {
    case .e1, .e2, .e3, .e4, .e5, .e11, .e12, .e19: generalText(of: code)
    case .e080201, .e080202: queryText(of: code)
    case .e080405, .e080406, .e080411, .e080412: statusText(of: code)
    case .e080407, .e080408, .e080409: detailsText(of: code)
    case .e080410, .e080413, .e080414, .e080415: mpxnText(of: code)
    }
  }

  private static func statusText(of code: RuleCode) -> Text {
    switch code {
    case .e080405:
      Text(
        rule: "Pending and InstalledNotCommissioned fit an ESME, a GSME, a PPMID and a HCALCS. An "
          + "IHD and a CAD have no SMI status; a CHF and a GPF belong to the branch statusCH",
        inferred: "All of it: which statuses fit which types is not public",
        next: "Check the device type, and whether the status belongs to statusCH. A wrong device "
          + "type needs an Incident",
        needs: "The DSP, for an Incident",
        retry: "Cannot help while the device is of that type")
    case .e080406:
      Text(
        rule:
          "It fails when the device is not in the SMI or has no status. A Pending device passes "
          + "only for the supplier whose installation of it succeeded (SR 8.11, 8.1.1, 8.7 or 8.14); "
          + "no such answer held: unknown. Any other status holds",
        inferred: "All of it: DP213's details are support guidance, not a predicate",
        next: "See who pre-notified the device. By design only the supplier that completed the "
          + "installation can correct it without the DSP",
        needs: "The installing supplier, while the device is Pending",
        retry: "Can help once the installing supplier has completed the installation")
    default:
      Text(
        rule: "Unknown. It blocks nothing",
        inferred: "That it belongs to statusCH, the one branch without a published code of its own",
        next: "Nothing is published; ask the DCC", needs: nil, retry: "Unknown")
    }
  }

  private static func detailsText(of code: RuleCode) -> Text {
    switch code {
    case .e080407:
      Text(
        rule: "The device is in the SMI and its status is Pending",
        inferred: "That an IHD or a CAD, which has no status, fails",
        next: "Details and deletion are for Pending devices; for others raise an Incident (SEC "
          + "Appendix AG)",
        needs: "The DSP, for an Incident", retry: "Cannot help while the device is not Pending")
    case .e080408:
      Text(
        rule: "At least one of manufacturer, model, SMETS or CHTS version, firmware version and "
          + "ESME variant is given",
        inferred: "That an item given empty counts as given", next: "Give at least one detail",
        needs: nil, retry: "Can help with other content, and so with a new counter")
    default:
      Text(
        rule: "Type (and first letter of the variant of an ESME), manufacturer, model and firmware "
          + "version, as the SMI holds them with the request laid over, are on the list and Active at "
          + "the request's time. No list held, or too little known of the device: unknown",
        inferred:
          "Which types need the check is not public: here an IHD or a CAD that is not listed "
          + "is unknown, any other type fails",
        next:
          "Look the resulting device up on the Certified Products List: the details or the list "
          + "are wrong", needs: "The manufacturer, where the list is wrong",
        retry: "Can help from the day on which the product is listed")
    }
  }

  private static func mpxnText(of code: RuleCode) -> Text {
    switch code {
    case .e080410:
      Text(
        rule:
          "MPxN: the sender's party is the Registered Supplier of the MPxN now in the same field; "
          + "an empty field holds; no registration held: unknown. Status: the sender is an Import or "
          + "a Gas Supplier, whoever supplies the device. Details and deletion: the sender is the "
          + "very User ID that pre-notified the device",
        inferred: "That an MPxN for which rows are held and none is in force holds",
        next: "Another supplier is registered: open a correction; if the wanted MPxN is yours, the "
          + "other supplier is asked to agree (twoSupplier). Details or deletion: the User ID named "
          + "sends it (preNotifier)",
        needs: "The Registered Supplier of the MPxN held, or the pre-notifying user",
        retry: "Cannot help while another supplier is registered")
    case .e080413:
      Text(
        rule:
          "importMPxN belongs on an ESME or a GSME; secondaryImportMPAN on an ESME whose variant "
          + "begins with B (twin element; no variant known: unknown); exportMPAN on an ESME. Digits "
          + "are never judged: a wrong check digit is a warning",
        inferred: nil,
        next: "Check the field and the device type; a wrong device type needs an Incident",
        needs: "The DSP, for an Incident", retry: "Cannot help while the device is of that type")
    case .e080414:
      Text(
        rule: "The status is Whitelisted, InstalledNotCommissioned or Commissioned",
        inferred:
          "That a device that is not in the SMI, or is of a type without a status, fails here",
        next: "Pending: the supplier that installed it completes the installation first. Other "
          + "statuses need an Incident",
        needs: "The installing supplier while it is Pending, else the DSP",
        retry: "Can help once the status is another one")
    default:
      Text(
        rule:
          "The sender's party is the Registered Supplier of the new MPxN at the request's time: "
          + "the row with the latest start that has not ended. Two suppliers with one start, or no "
          + "row held: unknown",
        inferred: nil,
        next: "Wait until the registration is yours, have it put right, or open a correction: the "
          + "Registered Supplier of the wanted MPxN is asked to agree (twoSupplier)",
        needs: "The Registered Supplier of the wanted MPxN",
        retry: "Can help from the day on which the sender is registered")
    }
  }
}
