internal import Corrections

/// The header of a decoded answer or alert.
struct DecodedHeader {
  let device: EUI64
  /// Who the device answers: the user, or the DCC in its place.
  let user: EUI64
  let counter: UInt64
  /// The user, where the DCC sent the command in its place, with the counter of its request.
  var remoteParty: EUI64?
  var remotePartyCounter: UInt64?
  var reference: String?
  var variant: String?
  var time: (instant: Instant, hasZone: Bool)?

  init(device: EUI64, user: EUI64, counter: UInt64) {
    self.device = device
    self.user = user
    self.counter = counter
  }

  /// The request that is answered.
  ///
  /// Where the DCC sent the command in the user's place, it has the counter of the DCC, and the
  /// user's own stands beside the user: seen in a real answer.
  private var requestID: RequestID {
    if let remoteParty, let remotePartyCounter {
      return RequestID(originator: remoteParty, target: device, counter: remotePartyCounter)
    }
    return RequestID(originator: user, target: device, counter: counter)
  }

  func response(
    _ message: DUIS.Message, _ schemaVersion: String, _ canonical: [UInt8]
  ) -> ReceivedResponse {
    ReceivedResponse(
      requestID: requestID, responseID: nil, identitiesAgree: true, code: "I0",
      at: time?.instant, zoneWasMissing: time?.hasZone == false, serviceReference: reference,
      serviceReferenceVariant: variant, element: message.element, content: message.content,
      isDecoded: true, schemaVersion: schemaVersion, canonical: canonical)
  }

  func alert(
    _ code: String?, _ at: (instant: Instant, hasZone: Bool), _ schemaVersion: String,
    _ canonical: [UInt8]
  ) -> ReceivedAlert {
    let alert = DUIS.deviceAlert(code, from: device)
    return ReceivedAlert(
      source: .device,
      responseID: RequestID(originator: device, target: user, counter: counter), code: "I0",
      at: at.instant, zoneWasMissing: !at.hasZone, alertCode: code, element: nil,
      content: alert.content, deviceID: device, schemaVersion: schemaVersion,
      canonical: canonical)
  }

  /// The facts of the header as stable bytes.
  var canonical: [UInt8] {
    var out = CanonicalText()
    out.put("BusinessOriginatorID", device.description)
    out.put("BusinessTargetID", user.description)
    out.put("OriginatorCounter", String(counter))
    if let remoteParty { out.put("SupplementaryRemotePartyID", remoteParty.description) }
    if let remotePartyCounter {
      out.put("SupplementaryRemotePartyCounter", String(remotePartyCounter))
    }
    if let reference { out.put("ServiceReference", reference) }
    if let variant { out.put("ServiceReferenceVariant", variant) }
    if let time { out.put("Timestamp", time.instant.stored) }
    return out.bytes
  }
}
