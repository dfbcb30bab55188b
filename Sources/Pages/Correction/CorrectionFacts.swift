internal import Answers
internal import Corrections
internal import Ledger
internal import Wire

/// How a correction stands, as the rows of a summary list.
struct CorrectionFactRows {
  let answer: CorrectionAnswer
  let sight: Sight
  /// Whether the device's page is the reader's to see.
  let linksDevice: Bool
  /// Whether another correction may be named to the reader.
  let mayKnow: (CorrectionID) -> Bool
  private var correction: Correction { answer.correction }

  init(
    _ answer: CorrectionAnswer, sight: Sight, linksDevice: Bool,
    mayKnow: @escaping (CorrectionID) -> Bool
  ) {
    self.answer = answer
    self.sight = sight
    self.linksDevice = linksDevice
    self.mayKnow = mayKnow
  }

  var rows: [FactView] {
    ([device, state, route] + beware + [
      question, incident, merged, linked, owner, age, target, plan,
    ]
      + [consents, fix, reported, disputes, references, ticket, batch]).compactMap { $0 }
  }

  private var device: FactView? {
    correction.knownDevice.map { id in
      FactView(
        "Device",
        [
          FactView.Line(
            "\(id)" + (correction.deviceType.map { " (\($0.rawValue))" } ?? ""),
            at: linksDevice ? "/devices/\(id)" : nil)
        ])
    }
  }

  private var state: FactView? {
    let since = answer.turn.map { ", turn since \(Wording.time($0.from))" } ?? ""
    return FactView(
      "State",
      PageWords.state(correction.state).capitalised + (correction.hasEnded ? "" : since))
  }

  private var route: FactView? {
    guard let advice = correction.advice else { return nil }
    return FactView(
      "Why this route",
      [
        FactView.Line(PageWords.route(advice.route).capitalised),
        FactView.Line(
          answer.explanation(of: advice).capitalised + "."
            + (answer.isInferred(advice) ? " [inferred]" : "")),
      ]
        + advice.consents.map {
          FactView.Line(
            "\($0.party) (\($0.supplier)) is Registered Supplier of \(answer.wording.masked($0.mpxn)), "
              + "the value \($0.side.rawValue)", source: "registrations at \($0.registrations)")
        })
  }

  private var beware: [FactView?] {
    let others = sight == .whole ? answer.otherHolders : []
    let lines =
      others.map { FactView.Line("\($0) holds the wanted MPxN, too") }
      + answer.warnings().filter { $0 != .heldByAnotherDevice }.map {
        FactView.Line(Wording.sentence($0).capitalised)
      }
    return lines.isEmpty ? [] : [FactView("Beware", lines)]
  }

  private var question: FactView? {
    correction.question.map {
      FactView(
        "Question",
        "\($0.by) asks \($0.of): \(Shown.visible(answer.entries.words($0.text)))",
        source: "\($0.position)")
    }
  }

  private var incident: FactView? {
    correction.incident.map {
      FactView(
        "Incident",
        "Raised \(Wording.date($0.raisedAt)), \(Wording.sentence($0.because))"
          + ($0.closedAt.map { ", closed \(Wording.date($0))" } ?? ""), source: "\($0.position)")
    }
  }

  private func link(_ id: CorrectionID) -> FactView.Line {
    FactView.Line("\(id)", at: mayKnow(id) ? "/corrections/\(id)" : nil)
  }

  private var merged: FactView? {
    let lines = correction.mergedInto.map { [link($0)] } ?? correction.absorbed.map(link)
    guard !lines.isEmpty else { return nil }
    return FactView(correction.mergedInto == nil ? "Merged into this" : "Merged into", lines)
  }

  private var linked: FactView? {
    guard !correction.linked.isEmpty else { return nil }
    let what = correction.linked.count == 1 ? "a crossed pair" : "a ring"
    return FactView(
      "Linked", correction.linked.map(link) + [FactView.Line("\(what), settled together")])
  }

  private var owner: FactView? {
    FactView(
      "Owner",
      correction.owner.map {
        $0
          + (correction.handovers == 0
            ? ", no handover" : ", " + Wording.count(correction.handovers, "handover"))
      } ?? "Nobody yet")
  }

