internal import Answers
internal import Corrections
internal import Wire

/// Which value a field had when: a row for each field, a gap where nothing is known.
///
/// A value of which it is only known that somebody saw it is drawn dashed from when it was seen: it began no
/// later than that.
struct Spans {
  let pictureID = "spans"
  let pictureTitle: String
  let pictureWords: String
  let height: Int
  let bottom: Int
  let tickEnd: Int
  let tickY: Int
  let rows: [Row]
  let ticks: [TimeAxis.Tick]

  struct Row {
    let rowName: String
    let nameY: Int
    let lineY: Int
    let bars: [Bar]
  }

  struct Bar {
    let x: String
    let width: String
    let barY: Int
    let barStyle: String
    let textX: String
    let textY: Int
    let barWords: String?
  }

  private static let step = 50

  init?(_ spans: [DeviceHistoryAnswer.Span], of device: EUI64, until end: Instant) {
    guard let first = spans.map(\.from).min() else { return nil }
    let axis = TimeAxis(from: min(first, end), to: end)
    var fields: [String] = []
    for span in spans where !fields.contains(span.field) { fields.append(span.field) }
    rows = fields.enumerated().map { index, field in
      let top = index * Spans.step
      return Row(
        rowName: field, nameY: top + 15, lineY: top + 32,
        bars: spans.filter { $0.field == field }.map { span in
          let (from, to) = (axis.place(span.from), axis.place(span.to ?? end))
          let width = max(0.6, to - from)
          let words = span.value.map { Spans.short($0) }
          // On the narrowest page a letter takes about 3 % of the width.
          let fits = words.map { Double($0.count) * 3 + 3 < width } ?? false
          return Bar(
            x: percent(min(from, 99.4)), width: percent(width), barY: top + 22,
            barStyle: span.value == nil ? "empty" : span.isExact ? "held" : "seen",
            textX: percent(min(from, 99.4) + 1.5), textY: top + 36, barWords: fits ? words : nil)
        })
    }
    bottom = fields.count * Spans.step + 4
    tickEnd = bottom + 5
    tickY = bottom + 20
    height = bottom + 26
    ticks = axis.ticks
    pictureTitle = "Values of \(device) over time"
    pictureWords =
      "\(Wording.count(fields.count, "field")) from \(Wording.date(axis.start)) to \(Wording.date(end)): "
      + fields.map { field in
        let own = spans.filter { $0.field == field }
        return "\(field) had \(Wording.count(own.count, "value"))"
      }.joined(separator: ", ")
      + ". Dashed: seen then, so it began no later. Where there is no bar nothing is known. The table "
      + "below has every value."
  }

  private static func short(_ value: String) -> String {
    let isDigits = value.count > 8 && value.allSatisfy { $0.isNumber }
    return isDigits ? "…" + value.suffix(3) : value
  }
}
