import CanonicalJSON
import Corrections

extension StoredForm {
  static func typeAndBody(of event: Discovery) -> (String, Object) {
    switch event {
    case .found(let event): ("DiscrepancyFound", body(event))
    case .cleared(let event): ("DiscrepancyCleared", body(event))
    case .dismissed(let event):
      (
        "DiscrepancyDismissed",
        Object(
          body(event.about).members.map { ($0.key, $0.value) }
            + [("reason", .string(event.reason))])
      )
    }
  }

  static func body(_ event: TechnicalDetailsObserved) -> Object {
    ["device": .of(event.deviceID), "kind": .of(event.kind), "mpxn": .of(event.mpxn)]
  }

  static func body(_ event: TechnicalDetailsImported) -> Object {
    ["observed": .of(event.observed), "rows": .of(event.rows)]
  }

  private static func body(_ event: DiscrepancyFound) -> Object {
    let found = event.suspicion
    return [
      "confidence": .of(found.confidence), "device": .of(found.device),
      "discrepancy": .string(event.discrepancy.description),
      "facts": .listOrNil(found.facts.map { .object(body($0)) }), "field": .of(found.field),
      "mpxns": .listOrNil(found.mpxns.map { .of($0) }),
      "others": .listOrNil(found.others.map { .of($0) }),
      "parties": .listOrNil(found.parties.map { .string($0) }), "route": .of(found.route),
      "rule": .of(found.rule), "rules": .of(event.rules), "wanted": .value(found.wanted),
    ]
  }

  private static func body(_ event: DiscrepancyEnded) -> Object {
    [
      "device": .of(event.device), "discrepancy": .string(event.discrepancy.description),
      "others": .listOrNil(event.others.map { .of($0) }),
      "parties": .listOrNil(event.parties.map { .string($0) }), "rule": .of(event.rule),
    ]
  }

  static func decodeDiscovery(_ type: String, _ body: Body) throws(StoredFormError) -> Event? {
    switch type {
    case "TechnicalDetailsObserved":
      .technicalDetailsObserved(
        TechnicalDetailsObserved(
          deviceID: try body.eui("device"), kind: try body.one("kind"),
          mpxn: try body.token("mpxn")))
    case "TechnicalDetailsImported":
      .technicalDetailsImported(
        TechnicalDetailsImported(
          rows: try body.integer("rows"), observed: try body.integer("observed")))
    case "DiscrepancyFound": .discovery(.found(try found(body)))
    case "DiscrepancyCleared": .discovery(.cleared(try ended(body)))
    case "DiscrepancyDismissed":
      .discovery(
        .dismissed(
          DiscrepancyDismissed(about: try ended(body), reason: try body.text("reason"))))
    default: nil
    }
  }

  private static func found(_ body: Body) throws(StoredFormError) -> DiscrepancyFound {
    var facts: [Fact] = []
    for element in try body.objects("facts") { facts.append(try fact(element)) }
    return DiscrepancyFound(
      discrepancy: try body.discrepancy(),
      suspicion: Suspicion(
        try body.one("rule"), try body.one("confidence"), of: try body.eui("device"),
        others: try body.euis("others"), field: try body.optionalCase("field"),
        mpxns: try body.tokens("mpxns"), parties: try body.texts("parties"), facts: facts,
        wanted: try body.optionalEntryValue("wanted"), route: try body.optionalCase("route")),
      rules: try body.integer("rules"))
  }

  private static func ended(_ body: Body) throws(StoredFormError) -> DiscrepancyEnded {
    DiscrepancyEnded(
      discrepancy: try body.discrepancy(), rule: try body.one("rule"),
      device: try body.eui("device"), others: try body.euis("others"),
      parties: try body.texts("parties"))
  }
}

extension Body {
  fileprivate func discrepancy() throws(StoredFormError) -> DiscrepancyID {
    guard let id = DiscrepancyID(try text("discrepancy")) else {
      throw malformed("discrepancy", "the number of a discrepancy")
    }
    return id
  }

  fileprivate func tokens(_ field: String) throws(StoredFormError) -> [Token] {
    var tokens: [Token] = []
    for text in try texts(field) {
      guard let token = Token(text) else { throw malformed(field, "tokens") }
      tokens.append(token)
    }
    return tokens
  }
}