  private var age: FactView? {
    FactView(
      "Age",
      "\(Wording.count(answer.ageInWorkingDays, "working day")), "
        + "\(ClockTime.text(hundredths: answer.clock.total.elapsedHoursInHundredths)) hours",
      source: "\(answer.calendarName), policy "
        + "\(answer.terms.policy(at: correction.openedAt).version)")
  }

  private var target: FactView? {
    correction.category.map { category in
      guard let target = answer.target else {
        return FactView("Category", "\(category), no target set")
      }
      return FactView(
        "Category", "\(category), due \(Wording.time(target.dueAt))",
        source: target.isVerified ? nil : "target not verified against SEC Appendix AG")
    }
  }

  private var plan: FactView? {
    if let plan = correction.plan {
      return FactView("Plan", "Given by \(plan.party), \(Wording.date(plan.at))")
    }
    guard correction.isOpen, let dueAt = answer.planDueAt else { return nil }
    return FactView("Plan", "None given to the customer; due \(Wording.lastDay(of: dueAt))")
  }

  private var consents: FactView? {
    guard !correction.consents.isEmpty else { return nil }
    return FactView("Consent", correction.consents.map(consent))
  }

  private func consent(_ consent: Correction.ConsentState) -> FactView.Line {
    let what = "\(consent.party), for the value \(consent.side.rawValue): "
    let when = consent.answeredAt.map { " " + Wording.date($0) } ?? ""
    let by = consent.answeredBy.flatMap { actor in
      actor.user.map { "\($0), \(Wording.sentence(actor.via))" }
    }
    return switch consent.answer {
    case .asked: FactView.Line(what + "asked \(Wording.date(consent.askedAt)), no answer")
    case .byAsking: FactView.Line(what + "agreed by asking")
    case .given: FactView.Line(what + "agreed" + when, source: by)
    case .refused:
      FactView.Line(
        what + "refused" + when + ": "
          + Shown.visible(consent.reason.map { answer.entries.words($0) } ?? "(erased)"),
        source: by)
    case .lapsed: FactView.Line(what + "lapsed" + when)
    }
  }

  private var fix: FactView? {
    guard let fix = correction.proposal else { return nil }
    func by(_ actor: Actor?) -> String {
      actor.map { "\($0.user ?? $0.party), \(Wording.sentence($0.via))" } ?? "nobody yet"
    }
    return FactView(
      "Fix",
      [
        FactView.Line(
          "\(answer.entries.whole(fix.expected)) → \(answer.entries.whole(fix.new))",
          source: "\(fix.position)"),
        FactView.Line("Proposed by \(by(fix.proposer))"),
        FactView.Line("Approved by \(by(fix.approver))"),
        FactView.Line("Applied by \(by(fix.applier))"),
      ]
        + (fix.explanation.map {
          [FactView.Line("Why, although another device holds it: \(answer.entries.words($0))")]
        } ?? []))
  }

  private var reported: FactView? {
    let others = correction.reporters.dropFirst()
    return FactView(
      "Reported by",
      [
        FactView.Line(correction.requester + (correction.firstCode.map { " (\($0))" } ?? ""))
      ] + others.map { FactView.Line("\($0) joined") }
        + correction.requests.map { FactView.Line("request \($0)") })
  }

  private var disputes: FactView? {
    guard !correction.disputes.isEmpty else { return nil }
    return FactView(
      "Disputed",
      correction.disputes.map {
        FactView.Line("\($0.party) wants \(answer.entries.whole($0.requested)) instead")
      })
  }

  private var references: FactView? {
    guard !correction.references.isEmpty else { return nil }
    return FactView(
      "Elsewhere",
      correction.references.map {
        FactView.Line("\(Wording.name(of: $0.system)) \(answer.entries.words($0.document))")
      })
  }

  private var ticket: FactView? {
    answer.ticket.map {
      FactView("Ticket", $0 + (correction.ticket?.isBundled ?? false ? ", bundled" : ""))
    }
  }

  private var batch: FactView? { correction.batch.map { FactView("Batch", $0) } }
}
