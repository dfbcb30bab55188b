import Testing

@testable import Corrections

@Suite struct `Who may give which command` {
  /// Who may give a command in a stage, and what everybody else is told.
  struct Right: Sendable {
    let stage: Stage
    let command: Correction.Command
    let may: [CorrectionActor]
    let told: @Sendable (CorrectionActor) -> Refusal
  }

  private static let atDCC = [By.dcc, By.otherDCC]

  private static func role(
    _ stage: Stage, _ command: Correction.Command, _ role: UserRole, _ may: [CorrectionActor]
  ) -> Right {
    Right(stage: stage, command: command, may: may) {
      .roleNeeded(command.name, role, of: $0.user ?? $0.party)
    }
  }

  private static func party(
    _ stage: Stage, _ command: Correction.Command, _ parties: [String], _ may: [CorrectionActor]
  ) -> Right {
    Right(stage: stage, command: command, may: may) {
      .partyNeeded(command.name, parties, of: $0.party)
    }
  }

  static let rights: [Right] = [
    role(.awaitingConsent, .assign(owner: "X", reason: nil), .dcc, atDCC),
    role(.awaitingFix, .propose(explanation: nil), .dcc, atDCC),
    role(.proposed, .decline(reason: "D"), .dcc, atDCC + [By.dsp]),
    role(.approved, .apply, .dsp, [By.dsp]), role(.approved, .fail(reason: "D"), .dsp, [By.dsp]),
    role(.awaitingVerification, .verify, .dcc, atDCC),
    role(.awaitingRequest, .resolve(.noFault), .dcc, atDCC),
    role(.awaitingRequest, .reject(reason: "D"), .dcc, atDCC),
    role(.awaitingRequest, .merge(into: Correction.Command.another, reason: "D"), .dcc, atDCC),
    role(.awaitingRequest, .categorise(2), .dcc, atDCC),
    role(.escalated, .closeIncident(outcome: "D"), .dcc, atDCC),
    party(.awaitingConsent, .advise, ["SUPA"], atDCC + [By.supA]),
    party(.resolved, .confirm, ["SUPA"], [By.supA]),
    party(.resolved, .reopen(reason: "D"), ["SUPA"], atDCC + [By.supA]),
    party(.awaitingConsent, .withdraw(reason: "D"), ["SUPA"], [By.supA]),
    party(.awaitingConsent, .plan, ["SUPA"], [By.supA]),
    party(.asked, .inform(answer: "D"), ["SUPA", "DCC"], atDCC + [By.supA]),
    party(.awaitingConsent, .change(reason: nil), ["SUPA"], atDCC + [By.supA]),
    party(
      .awaitingConsent, .escalate(reason: "D"), ["SUPA", "SUPB"], atDCC + [By.supA, By.supB]),
    party(
      .awaitingConsent, .reference(.rec, document: "D"), ["SUPA", "SUPB"],
      atDCC + [By.supA, By.supB]),
    Right(
      stage: .proposed, command: .approve, may: [By.otherDCC],
      told: {
        $0 == By.dcc
          ? .proposerCannotApprove(user: "DCC-017")
          : .roleNeeded(.approve, .dcc, of: $0.user ?? $0.party)
      }),
    Right(
      stage: .awaitingConsent, command: .consent, may: [By.supB],
      told: { .notAsked(party: $0.party, asked: ["SUPB"]) }),
    Right(
      stage: .awaitingConsent, command: .refuse(reason: "D"), may: [By.supB],
      told: { .notAsked(party: $0.party, asked: ["SUPB"]) }),
    Right(
      stage: .awaitingConsent, command: .ask(of: nil, question: "D"), may: atDCC + [By.supB],
      told: {
        $0 == By.supA
          ? .notInvolved(Story.id, party: "SUPA", involved: ["SUPB"])
          : .partyNeeded(.inform, ["SUPA", "SUPB"], of: $0.party)
      }),
    Right(
      stage: .awaitingConsent, command: .note("D"), may: By.everybody,
      told: { _ in .nothingAsked(Story.id) }),
  ]

  @Test(arguments: rights.indices)
  func `whoever may not is told who may`(_ index: Int) throws {
    let right = Self.rights[index]
    let story = try right.stage.story()
    for actor in By.everybody {
      let refusal = story.refusal(of: right.command, by: actor)
      let expected = right.may.contains(actor) ? nil : right.told(actor)
      #expect(refusal == expected, "\(right.command.name) by \(actor.party)")
    }
  }

  @Test func `every command has its line`() {
    let named = Self.rights.map(\.command.name)
    #expect(Set(named) == Set(Correction.Command.each.map(\.command.name)))
    #expect(named.count == Correction.Command.each.count)
  }

  @Test func `the role that a command needs is the one its refusal names`() throws {
    let correction = try #require(try Stage.approved.story().correction)
    for right in Self.rights {
      guard case .roleNeeded(_, let role, _) = right.told(By.auditor) else {
        #expect(correction.role(for: right.command.name, by: By.auditor) == nil)
        continue
      }
      // An Incident is raised by those concerned and closed by the DCC.
      guard right.command.name != .escalate, right.command.name != .decline else { continue }
      #expect(correction.role(for: right.command.name, by: By.auditor) == role)
    }
    #expect(correction.role(for: .decline, by: By.dcc) == .dcc)
    #expect(correction.role(for: .decline, by: By.dsp) == .dsp)
  }
}
