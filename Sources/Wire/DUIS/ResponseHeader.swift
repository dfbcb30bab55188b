internal import Corrections

/// The header of a response or an alert, and what becomes of it with what the body says.
struct ResponseHeader {
  let requestID: RequestID?
  let responseID: RequestID?
  let code: String
  let time: (instant: Instant, hasZone: Bool)
  let schemaVersion: String

  func response(_ message: DUIS.Message, _ canonical: [UInt8]) -> ReceivedResponse {
    let answered = responseID.map(\.changedOver)
    return ReceivedResponse(
      requestID: requestID ?? answered, responseID: responseID,
      identitiesAgree: requestID == nil || answered == nil || requestID == answered,
      code: code, at: time.instant, zoneWasMissing: !time.hasZone,
      serviceReference: message.reference, serviceReferenceVariant: message.variant,
      element: message.element, content: message.content, isDecoded: false,
      schemaVersion: schemaVersion, canonical: canonical)
  }

  func alert(_ alert: DUIS.AlertMessage, _ canonical: [UInt8]) -> ReceivedAlert {
    ReceivedAlert(
      source: alert.source, responseID: responseID, code: code, at: time.instant,
      zoneWasMissing: !time.hasZone, alertCode: alert.code, element: alert.element,
      content: alert.content, deviceID: alert.deviceID, schemaVersion: schemaVersion,
      canonical: canonical)
  }

  /// The facts of the header as stable bytes.
  var canonical: [UInt8] {
    var out = CanonicalText()
    if let requestID { out.put("RequestID", requestID.description) }
    if let responseID { out.put("ResponseID", responseID.description) }
    out.put("ResponseCode", code)
    out.put("ResponseDateTime", time.instant.stored)
    return out.bytes
  }
}

extension RequestID {
  /// The ResponseID of a request, and the RequestID of a response: its first two parts change over.
  var changedOver: RequestID {
    RequestID(originator: target, target: originator, counter: counter)
  }
}
