package import Corrections
package import Ledger
package import Wire

/// The page on which a Service Request is tried: what every rule says of it, and nothing is recorded.
package struct CheckPage {
  let frame: Frame
  let heading: String
  let lead: String
  let result: CheckResult?
  let formHeading: String
  let checkForm: FormView

  /// The page before anything was tried, or with what was wrong with it.
  package init(
    for visitor: Frame.Visitor, typed: String = "", wrong: [Frame.Wrong] = [], foot: String
  ) {
    self.init(for: visitor, nil, typed, wrong, foot)
  }

  /// The page with what came of a request.
  package init(for visitor: Frame.Visitor, _ result: CheckResult, typed: String, foot: String) {
    self.init(for: visitor, result, typed, [], foot)
  }

  private init(
    for visitor: Frame.Visitor, _ result: CheckResult?, _ typed: String, _ wrong: [Frame.Wrong],
    _ foot: String
  ) {
    heading = result?.headline ?? "Check a request"
    lead =
      result?.basis
      ?? "Would this Service Request be accepted, and if not, what to do? Nothing is recorded by checking."
    frame = Frame(heading, for: visitor, at: .check, wrong: wrong, foot: foot)
    self.result = result
    formHeading = result == nil ? "The request" : "Check another request"
    checkForm = FormView(
      "/check", encoding: "multipart/form-data", hidden: [("csrf", visitor.csrf)],
      [
        FieldView(
          "xml", "Service Request as DUIS XML", .area(lines: 10),
          hint: "An 8.4 such as your system sends it; at most 1 MiB.", value: typed,
          longest: 1 << 20,
          wrong: wrong.first { $0.wrongField == "xml" }?.sentence),
        FieldView("file", "Or a file that holds it", .file),
      ], button: "Check: nothing is recorded", isRepeatable: true)
  }

  package var html: String { Templates.render(self, "check") }

  /// Whether a form of a page brings a text back as it is.
  package static func carries(_ text: String) -> Bool { ShownText.isWhole(text) }
}

/// What came of a request that was tried.
package struct CheckResult {
  let headline: String
  let basis: String
  let sentences: [String]
  let facts: [FactView]
  let hasFindings: Bool
  let findingsView: FindingsView?
  let openForm: FormView?
  let text: String?

  /// What is known beside the judgement, and what the reader may do with it.
  package struct Beside {
    /// The position at which the very request is recorded.
    package var recorded: Int?
    /// The open correction of the same device and field, where it may be named.
    package var open: CorrectionID?
    /// What opens the correction with this request, where they may.
    package var opening: (csrf: String, xml: String)?
    /// Why it can't be opened from here, though they may.
    package var notOpening: String?
    /// Whether the device's page is the reader's to see.
    package var linksDevice = false

    package init() {}
  }

  package init(_ request: ServiceRequest, _ judged: Judged, _ wording: Wording, _ beside: Beside) {
    let judgement = judged.judgement
    basis =
      "\(judgement == nil ? "Not judged" : "Predicted")"
      + (judgement.map { ", rulebook \($0.rulebook)" } ?? "")
      + "; ledger at position \(judged.position). Nothing was recorded."
    headline =
      switch judgement.map(\.accepted) {
      case nil: "Not judged"
      case true??: "Would be accepted, \(judgement?.code ?? "")"
      case false??: "Would be refused with \(judgement?.code ?? "")"
      case .some(nil): "Can’t be told"
      }
    var facts = [FactView("Request", "\(request.id)")]
    if let device = request.deviceID {
      facts.append(
        FactView(
          "Device",
          [FactView.Line("\(device)", at: beside.linksDevice ? "/devices/\(device)" : nil)]))
    }
    if let asked = CheckResult.asked(request, judged, wording) {
      facts.append(FactView("Asks for", asked))
    }
    var sentences: [String] = []
    if judgement == nil {
      sentences.append(
        "SR 8.4, 8.2 and 12.2 are judged. Of any other only a device knows what becomes of it.")
    }
    if let judgement, judgement.accepted != true {
      let deciding = judgement.findings.filter { $0.code.rawValue == judgement.code }
      let retry = (deciding + judgement.findings).compactMap(wording.retry).first
      facts.append(FactView("Would sending again help?", retry.map { $0 + "." } ?? "Not told"))
      if let route = judgement.route {
        facts.append(
          FactView(
            "Route",
            "\(PageWords.route(route).capitalised): \(Wording.sentence(route))."))
      } else if let next = deciding.compactMap({ Wording.next($0, judgement.route) }).first {
        facts.append(FactView("Next", next + "."))
      }
    } else if judgement?.accepted == true {
      facts.append(FactView("Next", "Send this very request: every rule that is asked holds."))
    }
    facts += (judgement?.warnings ?? []).map {
      FactView("Warning", Wording.sentence($0).capitalised)
    }
    if let recorded = beside.recorded {
      sentences.append(
        "This RequestID is recorded already, at position \(recorded): sent again it gets the answer of "
          + "then. A new request needs a new counter.")
    }
    if let open = beside.open {
      facts.append(
        FactView("Already open", [FactView.Line("\(open)", at: "/corrections/\(open)")]))
    }
    if judgement?.accepted == false, let reason = beside.notOpening { sentences.append(reason) }
    self.facts = facts
    self.sentences = sentences
    findingsView = judgement.map { FindingsView($0, wording) }
    hasFindings = findingsView != nil
    openForm = beside.opening.flatMap { opening in
      guard judgement?.accepted == false else { return nil }
      return FormView(
        "/check/open", encoding: "multipart/form-data",
        hidden: [("csrf", opening.csrf), ("xml", opening.xml)],
        words: beside.open.map { "\($0) is open for this device and field: your report joins it." }
          ?? "The request is recorded as it is, answered as refused, and the correction opened with it.",
        button: beside.open.map { "Record this request and join \($0)" }
          ?? "Open the correction with this request")
    }
    text = CheckResult.text(headline, facts, sentences, judgement, wording)
  }

  private static func asked(
    _ request: ServiceRequest, _ judged: Judged, _ wording: Wording
  ) -> String? {
    guard case .updateInventory(_, let update) = request.content else {
      return "SR \(request.serviceReferenceVariant)"
    }
    switch update {
    case .statusExceptCH(let status), .statusCH(let status): return "status \(status.rawValue)"
    case .details: return "other details"
    case .delete: return "deletion of the entry"
    case .mpxn(let field, let mpxn):
      let isEmpty = judged.judgement?.findings.contains { $0.because == .placeIsEmpty } ?? false
      let before = judged.held == nil && !isEmpty ? "not known" : wording.whole(judged.held)
      return "\(field.rawValue) \(before) → \(mpxn.digits)"
    }
  }

  private static func text(
    _ headline: String, _ facts: [FactView], _ sentences: [String], _ judgement: Judgement?,
    _ wording: Wording
  ) -> String {
    let rows = facts.map { fact in
      "\(fact.factName): \(fact.factLines.map(\.words).joined(separator: "; "))"
    }
    let findings = (judgement?.findings ?? []).map { finding in
      "\(finding.code.rawValue) \(finding.answer.rawValue): \(wording.because(finding))"
        + (finding.source.map { " (\($0))" } ?? "") + (finding.inferred ? " [inferred]" : "")
    }
    return ([headline] + sentences + rows + findings).joined(separator: "\n")
  }
}
