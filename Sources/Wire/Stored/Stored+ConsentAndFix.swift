import CanonicalJSON
import Corrections

extension StoredForm {
  static func body(_ event: ConsentRequested) -> Object {
    body(
      of: event.consent,
      [
        "correction": .of(event.correction), "device": .of(event.deviceID),
        "requester": .string(event.requester),
      ])
  }

  static func body(_ event: ConsentGiven) -> Object {
    body(
      of: event.consent,
      [
        "asked": .of(event.asked), "byAsking": .bool(event.byAsking),
        "correction": .of(event.correction), "device": .of(event.deviceID),
        "requester": .string(event.requester),
      ])
  }

  static func body(_ event: ConsentRefused) -> Object {
    body(
      of: event.consent,
      [
        "asked": .of(event.asked), "correction": .of(event.correction),
        "device": .of(event.deviceID), "requester": .string(event.requester),
        "reason": .string(event.reason),
      ])
  }

  static func body(_ event: ConsentLapsed) -> Object {
    body(
      of: event.consent,
      [
        "asked": .of(event.asked), "because": .of(event.because),
        "correction": .of(event.correction),
        "device": .of(event.deviceID), "requester": .string(event.requester),
        "shownBy": .of(event.shownBy),
      ])
  }

  /// Who agrees to what, with the fields of an event about it.
  static func body(of consent: RouteAdvice.Consent, _ others: Object = [:]) -> Object {
    Object(
      others.members.map { ($0.key, $0.value) } + [
        ("mpxn", .of(consent.mpxn)), ("party", .string(consent.party)),
        ("registrations", .of(consent.registrations)), ("side", .of(consent.side)),
        ("supplier", .string(consent.supplier)),
      ])
  }

  static func consent(_ body: Body) throws(StoredFormError) -> RouteAdvice.Consent {
    RouteAdvice.Consent(
      side: try body.one("side"), party: try body.text("party"),
      supplier: try body.text("supplier"), mpxn: try body.token("mpxn"),
      registrations: try body.integer("registrations"))
  }

  static func body(_ event: ManualFixProposed) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "requester": .string(event.requester), "party": .string(event.party),
      "expected": .value(event.expected), "explanation": .of(event.explanation),
      "field": .of(event.field), "new": .value(event.new),
      "otherDevices": .listOrNil(event.otherDevices.map { .of($0) }),
    ]
  }

  static func body(_ event: ManualFixApproved) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "requester": .string(event.requester), "party": .string(event.party),
      "proposal": .of(event.proposal),
    ]
  }

  static func body(_ event: ManualFixDeclined) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "requester": .string(event.requester), "party": .string(event.party),
      "proposal": .of(event.proposal), "reason": .string(event.reason),
    ]
  }

  static func body(_ event: ManualFixApplied) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "requester": .string(event.requester), "party": .string(event.party),
      "proposal": .of(event.proposal),
    ]
  }

  static func body(_ event: FixVerified) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "requester": .string(event.requester), "party": .string(event.party),
      "evidence": .of(event.evidence), "field": .of(event.field), "found": .value(event.found),
    ]
  }

  static func body(_ event: FixNotFound) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "requester": .string(event.requester), "party": .string(event.party),
      "evidence": .of(event.evidence), "field": .of(event.field), "found": .value(event.found),
    ]
  }

  static func decodeConsentOrFixEvent(_ type: String, _ body: Body) throws(StoredFormError)
    -> Event?
  {
    switch type {
    case "ConsentRequested":
      return .consentRequested(
        ConsentRequested(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          requester: try body.text("requester"),
          consent: try consent(body)))
    case "ConsentGiven":
      return .consentGiven(
        ConsentGiven(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          requester: try body.text("requester"),
          consent: try consent(body), asked: try body.optionalInteger("asked"),
          byAsking: try body.bool("byAsking")))
    case "ConsentRefused":
      return .consentRefused(
        ConsentRefused(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          requester: try body.text("requester"),
          consent: try consent(body), asked: try body.integer("asked"),
          reason: try body.text("reason")))
    case "ConsentLapsed":
      return .consentLapsed(
        ConsentLapsed(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          requester: try body.text("requester"),
          consent: try consent(body), because: try body.one("because"),
          asked: try body.optionalInteger("asked"), shownBy: try body.optionalInteger("shownBy")))
    default: return try decodeFixEvent(type, body)
    }
  }

  private static func decodeFixEvent(_ type: String, _ body: Body) throws(StoredFormError)
    -> Event?
  {
    guard type.hasPrefix("ManualFix") || type.hasPrefix("Fix"), type != "ManualFixFailed" else {
      return nil
    }
    let correction = try body.correction("correction")
    let device = try body.eui("device")
    let requester = try body.text("requester")
    let party = try body.text("party")
    switch type {
    case "ManualFixProposed":
      return .manualFixProposed(
        ManualFixProposed(
          correction: correction, deviceID: device, requester: requester, party: party,
          field: try body.one("field"),
          expected: try body.entryValue("expected"), new: try body.entryValue("new"),
          otherDevices: try body.euis("otherDevices"),
          explanation: try body.optionalText("explanation")))
    case "ManualFixApproved":
      return .manualFixApproved(
        ManualFixApproved(
          correction: correction, deviceID: device, requester: requester, party: party,
          proposal: try body.integer("proposal")))
    case "ManualFixDeclined":
      return .manualFixDeclined(
        ManualFixDeclined(
          correction: correction, deviceID: device, requester: requester, party: party,
          proposal: try body.integer("proposal"),
          reason: try body.text("reason")))
    case "ManualFixApplied":
      return .manualFixApplied(
        ManualFixApplied(
          correction: correction, deviceID: device, requester: requester, party: party,
          proposal: try body.integer("proposal")))
    case "FixVerified":
      return .fixVerified(
        FixVerified(
          correction: correction, deviceID: device, requester: requester, party: party,
          field: try body.one("field"),
          found: try body.entryValue("found"), evidence: try body.integer("evidence")))
    case "FixNotFound":
      return .fixNotFound(
        FixNotFound(
          correction: correction, deviceID: device, requester: requester, party: party,
          field: try body.one("field"),
          found: try body.optionalEntryValue("found"),
          evidence: try body.optionalInteger("evidence")))
    default: return nil
    }
  }
}
