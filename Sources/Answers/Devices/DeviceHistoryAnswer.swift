package import Corrections
import Ledger
package import Wire

/// Every value that a device's entry has had, as programs and spreadsheets read it.
package struct DeviceHistoryAnswer {
  /// One stretch in which one value was true.
  package struct Span {
    package let field: String
    /// Nil for an empty place.
    package let value: String?
    package let from: Instant
    package let isExact: Bool
    package let to: Instant?
    package let position: Int
    let cause: Int?
  }

  private let answer: DeviceAnswer
  private let statuses: [Span]
  private let mpxns: [Span]
  private let details: [Span]
  private let joined: [Span]

  /// All of them.
  package var spans: [Span] { statuses + mpxns + details + joined }

  package init(_ answer: DeviceAnswer) throws {
    self.answer = answer
    let causes = Dictionary(
      try answer.ledger.timeline(Tag.device(answer.device.id), upTo: answer.position)
        .map { ($0.position, $0.cause) }, uniquingKeysWith: { first, _ in first })
    func spans<Value>(
      _ field: String, _ history: History<Value>, _ text: (Value) -> String?
    ) -> [Span] {
      DeviceHistoryAnswer.spans(field, answer.past(history), causes, text)
    }
    statuses = spans("status", answer.device.status) { $0.rawValue }
    mpxns = MPxNField.allCases
      .filter { answer.past(answer.device.history($0)).contains { $0.value != nil } }
      .flatMap { field in
        spans(field.rawValue, answer.device.history(field)) { $0.map(answer.wording.whole) }
      }
    func detail(_ field: String, _ value: (DeviceDetails) -> String?) -> [Span] {
      spans(field, answer.device.detailHistory(value)) { $0 }
    }
    details =
      detail("manufacturer", \.manufacturer) + detail("model", \.model)
      + detail("smetsCHTSVersion", \.smetsCHTSVersion)
      + detail("firmwareVersion", \.firmwareVersion)
      + detail("esmeVariant") { $0.esmeVariant?.rawValue }
    joined = answer.device.associations.flatMap { association in
      spans("associatedDevice", association.history) { isJoined in
        isJoined ? association.other.description : nil
      }.filter { $0.value != nil }
    }
  }

  package func members() throws -> [(key: String, value: JSON)] {
    try answer.members() + [
      ("statusHistory", .array(statuses.map(json))),
      ("mpxnHistory", .array(mpxns.map(json))),
      ("detailsHistory", .array(details.map(json))),
      ("associationHistory", .array(joined.map(json))),
    ]
  }

  package func csv() -> String {
    var table = Table(["field", "value", "from", "seenOnly", "to", "position", "cause"])
    for span in spans {
      table.add([
        span.field, span.value ?? "", span.from.stored, span.isExact ? "no" : "yes",
        span.to?.stored ?? "", String(span.position), span.cause.map { String($0) } ?? "",
      ])
    }
    return table.csv()
  }

  private static func spans<Value>(
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
