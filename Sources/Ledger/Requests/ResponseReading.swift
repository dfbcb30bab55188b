import Corrections
import EventLog
import Wire

/// A response beside what is held: what is to be recorded, and what follows from it.
struct ResponseReading {
  let event: ServiceResponseRecorded
  let at: Instant
  let told: [Told]
  let subjects: [Subject]
  let tags: [String]
  let position: Int

  init(_ response: ReceivedResponse, document: String, in ledger: Ledger) throws {
    let position = try ledger.head()
    self.position = position
    var flags = response.flags
    at = ledger.time(of: response.at, &flags)
    let recorded = try ledger.requestTimeline(response.requestID, upTo: position)
    let request = recorded.received
    if response.requestID == nil {
      flags.append(.noRequestNamed)
    } else if request == nil {
      flags.append(.requestNotKnown)
    }
    if let request, let reference = response.serviceReferenceVariant,
      reference != request.serviceReferenceVariant, reference != request.serviceReference
    {
      flags.append(.otherServiceReference)
    }
    if let request,
      recorded.outcomes.contains(where: { request.contradict($0, response.code) })
        || (flags.contains(.commandFailed)
          ? recorded.isCarriedOut(request) : recorded.hasFailed(request))
    {
      flags.append(.contradictsEarlier)
    }
    let reference = request?.serviceReference ?? response.serviceReference
    if ledger.opened.mode == .authority, let reference, ["8.4", "8.2", "12.2"].contains(reference) {
      flags.append(.answeredHere)
    }
    let deviceID = request?.deviceID ?? response.device
    let device = try deviceID.flatMap { try ledger.device($0, upTo: position) }
    if deviceID != nil, device == nil { flags.append(.deviceNotKnown) }
    let subjects = SubjectPool(ledger.log)
    let seen =
      flags.contains(.answeredHere)
      ? [] : try ledger.looks(of: response, on: deviceID, at: at, naming: subjects, &flags)
    let party = try (request?.requestID ?? response.requestID).flatMap {
      try ledger.user($0.originator.description, upTo: position)?.party
    }
    event = ServiceResponseRecorded(
      requestID: response.requestID, responseID: response.responseID,
      party: request?.party ?? party, serviceReference: response.serviceReference,
      serviceReferenceVariant: response.serviceReferenceVariant
        ?? request?.serviceReferenceVariant,
      deviceID: deviceID, code: response.code, content: response.element,
      schemaVersion: response.schemaVersion, flags: flags, document: document)
    var told = [
      Told(
        at: at, consequences: try ledger.consequences(of: seen, at: at, upTo: position),
        diverged: nil)
    ]
    if let request {
      var outcome = try ledger.told(
        of: request, by: event, at: at, given: device,
        isAgain: recorded.isCarriedOut(request) || recorded.hasFailed(request), upTo: position)
      outcome.diverged = recorded.divergence(from: event)
      told.append(outcome)
    }
    self.told = told
    self.subjects = subjects.new
    tags =
      (response.requestID.map { [Tag.request($0)] } ?? [])
      + (deviceID.map { [Tag.device($0)] } ?? [])
  }
}

extension ReceivedResponse {
  /// What is odd about it, as far as it says itself.
  fileprivate var flags: [RecordFlag] {
    var flags: [RecordFlag] = []
    if !DUIS.responseCodes.contains(code) { flags.append(.codeNotKnown) }
    if !identitiesAgree { flags.append(.identitiesDisagree) }
    if zoneWasMissing { flags.append(.timeWithoutZone) }
    switch content {
    case .unread: flags.append(.contentNotRead)
    case .outcome(let succeeded): if !succeeded { flags.append(.commandFailed) }
    case .none, .inventory, .onDevice, .firmwareVersion: break
    }
    return flags
  }

  /// The device that it comes from, where it says so by the target of the request.
  fileprivate var device: EUI64? {
    switch content {
    case .onDevice, .firmwareVersion, .outcome: requestID?.target
    case .none, .inventory, .unread: nil
    }
  }
}

extension Ledger {
  /// What the content of a response says of devices: entries of the SMI, or what a device holds.
  fileprivate func looks(
    of response: ReceivedResponse, on device: EUI64?, at time: Instant,
    naming subjects: SubjectPool, _ flags: inout [RecordFlag]
  ) throws -> [Event] {
    switch response.content {
    case .inventory(let rows):
      var events: [Event] = []
      for row in rows {
        var entry = try entry(of: row, subjects)
        if entry.withhold(), !flags.contains(.textWithheld) { flags.append(.textWithheld) }
        events.append(
          .inventoryObserved(
            InventoryObserved(deviceID: row.deviceID, basis: .response, entry: entry)))
      }
      return events
    case .onDevice(let mpxns):
      guard let device else { return [] }
      let held = try mpxns.map { value -> FieldValue in
        switch value {
        case .empty: return .empty
        case .mpxn(let mpxn):
          guard let token = try subjects.token(Ledger.mpxnKind, mpxn.digits) else {
            preconditionFailure("a value has a token")
          }
          return .mpxn(token)
        }
      }
      return [
        .deviceValueObserved(
          DeviceValueObserved(
            deviceID: device, importMPxN: held.importMPxN,
            secondaryImportMPAN: held.secondaryImportMPAN, exportMPAN: held.exportMPAN,
            basis: .response, requestID: response.requestID))
      ]
    case .firmwareVersion(let version):
      guard let device else { return [] }
      guard CodeGuard.isName(version) else {
        flags.append(.textWithheld)
        return []
      }
      return [
        .deviceValueObserved(
          DeviceValueObserved(
            deviceID: device, firmwareVersion: version, basis: .response,
            requestID: response.requestID))
      ] + activated(version, on: device, response)
    case .none, .outcome, .unread: return []
    }
  }

  /// SR 11.3 changes what the SMI says of the firmware, too (remembered, not confirmed).
  private func activated(
    _ version: String, on device: EUI64, _ response: ReceivedResponse
  ) -> [Event] {
    guard response.serviceReferenceVariant == "11.3" || response.element == "ActivateFirmwareRsp"
    else { return [] }
    return [
      .deviceDetailsUpdated(
        DeviceDetailsUpdated(
          deviceID: device, details: DeviceDetails(firmwareVersion: version), basis: .response,
          requestID: response.requestID))
    ]
  }
}
