public import Corrections

extension DUIS {
  /// Writes the response to an SR 8.2: one to seventeen devices of a premises, in the schema's
  /// order.
  ///
  /// What a row doesn't give is left out, but for manufacturer and model, which are then empty. A
  /// postcode that isn't of 6 to 8 characters can't be written, nor can an address without one.
  public static func write(_ response: ServiceResponse, inventory rows: [InventoryRow]) -> [UInt8] {
    precondition(
      (1...devicesAtMost).contains(rows.count), "a response to SR 8.2 holds 1 to 17 devices")
    var out = XMLWriter(root: "Response", schemaVersion: response.schemaVersion)
    out.element("Header") { out in
      out.leaf("RequestID", response.requestID.description)
      out.leaf("ResponseID", response.requestID.changedOver.description)
      out.leaf("ResponseCode", response.code)
      out.leaf("ResponseDateTime", response.at.stored)
    }
    out.element("Body") { out in
      out.element("ResponseMessage") { out in
        out.leaf("ServiceReference", response.serviceReference)
        out.leaf("ServiceReferenceVariant", response.serviceReferenceVariant)
        out.element("DSPInventory") { out in
          for row in rows { out.element("Device") { out in write(row, to: &out) } }
        }
      }
    }
    return out.finished("Response")
  }

  private static func write(_ row: InventoryRow, to out: inout XMLWriter) {
    let details = row.details
    out.leaf("DeviceID", row.deviceID.description)
    out.leaf("DeviceType", row.deviceType.rawValue)
    out.leaf("DeviceStatus", ifGiven: row.status?.rawValue)
    out.leaf("DeviceManufacturer", details.manufacturer ?? "")
    out.leaf("DeviceModel", details.model ?? "")
    out.leaf("SMETSCHTSVersion", ifGiven: details.smetsCHTSVersion)
    out.leaf("DeviceFirmwareVersion", ifGiven: details.firmwareVersion)
    out.leaf("DeviceFirmwareVersionStatus", ifGiven: row.firmwareVersionStatus?.rawValue)
    out.leaf("CPLStatus", ifGiven: row.cplStatus?.rawValue)
    out.leaf("DateCommissioned", ifGiven: row.dateCommissioned?.description)
    out.leaf("ImportMPxN", ifGiven: row.importMPxN?.digits)
    out.leaf("SecondaryImportMPAN", ifGiven: row.secondaryImportMPAN?.digits)
    out.leaf("ExportMPAN", ifGiven: row.exportMPAN?.digits)
    out.leaf("ESMEVariant", ifGiven: details.esmeVariant?.rawValue)
    out.leaf("UPRN", ifGiven: row.uprn)
    if let postCode = row.postCode, (6...8).contains(postCode.unicodeScalars.count) {
      out.element("PropertyFilter") { out in
        out.leaf("PostCode", postCode)
        out.leaf("AddressIdentifier", row.addressIdentifier ?? "")
      }
    }
    out.leaf("CSPRegion", ifGiven: row.cspRegion?.rawValue)
    out.leaf("DeviceGBCSVersion", ifGiven: row.gbcsVersion)
    out.leaf("HANVariant", ifGiven: row.hanVariant)
    out.leaf("S1SP", ifGiven: row.s1sp)
    out.leaf("Connectivity", ifGiven: row.connectivity?.rawValue)
  }
}

extension XMLWriter {
  fileprivate mutating func leaf(_ name: String, ifGiven value: String?) {
    if let value { leaf(name, value) }
  }
}
