import Corrections
import EventLog
import Wire

/// An alert beside what is held: what is to be recorded, and what follows from it.
struct AlertReading {
  let event: AlertRecorded
  let told: Told
  let subjects: [Subject]
  let tags: [String]
  let position: Int

  init(_ alert: ReceivedAlert, document: String, in ledger: Ledger) throws {
    let position = try ledger.head()
    self.position = position
    var flags = alert.flags
    let at = ledger.time(of: alert.at, &flags)
    let facts = HeldFacts(ledger: ledger, position: position, subjects: SubjectPool(ledger.log))
    let recorded = try ledger.requestTimeline(alert.content.requestID, upTo: position)
    let request = recorded.received
    if alert.content.requestID != nil, request == nil { flags.append(.requestNotKnown) }
    let deviceID = alert.deviceID ?? alert.content.deviceID ?? request?.deviceID
    if let deviceID, try facts.device(deviceID) == nil { flags.append(.deviceNotKnown) }
    var content = alert.told
    if case .firmwareMismatch(_, _, let smi, let device) = content,
      !CodeGuard.isName(smi) || !CodeGuard.isName(device)
    {
      content = .other
      flags.append(.textWithheld)
    }
    if case .firmwareActivated(_, let version) = content, !CodeGuard.isName(version) {
      content = .other
      flags.append(.textWithheld)
    }
    let user = alert.responseID?.target
    let party = try user.flatMap { try ledger.user($0.description, upTo: position)?.party }
    event = AlertRecorded(
      source: alert.source, alertCode: alert.alertCode, content: alert.element,
      deviceID: deviceID, requestID: alert.content.requestID,
      sender: alert.responseID?.originator, user: user,
      party: party, code: alert.code, schemaVersion: alert.schemaVersion,
      flags: flags, document: document)
    let isAgain = request.map(recorded.isCarriedOut) ?? false
    told = Told(
      at: at,
      consequences: try ledger.consequences(
        of: isAgain ? [] : try content.effects(given: facts, at: at), at: at, upTo: position),
      diverged: nil)
    subjects = facts.subjects.new
    tags =
      (alert.content.requestID.map { [Tag.request($0)] } ?? [])
      + (deviceID.map { [Tag.device($0)] } ?? [])
  }
}

/// What is held at a position, as an alert bears on it.
struct HeldFacts: AlertFacts {
  let ledger: Ledger
  let position: Int
  let subjects: SubjectPool
  /// A request that is about to be recorded.
  var coming: ServiceRequestReceived?

  func device(_ id: EUI64) throws -> Device? { try ledger.device(id, upTo: position) }

  func request(_ id: RequestID) throws -> ServiceRequestReceived? {
    try coming?.requestID == id ? coming : ledger.received(id, upTo: position)
  }

  func token(_ mpxn: MPxN) throws -> Token {
    guard let token = try subjects.token(Ledger.mpxnKind, mpxn.digits) else {
      preconditionFailure("a value has a token")
    }
    return token
  }
}

extension ReceivedAlert {
  /// What it tells of the inventory.
  ///
  /// Of the two alerts about SR 8.11 only N24 says that the hub carried it out; the other says that it
  /// may not have (both remembered).
  var told: AlertContent {
    if case .hanDeviceLogUpdated = content, alertCode != "N24" { return .other }
    return content
  }

  /// What is odd about it, as far as it says itself.
  fileprivate var flags: [RecordFlag] {
    var flags: [RecordFlag] = []
    if source == .dcc, alertCode.map({ !DUIS.alertCodes.contains($0) }) ?? true {
      flags.append(.codeNotKnown)
    }
    if zoneWasMissing { flags.append(.timeWithoutZone) }
    if content == .other { flags.append(.contentNotRead) }
    return flags
  }
}
