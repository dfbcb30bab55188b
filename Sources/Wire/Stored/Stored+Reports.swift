import CanonicalJSON
import Corrections

extension StoredForm {
  static func body(_ event: ReportPublished) -> Object {
    [
      "deviceType": .of(event.filter.deviceType), "digest": .string(event.digest),
      "form": .of(event.form), "from": .string(event.from.description),
      "party": .of(event.filter.party), "position": .of(event.position),
      "root": .string(event.root), "route": .of(event.filter.route),
      "rule": .string(event.rule), "to": .string(event.to.description),
    ]
  }

  static func decodeReport(_ type: String, _ body: Body) throws(StoredFormError) -> Event? {
    guard type == "ReportPublished" else { return nil }
    func day(_ field: String) throws(StoredFormError) -> CivilDate {
      guard let day = CivilDate(try body.text(field)) else { throw body.malformed(field, "a date") }
      return day
    }
    return .reportPublished(
      ReportPublished(
        from: try day("from"), to: try day("to"),
        filter: ReportFilter(
          party: try body.optionalText("party"),
          deviceType: try body.optionalCase("deviceType"),
          route: try body.optionalCase("route")),
        rule: try body.text("rule"), position: try body.integer("position"),
        root: try body.text("root"), form: try body.integer("form"),
        digest: try body.text("digest")))
  }
}
