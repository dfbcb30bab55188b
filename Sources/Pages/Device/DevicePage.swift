package import Answers
internal import Corrections
internal import Ledger
internal import Wire

/// A device: what its entry says, now or then, and every value that it has had.
package struct DevicePage {
  let frame: Frame
  let over: String
  let heading: String
  let lead: String
  let timeForm: FormView
  let entryHeading: String
  let facts: [FactView]
  let hasLinks: Bool
  let links: [Frame.Link]
  let spans: Spans?
  let valueCount: String
  let downloads: [Frame.Link]
  let values: [Value]

  struct Value {
    let fieldWords: String
    let valueWords: String
    let from: String
    let to: String
    let place: String
  }

  /// What was typed into the form of times.
  package struct Asked {
    package var on: String
    package var known: String

    package init(on: String, known: String) {
      self.on = on
      self.known = known
    }

    var isThen: Bool { !on.isEmpty || !known.isEmpty }
  }

  /// `isShown` says whether it shows what was asked, or the newest since that can't be had; `discrepancies`
  /// are those that stand open about it and may be seen.
  package init(
    _ answer: DeviceAnswer, asked: Asked, isShown: Bool, moment: Moment,
    discrepancies: [DiscrepancyAnswer], for visitor: Frame.Visitor, wrong: [Frame.Wrong] = [],
    foot: String
  ) throws {
    let device = answer.device
    over = device.type.rawValue
    heading = "\(device.id)"
    frame = Frame("Device \(device.id)", for: visitor, wrong: wrong, foot: foot)
    let status = answer.status?.value.rawValue ?? "no status known"
    let isThen = isShown && asked.isThen
    let when =
      isThen
      ? "As it was \(Wording.time(answer.now)), as known at position \(answer.position)"
      : "Now, position \(answer.position)"
    lead = "\(when): \(status)."
    entryHeading = isThen ? "The entry then" : "The entry now"
    let here = "/devices/\(device.id)"
    timeForm = FormView(
      here, method: "get",
      [
        FieldView(
          "on", "As it was on", .day, hint: "At the end of that day; empty for now.",
          value: asked.on, longest: 40, wrong: wrong.first { $0.wrongField == "on" }?.sentence),
        FieldView(
          "known", "As known on", hint: "A date such as 2026-03-09, or a position; empty for now.",
          value: asked.known, longest: 40,
          wrong: wrong.first { $0.wrongField == "known" }?.sentence),
      ], button: "Show", style: "other")
    facts = try DeviceFactRows(answer).rows
    links =
      try answer.openCorrections().map {
        Frame.Link(
          name: "\($0.id), open: \(PageWords.field($0.field.rawValue))",
          address: "/corrections/\($0.id)")
      }
      + discrepancies.map {
        Frame.Link(
          name: "\($0.discrepancy.id): \($0.discrepancy.suspicion.rule.title)",
          address: "/discrepancies/\($0.discrepancy.id)")
      }
    hasLinks = !links.isEmpty
    let history = try DeviceHistoryAnswer(answer)
    spans = Spans(history.spans, of: device.id, until: max(answer.now, moment.now))
    values = history.spans.map { span in
      Value(
        fieldWords: span.field, valueWords: span.value.map { Shown.visible($0) } ?? "nothing",
        from: (span.isExact ? "" : "no later than ") + Wording.time(span.from),
        to: span.to.map(Wording.time) ?? "–", place: String(span.position))
    }
    valueCount = Wording.count(values.count, "value")
    var pairs: [(name: String, value: String)] = []
    if isShown, !asked.known.isEmpty { pairs.append(("knownAt", moment.position.description)) }
    if let effective = moment.effectiveAt { pairs.append(("effectiveAt", effective.stored)) }
    downloads = [
      Frame.Link(name: "CSV", address: Address(here + "/history.csv", pairs).text),
      Frame.Link(
        name: "JSON", address: Address("/v1" + here + "/history", pairs).text),
    ]
  }

  package var html: String { Templates.render(self, "device") }
}
