public import CanonicalJSON
public import Corrections

/// How events stand in a record: the type, its version and the body, for ever.
///
/// Each file `Stored+….swift` holds both directions of some events; ``EventShape`` says the same as
/// data, from which tags and the published schemas are made. A test holds the two together.
public enum StoredForm {
  /// One event as the log takes it.
  public struct Encoded: Hashable, Sendable {
    /// The stored name of the event.
    public let type: String
    /// The version of the body's shape.
    public let version: Int
    /// The body, always an object.
    public let body: Value
  }

  /// The stored form of an event, always in its newest version.
  public static func encode(_ event: Event) -> Encoded {
    let (type, body) = typeAndBody(of: event)
    return Encoded(type: type, version: newestVersion(of: event), body: .object(body))
  }

  /// Reads a stored event of any version ever released; pure and total over what was written.
  public static func decode(type: String, version: Int, body: Value) throws(StoredFormError)
    -> Event
  {
    guard version == 1 || EventShape.knows(type, version) else {
      throw .unknownVersion(type: type, version: version)
    }
    guard case .object(let members) = body else {
      throw .malformed(type: type, field: "body", expected: "an object")
    }
    let reader = Body(type: type, members: members, version: version)
    if let event = try decodeLedgerEvent(type, reader) { return event }
    if let event = try decodeReferenceEvent(type, reader) { return event }
    if let event = try decodeRequestEvent(type, reader) { return event }
    if let event = try decodeObservation(type, reader) { return event }
    if let event = try decodeInventoryEvent(type, reader) { return event }
    if let event = try decodeDeviceEvent(type, reader) { return event }
    if let event = try decodeCorrectionEvent(type, reader) { return event }
    if let event = try decodeConsentOrFixEvent(type, reader) { return event }
    if let event = try decodeStep(type, reader) { return event }
    if let event = try decodeIncident(type, reader) { return event }
    if let event = try decodeReport(type, reader) { return event }
    if let event = try decodeUpkeep(type, reader) { return event }
    if let event = try decodeDiscovery(type, reader) { return event }
    throw .unknownType(type)
  }

  /// Reads a whole record, as the log holds it at a position.
  public static func recorded(position: Int, record: Value) throws(StoredFormError) -> Recorded {
    guard case .object(let members) = record else {
      throw .malformed(type: "record", field: "record", expected: "an object")
    }
    let reader = Body(type: "record", members: members)
    guard let body = members["body"] else {
      throw .malformed(type: "record", field: "body", expected: "an object")
    }
    return Recorded(
      position: position, recordedAt: try reader.time("recordedAt"),
      effectiveAt: try reader.time("effectiveAt"), actor: try actor(members["actor"]),
      cause: try reader.optionalInteger("cause"),
      event: try decode(
        type: try reader.text("type"), version: try reader.integer("version"), body: body))
  }

  static func actor(_ value: Value?) throws(StoredFormError) -> Actor {
    guard case .object(let members)? = value else {
      throw .malformed(type: "record", field: "actor", expected: "an object")
    }
    let reader = Body(type: "record", members: members)
    guard let via = Via(stored: try reader.text("via")) else {
      throw .malformed(type: "record", field: "actor.via", expected: "a known way")
    }
    return Actor(
      user: try reader.optionalText("user"), party: try reader.text("party"),
      role: try reader.optionalText("role"), via: via)
  }

