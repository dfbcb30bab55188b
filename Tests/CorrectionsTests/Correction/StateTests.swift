import Testing

@testable import Corrections

@Suite struct `What can be done in which state` {
  /// The whole table: whatever is not listed is refused.
  static let possible: [Stage: [CommandName]] = [
    .open: [
      .advise, .escalate, .resolve, .inform, .change, .merge, .withdraw, .reject, .assign, .plan,
      .categorise, .reference, .note,
    ],
    .incidentRouted: [
      .escalate, .advise, .resolve, .inform, .change, .merge, .withdraw, .reject, .assign, .plan,
      .categorise, .reference, .note,
    ],
    .awaitingRequest: [
      .advise, .escalate, .resolve, .inform, .change, .merge, .withdraw, .reject, .assign, .plan,
      .categorise, .reference, .note,
    ],
    .awaitingRegistration: [
      .advise, .escalate, .resolve, .inform, .change, .merge, .withdraw, .reject, .assign, .plan,
      .categorise, .reference, .note,
    ],
    .awaitingConsent: [
      .consent, .refuse, .advise, .escalate, .resolve, .inform, .change, .merge, .withdraw,
      .reject, .assign, .plan, .categorise, .reference, .note,
    ],
    .awaitingFix: [
      .propose, .advise, .escalate, .resolve, .inform, .change, .merge, .withdraw, .reject,
      .assign, .plan, .categorise, .reference, .note,
    ],
    .proposed: [
      .approve, .decline, .advise, .escalate, .resolve, .inform, .change, .merge, .withdraw,
      .reject, .assign, .plan, .categorise, .reference, .note,
    ],
    .approved: [
      .apply, .decline, .fail, .advise, .escalate, .assign, .plan, .categorise, .reference, .note,
    ],
    .asked: [
      .inform, .escalate, .resolve, .withdraw, .reject, .assign, .plan, .categorise, .reference,
      .note,
    ],
    .askedForConsent: [
      .inform, .consent, .refuse, .escalate, .resolve, .withdraw, .reject, .assign, .plan,
      .categorise, .reference, .note,
    ],
    .escalated: [
      .propose, .escalate, .advise, .inform, .resolve, .withdraw, .reject, .assign, .plan,
      .categorise, .reference, .note,
    ],
    .escalatedProposed: [
      .approve, .decline, .escalate, .advise, .inform, .resolve, .withdraw, .reject, .assign,
      .plan, .categorise, .reference, .note,
    ],
    .escalatedApproved: [
      .apply, .decline, .fail, .escalate, .advise, .assign, .plan, .categorise, .reference, .note,
    ],
    .escalatedForConsent: [
      .propose, .consent, .refuse, .escalate, .advise, .inform, .resolve, .withdraw, .reject,
      .assign, .plan, .categorise, .reference, .note,
    ],
    .escalatedInWords: [
      .escalate, .advise, .inform, .resolve, .withdraw, .reject, .assign, .plan, .categorise,
      .reference, .note,
    ],
    .awaitingVerification: [.verify, .assign, .plan, .categorise, .reference, .note],
    .resolved: [.confirm, .reopen, .assign, .plan, .categorise, .reference, .note],
    .lapsed: [.confirm, .reopen, .assign, .plan, .categorise, .reference, .note],
    .confirmed: [.reopen, .reference, .note],
    .rejected: [.note],
    .withdrawn: [.note],
    .merged: [.note],
  ]

  @Test(arguments: Stage.allCases)
  func `each stage is reached and stands in its state`(_ stage: Stage) throws {
    let correction = try #require(try stage.story().correction)
    #expect(correction.state == stage.state)
    #expect(correction.possible == Self.possible[stage])
  }

  /// What is possible by its name and makes no sense all the same, and why.
  private func exception(
    _ command: Correction.Command, in stage: Stage
  ) -> Refusal? {
    let isAsked = [.asked, .askedForConsent].contains(stage)
    switch command {
    case .ask where isAsked: return .askedAlready(Story.id, party: "SUPA")
    case .inform where !isAsked: return .nothingAsked(Story.id)
    case .escalate where stage.state == .escalated: return .escalatedAlready(Story.id)
    case .closeIncident where stage.state != .escalated: return .notEscalated(Story.id)
    case .propose where stage == .escalatedForConsent:
      return .consentMissing(Story.id, party: "SUPB", side: .held)
    default: return nil
    }
  }

  @Test(arguments: Stage.allCases, Correction.Command.each.indices)
  func `a command is decided where it is possible and refused elsewhere, saying what is possible`(
    _ stage: Stage, _ index: Int
  ) throws {
    let (command, actor) = Correction.Command.each[index]
    let story = try stage.story()
    let correction = try #require(story.correction)
    let can = try #require(Self.possible[stage])
    let other: EntryValue? = command.name == .change ? .mpxn(token("Z")) : nil
    let refusal = story.refusal(of: command, by: actor, wanting: other)
    if can.contains(command.name) {
      #expect(refusal == exception(command, in: stage), "\(command.name) in \(stage)")
    } else {
      #expect(
        refusal == .notInThisState(command.name, correction, can: can),
        "\(command.name) in \(stage)")
    }
  }

  @Test func `every command has its own name but for two pairs, and only open is no command`() {
    let names = Correction.Command.each.map(\.command.name)
    #expect(names.count == Set(names).count + 2, "ask and inform, escalate and its end")
    #expect(Set(CommandName.allCases).subtracting(names) == [.open])
  }

  @Test(arguments: Stage.allCases)
  func `whoever ended it, it is open no more`(_ stage: Stage) throws {
    let correction = try #require(try stage.story().correction)
    let ended: [Stage] = [.confirmed, .lapsed, .rejected, .withdrawn, .merged]
    #expect(correction.hasEnded == ended.contains(stage))
    #expect(correction.isOpen == !(ended + [.resolved]).contains(stage))
    let closed: [Stage] = [.rejected, .withdrawn, .merged]
    #expect((correction.closedAt != nil) == closed.contains(stage))
  }
}
