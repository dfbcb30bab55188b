import CanonicalJSON
import Corrections

extension StoredForm {
  static func body(_ event: DevicePrenotified) -> Object {
    [
      "associatedGPF": .of(event.associatedGPF), "basis": .of(event.basis), "by": .of(event.by),
      "details": .object(body(event.details)), "device": .of(event.deviceID),
      "deviceType": .of(event.type), "party": .of(event.party), "requestId": .of(event.requestID),
    ]
  }

  static func body(_ event: DeviceStatusChanged) -> Object {
    [
      "basis": .of(event.basis), "correction": .of(event.correction),
      "device": .of(event.deviceID), "from": .of(event.from), "requestId": .of(event.requestID),
      "to": .of(event.to),
    ]
  }

  static func body(_ event: DeviceDetailsUpdated) -> Object {
    [
      "basis": .of(event.basis), "correction": .of(event.correction),
      "details": .object(body(event.details)), "device": .of(event.deviceID),
      "requestId": .of(event.requestID),
    ]
  }

  static func body(_ event: DeviceDeleted) -> Object {
    [
      "basis": .of(event.basis), "correction": .of(event.correction),
      "device": .of(event.deviceID), "requestId": .of(event.requestID),
    ]
  }

  static func body(_ event: DeviceAssociation) -> Object {
    [
      "basis": .of(event.basis), "device": .of(event.deviceID), "otherDevice": .of(event.other),
      "requestId": .of(event.requestID),
    ]
  }

  static func body(_ event: DeviceSupplierChanged) -> Object {
    [
      "basis": .of(event.basis), "device": .of(event.deviceID), "mpxn": .of(event.mpxn),
      "party": .of(event.party), "requestId": .of(event.requestID), "user": .of(event.user),
    ]
  }

  static func body(_ event: DeviceValueObserved) -> Object {
    [
      "basis": .of(event.basis), "device": .of(event.deviceID),
      "exportMPAN": .value(event.exportMPAN), "firmwareVersion": .of(event.firmwareVersion),
      "importMPxN": .value(event.importMPxN), "requestId": .of(event.requestID),
      "secondaryImportMPAN": .value(event.secondaryImportMPAN),
    ]
  }

  static func decodeDeviceEvent(_ type: String, _ body: Body) throws(StoredFormError) -> Event? {
    switch type {
    case "DevicePrenotified":
      .devicePrenotified(
        DevicePrenotified(
          deviceID: try body.eui("device"), type: try body.one("deviceType"),
          details: try details(try body.object("details")),
          associatedGPF: try body.optionalEUI("associatedGPF"), by: try body.eui("by"),
          party: try body.optionalText("party"), basis: try body.one("basis"),
          requestID: try body.optionalRequest("requestId")))
    case "DeviceStatusChanged":
      .deviceStatusChanged(
        DeviceStatusChanged(
          deviceID: try body.eui("device"), from: try body.optionalCase("from"),
          to: try body.one("to"), basis: try body.one("basis"),
          requestID: try body.optionalRequest("requestId"),
          correction: try body.optionalCorrection("correction")))
    case "DeviceDetailsUpdated":
      .deviceDetailsUpdated(
        DeviceDetailsUpdated(
          deviceID: try body.eui("device"), details: try details(try body.object("details")),
          basis: try body.one("basis"), requestID: try body.optionalRequest("requestId"),
          correction: try body.optionalCorrection("correction")))
    case "DeviceDeleted":
      .deviceDeleted(
        DeviceDeleted(
          deviceID: try body.eui("device"), basis: try body.one("basis"),
          requestID: try body.optionalRequest("requestId"),
          correction: try body.optionalCorrection("correction")))
    case "DeviceAssociated": .deviceAssociated(try association(body))
    case "DeviceDissociated": .deviceDissociated(try association(body))
    case "DeviceSupplierChanged":
      .deviceSupplierChanged(
        DeviceSupplierChanged(
          deviceID: try body.eui("device"), user: try body.optionalEUI("user"),
          party: try body.optionalText("party"), mpxn: try body.optionalToken("mpxn"),
          basis: try body.one("basis"), requestID: try body.optionalRequest("requestId")))
    case "DeviceValueObserved":
      .deviceValueObserved(
        DeviceValueObserved(
          deviceID: try body.eui("device"), importMPxN: try body.optionalFieldValue("importMPxN"),
          secondaryImportMPAN: try body.optionalFieldValue("secondaryImportMPAN"),
          exportMPAN: try body.optionalFieldValue("exportMPAN"),
          firmwareVersion: try body.optionalText("firmwareVersion"), basis: try body.one("basis"),
          requestID: try body.optionalRequest("requestId")))
    default: nil
    }
  }

  private static func association(_ body: Body) throws(StoredFormError) -> DeviceAssociation {
    DeviceAssociation(
      deviceID: try body.eui("device"), other: try body.eui("otherDevice"),
      basis: try body.one("basis"), requestID: try body.optionalRequest("requestId"))
  }
}
