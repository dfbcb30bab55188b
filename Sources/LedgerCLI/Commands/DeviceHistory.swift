import ArgumentParser
import Corrections
import Ledger
import Wire

struct DeviceHistory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Every status, MPxN, detail and association that the device has had.",
    usage: "smi-ledger device history EUI [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger device history 00-DB-12-34-56-78-90-A0
        smi-ledger device history 00-DB-12-34-56-78-90-A0 --format csv
        smi-ledger device history 00-DB-12-34-56-78-90-A0 --effective-at 2026-03-31T23:00:00Z
      Exit codes: 0, 64, 66.
      See also: smi-ledger timeline --help
      """)

  @Argument(help: "The Device ID, an EUI-64.")
  var id: EUI64

  @OptionGroup var axes: AxesOptions
  @OptionGroup var globals: Globals

  /// One stretch in which one value was true.
  private struct Span {
    let field: String
    /// Nil for an empty place.
    let value: String?
    let from: Instant
    let isExact: Bool
    let to: Instant?
    let position: Int
    let cause: Int?
  }

  func run() throws {
    let ledger = try globals.read()
    let moment = try axes.moment(ledger)
    let answer = try DeviceAnswer(id, ledger, moment)
    let causes = Dictionary(
      try ledger.timeline(Tag.device(id), upTo: answer.position).map { ($0.position, $0.cause) },
      uniquingKeysWith: { first, _ in first })
    func spans<Value>(
      _ field: String, _ history: History<Value>, _ text: (Value) -> String?
    ) -> [Span] {
      self.spans(field, answer.past(history), causes, text)
    }
    let statuses = spans("status", answer.device.status) { $0.rawValue }
    let mpxns = MPxNField.allCases
      .filter { answer.past(answer.device.history($0)).contains { $0.value != nil } }
      .flatMap { field in
        spans(field.rawValue, answer.device.history(field)) { $0.map(answer.wording.whole) }
      }
    func detail(_ field: String, _ value: (DeviceDetails) -> String?) -> [Span] {
      spans(field, answer.device.detailHistory(value)) { $0 }
    }
    let details =
      detail("manufacturer", \.manufacturer) + detail("model", \.model)
      + detail("smetsCHTSVersion", \.smetsCHTSVersion)
      + detail("firmwareVersion", \.firmwareVersion)
      + detail("esmeVariant") { $0.esmeVariant?.rawValue }
    let joined = answer.device.associations.flatMap { association in
      spans("associatedDevice", association.history) { isJoined in
        isJoined ? association.other.description : nil
      }.filter { $0.value != nil }
    }
    switch globals.format {
    case .json:
      Output.put(
        JSON.object(
          try answer.members() + [
            ("statusHistory", .array(statuses.map(json))),
            ("mpxnHistory", .array(mpxns.map(json))),
            ("detailsHistory", .array(details.map(json))),
            ("associationHistory", .array(joined.map(json))),
          ]
        ).text)
    case .csv:
      var table = Table(["field", "value", "from", "seenOnly", "to", "position", "cause"])
      for span in statuses + mpxns + details + joined {
        table.add([
          span.field, span.value ?? "", span.from.stored, span.isExact ? "no" : "yes",
          span.to?.stored ?? "", String(span.position), span.cause.map { String($0) } ?? "",
        ])
      }
      Output.put(table.csv())
    case .table:
      var table = Table(["FIELD", "VALUE", "FROM", "TO", "POSITION"], rightAligned: [4])
      for span in statuses + mpxns + details + joined {
        table.add([
          span.field, span.value ?? "nothing",
          (span.isExact ? "" : "seen ") + Wording.time(span.from),
          span.to.map(Wording.time) ?? (moment.effectiveAt == nil ? "now" : "then"),
          String(span.position),
        ])
      }
      Output.say("\(id)  \(answer.device.type.rawValue)")
      Output.say(table.isEmpty ? "  nothing is known of it by then" : table.text(indent: 2))
      for flag in answer.flags {
        Output.say("  flag  \(answer.sentence(flag)) (\(flag.position))")
      }
      Output.say(
        "seen means: true no later than that. " + moment.foot
      )
    }
  }

  private func spans<Value>(
    _ field: String, _ entries: [Known<Value>], _ causes: [Int: Int?],
    _ text: (Value) -> String?
  ) -> [Span] {
    entries.indices.map { index in
      let entry = entries[index]
      let next = index + 1 < entries.count ? entries[index + 1].from : nil
      return Span(
        field: field, value: text(entry.value), from: entry.from, isExact: entry.isExact,
        to: next, position: entry.position, cause: causes[entry.position] ?? nil)
    }
  }

  private func json(_ span: Span) -> JSON {
    .pairs([
      "field": .string(span.field), "value": .of(span.value),
      "from": .string(span.from.stored), "seenOnly": .bool(!span.isExact),
      "to": .of(span.to?.stored), "position": .integer(span.position), "cause": .of(span.cause),
    ])
  }
}
