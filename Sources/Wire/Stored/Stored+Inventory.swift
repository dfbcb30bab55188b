import CanonicalJSON
import Corrections

extension StoredForm {
  static func body(_ event: InventoryObserved) -> Object {
    [
      "basis": .of(event.basis), "device": .of(event.deviceID),
      "entry": .object(body(event.entry)),
    ]
  }

  static func body(_ entry: InventoryEntry) -> Object {
    [
      "addressIdentifier": .of(entry.addressIdentifier),
      "associatedDevices": .listOrNil(entry.associatedDevices.map { .of($0) }),
      "connectivity": .of(entry.connectivity), "cplStatus": .of(entry.cplStatus),
      "cspRegion": .of(entry.cspRegion),
      "dateCommissioned": .of(entry.dateCommissioned?.description),
      "complete": isComplete(entry) ? true : nil, "deviceType": .of(entry.deviceType),
      "empty": isComplete(entry)
        ? nil : .listOrNil(EntryField.allCases.filter(entry.empty.contains).map { .of($0) }),
      "esmeVariant": .of(entry.details.esmeVariant),
      "exportMPAN": .of(entry.exportMPAN), "firmwareVersion": .of(entry.details.firmwareVersion),
      "firmwareVersionStatus": .of(entry.firmwareVersionStatus),
      "gbcsVersion": .of(entry.gbcsVersion), "hanVariant": .of(entry.hanVariant),
      "importMPxN": .of(entry.importMPxN), "manufacturer": .of(entry.details.manufacturer),
      "model": .of(entry.details.model), "postCode": .of(entry.postCode),
      "prenotifiedBy": .of(entry.prenotifiedBy), "s1sp": .of(entry.s1sp),
      "secondaryImportMPAN": .of(entry.secondaryImportMPAN),
      "smetsCHTSVersion": .of(entry.details.smetsCHTSVersion), "status": .of(entry.status),
      "statusSince": .of(entry.statusSince), "uprn": .of(entry.uprn),
    ]
  }

  /// Whether the look was at every field, so that each that is not given is empty.
  static func isComplete(_ entry: InventoryEntry) -> Bool {
    // Most extracts lack columns for some fields, and say so at a glance.
    guard entry.empty.count + entry.givenCount >= EntryField.allCases.count else { return false }
    return entry.empty.union(entry.given).count == EntryField.allCases.count
  }

  static func body(_ event: MPxNUpdated) -> Object {
    [
      "basis": .of(event.basis), "correction": .of(event.correction),
      "device": .of(event.deviceID), "field": .of(event.field), "from": .value(event.from),
      "requestId": .of(event.requestID), "to": .value(event.to),
    ]
  }

  static func body(_ event: MPxNCleared) -> Object {
    [
      "basis": .of(event.basis), "correction": .of(event.correction),
      "device": .of(event.deviceID), "field": .of(event.field), "from": .value(event.from),
    ]
  }

  static func decodeInventoryEvent(_ type: String, _ body: Body) throws(StoredFormError)
    -> Event?
  {
    switch type {
    case "InventoryObserved":
      .inventoryObserved(
        InventoryObserved(
          deviceID: try body.eui("device"), basis: try body.one("basis"),
          entry: try entry(try body.object("entry"))))
    case "MPxNUpdated":
      .mpxnUpdated(
        MPxNUpdated(
          deviceID: try body.eui("device"), field: try body.one("field"),
          from: try body.optionalFieldValue("from"), to: try body.fieldMPxN("to"),
          basis: try body.one("basis"), requestID: try body.optionalRequest("requestId"),
          correction: try body.optionalCorrection("correction")))
    case "MPxNCleared":
      .mpxnCleared(
        MPxNCleared(
          deviceID: try body.eui("device"), field: try body.one("field"),
          from: try body.optionalFieldValue("from"), basis: try body.one("basis"),
          correction: try body.optionalCorrection("correction")))
    default: nil
    }
  }

  private static func entry(_ body: Body) throws(StoredFormError) -> InventoryEntry {
    var entry = InventoryEntry(deviceType: try body.one("deviceType"))
    entry.status = try body.optionalCase("status")
    entry.statusSince = try body.optionalTime("statusSince")
    entry.details = DeviceDetails(
      manufacturer: try body.optionalText("manufacturer"), model: try body.optionalText("model"),
      smetsCHTSVersion: try body.optionalText("smetsCHTSVersion"),
      firmwareVersion: try body.optionalText("firmwareVersion"),
      esmeVariant: try body.optionalCase("esmeVariant"))
    entry.firmwareVersionStatus = try body.optionalCase("firmwareVersionStatus")
    entry.cplStatus = try body.optionalCase("cplStatus")
    if let text = try body.optionalText("dateCommissioned") {
      guard let date = CivilDate(text) else { throw body.malformed("dateCommissioned", "a date") }
      entry.dateCommissioned = date
    }
    entry.importMPxN = try body.optionalToken("importMPxN")
    entry.secondaryImportMPAN = try body.optionalToken("secondaryImportMPAN")
    entry.exportMPAN = try body.optionalToken("exportMPAN")
    entry.uprn = try body.optionalToken("uprn")
    entry.postCode = try body.optionalToken("postCode")
    entry.addressIdentifier = try body.optionalToken("addressIdentifier")
    entry.cspRegion = try body.optionalText("cspRegion")
    entry.gbcsVersion = try body.optionalText("gbcsVersion")
    entry.hanVariant = try body.optionalText("hanVariant")
    entry.s1sp = try body.optionalText("s1sp")
    entry.connectivity = try body.optionalText("connectivity")
    entry.prenotifiedBy = try body.optionalEUI("prenotifiedBy")
    entry.associatedDevices = try body.euis("associatedDevices")
    for text in try body.texts("empty") {
      guard let field = EntryField(rawValue: text) else {
        throw .unknownCode(type: body.type, field: "empty", code: text)
      }
      entry.empty.insert(field)
    }
    if body.members["complete"] != nil {
      entry.empty = Set(EntryField.allCases).subtracting(entry.given)
    }
    return entry
  }
}
