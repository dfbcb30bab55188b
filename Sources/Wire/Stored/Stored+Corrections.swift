import CanonicalJSON
import Corrections

extension StoredForm {
  static func body(_ event: CorrectionRequested) -> Object {
    [
      "correction": .of(event.correction), "current": .of(event.current),
      "device": .of(event.deviceID), "deviceType": .of(event.deviceType),
      "field": .of(event.field), "firstCode": .of(event.firstCode),
      "party": .string(event.party), "requestId": .of(event.requestID),
      "requested": .of(event.requested),
    ]
  }

  static func body(_ event: CorrectionJoined) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "party": .string(event.party), "requestId": .of(event.requestID),
      "requested": .of(event.requested),
    ]
  }

  static func body(_ event: RouteAdvised) -> Object {
    [
      "because": .of(event.advice.because),
      "consents": .listOrNil(
        event.advice.consents.map {
          .object([
            "mpxn": .of($0.mpxn), "party": .string($0.party),
            "registrations": .of($0.registrations), "side": .of($0.side),
          ])
        }),
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "party": .of(event.advice.party), "route": .of(event.advice.route),
      "until": .of(event.advice.until),
    ]
  }

  static func body(_ event: OwnerAssigned) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "owner": .string(event.owner),
    ]
  }

  static func body(_ event: OwnershipTransferred) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "from": .string(event.from), "reason": .string(event.reason), "to": .string(event.to),
    ]
  }

  static func body(_ event: CorrectionResolved) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "how": .of(event.how),
    ]
  }

  static func body(_ event: CorrectionConfirmed) -> Object {
    ["correction": .of(event.correction), "device": .of(event.deviceID)]
  }

  static func body(_ event: CorrectionReopened) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "reason": .string(event.reason),
    ]
  }

  static func body(_ event: CorrectionClosed) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "reason": .string(event.reason),
    ]
  }

  static func body(_ event: NoteAdded) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "note": .string(event.note),
    ]
  }

  static func decodeCorrectionEvent(_ type: String, _ body: Body) throws(StoredFormError)
    -> Event?
  {
    switch type {
    case "CorrectionRequested":
      .correctionRequested(
        CorrectionRequested(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          deviceType: try body.one("deviceType"), field: try body.one("field"),
          current: try body.optionalToken("current"), requested: try body.token("requested"),
          party: try body.text("party"), requestID: try body.optionalRequest("requestId"),
          firstCode: try body.optionalCase("firstCode")))
    case "CorrectionJoined":
      .correctionJoined(
        CorrectionJoined(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          party: try body.text("party"), requestID: try body.optionalRequest("requestId"),
          requested: try body.token("requested")))
    case "RouteAdvised":
      .routeAdvised(
        RouteAdvised(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          advice: try advice(body)))
    case "OwnerAssigned":
      .ownerAssigned(
        OwnerAssigned(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          owner: try body.text("owner")))
    case "OwnershipTransferred":
      .ownershipTransferred(
        OwnershipTransferred(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          from: try body.text("from"), to: try body.text("to"),
          reason: try body.text("reason")))
    case "CorrectionResolved":
      .correctionResolved(
        CorrectionResolved(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          how: try body.one("how")))
    case "CorrectionConfirmed":
      .correctionConfirmed(
        CorrectionConfirmed(
          correction: try body.correction("correction"), deviceID: try body.eui("device")))
    case "CorrectionReopened":
      .correctionReopened(
        CorrectionReopened(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          reason: try body.text("reason")))
    case "CorrectionRejected": .correctionRejected(try closed(body))
    case "CorrectionWithdrawn": .correctionWithdrawn(try closed(body))
    case "NoteAdded":
      .noteAdded(
        NoteAdded(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          note: try body.text("note")))
    default: nil
    }
  }

  private static func closed(_ body: Body) throws(StoredFormError) -> CorrectionClosed {
    CorrectionClosed(
      correction: try body.correction("correction"), deviceID: try body.eui("device"),
      reason: try body.text("reason"))
  }

  private static func advice(_ body: Body) throws(StoredFormError) -> RouteAdvice {
    var consents: [RouteAdvice.Consent] = []
    for consent in try body.objects("consents") {
      consents.append(
        RouteAdvice.Consent(
          side: try consent.one("side"), party: try consent.text("party"),
          mpxn: try consent.token("mpxn"),
          registrations: try consent.integer("registrations")))
    }
    return RouteAdvice(
      route: try body.one("route"), because: try body.one("because"),
      party: try body.optionalText("party"), until: try body.optionalTime("until"),
      consents: consents)
  }
}
