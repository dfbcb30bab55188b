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
      "cutOffHour": .of(event.cutOffHour), "from": .of(event.from),
      "policy": .of(event.version),
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
        dsp: try turns.integer("dsp")))
  }
}
