import Answers
import Corrections
import HTTPTypes
import Ledger
import Pages
import Wire

/// The page of one correction, and what can be kept of it.
enum CorrectionPages {
  static let all: [Route] = [
    .page(
      .showCorrection, .get, "/corrections/{correction}",
      parameters: ["order", "knownAt", "effectiveAt", "recorded"]
    ) { .page(try page($0).html) },
    .page(.correctionTimeline, .get, "/corrections/{correction}/timeline.csv") { call in
      let thread = try CorrectionReads.thread(call, Moment(newest: call.ledger))
      let events = TimelineAnswer(
        events: thread.events, ledger: call.ledger, sight: call.right.sight)
      return .csv(events.csv()).file("\(thread.id).csv")
    },
    .page(.correctionRequest, .get, "/corrections/{correction}/request.xml") { call in
      let thread = try CorrectionReads.thread(call, Moment(newest: call.ledger))
      let user = try call.right == .own ? call.who.token.user.flatMap { EUI64($0) } : nil
      let ready = try call.ledger.wordingRefusals {
        try call.ledger.request(for: thread.id, by: user, counter: nil)
      }
      return Reply(ready.xml, as: "application/xml").file("\(thread.id)-8.4.xml")
    },
  ]

  /// A form that came back: which, what was typed, and what is wrong, in a field where it is one's.
  typealias Failed = (
    kind: ActionForms.Kind, typed: [String: String], wrong: [Frame.Wrong]
  )

  static func page(_ call: Call, failed: Failed? = nil) throws -> OneCorrectionPage {
    let who = try call.who
    let moment = try call.moment()
    let thread = try CorrectionReads.thread(call, moment)
    guard let correction = thread.correction else { throw WebProblem.notFound }
    let answer = try thread.answer()
    let sight = call.right.sight
    let may = try call.asksForThen ? [] : call.mayDo(to: correction)
    var content = CorrectionContent(
      answer, events: thread.events, sight: sight, viewer: who.party, may: may,
      address: Address(
        "/corrections/\(thread.id)",
        call.pairs.filter { ["knownAt", "effectiveAt"].contains($0.name) })
    ) { (try? call.mayKnow(of: $0)) ?? false }
    if let csrf = who.csrf {
      content.forms = ActionForms(
        correction, csrf: csrf,
        failed: failed.map { failed in
          (
            failed.kind, failed.typed,
            failed.wrong.reduce(into: [:]) { found, wrong in
              guard let field = wrong.wrongField else { return }
              found[field] = wrong.sentence
            }
          )
        })
    }
    content.judgement = sight == .whole ? try judgement(correction, call) : nil
    content.newestFirst = call.query["order"] == "newest"
    content.asOf = call.asksForThen ? moment.foot : nil
    content.hasRequest = hasRequest(correction, who.role)
    content.linksDevice = try correction.knownDevice.map { try call.maySee(device: $0) } ?? false
    let turn = [answer.turnSentence(for: who.party)]
    let wrong = (failed?.wrong ?? []).map { wrong in
      Frame.Wrong(
        wrong.sentence,
        // The form may have gone from the page meanwhile, and its fields with it.
        in: wrong.wrongField.flatMap { field in
          failed.flatMap { may.contains($0.kind) ? ActionForms.fieldID($0.kind, field) : nil }
        })
    }
    return OneCorrectionPage(
      content, for: try call.visitor, notice: try call.notice(thread.events, turn), wrong: wrong,
      foot: try call.foot())
  }

  /// What the newest of its requests was judged.
  private static func judgement(_ correction: Correction, _ call: Call) throws -> Judgement? {
    guard let request = correction.requests.first else { return nil }
    for recorded in try call.ledger.standing(Tag.request(request)) {
      if case .serviceRequestValidated(let event) = recorded.event { return event.judgement }
    }
    return nil
  }

