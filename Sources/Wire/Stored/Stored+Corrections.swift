import CanonicalJSON
import Corrections

extension StoredForm {
  static func body(_ event: CorrectionRequested) -> Object {
    [
      "batch": .of(event.batch), "correction": .of(event.correction),
      "current": .value(event.current),
      "device": .of(event.deviceID), "deviceType": .of(event.deviceType),
      "field": .of(event.field), "firstCode": .of(event.firstCode),
      "party": .string(event.party), "requestId": .of(event.requestID),
      "requested": .value(event.requested),
    ]
  }

  static func body(_ event: CorrectionJoined) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "requester": .string(event.requester),
      "party": .string(event.party), "requestId": .of(event.requestID),
      "requested": .value(event.requested),
    ]
  }

  static func body(_ event: RouteAdvised) -> Object {
    [
      "askedBy": .of(event.askedBy), "because": .of(event.advice.because),
      "consents": .listOrNil(
        event.advice.consents.map { .object(body(of: $0)) }),
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "requester": .string(event.requester),
      "factsUpTo": .of(event.factsUpTo),
      "otherDevices": .listOrNil(event.advice.otherDevices.map { .of($0) }),
      "party": .of(event.advice.party), "registrations": .of(event.registrations),
      "route": .of(event.advice.route), "until": .of(event.advice.until),
      "user": .of(event.advice.user),
    ]
  }

  static func body(_ event: OwnerAssigned) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "requester": .string(event.requester), "party": .string(event.party),
      "owner": .string(event.owner),
    ]
  }

  static func body(_ event: OwnershipTransferred) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "requester": .string(event.requester), "party": .string(event.party),
      "from": .string(event.from), "reason": .string(event.reason), "to": .string(event.to),
    ]
  }

  static func body(_ event: CorrectionResolved) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "requester": .string(event.requester),
      "evidence": .of(event.evidence), "how": .of(event.how),
    ]
  }

  static func body(_ event: CorrectionConfirmed) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "requester": .string(event.requester),
      "party": .string(event.party),
    ]
  }

  static func body(_ event: CorrectionReopened) -> Object {
    [
      "because": .of(event.because), "correction": .of(event.correction),
      "device": .of(event.deviceID), "party": .string(event.party), "reason": .of(event.reason),
      "requestId": .of(event.requestID), "requester": .string(event.requester),
    ]
  }

  static func body(_ event: CorrectionClosed) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "requester": .string(event.requester),
      "party": .string(event.party), "reason": .string(event.reason),
    ]
  }

  static func body(_ event: NoteAdded) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "requester": .string(event.requester),
      "note": .string(event.note), "party": .string(event.party),
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
          current: try body.optionalEntryValue("current"),
          requested: try body.entryValue("requested"),
          party: try body.text("party"), requestID: try body.optionalRequest("requestId"),
          firstCode: try body.optionalText("firstCode"),
          batch: try body.optionalText("batch")))
    case "CorrectionJoined":
      .correctionJoined(
        CorrectionJoined(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          requester: try body.text("requester"),
          party: try body.text("party"), requestID: try body.optionalRequest("requestId"),
          requested: try body.entryValue("requested")))
    case "RouteAdvised":
      .routeAdvised(
        RouteAdvised(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          requester: try body.text("requester"),
          advice: try advice(body), factsUpTo: try body.integer("factsUpTo"),
          registrations: try body.optionalInteger("registrations"),
          askedBy: try body.optionalText("askedBy")))
    case "OwnerAssigned":
      .ownerAssigned(
        OwnerAssigned(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          requester: try body.text("requester"), party: try body.text("party"),
          owner: try body.text("owner")))
    case "OwnershipTransferred":
      .ownershipTransferred(
        OwnershipTransferred(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          requester: try body.text("requester"), party: try body.text("party"),
          from: try body.text("from"), to: try body.text("to"),
          reason: try body.text("reason")))
    case "CorrectionResolved":
      .correctionResolved(
        CorrectionResolved(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          requester: try body.text("requester"),
          how: try body.one("how"), evidence: try body.optionalInteger("evidence")))
    case "CorrectionConfirmed":
      .correctionConfirmed(
        CorrectionConfirmed(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          requester: try body.text("requester"),
          party: try body.text("party")))
    case "CorrectionReopened":
      .correctionReopened(
        CorrectionReopened(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          requester: try body.text("requester"), party: try body.text("party"),
          because: body.version == 1 ? .said : try body.one("because"),
          reason: try body.optionalText("reason"),
          requestID: try body.optionalRequest("requestId")))
    case "CorrectionRejected": .correctionRejected(try closed(body))
    case "CorrectionWithdrawn": .correctionWithdrawn(try closed(body))
    case "NoteAdded":
      .noteAdded(
        NoteAdded(
          correction: try body.correction("correction"), deviceID: try device(body),
          requester: try body.text("requester"),
          party: try body.text("party"), note: try body.text("note")))
    default: nil
    }
  }

  /// The device of an event that an old ticket without one can have, from version 2 on.
  private static func device(_ body: Body) throws(StoredFormError) -> EUI64? {
    body.version == 1 ? try body.eui("device") : try body.optionalEUI("device")
  }

  private static func closed(_ body: Body) throws(StoredFormError) -> CorrectionClosed {
    CorrectionClosed(
      correction: try body.correction("correction"), deviceID: try device(body),
      requester: try body.text("requester"),
      party: try body.text("party"), reason: try body.text("reason"))
  }

  private static func advice(_ body: Body) throws(StoredFormError) -> RouteAdvice {
    var consents: [RouteAdvice.Consent] = []
    for element in try body.objects("consents") { consents.append(try consent(element)) }
    var devices: [EUI64] = []
    for text in try body.texts("otherDevices") {
      guard let device = EUI64(text) else { throw body.malformed("otherDevices", "EUI-64s") }
      devices.append(device)
    }
    return RouteAdvice(
      route: try body.one("route"), because: try body.one("because"),
      party: try body.optionalText("party"), user: try body.optionalEUI("user"),
      until: try body.optionalTime("until"),
      consents: consents, otherDevices: devices)
  }
}
