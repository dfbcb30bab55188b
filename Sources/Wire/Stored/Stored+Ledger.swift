import CanonicalJSON
import Corrections

extension StoredForm {
  static func body(_ event: LedgerOpened) -> Object {
    [
      "format": .of(event.format), "ledgerId": .string(event.ledgerID), "mode": .of(event.mode),
      "origin": .string(event.origin), "publicKey": .string(event.publicKey),
    ]
  }

  static func body(_ event: CalendarSet) -> Object {
    ["calendar": .string(event.calendar), "from": .of(event.from)]
  }

  static func body(_ event: Policy) -> Object {
    [
      "afterConsents": .of(event.afterConsents), "confirmWithin": .of(event.confirmWithin),
      "cutOffHour": .of(event.cutOffHour), "escalateAfter": .of(event.escalateAfter),
      "from": .of(event.from), "planWithin": .of(event.planWithin),
      "policy": .of(event.version), "reopenWithin": .of(event.reopenWithin),
      "turns": .object([
        "counterparty": .of(event.turns.counterparty), "dcc": .of(event.turns.dcc),
        "dsp": .of(event.turns.dsp), "otherUser": .of(event.turns.otherUser),
        "requester": .of(event.turns.requester),
      ]),
    ]
  }

  static func decodeLedgerEvent(_ type: String, _ body: Body) throws(StoredFormError) -> Event? {
    switch type {
    case "LedgerOpened":
      .ledgerOpened(
        LedgerOpened(
          format: try body.integer("format"), mode: try body.one("mode"),
          origin: try body.text("origin"), publicKey: try body.text("publicKey"),
          ledgerID: try body.text("ledgerId")))
    case "CalendarSet":
      .calendarSet(
        CalendarSet(calendar: try body.text("calendar"), from: try body.time("from")))
    case "PolicySet": .policySet(try policy(body))
    case "ServiceTargetsSet": .serviceTargetsSet(try targets(body))
    case "EventAnnulled":
      .eventAnnulled(
        EventAnnulled(
          position: try body.integer("position"), type: try body.text("type"),
          tags: try body.texts("tags"), replacedBy: try body.optionalInteger("replacedBy"),
          reason: try body.text("reason")))
    default: nil
    }
  }

  private static func policy(_ body: Body) throws(StoredFormError) -> Policy {
    let turns = try body.object("turns")
    return Policy(
      version: try body.integer("policy"), from: try body.time("from"),
      cutOffHour: try body.integer("cutOffHour"),
      turns: Policy.Turns(
        requester: try turns.integer("requester"),
        counterparty: try turns.integer("counterparty"),
        otherUser: try turns.integer("otherUser"), dcc: try turns.integer("dcc"),
        dsp: try turns.integer("dsp")),
      afterConsents: try body.optionalCase("afterConsents"),
      escalateAfter: try body.optionalInteger("escalateAfter"),
      confirmWithin: try body.optionalInteger("confirmWithin"),
      reopenWithin: try body.optionalInteger("reopenWithin"),
      planWithin: try body.optionalInteger("planWithin"))
  }

  static func body(_ event: EventAnnulled) -> Object {
    [
      "position": .of(event.position), "reason": .string(event.reason),
      "replacedBy": .of(event.replacedBy), "tags": .listOrNil(event.tags.map { .string($0) }),
      "type": .string(event.type),
    ]
  }

  static func body(_ event: ServiceTargets) -> Object {
    [
      "from": .of(event.from),
      "targets": .array(
        event.targets.map { target in
          .object([
            "category": .of(target.category), "counting": .of(target.counting),
            "minutes": .of(target.minutes),
          ])
        }), "verified": .bool(event.isVerified),
    ]
  }

  private static func targets(_ body: Body) throws(StoredFormError) -> ServiceTargets {
    var targets: [ServiceTargets.Target] = []
    for target in try body.objects("targets") {
      targets.append(
        ServiceTargets.Target(
          category: try target.integer("category"), minutes: try target.integer("minutes"),
          counting: try target.one("counting")))
    }
    return ServiceTargets(
      from: try body.time("from"), isVerified: try body.bool("verified"), targets: targets)
  }
}
