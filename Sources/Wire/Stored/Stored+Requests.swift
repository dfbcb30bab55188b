import CanonicalJSON
import Corrections

extension StoredForm {
  static func body(_ event: ServiceRequestReceived) -> Object {
    Object(
      asked(event.asks) + [
        ("commandVariant", .of(event.commandVariant)), ("device", .of(event.deviceID)),
        ("document", .string(event.document)),
        ("firstInSequence", event.firstInSequence.map { .bool($0) }),
        ("party", .of(event.party)), ("preceding", .of(event.preceding)),
        ("requestId", .of(event.requestID)), ("schemaVersion", .string(event.schemaVersion)),
        ("serviceReference", .string(event.serviceReference)),
        ("serviceReferenceVariant", .string(event.serviceReferenceVariant)),
      ])
  }

  private static func asked(_ asks: ServiceRequestReceived.Asked) -> [(String, Value?)] {
    switch asks {
    case .mpxn(let field, let token):
      [("branch", .of(UpdateBranch.mpxn)), ("field", .of(field)), ("mpxn", .of(token))]
    case .status(let branch, let status): [("branch", .of(branch)), ("status", .of(status))]
    case .details(let details):
      [("branch", .of(UpdateBranch.details)), ("details", .object(body(details)))]
    case .branch(let branch): [("branch", .of(branch))]
    case .query(.device): [("element", .string(readInventory))]
    case .query(.mpxn(let token)): [("element", .string(readInventory)), ("mpxn", .of(token))]
    case .query(.uprn(let token)): [("element", .string(readInventory)), ("uprn", .of(token))]
    case .query(.property(let postCode, let address)):
      [
        ("element", .string(readInventory)), ("postCode", .of(postCode)),
        ("address", .of(address)),
      ]
    case .prenotification(let type, let details, let gpf):
      [
        ("element", .string(prenotification)), ("deviceType", .of(type)),
        ("details", .object(body(details))), ("associatedGPF", .of(gpf)),
      ]
    case .hanDeviceLog(let action, let mpxns):
      [
        ("element", .string(updateHANDeviceLog)), ("action", .of(action)),
        ("mpxns", body(mpxns)),
      ]
    case .join(let element, let other), .unjoin(let element, let other):
      [("element", .string(element)), ("otherDevice", .of(other))]
    case .supplierChange(let token):
      [("element", .string(supplierChange)), ("mpxn", .of(token))]
    case .setMPxNs(let element, let mpxns):
      [("element", .string(element)), ("mpxns", body(mpxns))]
    case .other(let element): [("element", .string(element))]
    }
  }

  /// Nothing at all where no place is named.
  private static func body(_ mpxns: MPxNs<Token>) -> Value? {
    mpxns.isEmpty
      ? nil
      : .object([
        "exportMPAN": .of(mpxns.exportMPAN), "importMPxN": .of(mpxns.importMPxN),
        "secondaryImportMPAN": .of(mpxns.secondaryImportMPAN),
      ])
  }

  private static func mpxns(_ body: Body) throws(StoredFormError) -> MPxNs<Token> {
    guard body.members["mpxns"] != nil else { return MPxNs() }
    let mpxns = try body.object("mpxns")
    return MPxNs(
      importMPxN: try mpxns.optionalToken("importMPxN"),
      secondaryImportMPAN: try mpxns.optionalToken("secondaryImportMPAN"),
      exportMPAN: try mpxns.optionalToken("exportMPAN"))
  }

  /// The body elements of the requests that are read besides 8.4, where there is one.
  private static let readInventory = "ReadInventory"
  private static let prenotification = "DevicePrenotification"
  private static let updateHANDeviceLog = "UpdateHANDeviceLog"
  private static let supplierChange = "UpdateSecurityCredentialsCoS"

  static func body(_ details: DeviceDetails) -> Object {
    [
      "esmeVariant": .of(details.esmeVariant), "firmwareVersion": .of(details.firmwareVersion),
      "manufacturer": .of(details.manufacturer), "model": .of(details.model),
      "smetsCHTSVersion": .of(details.smetsCHTSVersion),
    ]
  }

