public import Corrections
internal import EventLog

/// What a person wants an entry to say, in clear.
public enum WantedValue: Sendable {
  /// Another meter point in one of the three places.
  case mpxn(MPxNField, MPxN)
  /// No meter point in one of the three places.
  case blank(MPxNField)
  /// Another status.
  case status(DeviceStatus)
  /// Other details: those that are given.
  case details(DeviceDetails)
  /// That the entry goes.
  case deletion
  /// Anything else, in words of at most 4,000 characters; kept apart from the record, erasable.
  case other(String)

  /// What of the entry it is about.
  public var field: CorrectionField {
    switch self {
    case .mpxn(let field, _), .blank(let field): CorrectionField(field)
    case .status: .status
    case .details: .details
    case .deletion: .deletion
    case .other: .other
    }
  }
}

/// A wanted value as a record may hold it, with what it puts into the erasable tables.
struct StoredValue {
  let field: CorrectionField
  var value: EntryValue
  var subjects: [Subject] = []
  var documents: [Document] = []
}

extension Ledger {
  /// The value with tokens and documents for what is personal.
  func stored(_ wanted: WantedValue) throws -> StoredValue {
    switch wanted {
    case .mpxn(let field, let mpxn):
      let subject = try log.makeSubject(kind: Ledger.mpxnKind, value: mpxn.digits)
      guard let token = Token(subject.token) else {
        preconditionFailure("the log makes tokens of 43 characters")
      }
      return StoredValue(
        field: CorrectionField(field), value: .mpxn(token),
        subjects: subject.isStored ? [] : [subject])
    case .blank(let field): return StoredValue(field: CorrectionField(field), value: .empty)
    case .status(let status): return StoredValue(field: .status, value: .status(status))
    case .details(let details):
      guard details.mayStandInRecord else { throw CannotOpen.detailsWithheld }
      return StoredValue(field: .details, value: .details(details))
    case .deletion: return StoredValue(field: .deletion, value: .listed(false))
    case .other(let text):
      let document = log.makeDocument(Array(text.utf8))
      return StoredValue(field: .other, value: .text(document.name), documents: [document])
    }
  }
}

extension ServiceRequestReceived.Asked {
  /// What a branch of 8.4 wants of which field; nil where the record does not say.
  var wantedValue: (field: CorrectionField, value: EntryValue)? {
    switch self {
    case .mpxn(let field, let token): (CorrectionField(field), .mpxn(token))
    case .status(_, let status): (.status, .status(status))
    case .details(let details): (.details, .details(details))
    case .branch(.delete): (.deletion, .listed(false))
    case .branch, .query, .prenotification, .hanDeviceLog, .join, .unjoin, .supplierChange,
      .setMPxNs, .other:
      nil
    }
  }

  /// The field that a branch of 8.4 is about.
  var correctionField: CorrectionField? {
    switch branch {
    case .mpxn: wantedValue?.field
    case .statusExceptCH, .statusCH: .status
    case .details: .details
    case .delete: .deletion
    case nil: nil
    }
  }
}
