import Corrections
import EventLog

extension Ledger {
  /// What an action with a key recorded the first time; nil when there was none.
  ///
  /// - Throws: ``LogError`` when the key was used for something else.
  func outcome(of key: AppendKey, _ content: [UInt8], on id: CorrectionID) throws -> Acted? {
    guard try log.position(of: key) != nil else { return nil }
    // The log itself compares the content with what it committed to, and appends nothing.
    let appended = try append(
      AppendRequest(key: key, content: content) { _ in
        throw LogError.damaged(position: nil, what: "a key that was there is gone")
      })
    let events = try appended.positions.compactMap { try log.event(at: $0)?.recorded().event }
    return Acted(
      correction: try existing(id), events: events, position: appended.positions.lowerBound,
      repeated: true)
  }
}

extension Action {
  /// What the action means, in bytes that stay the same from one version of the program to the next.
  func content(on id: CorrectionID) -> [UInt8] {
    Array(([id.description] + parts).joined(separator: "\u{1F}").utf8)
  }

  private var parts: [String] {
    switch self {
    case .advise: ["advise"]
    case .consent: ["consent"]
    case .refuse(let text): ["refuse", text]
    case .assign(let owner, let text): ["assign", owner, text ?? ""]
    case .propose(let text): ["propose", text ?? ""]
    case .approve: ["approve"]
    case .decline(let text): ["decline", text]
    case .apply: ["apply"]
    case .fail(let text): ["fail", text]
    case .verify: ["verify"]
    case .resolve(let how): ["resolve", how.rawValue]
    case .confirm: ["confirm"]
    case .reopen(let text): ["reopen", text]
    case .reject(let text): ["reject", text]
    case .withdraw(let text): ["withdraw", text]
    case .note(let text): ["note", text]
    case .ask(let party, let text): ["ask", party ?? "", text]
    case .inform(let text): ["inform", text]
    case .plan: ["plan"]
    case .change(let value, let text): ["change"] + value.parts + [text ?? ""]
    case .merge(let other, let text): ["merge", other.description, text]
    case .escalate(let text): ["escalate", text]
    case .closeIncident(let text): ["closeIncident", text]
    case .categorise(let category): ["categorise", String(category)]
    case .reference(let system, let text): ["reference", system.rawValue, text]
    }
  }
}

extension WantedValue {
  fileprivate var parts: [String] {
    switch self {
    case .mpxn(let field, let mpxn): [field.rawValue, mpxn.digits]
    case .blank(let field): [field.rawValue, ""]
    case .status(let status): ["status", status.rawValue]
    case .details(let details):
      [
        "details", details.manufacturer ?? "", details.model ?? "", details.smetsCHTSVersion ?? "",
        details.firmwareVersion ?? "", details.esmeVariant?.rawValue ?? "",
      ]
    case .deletion: ["deletion"]
    case .other(let text): ["other", text]
    }
  }
}
