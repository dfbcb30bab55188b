import CanonicalJSON
import Corrections

extension StoredForm {
  static func body(_ event: ServiceRequestReceived) -> Object {
    var branch: UpdateBranch?
    var element: String?
    var field: MPxNField?
    var mpxn: Token?
    switch event.asks {
    case .mpxn(let asked, let token): (branch, field, mpxn) = (.mpxn, asked, token)
    case .otherBranch(let other): branch = other
    case .other(let name): element = name
    }
    return [
      "branch": .of(branch), "commandVariant": .of(event.commandVariant),
      "device": .of(event.deviceID), "document": .string(event.document),
      "element": .of(element), "field": .of(field), "mpxn": .of(mpxn), "party": .of(event.party),
      "requestId": .of(event.requestID), "schemaVersion": .string(event.schemaVersion),
      "serviceReference": .string(event.serviceReference),
      "serviceReferenceVariant": .string(event.serviceReferenceVariant),
    ]
  }

  static func body(_ event: ServiceRequestValidated) -> Object {
    let judgement = event.judgement
    return [
      "code": .of(judgement.code), "device": .of(event.deviceID),
      "factsUpTo": .of(event.factsUpTo),
      "findings": .array(judgement.findings.map { .object(body($0)) }),
      "party": .of(event.party), "registrations": .of(event.registrations),
      "requestId": .of(event.requestID), "route": .of(judgement.route),
      "rulebook": .of(judgement.rulebook),
      "serviceReference": .string(event.serviceReference),
      "warnings": .listOrNil(judgement.warnings.map { .of($0) }),
    ]
  }

  static func body(_ event: ServiceResponseIssued) -> Object {
    [
      "code": .string(event.code), "device": .of(event.deviceID), "party": .of(event.party),
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
          deviceID: try body.optionalEUI("device"), judgement: try judgement(body),
          factsUpTo: try body.integer("factsUpTo"),
          registrations: try body.optionalInteger("registrations")))
    case "ServiceResponseIssued":
      .serviceResponseIssued(
        ServiceResponseIssued(
          requestID: try body.request("requestId"), party: try body.optionalText("party"),
          serviceReference: try body.text("serviceReference"),
          deviceID: try body.optionalEUI("device"), code: try body.text("code")))
    default: nil
    }
  }

  private static func received(_ body: Body) throws(StoredFormError) -> ServiceRequestReceived {
    let asks: ServiceRequestReceived.Asked =
      if let element = try body.optionalText("element") {
        .other(element: element)
      } else if let field = try body.optionalCase("field", MPxNField.self) {
        .mpxn(field, try body.token("mpxn"))
      } else {
        .otherBranch(try body.one("branch"))
      }
    return ServiceRequestReceived(
      requestID: try body.request("requestId"), party: try body.optionalText("party"),
      schemaVersion: try body.text("schemaVersion"),
      commandVariant: try body.integer("commandVariant"),
      serviceReference: try body.text("serviceReference"),
      serviceReferenceVariant: try body.text("serviceReferenceVariant"),
      deviceID: try body.optionalEUI("device"), asks: asks, document: try body.text("document"))
  }

  private static func judgement(_ body: Body) throws(StoredFormError) -> Judgement {
    var findings: [Finding] = []
    for element in try body.objects("findings") { findings.append(try finding(element)) }
    var warnings: [Warning] = []
    for text in try body.texts("warnings") {
      guard let warning = Warning(rawValue: text) else {
        throw .unknownCode(type: body.type, field: "warnings", code: text)
      }
      warnings.append(warning)
    }
    return Judgement(
      rulebook: try body.integer("rulebook"), code: try body.optionalText("code"),
      findings: findings, route: try body.optionalCase("route"), warnings: warnings)
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

  private static func fact(_ body: Body) throws(StoredFormError) -> Fact {
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
