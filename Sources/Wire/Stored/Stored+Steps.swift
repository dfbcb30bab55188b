import CanonicalJSON
import Corrections

extension StoredForm {
  /// The stored name and body of a step.
  static func typeAndBody(of step: CorrectionStep) -> (String, Object) {
    let (type, fields): (String, Object) =
      switch step.what {
      case .informationRequested(let party, let question):
        ("InformationRequested", ["of": .string(party), "question": .string(question)])
      case .informationSupplied(let answer):
        ("InformationSupplied", ["answer": .string(answer)])
      case .requestedValueChanged(let from, let to, let reason):
        (
          "RequestedValueChanged",
          ["from": .value(from), "reason": .of(reason), "to": .value(to)]
        )
      case .heldValueChanged(let to, let evidence):
        ("HeldValueChanged", ["evidence": .of(evidence), "to": .value(to)])
      case .merged(let into, let reporters, let requests, let reason):
        (
          "CorrectionMerged",
          [
            "into": .of(into), "reason": .string(reason), "reporters": .list(reporters),
            "requests": .listOrNil(requests.map { .of($0) }),
          ]
        )
      case .linked(let others):
        ("CorrectionsLinked", ["others": .array(others.map { .of($0) })])
      case .unlinked(let others):
        ("CorrectionsUnlinked", ["from": .array(others.map { .of($0) })])
      case .categorySet(let category): ("CategorySet", ["category": .of(category)])
      case .planGiven: ("PlanGiven", [:])
      case .reminderSent(let holder, let parties, let dueAt):
        (
          "ReminderSent",
          [
            "dueAt": .of(dueAt), "holder": .of(holder),
            "parties": .listOrNil(parties.map { .string($0) }),
          ]
        )
      case .manualFixFailed(let proposal, let reason):
        ("ManualFixFailed", ["proposal": .of(proposal), "reason": .string(reason)])
      case .confirmationLapsed: ("ConfirmationLapsed", [:])
      case .incidentRaised(let because, let reason):
        ("IncidentRaised", ["because": .of(because), "reason": .of(reason)])
      case .incidentClosed(let outcome): ("IncidentClosed", ["outcome": .string(outcome)])
      case .referenceAdded(let system, let reference):
        ("ReferenceAdded", ["reference": .string(reference), "system": .of(system)])
      }
    let thread: Object = [
      "correction": .of(step.correction), "device": .of(step.deviceID),
      "party": step.party == Actor.ledger.party ? nil : .string(step.party),
      "requester": .string(step.requester),
    ]
    return (type, Object((thread.members + fields.members).map { ($0.key, $0.value) }))
  }

  static func decodeStep(_ type: String, _ body: Body) throws(StoredFormError) -> Event? {
    guard let what = try what(type, body) else { return nil }
    return .correctionStep(
      CorrectionStep(
        correction: try body.correction("correction"), deviceID: try body.eui("device"),
        requester: try body.text("requester"),
        party: try body.optionalText("party") ?? Actor.ledger.party, what: what))
  }

  private static func what(
    _ type: String, _ body: Body
  ) throws(StoredFormError) -> CorrectionStep.What? {
    switch type {
    case "InformationRequested":
      return .informationRequested(
        of: try body.text("of"), question: try body.text("question"))
    case "InformationSupplied": return .informationSupplied(answer: try body.text("answer"))
    case "RequestedValueChanged":
      return .requestedValueChanged(
        from: try body.entryValue("from"), to: try body.entryValue("to"),
        reason: try body.optionalText("reason"))
    case "HeldValueChanged":
      return .heldValueChanged(
        to: try body.entryValue("to"), evidence: try body.integer("evidence"))
    case "CorrectionMerged":
      var requests: [RequestID] = []
      for text in try body.texts("requests") {
        guard let request = RequestID(text) else { throw body.malformed("requests", "RequestIDs") }
        requests.append(request)
      }
      return .merged(
        into: try body.correction("into"), reporters: try body.texts("reporters"),
        requests: requests, reason: try body.text("reason"))
    case "CorrectionsLinked": return .linked(try body.corrections("others"))
    case "CorrectionsUnlinked": return .unlinked(from: try body.corrections("from"))
    case "CategorySet": return .categorySet(try body.integer("category"))
    case "PlanGiven": return .planGiven
    case "ReminderSent":
      return .reminderSent(
        holder: try body.one("holder"), parties: try body.texts("parties"),
        dueAt: try body.time("dueAt"))
    case "ManualFixFailed":
      return .manualFixFailed(
        proposal: try body.integer("proposal"), reason: try body.text("reason"))
    case "ConfirmationLapsed": return .confirmationLapsed
    case "IncidentRaised":
      return .incidentRaised(
        because: try body.one("because"), reason: try body.optionalText("reason"))
    case "IncidentClosed": return .incidentClosed(outcome: try body.text("outcome"))
    case "ReferenceAdded":
      return .referenceAdded(try body.one("system"), reference: try body.text("reference"))
    default: return nil
    }
  }
}