  static func details(_ body: Body) throws(StoredFormError) -> DeviceDetails {
    DeviceDetails(
      manufacturer: try body.optionalText("manufacturer"), model: try body.optionalText("model"),
      smetsCHTSVersion: try body.optionalText("smetsCHTSVersion"),
      firmwareVersion: try body.optionalText("firmwareVersion"),
      esmeVariant: try body.optionalCase("esmeVariant"))
  }

  static func body(_ event: ServiceRequestValidated) -> Object {
    let judgement = event.judgement
    return [
      "code": .of(judgement.code), "device": .of(event.deviceID),
      "factsUpTo": .of(event.factsUpTo),
      "findings": .array(judgement.findings.map { .object(body($0)) }),
      "held": .of(event.held), "party": .of(event.party),
      "registrations": .of(event.registrations), "requestId": .of(event.requestID),
      "route": .of(judgement.route),
      "rulebook": .of(judgement.rulebook),
      "serviceReference": .string(event.serviceReference),
      "wanted": .of(event.wanted), "warnings": .listOrNil(judgement.warnings.map { .of($0) }),
    ]
  }

  static func body(_ event: ServiceResponseIssued) -> Object {
    [
      "code": .string(event.code), "device": .of(event.deviceID),
      "devices": .listOrNil(event.devices.map { .of($0) }), "party": .of(event.party),
      "requestId": .of(event.requestID), "serviceReference": .string(event.serviceReference),
    ]
  }

  static func body(_ finding: Finding) -> Object {
    var retryFrom: Instant?
    let retry: String
    switch finding.retry {
    case .no: retry = "no"
    case .from(let time): (retry, retryFrom) = ("from", time)
    case .onceKnown: retry = "onceKnown"
    }
    return [
      "answer": .of(finding.answer), "because": .of(finding.because),
      "code": .of(finding.code), "facts": .listOrNil(finding.facts.map { .object(body($0)) }),
      "inferred": finding.inferred ? true : nil, "missing": .of(finding.missing),
      "retry": .string(retry), "retryFrom": .of(retryFrom),
    ]
  }

  static func body(_ fact: Fact) -> Object {
    var members: [(String, Value?)] = [("fact", .of(fact.name))]
    switch fact.value {
    case .text(let text): members.append(("text", .string(text)))
    case .token(let token): members.append(("token", .of(token)))
    case .time(let time): members.append(("time", .of(time)))
    }
    switch fact.source {
    case .position(let position): members.append(("position", .of(position)))
    case .registrations(let position): members.append(("registrations", .of(position)))
    case nil: break
    }
    return Object(members)
  }

  static func decodeRequestEvent(_ type: String, _ body: Body) throws(StoredFormError) -> Event? {
    switch type {
    case "ServiceRequestReceived": .serviceRequestReceived(try received(body))
    case "ServiceRequestValidated":
      .serviceRequestValidated(
        ServiceRequestValidated(
          requestID: try body.request("requestId"), party: try body.optionalText("party"),
          serviceReference: try body.text("serviceReference"),
          deviceID: try body.optionalEUI("device"), held: try body.optionalToken("held"),
          wanted: try body.optionalToken("wanted"), judgement: try judgement(body),
          factsUpTo: try body.integer("factsUpTo"),
          registrations: try body.optionalInteger("registrations")))
    case "ServiceResponseIssued":
      .serviceResponseIssued(
        ServiceResponseIssued(
          requestID: try body.request("requestId"), party: try body.optionalText("party"),
          serviceReference: try body.text("serviceReference"),
          deviceID: try body.optionalEUI("device"), code: try body.text("code"),
          devices: try body.euis("devices")))
    default: nil
    }
  }