  /// Every field that an event type can hold, in one place.
  static func typeAndBody(of event: Event) -> (String, Object) {
    switch event {
    case .ledgerOpened(let event): ("LedgerOpened", body(event))
    case .calendarSet(let event): ("CalendarSet", body(event))
    case .policySet(let event): ("PolicySet", body(event))
    case .serviceTargetsSet(let event): ("ServiceTargetsSet", body(event))
    case .eventAnnulled(let event): ("EventAnnulled", body(event))
    case .userRegistered(let event): ("UserRegistered", body(event))
    case .userStatusChanged(let event): ("UserStatusChanged", body(event))
    case .productListed(let event): ("ProductListed", body(event))
    case .productsImported(let event): ("ProductsImported", body(event))
    case .registrationsImported(let event): ("RegistrationsImported", body(event))
    case .inventoryImported(let event): ("InventoryImported", body(event))
    case .serviceRequestReceived(let event): ("ServiceRequestReceived", body(event))
    case .serviceRequestValidated(let event): ("ServiceRequestValidated", body(event))
    case .serviceResponseIssued(let event): ("ServiceResponseIssued", body(event))
    case .serviceResponseRecorded(let event): ("ServiceResponseRecorded", body(event))
    case .alertRecorded(let event): ("AlertRecorded", body(event))
    case .responseDiverged(let event): ("ResponseDiverged", body(event))
    case .inventoryObserved(let event): ("InventoryObserved", body(event))
    case .devicePrenotified(let event): ("DevicePrenotified", body(event))
    case .deviceStatusChanged(let event): ("DeviceStatusChanged", body(event))
    case .deviceDetailsUpdated(let event): ("DeviceDetailsUpdated", body(event))
    case .deviceDeleted(let event): ("DeviceDeleted", body(event))
    case .deviceAssociated(let event): ("DeviceAssociated", body(event))
    case .deviceDissociated(let event): ("DeviceDissociated", body(event))
    case .deviceSupplierChanged(let event): ("DeviceSupplierChanged", body(event))
    case .deviceValueObserved(let event): ("DeviceValueObserved", body(event))
    case .mpxnUpdated(let event): ("MPxNUpdated", body(event))
    case .mpxnCleared(let event): ("MPxNCleared", body(event))
    case .correctionRequested(let event): ("CorrectionRequested", body(event))
    case .correctionJoined(let event): ("CorrectionJoined", body(event))
    case .routeAdvised(let event): ("RouteAdvised", body(event))
    case .ownerAssigned(let event): ("OwnerAssigned", body(event))
    case .ownershipTransferred(let event): ("OwnershipTransferred", body(event))
    case .consentRequested(let event): ("ConsentRequested", body(event))
    case .consentGiven(let event): ("ConsentGiven", body(event))
    case .consentRefused(let event): ("ConsentRefused", body(event))
    case .consentLapsed(let event): ("ConsentLapsed", body(event))
    case .manualFixProposed(let event): ("ManualFixProposed", body(event))
    case .manualFixApproved(let event): ("ManualFixApproved", body(event))
    case .manualFixDeclined(let event): ("ManualFixDeclined", body(event))
    case .manualFixApplied(let event): ("ManualFixApplied", body(event))
    case .fixVerified(let event): ("FixVerified", body(event))
    case .fixNotFound(let event): ("FixNotFound", body(event))
    case .correctionResolved(let event): ("CorrectionResolved", body(event))
    case .correctionConfirmed(let event): ("CorrectionConfirmed", body(event))
    case .correctionReopened(let event): ("CorrectionReopened", body(event))
    case .correctionRejected(let event): ("CorrectionRejected", body(event))
    case .correctionWithdrawn(let event): ("CorrectionWithdrawn", body(event))
    case .noteAdded(let event): ("NoteAdded", body(event))
    case .correctionStep(let event): typeAndBody(of: event)
    case .incidentTakenOver(let event): ("IncidentTakenOver", body(event))
    case .incidentsImported(let event): ("IncidentsImported", body(event))
    case .reportPublished(let event): ("ReportPublished", body(event))
    case .upkeep(let event): typeAndBody(of: event)
    case .technicalDetailsObserved(let event): ("TechnicalDetailsObserved", body(event))
    case .technicalDetailsImported(let event): ("TechnicalDetailsImported", body(event))
    case .discovery(let event): typeAndBody(of: event)
    }
  }

  /// The version in which an event is written now; a later one reads what an earlier one wrote.
  private static func newestVersion(of event: Event) -> Int {
    switch event {
    case .calendarSet, .policySet, .correctionRequested, .correctionJoined, .routeAdvised,
      .manualFixProposed,
      .fixVerified, .fixNotFound, .correctionReopened, .correctionRejected, .noteAdded:
      2
    default: 1
    }
  }
}

/// Why a stored record can't be read by this version of the program.
public enum StoredFormError: Error, Hashable, Sendable {
  /// A newer program wrote it: views stop rather than skip it.
  case unknownType(String)
  /// A newer program wrote this version of a known event.
  case unknownVersion(type: String, version: Int)
  /// A code that a newer program may know.
  case unknownCode(type: String, field: String, code: String)
  /// A field is missing, or not of its kind.
  case malformed(type: String, field: String, expected: String)
}

extension Via {
  /// The stored form: `asserted:` and an account number, or one word.
  public var stored: String {
    switch self {
    case .asserted(let account): "asserted:\(account)"
    case .token: "token"
    case .certificate: "certificate"
    case .import: "import"
    case .system: "system"
    }
  }

  /// Reads the stored form.
  public init?(stored text: String) {
    switch text {
    case "token": self = .token
    case "certificate": self = .certificate
    case "import": self = .import
    case "system": self = .system
    default:
      guard text.hasPrefix("asserted:"), let account = UInt32(text.dropFirst(9)) else {
        return nil
      }
      self = .asserted(account: account)
    }
  }
}
