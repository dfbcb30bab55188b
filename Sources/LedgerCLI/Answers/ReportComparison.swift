import Answers
import Corrections
import Ledger
import Pages
import Wire

/// What a report said then and says now, and the events between that moved a figure.
struct ReportComparison {
  private let compared: ComparedReport
  private let sentences: EventSentences

  /// One figure that is another one now.
  private struct Difference {
    let table: String
    let figure: String
    let then: String
    let now: String
  }

  init(_ compared: ComparedReport, _ ledger: Ledger) {
    self.compared = compared
    sentences = EventSentences(ledger: ledger)
  }

  private var differences: [Difference] {
    let now = ReportTables(compared.now).summaries
    var differences: [Difference] = []
    for (then, now) in zip(ReportTables(compared.then).summaries, now) {
      let (before, after) = (values(then), values(now))
      for key in Set(before.keys).union(after.keys).sorted() {
        let (old, new) = (before[key] ?? "–", after[key] ?? "–")
        guard old != new else { continue }
        differences.append(Difference(table: then.name, figure: key, then: old, now: new))
      }
    }
    return differences
  }

  /// Each value of a table under the words that say which it is.
  private func values(_ table: ReportTables.Named) -> [String: String] {
    var values: [String: String] = [:]
    for row in table.rows {
      let name = row.prefix(table.keys).joined(separator: " ")
      // That a group is small follows from its number.
      for (column, value) in zip(table.columns, row).dropFirst(table.keys) where column != "few" {
        values[table.columns.count == table.keys + 1 ? name : "\(name) \(column)"] =
          value.isEmpty ? "–" : value
      }
    }
    return values
  }

  var text: String {
    let (then, now) = (compared.then.position, compared.now.position)
    var lines = ["\(compared.now.report.period): known at \(then) and at \(now)"]
    let differences = differences
    guard !differences.isEmpty || !compared.moved.isEmpty else {
      return lines[0] + ": the same."
    }
    if differences.isEmpty {
      lines.append("  every figure is the same")
    } else {
      var table = Table(["", "", "then", "now"], rightAligned: [2, 3])
      for one in differences { table.add([one.table, one.figure, one.then, one.now]) }
      lines.append(table.text(indent: 2))
    }
    lines.append("What was recorded between of the corrections that are counted otherwise:")
    for moved in compared.moved {
      lines.append("  \(moved.correction)")
      for recorded in moved.events {
        lines.append(
          "    \(recorded.position)  true \(Wording.time(recorded.effectiveAt)), recorded "
            + "\(Wording.time(recorded.recordedAt)), \(recorded.actor.party)  "
            + sentences.sentence(recorded))
      }
    }
    return lines.joined(separator: "\n")
  }

  var json: JSON {
    .pairs([
      "month": .of(compared.now.report.period.month?.description),
      "from": .string(compared.now.report.period.first.description),
      "to": .string(compared.now.report.period.last.description),
      "then": side(compared.then), "now": side(compared.now),
      "differences": .array(
        differences.map {
          .pairs([
            "table": .string($0.table), "figure": .string($0.figure), "then": .string($0.then),
            "now": .string($0.now),
          ])
        }),
      "moved": .array(
        compared.moved.map { moved in
          .pairs([
            "correction": .string(moved.correction.description),
            "events": .array(
              moved.events.map { recorded in
                .pairs([
                  "position": .integer(recorded.position),
                  "type": .string(StoredForm.encode(recorded.event).type),
                  "effectiveAt": .string(recorded.effectiveAt.stored),
                  "recordedAt": .string(recorded.recordedAt.stored),
                  "party": .string(recorded.actor.party),
                  "summary": .string(sentences.sentence(recorded)),
                ])
              }),
          ])
        }),
    ])
  }

  private func side(_ reported: Reported) -> JSON {
    .pairs([
      "position": .integer(reported.position), "root": .string(reported.root),
      "knownAt": .string(reported.knownAt.stored),
    ])
  }

  var csv: String {
    var table = Table(["table", "figure", "then", "now"])
    for one in differences { table.add([one.table, one.figure, one.then, one.now]) }
    return table.csv()
  }
}
