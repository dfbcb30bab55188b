public import Corrections

extension DUIS {
  /// Writes the answer to a request that carries only a code, in the form of an acknowledgement: a
  /// RequestID and no ResponseID.
  ///
  /// The same response always gives the same bytes.
  public static func write(_ response: ServiceResponse) -> [UInt8] {
    var out = XMLWriter(root: "Response", schemaVersion: response.schemaVersion)
    out.element("Header") { out in
      out.leaf("RequestID", response.requestID.description)
      out.leaf("ResponseCode", response.code)
      out.leaf("ResponseDateTime", response.at.stored)
    }
    out.element("Body") { out in
      out.element("ResponseMessage") { out in
        out.leaf("ServiceReference", response.serviceReference)
        out.leaf("ServiceReferenceVariant", response.serviceReferenceVariant)
      }
    }
    return out.finished("Response")
  }

  /// Writes an SR 8.4, 8.2 or 12.2, unsigned and ready to be signed and sent; nil for any other
  /// request, whose body isn't kept in a form that could be written.
  public static func write(request: ServiceRequest) -> [UInt8]? {
    switch request.content {
    case .service, .other: return nil
    case .updateInventory, .readInventory, .prenotification: break
    }
    var out = XMLWriter(root: "Request", schemaVersion: request.schemaVersion)
    out.element("Header") { out in
      out.leaf("RequestID", request.id.description)
      if let first = request.firstInSequence {
        out.leaf("FirstInSequence", first ? "true" : "false")
      }
      if let preceding = request.precedingRequestID {
        out.leaf("PrecedingServiceRequestID", preceding.description)
      }
      out.leaf("CommandVariant", String(request.commandVariant))
      out.leaf("ServiceReference", request.serviceReference)
      out.leaf("ServiceReferenceVariant", request.serviceReferenceVariant)
    }
    out.element("Body") { out in write(request.content, to: &out) }
    return out.finished("Request")
  }

  private static func write(_ content: ServiceRequest.Content, to out: inout XMLWriter) {
    switch content {
    case .updateInventory(let deviceID, let update):
      out.element("UpdateInventory") { out in
        out.leaf("DeviceID", deviceID.description)
        write(update, to: &out)
      }
    case .readInventory(.property(let postCode, let address)):
      out.element("ReadInventory") { out in
        out.element("PropertyFilter") { out in
          out.leaf("PostCode", postCode)
          out.leaf("AddressIdentifier", address)
        }
      }
    case .readInventory:
      out.element("ReadInventory") { out in out.leaves(fields(of: content)) }
    case .prenotification:
      out.element("DevicePrenotification") { out in out.leaves(fields(of: content)) }
    case .service, .other: break
    }
  }

  private static func write(_ update: InventoryUpdate, to out: inout XMLWriter) {
    switch update {
    case .statusExceptCH(let status): out.leaf("UpdateDeviceStatusExceptCH", status.rawValue)
    case .statusCH(let status): out.leaf("UpdateDeviceStatusCH", status.rawValue)
    case .details(let details):
      out.element("UpdateDeviceDetails") { out in out.leaves(fields(of: details, type: nil)) }
    case .delete: out.leaf("DeleteDevice", "")
    case .mpxn(let field, let mpxn):
      out.element("UpdateMPxN") { out in out.leaf(elementName(of: field), mpxn.digits) }
    }
  }
}
