public import Corrections

extension Wording {
  /// What a finding rests on, in a sentence.
  public func because(_ finding: Finding) -> String {
    let who = finding.text(.registeredParty) ?? finding.text(.registeredSupplier) ?? "somebody"
    let since = finding.time(.registeredFrom).map { " since " + Wording.date($0) } ?? ""
    let status = finding.text(.status) ?? "no status"
    let known = finding.time(.statusSince).map { " since " + Wording.date($0) } ?? ""
    let type = finding.text(.deviceType) ?? "this device"
    switch (finding.code, finding.because) {
    case (_, .ruleNotBuilt):
      return "this version records the request and does not judge it"
    case (_, .deviceNotKnown): return "the SMI, as held here, has no such device"
    case (_, .senderNotKnown): return "the User ID that sent it isn't among the users held"
    case (_, .senderNotActive):
      return
        "the User ID that sent it is \(finding.text(.senderStatus) ?? "suspended or withdrawn")"
    case (_, .registrationNotHeld): return "no registration of \(value(finding)) is held"
    case (_, .registrationsDisagree):
      return "the registrations held name more than one supplier of \(value(finding))"
    case (_, .heldWasErased):
      return "the MPxN held in the field was erased, so who is registered for it now can't be told"
    case (_, .placeNotKnown): return "what the SMI holds in the field isn't known at that time"
    case (_, .placeIsEmpty): return "the field is empty, so nobody needs to be asked"
    case (.e080410, .nobodyIsRegistered):
      return "nobody is Registered Supplier of \(value(finding)), now on the device"
    case (_, .nobodyIsRegistered):
      return "nobody is Registered Supplier of \(value(finding)) at that time"
    case (.e080410, .senderIsRegistered):
      return "\(who) is Registered Supplier of \(value(finding)), now on the device,\(since)"
    case (_, .senderIsRegistered):
      return "\(who) is Registered Supplier of \(value(finding))\(since)"
    case (.e080410, .anotherIsRegistered):
      return
        "\(who), not the sender, is Registered Supplier of \(value(finding)), now on the device,"
        + since
    case (_, .anotherIsRegistered):
      return "\(who), not the sender, is Registered Supplier of \(value(finding))\(since)"
    case (.e11, .fitsDeviceType): return "the branch is for such a device: \(article(type))"
    case (.e11, .doesNotFitDeviceType):
      return "the branch is for a CHF or a GPF, and this is \(article(type))"
    case (_, .fitsDeviceType): return "it belongs on \(article(type))"
    case (_, .doesNotFitDeviceType): return "it does not belong on \(article(type))"
    case (_, .notTwinElement):
      let variant = finding.text(.esmeVariant) ?? "?"
      return "the ESME has variant \(variant), not a twin-element one (B…)"
    case (_, .variantNotKnown): return "the variant of the ESME isn't known"
    case (_, .statusAllows): return "\(status)\(known)"
    case (_, .statusForbids):
      return "\(status)\(known); it must be Whitelisted, InstalledNotCommissioned or Commissioned"
    case (_, .statusNotKnown): return "the device has no known status"
    case (_, .hasStatus), (_, .devicePending): return "\(status)\(known)"
    case (_, .deviceNotPending): return "\(status)\(known); it must be Pending"
    case (_, .deviceInSMI):
      return "the SMI holds it already" + (finding.text(.status).map { ", \($0)\(known)" } ?? "")
    case (_, .statusFitsDeviceType):
      return "\(article(type)) can be \(finding.text(.wantedStatus) ?? "so")"
    case (_, .statusDoesNotFitDeviceType):
      return "\(article(type)) can't be set to \(finding.text(.wantedStatus) ?? "that") so"
    case (_, .senderHasRole), (_, .roleMaySend), (_, .supplierRole), (_, .senderActive),
      (_, .senderHasNoRole), (_, .roleMayNotSend), (_, .noSupplierRole), (_, .senderPrenotified),
      (_, .anotherPrenotified), (_, .prenotifierNotKnown), (_, .senderInstalled),
      (_, .anotherInstalled), (_, .installationNotHeld):
      return sender(finding)
    case (_, .onePremises), (_, .notOnePremises), (_, .devicesFound), (_, .nothingFound),
      (_, .commandVariantFits), (_, .commandVariantDoesNotFit), (_, .detailsGiven),
      (_, .noDetailsGiven), (_, .productListed), (_, .productNotListed), (_, .productNotInForce),
      (_, .productsNotHeld), (_, .detailsNotKnown), (_, .notPublished):
      return content(finding)
    }
  }

  private func value(_ finding: Finding) -> String {
    masked(finding.token(.heldMPxN) ?? finding.token(.wantedMPxN))
  }

  private func article(_ type: String) -> String {
    switch type {
    case "ESME", "IHD", "HCALCS": "an \(type)"
    default: "a \(type)"
    }
  }

