package import Corrections
package import Ledger

/// What a person typed for a command that was only tried: the events name it, and no table holds it.
package struct Typed {
  /// A reason, a note, a question or an answer.
  package var text: String?
  /// What the entry shall say.
  package var value: WantedValue?
  /// The same as the events name it.
  package var wanted: EntryValue?

  package init(text: String? = nil, value: WantedValue? = nil, wanted: EntryValue? = nil) {
    self.text = text
    self.value = value
    self.wanted = wanted
  }

  /// The text behind the name of a document.
  package func text(of document: String) -> String? {
    if case .text(document)? = wanted { return words }
    return text
  }

  /// What is wanted, in words, where a document is the one that holds them.
  package func words(of document: String) -> String? {
    if case .text(document)? = wanted { words } else { nil }
  }

  /// The digits behind the token of the wanted meter point.
  package func digits(of token: Token) -> String? {
    guard case .mpxn(_, let mpxn)? = value, wanted?.mpxn == token else { return nil }
    return mpxn.digits
  }

  private var words: String? {
    if case .other(let words)? = value { words } else { nil }
  }
}

extension Action {
  /// The words and the value of the command, with the name that some events give the value.
  package func typed(as events: [Event]) -> Typed {
    switch self {
    case .refuse(let text), .decline(let text), .fail(let text), .reopen(let text),
      .reject(let text), .withdraw(let text), .note(let text), .ask(_, let text),
      .inform(let text), .merge(_, let text), .escalate(let text), .closeIncident(let text),
      .reference(_, let text):
      return Typed(text: text)
    case .assign(_, let text), .propose(let text): return Typed(text: text)
    case .change(let value, let reason):
      let wanted = events.lazy.compactMap { event -> EntryValue? in
        guard case .correctionStep(let step) = event,
          case .requestedValueChanged(_, let wanted, _) = step.what
        else { return nil }
        return wanted
      }.first
      return Typed(text: reason, value: value, wanted: wanted)
    case .advise, .consent, .approve, .apply, .verify, .resolve, .confirm, .plan, .categorise:
      return Typed()
    }
  }
}