  private static func hasRequest(_ correction: Correction, _ role: AccessRole) -> Bool {
    guard correction.isOpen, Rights.of(role, to: .correctionRequest) != .none else { return false }
    return correction.field != .other && correction.knownDevice != nil
  }
}

extension Call {
  /// What the reader may do to a correction as it stands: each is tried, and nothing is recorded.
  ///
  /// What is refused because of who they are is left out; what is refused otherwise is theirs to try.
  func mayDo(to correction: Correction) throws -> [ActionForms.Kind] {
    let who = try who
    guard who.csrf != nil, Rights.of(who.role, to: .act) != .none,
      let user = try? who.user(ledger)
    else { return [] }
    return correction.possible.flatMap { name -> [ActionForms.Kind] in
      kinds(name, correction).filter { kind in
        guard let action = probe(kind, correction, user) else {
          return user.roles.contains(.dcc)
            || (name == .change && correction.requester == user.party)
        }
        do {
          _ = try ledger.act(
            action, on: correction.id, by: user, via: .token, dryRun: true)
          return true
        } catch let refusal as Refusal {
          return !refusal.isOfWhoAsks
        } catch {
          return false
        }
      }
    }
  }

  private func kinds(_ name: CommandName, _ correction: Correction) -> [ActionForms.Kind] {
    switch name {
    case .inform: correction.question == nil ? [.ask] : [.command(.inform)]
    case .escalate:
      correction.incident.map { $0.closedAt == nil } ?? false
        ? [.closeIncident] : [.command(.escalate)]
    case .open: []
    case .advise, .consent, .refuse, .assign, .propose, .approve, .decline, .apply, .fail, .verify,
      .change, .merge, .resolve, .confirm, .reopen, .reject, .withdraw, .plan, .categorise,
      .reference, .note:
      [.command(name)]
    }
  }

  /// Something to try; nil where it takes what only the reader can name.
  private func probe(
    _ kind: ActionForms.Kind, _ correction: Correction, _ user: User
  ) -> Action? {
    switch kind {
    case .ask: return .ask(of: nil, question: "-")
    case .closeIncident: return .closeIncident(outcome: "-")
    case .command(let name):
      switch name {
      case .advise: return .advise
      case .consent: return .consent
      case .refuse: return .refuse(reason: "-")
      case .propose: return .propose(explanation: nil)
      case .approve: return .approve
      case .decline: return .decline(reason: "-")
      case .apply: return .apply
      case .fail: return .fail(reason: "-")
      case .verify: return .verify
      case .resolve: return .resolve(.noFault)
      case .confirm: return .confirm
      case .reopen: return .reopen(reason: "-")
      case .reject: return .reject(reason: "-")
      case .withdraw: return .withdraw(reason: "-")
      case .note: return .note("-")
      case .inform: return .inform(answer: "-")
      case .plan: return .plan
      case .escalate: return .escalate(reason: "-")
      case .categorise: return .categorise(correction.category == 3 ? 2 : 3)
      case .reference: return .reference(.other, "-")
      case .assign, .change, .merge, .open: return nil
      }
    }
  }
}

extension Refusal {
  /// Whether it is about who asks, and not about how things stand.
  fileprivate var isOfWhoAsks: Bool {
    switch self {
    case .notAsked, .proposerCannotApprove, .roleNeeded, .partyNeeded, .anotherPersonApplies,
      .refusedAlready, .othersReported, .nothingAsked, .askedAlready, .escalatedAlready,
      .notEscalated, .notInThisState:
      true
    case .movedOn, .consentLapsed, .consentMissing, .checkFails, .alreadyHeld, .notHeldYet,
      .newerIsKnown, .wantsAnother, .routeChanged, .notSeenSince, .valueNotKnown, .anotherIsOpen,
      .reasonNeeded, .ownerNotKnown, .ownedAlready, .timeOutOfOrder, .heldElsewhere, .ringChanged,
      .noValue, .wantedErased, .notInvolved, .notOpen, .otherDevice, .noDevice, .otherField:
      false
    }
  }
}
