package import Answers
internal import Corrections
internal import Wire

/// One discrepancy: what it rests on, and what can be done about it.
package struct OneDiscrepancyPage {
  let frame: Frame
  let over: String
  let heading: String
  let lead: String
  let hasForms: Bool
  let forms: [ActionFormView]
  let facts: [FactView]

  /// `mayAct` says whether the reader can dismiss it and open a correction; `linksDevice` whether the
  /// device's page is theirs to see.
  package init(
    _ answer: DiscrepancyAnswer, mayAct: Bool, linksDevice: Bool, for visitor: Frame.Visitor,
    notice: Frame.Notice? = nil, wrong: String? = nil, typed: String = "", foot: String
  ) {
    let discrepancy = answer.discrepancy
    let found = discrepancy.suspicion
    heading = found.rule.title.capitalised
    over = "\(discrepancy.id), \(found.rule.rawValue)"
    lead =
      switch discrepancy.state {
      case .open: "Open, \(found.confidence.rawValue). \(found.rule.next.capitalised)."
      case .dismissed: "Dismissed: said to be none, until its facts change."
      case .cleared: "Gone: the last run does not find it any more."
      }
    frame = Frame(
      "\(discrepancy.id): \(found.rule.title)", for: visitor, at: .discrepancies, notice: notice,
      wrong: wrong.map { [Frame.Wrong($0, in: "reason")] } ?? [], foot: foot)
    facts = OneDiscrepancyPage.facts(answer, linksDevice: linksDevice)
    let here = "/discrepancies/\(discrepancy.id)"
    var forms: [ActionFormView] = []
    if mayAct, discrepancy.state != .cleared {
      forms.append(
        ActionFormView(
          formTitle: "Open a correction", isOpenForm: false,
          formView: FormView(
            here + "/open", hidden: [("csrf", visitor.csrf)],
            words:
              "One for each device of a ring; what is open for the same device and field is joined.",
            button: "Open the correction")))
    }
    if mayAct, discrepancy.state == .open {
      forms.append(
        ActionFormView(
          formTitle: "Dismiss it", isOpenForm: false,
          formView: FormView(
            here + "/dismiss",
            hidden: [("csrf", visitor.csrf)],
            words: "It stays dismissed until its facts change.",
            [
              FieldView(
                "reason", "Why it is none", .area(lines: 3), value: typed, longest: 4000,
                isNeeded: true, wrong: wrong)
            ], button: "Dismiss", style: "other")))
    }
    self.forms = forms
    hasForms = !forms.isEmpty
  }

  private static func facts(_ answer: DiscrepancyAnswer, linksDevice: Bool) -> [FactView] {
    let discrepancy = answer.discrepancy
    let found = discrepancy.suspicion
    var facts = [
      FactView(
        "Device",
        [
          FactView.Line(
            "\(found.device)", at: linksDevice ? "/devices/\(found.device)" : nil,
            source: found.field?.rawValue)
        ]),
      FactView(
        "Because", answer.wording.because(found).capitalised + ".",
        source: "position \(discrepancy.foundAt)"),
    ]
    if !found.others.isEmpty {
      facts.insert(FactView("Beside", found.others.map { FactView.Line("\($0)") }), at: 1)
    }
    if let wanted = answer.wanted { facts.append(FactView("A source says", wanted)) }
    facts += [
      FactView("Rule", found.rule.reason),
      FactView(
        "Concerns", found.parties.isEmpty ? "Nobody known" : found.parties.joined(separator: ", ")),
      FactView(
        "Seen",
        "First \(Wording.time(discrepancy.firstSeen)), last \(Wording.time(answer.lastSeen))"
          + (discrepancy.returns > 0
            ? ", came back \(Wording.count(discrepancy.returns, "time"))" : "")),
    ]
    if let dismissal = discrepancy.dismissal {
      facts.append(
        FactView(
          "Dismissed",
          "\(Wording.time(dismissal.at)) by \(dismissal.actor.user ?? dismissal.actor.party): "
            + Shown.visible(answer.dismissedBecause ?? "")))
    }
    if let route = found.route {
      facts.append(FactView("Route", Wording.sentence(route).capitalised + "."))
    }
    if let correction = answer.correction {
      facts.append(
        FactView(
          "Correction",
          [FactView.Line("\(correction)", at: "/corrections/\(correction)", source: "open")]))
    }
    facts.append(FactView("Next", found.rule.next.capitalised + "."))
    return facts
  }

  package var html: String { Templates.render(self, "discrepancy") }
}
