import Corrections
import EventLog

extension Ledger {
  /// What a request asks for, with a token for each personal value.
  ///
  /// A text of the details that could be a meter point stands in the document only.
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
      let kept = details.withheld
      return kept.isEmpty && !details.isEmpty ? .branch(.details) : .details(kept)
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
      return .prenotification(
        told.type, told.details.withheld, associatedGPF: told.associatedGPFDeviceID)
    case .service(let element, _, let service):
      return try asked(service, element, of: { try token(Ledger.mpxnKind, $0.digits) })
    case .other(let element, _): return .other(element: element)
    }
  }

  private func asked(
    _ service: DeviceService, _ element: String, of token: (MPxN) throws -> Token
  ) rethrows -> ServiceRequestReceived.Asked {
    switch service {
    case .hanDeviceLog(let action, let mpxns): .hanDeviceLog(action, try mpxns.map(token))
    case .join(let other): .join(element: element, other: other)
    case .unjoin(let other): .unjoin(element: element, other: other)
    case .supplierChange(let mpxn): .supplierChange(try token(mpxn))
    case .setMPxNs(let mpxns): .setMPxNs(element: element, try mpxns.map(token))
    }
  }
}

extension DeviceDetails {
  /// The same without each text that could be a meter point.
  var withheld: DeviceDetails {
    var kept = self
    kept.withhold()
    return kept
  }

  /// Whether no text in it could be a meter point.
  var mayStandInRecord: Bool { withheld == self }

  /// Takes out each text that could be a meter point.
  mutating func withhold() {
    manufacturer = manufacturer.flatMap { CodeGuard.isName($0) ? $0 : nil }
    model = model.flatMap { CodeGuard.isName($0) ? $0 : nil }
    firmwareVersion = firmwareVersion.flatMap { CodeGuard.isName($0) ? $0 : nil }
    smetsCHTSVersion = smetsCHTSVersion.flatMap { CodeGuard.isCode($0) ? $0 : nil }
  }
}
