/// A response that the DCC sent was recorded, whatever it says.
public struct ServiceResponseRecorded: Hashable, Sendable {
  /// The request that is answered; nil when the response names none.
  public let requestID: RequestID?
  /// `target:originator:counter`; nil in acknowledgements and rejections.
  public let responseID: RequestID?
  /// The party that the originator belongs to, when it is registered.
  public let party: String?
  /// Such as `8.4`; nil for a response of another form.
  public let serviceReference: String?
  /// Such as `8.7.1`; nil where `serviceReference` is.
  public let serviceReferenceVariant: String?
  /// The device that the request was about, or that the response comes from.
  public let deviceID: EUI64?
  /// The code that came back.
  public let code: String
  /// The element that holds the content; nil when only a code came back.
  public let content: String?
  /// The DUIS version of the response.
  public let schemaVersion: String
  /// What is odd about it.
  public let flags: [RecordFlag]
  /// The name of the raw XML in the document store.
  public let document: String

  /// Makes the event of its parts.
  public init(
    requestID: RequestID?, responseID: RequestID?, party: String?, serviceReference: String?,
    serviceReferenceVariant: String?, deviceID: EUI64?, code: String, content: String?,
    schemaVersion: String, flags: [RecordFlag], document: String
  ) {
    self.requestID = requestID
    self.responseID = responseID
    self.party = party
    self.serviceReference = serviceReference
    self.serviceReferenceVariant = serviceReferenceVariant
    self.deviceID = deviceID
    self.code = code
    self.content = content
    self.schemaVersion = schemaVersion
    self.flags = flags
    self.document = document
  }
}

extension ServiceResponseRecorded {
  /// Whether it tells what became of the request.
  ///
  /// A pre-command is still to be signed and a local command still to be delivered; what a device says
  /// it did not do is not done; and an answer that belongs to another service, or that is this ledger's
  /// own to give, counts for nothing.
  public var isOutcome: Bool {
    !["PreCommand", "LocalCommand"].contains(content)
      && Set(flags).isDisjoint(with: [.answeredHere, .commandFailed, .otherServiceReference])
  }
}

/// An alert of the DCC or of a device was recorded, whatever it says.
public struct AlertRecorded: Hashable, Sendable {
  /// Who sent it.
  public let source: AlertSource
  /// Such as `N1`; nil when the message of a device names none outside its payload.
  public let alertCode: String?
  /// What a DCC alert tells, such as `DeviceStatusChangeEvent`.
  public let content: String?
  /// The device that the alert is about.
  public let deviceID: EUI64?
  /// The request that the alert is about, where it names one.
  public let requestID: RequestID?
  /// The entity that sent it, where the alert says so.
  public let sender: EUI64?
  /// The User ID that it was sent to, where the alert says so.
  public let user: EUI64?
  /// The party of that user, when it is registered.
  public let party: String?
  /// The `ResponseCode` of the header.
  public let code: String
  /// The DUIS version of the alert.
  public let schemaVersion: String
  /// What is odd about it.
  public let flags: [RecordFlag]
  /// The name of the raw XML in the document store.
  public let document: String

  /// Makes the event of its parts.
  public init(
    source: AlertSource, alertCode: String?, content: String?, deviceID: EUI64?,
    requestID: RequestID?, sender: EUI64?, user: EUI64?, party: String?, code: String,
    schemaVersion: String, flags: [RecordFlag], document: String
  ) {
    self.source = source
    self.alertCode = alertCode
    self.content = content
    self.deviceID = deviceID
    self.requestID = requestID
    self.sender = sender
    self.user = user
    self.party = party
    self.code = code
    self.schemaVersion = schemaVersion
    self.flags = flags
    self.document = document
  }
}

/// Who sent an alert.
public enum AlertSource: String, CaseIterable, Hashable, Sendable {
  /// The DCC.
  case dcc
  /// A device.
  case device
}

/// What is odd about a response or an alert; it is recorded all the same.
public enum RecordFlag: String, CaseIterable, Hashable, Sendable {
  /// It answers a request that this ledger was never given.
  case requestNotKnown
  /// It names no request at all.
  case noRequestNamed
  /// Its code is not one of the DUIS 5.4 schema.
  case codeNotKnown
  /// It says another Service Reference than the request.
  case otherServiceReference
  /// Its ResponseID is not the RequestID with its first two parts changed over.
  case identitiesDisagree
  /// Its time has no zone, and was taken as UTC.
  case timeWithoutZone
  /// It says no time, so the time of recording stands for it.
  case timeNotGiven
  /// It is about a device that this ledger does not hold.
  case deviceNotKnown
  /// It came with content that this program does not read.
  case contentNotRead
  /// The device says that the command did not succeed.
  case commandFailed
  /// This ledger answers such requests itself, so the answer of another changes nothing.
  case answeredHere
  /// Its time lies ahead of the ledger's clock, so the time of recording stands for it.
  case timeAhead
  /// A text in it may be a meter point, so it stands in the document only.
  case textWithheld
  /// An earlier answer to the same request said otherwise.
  case contradictsEarlier
}

/// The code that came back is another one than the rulebook predicted.
public struct ResponseDiverged: Hashable, Sendable {
  /// The request that was answered.
  public let requestID: RequestID
  /// The party that the originator belongs to, when it is registered.
  public let party: String?
  /// Such as `8.4`.
  public let serviceReference: String
  /// The device that it is about, where it names one.
  public let deviceID: EUI64?
  /// The code that was predicted, or that this ledger answered as an authority.
  public let predicted: String
  /// The code that came back.
  public let returned: String
  /// The rulebook that predicted.
  public let rulebook: Int
  /// The findings that bear on the two codes, with the facts used.
  public let findings: [Finding]
  /// The position of the judgement.
  public let validated: Int
  /// The position up to which its facts were taken.
  public let factsUpTo: Int
  /// The newest registration import at that position; nil when there was none.
  public let registrations: Int?

  /// Makes the event of its parts.
  public init(
    requestID: RequestID, party: String?, serviceReference: String, deviceID: EUI64?,
    predicted: String, returned: String, rulebook: Int, findings: [Finding], validated: Int,
    factsUpTo: Int, registrations: Int?
  ) {
    self.requestID = requestID
    self.party = party
    self.serviceReference = serviceReference
    self.deviceID = deviceID
    self.predicted = predicted
    self.returned = returned
    self.rulebook = rulebook
    self.findings = findings
    self.validated = validated
    self.factsUpTo = factsUpTo
    self.registrations = registrations
  }
}
