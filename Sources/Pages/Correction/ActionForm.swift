internal import Answers
package import Corrections
internal import Wire

/// What somebody may do to a correction now, as forms.
package struct ActionForms {
  /// The forms, by what they do.
  package enum Kind: Hashable, Sendable {
    case command(CommandName)
    /// To ask somebody, where ``CommandName/inform`` answers.
    case ask
    /// To close an Incident, where ``CommandName/escalate`` raises one.
    case closeIncident
  }

  let correction: Correction
  let csrf: String
  /// The form that came back with something wrong, and what was typed in it.
  var failed: (kind: Kind, typed: [String: String], wrong: [String: String])?

  package init(
    _ correction: Correction, csrf: String,
    failed: (kind: Kind, typed: [String: String], wrong: [String: String])? = nil
  ) {
    self.correction = correction
    self.csrf = csrf
    self.failed = failed
  }

  /// The name of the path that a form posts to.
  static func path(_ kind: Kind) -> String {
    switch kind {
    case .command(let name): name.rawValue
    case .ask: CommandName.inform.rawValue
    case .closeIncident: CommandName.escalate.rawValue
    }
  }

  /// How the field of a form is found on the page, whichever forms are beside it.
  package static func fieldID(_ kind: Kind, _ name: String) -> String {
    switch kind {
    case .command(let command): "\(command.rawValue)-\(name)"
    case .ask: "ask-\(name)"
    case .closeIncident: "close-\(name)"
    }
  }

  func form(_ kind: Kind, isMain: Bool) -> ActionFormView {
    let words = wording(kind)
    return ActionFormView(
      formTitle: words.title,
      isOpenForm: failed?.kind == kind,
      formView: FormView(
        "/corrections/\(correction.id)/\(ActionForms.path(kind))",
        hidden: [
          ("csrf", csrf), ("key", FormKey.new()), ("position", String(correction.position)),
        ], words: words.says, fields(kind), button: words.button, style: isMain ? nil : "other"))
  }

  private func field(
    _ kind: Kind, _ name: String, _ label: String, _ type: FieldView.Kind = .area(lines: 3),
    hint: String? = nil, value: String = "", longest: Int = 4000, isNeeded: Bool = true
  ) -> FieldView {
    let failed = failed.flatMap { $0.kind == kind ? $0 : nil }
    return FieldView(
      name, id: ActionForms.fieldID(kind, name), label, type, hint: hint,
      value: failed?.typed[name] ?? value, longest: longest, isNeeded: isNeeded,
      wrong: failed?.wrong[name])
  }

  private func fields(_ kind: Kind) -> [FieldView] {
    switch kind {
    case .ask:
      return [
        field(
          kind, "of", "Whom", .line, hint: "A party; leave it empty to ask \(correction.requester)",
          longest: 60, isNeeded: false), field(kind, "ask", "Question"),
      ]
    case .closeIncident: return [field(kind, "close", "What came of it")]
    case .command(let name):
      switch name {
      case .advise, .consent, .approve, .apply, .verify, .confirm, .plan, .open: return []
      case .refuse, .decline, .fail, .reopen, .reject, .withdraw, .escalate:
        return [field(kind, "reason", "Why", hint: "The parties of this correction can read it.")]
      case .assign:
        let owner = field(
          kind, "owner", "User at the DCC", .line, hint: "Such as DCC-017", longest: 60)
        return correction.owner == nil ? [owner] : [owner, field(kind, "reason", "Why")]
      case .inform: return [field(kind, "text", "Answer")]
      case .propose:
        return [
          field(
            kind, "explain", "Why it is right although another device holds the value",
            hint: "Needed only then.", isNeeded: false)
        ]
      case .resolve:
        return [
          field(
            kind, "how", "How the fault has gone",
            .choice(
              CorrectionResolved.How.allCases.map {
                ($0.rawValue, Wording.sentence($0).capitalised)
              }))
        ]
      case .change:
        return [
          field(kind, "value", "Wanted value", .line, longest: 4000, isNeeded: false)
        ]
          + (correction.field.mpxn == nil
            ? []
            : [
              field(kind, "blank", "The place is to be empty", .tick, isNeeded: false)
            ]) + [field(kind, "reason", "Why", isNeeded: false)]
      case .merge:
        return [
          field(kind, "into", "Into which", .line, hint: "Such as COR-000118", longest: 20),
          field(kind, "reason", "Why"),
        ]
      case .categorise:
        return [
          field(
            kind, "category", "Category",
            .choice((1...5).map { (String($0), $0 == 1 ? "1, the worst" : String($0)) }),
            value: correction.category.map { String($0) } ?? "")
        ]
      case .reference:
        return [
          field(
            kind, "system", "System",
            .choice(ReferenceSystem.allCases.map { ($0.rawValue, Wording.name(of: $0)) })),
          field(kind, "number", "Number there", .line, longest: 200),
        ]
      case .note:
        return [field(kind, "text", "Note", hint: "The parties of this correction can read it.")]
      }
    }
  }
}

/// A form with its heading.
struct ActionFormView {
  let formTitle: String
  let isOpenForm: Bool
  let formView: FormView
}
