import CanonicalJSON
import Corrections

extension StoredForm {
  static func body(_ event: ConsentRequested) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "mpxn": .of(event.mpxn), "party": .string(event.party),
      "registrations": .of(event.registrations), "side": .of(event.side),
    ]
  }

  static func body(_ event: ConsentGiven) -> Object {
    [
      "byAsking": .bool(event.byAsking), "correction": .of(event.correction),
      "device": .of(event.deviceID), "mpxn": .of(event.mpxn), "party": .string(event.party),
      "registrations": .of(event.registrations), "side": .of(event.side),
    ]
  }

  static func body(_ event: ConsentRefused) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "party": .string(event.party), "reason": .string(event.reason), "side": .of(event.side),
    ]
  }

  static func body(_ event: ConsentLapsed) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "party": .string(event.party), "registrations": .of(event.registrations),
      "side": .of(event.side),
    ]
  }

  static func body(_ event: ManualFixProposed) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "expected": .of(event.expected), "field": .of(event.field), "new": .of(event.new),
    ]
  }

  static func body(_ event: ManualFixApproved) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "proposal": .of(event.proposal),
    ]
  }

  static func body(_ event: ManualFixDeclined) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "proposal": .of(event.proposal), "reason": .string(event.reason),
    ]
  }

  static func body(_ event: ManualFixApplied) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "proposal": .of(event.proposal),
    ]
  }

  static func body(_ event: FixVerified) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "evidence": .of(event.evidence), "field": .of(event.field), "found": .of(event.found),
    ]
  }

  static func body(_ event: FixNotFound) -> Object {
    [
      "correction": .of(event.correction), "device": .of(event.deviceID),
      "field": .of(event.field), "found": .of(event.found),
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
          party: try body.text("party"), side: try body.one("side"),
          mpxn: try body.token("mpxn"), registrations: try body.integer("registrations")))
    case "ConsentGiven":
      return .consentGiven(
        ConsentGiven(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          party: try body.text("party"), side: try body.one("side"),
          mpxn: try body.token("mpxn"), registrations: try body.integer("registrations"),
          byAsking: try body.bool("byAsking")))
    case "ConsentRefused":
      return .consentRefused(
        ConsentRefused(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          party: try body.text("party"), side: try body.one("side"),
          reason: try body.text("reason")))
    case "ConsentLapsed":
      return .consentLapsed(
        ConsentLapsed(
          correction: try body.correction("correction"), deviceID: try body.eui("device"),
          party: try body.text("party"), side: try body.one("side"),
          registrations: try body.integer("registrations")))
    default: return try decodeFixEvent(type, body)
    }
  }

  private static func decodeFixEvent(_ type: String, _ body: Body) throws(StoredFormError)
    -> Event?
  {
    guard type.hasPrefix("ManualFix") || type.hasPrefix("Fix") else { return nil }
    let correction = try body.correction("correction")
    let device = try body.eui("device")
    switch type {
    case "ManualFixProposed":
      return .manualFixProposed(
        ManualFixProposed(
          correction: correction, deviceID: device, field: try body.one("field"),
          expected: try body.optionalToken("expected"), new: try body.token("new")))
    case "ManualFixApproved":
      return .manualFixApproved(
        ManualFixApproved(
          correction: correction, deviceID: device, proposal: try body.integer("proposal")))
    case "ManualFixDeclined":
      return .manualFixDeclined(
        ManualFixDeclined(
          correction: correction, deviceID: device, proposal: try body.integer("proposal"),
          reason: try body.text("reason")))
    case "ManualFixApplied":
      return .manualFixApplied(
        ManualFixApplied(
          correction: correction, deviceID: device, proposal: try body.integer("proposal")))
    case "FixVerified":
      return .fixVerified(
        FixVerified(
          correction: correction, deviceID: device, field: try body.one("field"),
          found: try body.token("found"), evidence: try body.integer("evidence")))
    case "FixNotFound":
      return .fixNotFound(
        FixNotFound(
          correction: correction, deviceID: device, field: try body.one("field"),
          found: try body.optionalToken("found")))
    default: return nil
    }
  }
}
