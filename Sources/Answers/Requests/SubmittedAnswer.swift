package import Corrections
package import Ledger
package import Wire

/// What became of a request that was submitted, as programs read it.
package struct SubmittedAnswer {
  package let submitted: Submitted
  package let ledger: Ledger
  private let written: [UInt8]?
  /// The DUIS response, where this ledger gives one and the reader may see it.
  package var response: [UInt8]? { withholdsResponse ? nil : written }
  /// The open correction that it belongs to.
  package var correction: CorrectionID?
  /// Whether the response names what the reader may not see.
  package var withholdsResponse = false
  private let judged: JudgementAnswer
  private let wording: Wording

  package init(
    _ request: ServiceRequest, _ submitted: Submitted, _ ledger: Ledger, sight: Sight = .whole
  ) {
    wording = EntryWording(ledger, sight: sight).wording
    self.submitted = submitted
    self.ledger = ledger
    correction = submitted.correction
    written = submitted.response.map { response in
      submitted.inventory.isEmpty
        ? DUIS.write(response) : DUIS.write(response, inventory: submitted.inventory)
    }
    judged = JudgementAnswer(request, submitted.judgement)
  }

  /// What followed from it, in order.
  package func consequences() throws -> [Recorded] { try ledger.consequences(of: submitted) }

  package func members() throws -> [(key: String, value: JSON)] {
    judged.members(wording) + [
      ("consequences", EventSentences(ledger: ledger).json(try consequences())),
      ("position", .integer(submitted.position)),
      ("repeated", .bool(submitted.repeated)),
      ("correction", .of(correction?.description)),
      ("response", .of(response.map { String(decoding: $0, as: UTF8.self) })),
    ] + (withholdsResponse ? [("withheld", .bool(true))] : [])
  }
}

extension JudgementAnswer {
  /// What the rulebook says of a request.
  package init(_ request: ServiceRequest, _ judgement: Judgement?) {
    self.init(
      requestID: request.id, deviceID: request.deviceID, branch: request.branchName,
      judgement: judgement)
  }
}
