import Answers
import Corrections
import Ledger
import Wire

/// What was said of something then and is said later, and what was recorded of it between.
struct Comparison {
  /// One of the two answers.
  struct Side {
    let moment: Moment
    /// Nil when it was not there as of the moment.
    let fields: AnswerFields?
  }

  /// `correction COR-000001`.
  let kind: String
  let name: String
  let then: Side
  let now: Side
  /// What was recorded after the first position up to the second, in order.
  var between: [Recorded]
  let ledger: Ledger

  private var differences: [(field: String, then: JSON, now: JSON)] {
    AnswerFields.differences(then.fields, now.fields)
  }

  /// Whether something differs that is counted by policy and calendar, which stand on no thread.
  var differsByTerms: Bool {
    differences.contains { one in
      one.field == "dueAt" || ["clocks.", "plan.", "target."].contains(where: one.field.hasPrefix)
    }
  }

  /// What is worth saying of an event: that it was true before, or that it takes another one back.
  private func mark(_ recorded: Recorded) -> String {
    if case .eventAnnulled(let event) = recorded.event { return "annuls \(event.position)" }
    return isLate(recorded) ? "late" : ""
  }

  private func isLate(_ recorded: Recorded) -> Bool { recorded.effectiveAt < then.moment.now }

  var text: String {
    func known(_ side: Side) -> String {
      "\(side.moment.position) (\(Wording.time(side.moment.now)))"
    }
    let asOf = then.moment.effectiveAt.map { ", as it was \(Wording.time($0))" } ?? ""
    let head = "\(name)\(asOf), as known at \(known(then)) and at \(known(now))"
    let differences = differences
    var lines: [String] = []
    if differences.isEmpty {
      lines.append(head + ": nothing differs.")
    } else {
      lines.append(head)
      for (side, word) in [(then, "then"), (now, "now")] where side.fields == nil {
        lines.append("  It was not there \(word), at \(side.moment.position).")
      }
      var table = Table(["FIELD", "THEN", "NOW"])
      for one in differences {
        table.add([one.field, one.then.cell(one.field), one.now.cell(one.field)])
      }
      lines.append(table.text(indent: 2))
    }
    guard !between.isEmpty else {
      return (lines + ["Nothing was recorded of it between."]).joined(separator: "\n")
    }
    lines.append(
      "Recorded of it between"
        + (between.contains(where: isLate)
          ? " (late: true before the first of the two moments):" : ":"))
    var table = Table(["POSITION", "TRUE", "RECORDED", "BY", "", "WHAT"], rightAligned: [0])
    let timeline = TimelineAnswer(events: between, ledger: ledger)
    let sentences = EventSentences(ledger: ledger)
    for recorded in between {
      table.add([
        String(recorded.position), Wording.time(recorded.effectiveAt),
        Wording.time(recorded.recordedAt), recorded.actor.shortName, mark(recorded),
        timeline.struckThrough(sentences.sentence(recorded), recorded),
      ])
    }
    return (lines + [table.text(indent: 2)]).joined(separator: "\n")
  }

  var json: JSON {
    func side(_ side: Side) -> JSON {
      .pairs([
        "position": .integer(side.moment.position), "at": .string(side.moment.now.stored),
      ])
    }
    let timeline = TimelineAnswer(events: between, ledger: ledger)
    return .pairs([
      kind: .string(name), "then": side(then), "now": side(now),
      "effectiveAt": .of(then.moment.effectiveAt?.stored),
      "differences": .array(
        differences.map {
          .pairs(["field": .string($0.field), "then": $0.then, "now": $0.now])
        }),
      "events": .array(
        between.map { recorded in
          .object(timeline.members(recorded) + [("late", .bool(isLate(recorded)))])
        }),
    ])
  }

  var csv: String {
    var table = Table(["field", "then", "now"])
    for one in differences {
      table.add([one.field, Comparison.csv(one.then), Comparison.csv(one.now)])
    }
    return table.csv(freeText: [1, 2])
  }

  private static func csv(_ value: JSON) -> String {
    switch value {
    case .null: ""
    case .string(let text): text
    case .array(let elements): elements.map(csv).joined(separator: ";")
    case .bool, .integer, .decimal, .object: value.line
    }
  }
}
