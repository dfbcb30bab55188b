import Corrections
import EventLog

extension Ledger {
  /// What a request asks for, with a token for each personal value.
  ///
  /// Details whose texts could hold a meter point stand in the document only.
  func asked(
    by request: ServiceRequest, naming subjects: SubjectPool
  ) throws -> ServiceRequestReceived.Asked {
    func token(_ kind: String, _ value: String) throws -> Token {
      guard let token = try subjects.token(kind, value) else {
        preconditionFailure("a value has a token")
      }
      return token
    }
    switch request.content {
    case .updateInventory(_, .mpxn(let field, let mpxn)):
      return .mpxn(field, try token(Ledger.mpxnKind, mpxn.digits))
    case .updateInventory(_, .statusExceptCH(let status)): return .status(.statusExceptCH, status)
    case .updateInventory(_, .statusCH(let status)): return .status(.statusCH, status)
    case .updateInventory(_, .details(let details)):
      return details.mayStandInRecord ? .details(details) : .branch(.details)
    case .updateInventory(_, .delete): return .branch(.delete)
    case .readInventory(.deviceID): return .query(.device)
    case .readInventory(.mpxn(let mpxn)):
      return .query(.mpxn(try token(Ledger.mpxnKind, mpxn.digits)))
    case .readInventory(.uprn(let uprn)): return .query(.uprn(try token("uprn", uprn)))
    case .readInventory(.property(let postCode, let address)):
      return .query(
        .property(
          postCode: try token("postcode", postCode), address: try token("address", address)))
    case .prenotification(let told):
      return told.details.mayStandInRecord
        ? .prenotification(told.type, told.details, associatedGPF: told.associatedGPFDeviceID)
        : .prenotification(
          told.type, DeviceDetails(), associatedGPF: told.associatedGPFDeviceID)
    case .other(let element, _): return .other(element: element)
    }
  }
}

extension DeviceDetails {
  /// Whether no text in it could be a meter point.
  fileprivate var mayStandInRecord: Bool {
    CodeGuard.isName(manufacturer ?? "") && CodeGuard.isName(model ?? "")
      && CodeGuard.isName(firmwareVersion ?? "") && CodeGuard.isCode(smetsCHTSVersion ?? "")
  }
}
