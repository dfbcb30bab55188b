import CanonicalJSON
import Corrections

extension StoredForm {
  static func body(_ event: ServiceResponseRecorded) -> Object {
    [
      "code": .string(event.code), "content": .of(event.content), "device": .of(event.deviceID),
      "document": .string(event.document),
      "flags": .listOrNil(event.flags.map { .of($0) }), "party": .of(event.party),
      "requestId": .of(event.requestID), "responseId": .of(event.responseID),
      "schemaVersion": .string(event.schemaVersion),
      "serviceReference": .of(event.serviceReference),
      "serviceReferenceVariant": .of(event.serviceReferenceVariant),
    ]
  }

  static func body(_ event: AlertRecorded) -> Object {
    [
      "alertCode": .of(event.alertCode), "code": .string(event.code),
      "content": .of(event.content), "device": .of(event.deviceID),
      "document": .string(event.document),
      "flags": .listOrNil(event.flags.map { .of($0) }), "party": .of(event.party),
      "requestId": .of(event.requestID), "schemaVersion": .string(event.schemaVersion),
      "sender": .of(event.sender),
      "source": .of(event.source), "user": .of(event.user),
    ]
  }

  static func body(_ event: ResponseDiverged) -> Object {
    [
      "device": .of(event.deviceID), "factsUpTo": .of(event.factsUpTo),
      "findings": .listOrNil(event.findings.map { .object(body($0)) }),
      "party": .of(event.party), "predicted": .string(event.predicted),
      "registrations": .of(event.registrations), "requestId": .of(event.requestID),
      "returned": .string(event.returned), "rulebook": .of(event.rulebook),
      "serviceReference": .string(event.serviceReference), "validated": .of(event.validated),
    ]
  }

  static func decodeObservation(_ type: String, _ body: Body) throws(StoredFormError) -> Event? {
    switch type {
    case "ServiceResponseRecorded":
      .serviceResponseRecorded(
        ServiceResponseRecorded(
          requestID: try body.optionalRequest("requestId"),
          responseID: try body.optionalRequest("responseId"),
          party: try body.optionalText("party"),
          serviceReference: try body.optionalText("serviceReference"),
          serviceReferenceVariant: try body.optionalText("serviceReferenceVariant"),
          deviceID: try body.optionalEUI("device"), code: try body.text("code"),
          content: try body.optionalText("content"),
          schemaVersion: try body.text("schemaVersion"), flags: try flags(body),
          document: try body.text("document")))
    case "AlertRecorded":
      .alertRecorded(
        AlertRecorded(
          source: try body.one("source"), alertCode: try body.optionalText("alertCode"),
          content: try body.optionalText("content"), deviceID: try body.optionalEUI("device"),
          requestID: try body.optionalRequest("requestId"),
          sender: try body.optionalEUI("sender"), user: try body.optionalEUI("user"),
          party: try body.optionalText("party"), code: try body.text("code"),
          schemaVersion: try body.text("schemaVersion"), flags: try flags(body),
          document: try body.text("document")))
    case "ResponseDiverged": .responseDiverged(try diverged(body))
    default: nil
    }
  }

  private static func diverged(_ body: Body) throws(StoredFormError) -> ResponseDiverged {
    ResponseDiverged(
      requestID: try body.request("requestId"), party: try body.optionalText("party"),
      serviceReference: try body.text("serviceReference"),
      deviceID: try body.optionalEUI("device"), predicted: try body.text("predicted"),
      returned: try body.text("returned"), rulebook: try body.integer("rulebook"),
      findings: try findings(body), validated: try body.integer("validated"),
      factsUpTo: try body.integer("factsUpTo"),
      registrations: try body.optionalInteger("registrations"))
  }

  private static func flags(_ body: Body) throws(StoredFormError) -> [RecordFlag] {
    var flags: [RecordFlag] = []
    for text in try body.texts("flags") {
      guard let flag = RecordFlag(rawValue: text) else {
        throw .unknownCode(type: body.type, field: "flags", code: text)
      }
      flags.append(flag)
    }
    return flags
  }
}
