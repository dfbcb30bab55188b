import Answers
import Corrections
import Ledger
import Wire

/// How often the rulebook was wrong, by code, as people and programs read it.
struct DivergenceAnswer {
  let month: Month?
  let divergences: Divergences

  private var total: Int { divergences.counts.map(\.responses).reduce(0, +) }

  var text: String {
    let when = month.map { "in \($0)" } ?? "so far"
    guard total > 0 else {
      return
        "No response differs from what was predicted \(when). Position \(divergences.position)."
    }
    var table = Table(["PREDICTED", "CAME BACK", "RESPONSES"], rightAligned: [2])
    for count in divergences.counts {
      table.add([count.predicted, count.returned, Wording.grouped(count.responses)])
    }
    return """
      \(Wording.count(total, "response")) \(total == 1 ? "differs" : "differ") from what was \
      predicted \(when).
      \(table.text(indent: 2))
      I0 and I99 are one success [inferred]. E20, E21, E30, codes that DUIS does not
      name, and predictions with an unknown are not counted.
      Position \(divergences.position).
      """
  }

  var json: JSON {
    .pairs([
      "month": .of(month?.description), "responses": .integer(total),
      "byCode": .array(
        divergences.counts.map {
          .pairs([
            "predicted": .string($0.predicted), "returned": .string($0.returned),
            "responses": .integer($0.responses),
          ])
        }), "position": .integer(divergences.position),
    ])
  }

  var csv: String {
    var table = Table(["month", "predicted", "returned", "responses"])
    for count in divergences.counts {
      table.add([
        month?.description ?? "", count.predicted, count.returned, String(count.responses),
      ])
    }
    return table.csv()
  }
}