  /// The question of a rule in four words or so, for a column.
  public static func shortQuestion(_ code: RuleCode) -> String {
    switch code {
    case .e1: "user and role?"
    case .e2: "role may send it?"
    case .e3: "user active?"
    case .e4: "authorised for the device?"
    case .e5: "status allows it?"
    case .e11: "for this device type?"
    case .e12: "Command Variant?"
    case .e19: "device exists?"
    case .e080201: "one premises?"
    case .e080202: "devices there?"
    case .e080405: "status fits the device?"
    case .e080406: "exists, valid status?"
    case .e080407: "exists and Pending?"
    case .e080408: "details given?"
    case .e080409: "on the products list?"
    case .e080410: "authorised?"
    case .e080411, .e080412: "no public text"
    case .e080413: "fits the device type?"
    case .e080414: "status allows it?"
    case .e080415: "yours to move to?"
    }
  }

  /// Whether and from when sending the same request again can help.
  public func retry(_ finding: Finding) -> String? {
    switch (finding.answer, finding.retry) {
    case (.holds, _): return nil
    case (_, .from(let moment)):
      let what = finding.code == .e080409 ? "the product is listed" : "the sender is registered"
      return "It can pass from \(Wording.date(moment)), when \(what), with a new counter"
    case (_, .onceKnown):
      return "Sending it again can help once the ledger holds \(Wording.what(finding.missing))"
    case (.fails, .no), (.unknown, .no):
      switch finding.because {
      case .anotherIsRegistered:
        return
          "Sending it again cannot help while \(finding.text(.registeredParty) ?? finding.text(.registeredSupplier) ?? "another") "
          + "is registered for \(value(finding))"
      case .nobodyIsRegistered:
        return "Sending it again cannot help while nobody is registered for \(value(finding))"
      case .statusForbids, .deviceNotPending:
        return "Sending it again cannot help while the device is \(finding.text(.status) ?? "?")"
      // What to change is said beside it.
      case .notPublished, .commandVariantDoesNotFit, .noDetailsGiven: return nil
      case .deviceNotKnown where finding.code == .e5: return nil
      default: return "Sending it again cannot help as things stand"
      }
    }
  }

  /// What a missing fact is called in a sentence.
  public static func what(_ missing: FactName?) -> String {
    switch missing {
    case .registration: "a registration of that meter point for that day"
    case .sender: "the user that sent it"
    case .device: "the device: record an 8.2 response or import an inventory extract"
    case .esmeVariant: "the variant of the ESME"
    case .status: "the status of the device"
    case .rule: "this rule"
    case .heldMPxN: "what the SMI holds in the field"
    case .prenotifiedBy: "who pre-notified the device"
    case .installation: "the answer to an installation request of the device: record it"
    case .products: "the Certified Products List: import it"
    case .manufacturer: "the manufacturer of the device"
    case .model: "the model of the device"
    case .firmwareVersion: "the firmware version of the device"
    default: "the missing fact"
    }
  }

  /// What a warning means.
  public static func sentence(_ warning: Warning) -> String {
    switch warning {
    case .wrongCheckDigit: "the check digit of the wanted MPxN does not agree with its digits"
    case .neitherMPANNorMPRN: "the wanted MPxN has 11 or 12 digits: neither an MPAN nor an MPRN"
    case .mprnOnESME: "a gas meter point (MPRN) for an ESME"
    case .mpanOnGSME: "an electricity meter point (MPAN) for a GSME"
    case .registrationOfAnotherKind: "the registration held for it is of another kind"
    case .heldByAnotherDevice: "another device holds the wanted MPxN; settle or explain that first"
    case .alreadyHeld: "the SMI holds already what is asked for"
    case .originatorNotKnown: "the User ID that sent it isn't among the users held"
    case .detailsWithheld:
      "a text among the details may be a meter point: they are kept in the raw request only"
    }
  }
}

extension Finding {
  /// The text of a fact.
  public func text(_ name: FactName) -> String? {
    for fact in facts where fact.name == name {
      if case .text(let text) = fact.value { return text }
    }
    return nil
  }

  /// The time of a fact.
  public func time(_ name: FactName) -> Instant? {
    for fact in facts where fact.name == name {
      if case .time(let time) = fact.value { return time }
    }
    return nil
  }

  /// The token of a fact.
  public func token(_ name: FactName) -> Token? {
    for fact in facts where fact.name == name {
      if case .token(let token) = fact.value { return token }
    }
    return nil
  }

  /// Where the finding was learned, for the end of a sentence.
  public var source: String? {
    for fact in facts {
      switch fact.source {
      case .registrations(let position): return "registrations at \(position)"
      case .position, nil: continue
      }
    }
    for fact in facts {
      if case .position(let position) = fact.source { return "\(position)" }
    }
    return nil
  }
}