  private static func received(_ body: Body) throws(StoredFormError) -> ServiceRequestReceived {
    ServiceRequestReceived(
      requestID: try body.request("requestId"), party: try body.optionalText("party"),
      schemaVersion: try body.text("schemaVersion"),
      commandVariant: try body.integer("commandVariant"),
      serviceReference: try body.text("serviceReference"),
      serviceReferenceVariant: try body.text("serviceReferenceVariant"),
      deviceID: try body.optionalEUI("device"), asks: try asked(body),
      firstInSequence: body.members["firstInSequence"] == nil
        ? nil : try body.bool("firstInSequence"),
      preceding: try body.optionalRequest("preceding"), document: try body.text("document"))
  }

  private static func asked(
    _ body: Body
  ) throws(StoredFormError) -> ServiceRequestReceived.Asked {
    if let branch = try body.optionalCase("branch", UpdateBranch.self) {
      if let field = try body.optionalCase("field", MPxNField.self) {
        return .mpxn(field, try body.token("mpxn"))
      }
      if let status = try body.optionalCase("status", DeviceStatus.self) {
        return .status(branch, status)
      }
      if body.members["details"] != nil { return .details(try details(try body.object("details"))) }
      return .branch(branch)
    }
    let element = try body.text("element")
    switch element {
    case readInventory:
      if let token = try body.optionalToken("mpxn") { return .query(.mpxn(token)) }
      if let token = try body.optionalToken("uprn") { return .query(.uprn(token)) }
      if let token = try body.optionalToken("postCode") {
        return .query(.property(postCode: token, address: try body.token("address")))
      }
      return .query(.device)
    case prenotification:
      return .prenotification(
        try body.one("deviceType"), try details(try body.object("details")),
        associatedGPF: try body.optionalEUI("associatedGPF"))
    case updateHANDeviceLog where body.members["action"] != nil:
      return .hanDeviceLog(try body.one("action"), try mpxns(body))
    case supplierChange:
      return try body.optionalToken("mpxn").map(ServiceRequestReceived.Asked.supplierChange)
        ?? .other(element: element)
    default:
      if let other = try body.optionalEUI("otherDevice") {
        return element.hasPrefix("Unjoin")
          ? .unjoin(element: element, other: other) : .join(element: element, other: other)
      }
      if body.members["mpxns"] != nil {
        return .setMPxNs(element: element, try mpxns(body))
      }
      return .other(element: element)
    }
  }

  private static func judgement(_ body: Body) throws(StoredFormError) -> Judgement {
    var warnings: [Warning] = []
    for text in try body.texts("warnings") {
      guard let warning = Warning(rawValue: text) else {
        throw .unknownCode(type: body.type, field: "warnings", code: text)
      }
      warnings.append(warning)
    }
    return Judgement(
      rulebook: try body.integer("rulebook"), code: try body.optionalText("code"),
      findings: try findings(body), route: try body.optionalCase("route"), warnings: warnings)
  }

  static func findings(_ body: Body) throws(StoredFormError) -> [Finding] {
    var findings: [Finding] = []
    for element in try body.objects("findings") { findings.append(try finding(element)) }
    return findings
  }

  private static func finding(_ body: Body) throws(StoredFormError) -> Finding {
    var facts: [Fact] = []
    for element in try body.objects("facts") { facts.append(try fact(element)) }
    let text = try body.text("retry")
    let retry: Finding.Retry =
      switch text {
      case "no": .no
      case "from": .from(try body.time("retryFrom"))
      case "onceKnown": .onceKnown
      default: throw .unknownCode(type: body.type, field: "retry", code: text)
      }
    return Finding(
      code: try body.one("code"), answer: try body.one("answer"),
      because: try body.one("because"), facts: facts, missing: try body.optionalCase("missing"),
      inferred: body.members["inferred"] != nil, retry: retry)
  }

  static func fact(_ body: Body) throws(StoredFormError) -> Fact {
    let value: Fact.Value =
      if let text = try body.optionalText("text") {
        .text(text)
      } else if let time = try body.optionalTime("time") {
        .time(time)
      } else {
        .token(try body.token("token"))
      }
    let source: Fact.Source? =
      if let position = try body.optionalInteger("position") {
        .position(position)
      } else {
        try body.optionalInteger("registrations").map(Fact.Source.registrations)
      }
    return Fact(try body.one("fact"), value, from: source)
  }
}
