import Answers
import Corrections
import Ledger
import Wire

/// The actions, by the names that paths have for them, with the members of their bodies.
enum ActionName: String, CaseIterable {
  case advise, consent, refuse, assign, inform, propose, approve, decline, apply, fail, verify
  case resolve, confirm, reopen, reject, withdraw, change, merge, escalate, plan, categorise
  case reference, note

  var members: [String] {
    switch self {
    case .advise, .consent, .approve, .apply, .verify, .confirm, .plan: []
    case .refuse, .decline, .fail, .reopen, .reject, .withdraw: ["reason"]
    case .assign: ["owner", "reason"]
    case .inform: ["text", "ask", "of"]
    case .propose: ["explain"]
    case .resolve: ["how"]
    case .change: ["value", "blank", "reason"]
    case .merge: ["into", "reason"]
    case .escalate: ["reason", "close"]
    case .categorise: ["category"]
    case .reference: ["system", "number"]
    case .note: ["text"]
    }
  }

  /// The action that a body asks for, of a correction of a field.
  func action(_ body: JSONBody, _ field: CorrectionField) throws -> Action {
    switch self {
    case .advise: return .advise
    case .consent: return .consent
    case .approve: return .approve
    case .apply: return .apply
    case .verify: return .verify
    case .confirm: return .confirm
    case .plan: return .plan
    case .refuse: return .refuse(reason: try body.words("reason"))
    case .decline: return .decline(reason: try body.words("reason"))
    case .fail: return .fail(reason: try body.words("reason"))
    case .reopen: return .reopen(reason: try body.words("reason"))
    case .reject: return .reject(reason: try body.words("reason"))
    case .withdraw: return .withdraw(reason: try body.words("reason"))
    case .note: return .note(try body.words("text"))
    case .assign:
      return .assign(owner: try body.needed("owner"), reason: try body.perhapsWords("reason"))
    case .propose: return .propose(explanation: try body.perhapsWords("explain"))
    case .inform:
      if try body.text("ask") != nil {
        try body.only(["ask", "of"])
        return .ask(of: try body.text("of"), question: try body.words("ask"))
      }
      try body.only(["text"])
      return .inform(answer: try body.words("text"))
    case .resolve:
      return .resolve(
        try body.one("how", of: CorrectionResolved.How.self))
    case .change:
      return .change(try body.wanted(for: field), reason: try body.perhapsWords("reason"))
    case .merge:
      let text = try body.needed("into")
      guard let into = CorrectionID(text) else {
        throw WebProblem(
          .usage, "into: expected a correction such as COR-000118; found \(Shown.typed(text))")
      }
      return .merge(into: into, reason: try body.words("reason"))
    case .escalate:
      if try body.text("close") != nil {
        try body.only(["close"])
        return .closeIncident(outcome: try body.words("close"))
      }
      return .escalate(reason: try body.words("reason"))
    case .categorise:
      return .categorise(try body.number("category", in: ServiceTargets.categories))
    case .reference:
      return .reference(
        try body.one("system", of: ReferenceSystem.self), try body.words("number"))
    }
  }
}
