import CanonicalJSON
import Corrections

extension StoredForm {
  static func body(_ event: IncidentTakenOver) -> Object {
    [
      "bundled": .bool(event.isBundled), "category": .of(event.category),
      "closedAt": .of(event.closedAt), "correction": .of(event.correction),
      "device": .of(event.deviceID), "deviceType": .of(event.deviceType),
      "field": .of(event.field), "firstCode": .of(event.firstCode),
      "handovers": .of(event.handovers), "into": .of(event.mergedInto), "mpxn": .of(event.mpxn),
      "outcome": .of(event.outcome),
      "party": .string(event.party), "reference": .of(event.reference),
      "requested": .value(event.requested), "resolvedAt": .of(event.resolvedAt),
      "route": .of(event.route),
    ]
  }

  static func body(_ event: IncidentsImported) -> Object {
    [
      "bundled": .of(event.bundled), "rows": .of(event.rows), "takenOver": .of(event.takenOver),
    ]
  }

  static func decodeIncident(_ type: String, _ body: Body) throws(StoredFormError) -> Event? {
    switch type {
    case "IncidentTakenOver":
      .incidentTakenOver(
        IncidentTakenOver(
          correction: try body.correction("correction"), reference: try body.token("reference"),
          deviceID: try body.optionalEUI("device"),
          deviceType: try body.optionalCase("deviceType"),
          field: try body.optionalCase("field"),
          requested: try body.optionalEntryValue("requested"),
          mpxn: try body.optionalToken("mpxn"), category: try body.optionalInteger("category"),
          firstCode: try body.optionalText("firstCode"), party: try body.text("party"),
          resolvedAt: try body.optionalTime("resolvedAt"),
          closedAt: try body.optionalTime("closedAt"),
          outcome: try body.optionalCase("outcome"), route: try body.optionalCase("route"),
          handovers: try body.integer("handovers"), isBundled: try body.bool("bundled"),
          mergedInto: try body.optionalCorrection("into")))
    case "IncidentsImported":
      .incidentsImported(
        IncidentsImported(
          rows: try body.integer("rows"), takenOver: try body.integer("takenOver"),
          bundled: try body.integer("bundled")))
    default: nil
    }
  }
}
