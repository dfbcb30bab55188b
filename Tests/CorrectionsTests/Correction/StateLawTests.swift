import Testing

@testable import Corrections

/// What a correction says of itself agrees with its state, whatever happened to it.
@Suite struct `Laws of a correction's state` {
  private func run(
    _ seed: UInt64, _ check: (SmallWorld, Correction, String) throws -> Void
  ) throws {
    var acts = RandomActs(seed: seed)
    for step in 0..<120 {
      try acts.step()
      for correction in acts.world.corrections.values {
        try check(acts.world, correction, "\(correction.id), seed \(seed), step \(step)")
      }
    }
  }

  @Test(arguments: Array(1001...1030) as [UInt64])
  func `times, questions, Incidents and proposals fit the state`(seed: UInt64) throws {
    try run(seed) { _, correction, comment in
      let state = correction.state
      #expect(
        (correction.resolvedAt != nil) == [.resolved, .confirmed].contains(state), "\(comment)")
      #expect((correction.how != nil) == (correction.resolvedAt != nil), "\(comment)")
      #expect(
        (correction.closedAt != nil) == [.rejected, .withdrawn, .merged].contains(state),
        "\(comment)")
      #expect((correction.confirmedAt != nil) == (state == .confirmed), "\(comment)")
      #expect(correction.isEscalated == false || correction.isOpen, "\(comment)")
      #expect(correction.question == nil || correction.isOpen, "\(comment)")
      #expect(state != .escalated || correction.isEscalated, "\(comment)")
      #expect(state != .awaitingInformation || correction.question != nil, "\(comment)")
      #expect(
        state != .awaitingConsent || !correction.pendingConsents.isEmpty, "\(comment)")
      #expect(
        state != .awaitingFix || correction.pendingConsents.isEmpty, "\(comment)")
      #expect(state != .awaitingVerification || correction.proposal?.applied != nil, "\(comment)")
      if let proposal = correction.proposal {
        #expect(proposal.approvedBy != proposal.proposedBy, "\(comment)")
        #expect(proposal.applied == nil || proposal.approver != nil, "\(comment)")
      }
      #expect(Set(correction.possible).count == correction.possible.count, "\(comment)")
      #expect(correction.isOpen == false || correction.possible.contains(.note), "\(comment)")
    }
  }

  @Test(arguments: Array(1101...1130) as [UInt64])
  func `handovers, Incidents, links and merges are those that were recorded`(
    seed: UInt64
  ) throws {
    try run(seed) { world, correction, comment in
      let own = world.log.map(\.event)
      #expect(
        correction.handovers
          == own.count {
            if case .ownershipTransferred(let event) = $0 {
              event.correction == correction.id
            } else {
              false
            }
          }, "\(comment)")
      #expect(
        correction.escalations
          == own.count {
            if case .correctionStep(let step) = $0, step.correction == correction.id,
              case .incidentRaised = step.what
            {
              true
            } else {
              false
            }
          }, "\(comment)")
      for other in correction.linked {
        #expect(world.corrections[other]?.linked.contains(correction.id) == true, "\(comment)")
      }
      #expect((correction.mergedInto != nil) == (correction.state == .merged), "\(comment)")
      if let other = correction.mergedInto.flatMap({ world.corrections[$0] }) {
        #expect(other.absorbed.contains(correction.id), "\(comment)")
        #expect(Set(other.reporters).isSuperset(of: correction.reporters), "\(comment)")
      }
      #expect(Set(correction.reporters).count == correction.reporters.count, "\(comment)")
    }
  }

  @Test func `the histories reach every state and every event of a thread`() throws {
    var names: [String: Int] = [:]
    var states: Set<Correction.State> = []
    for seed in 1...40 as ClosedRange<UInt64> {
      var acts = RandomActs(seed: seed)
      for _ in 0..<120 {
        try acts.step()
        states.formUnion(acts.world.corrections.values.map(\.state))
      }
      for name in acts.world.log.map(\.event).names { names[name, default: 0] += 1 }
    }
    #expect(states == Set(Correction.State.allCases))
    for name in [
      "correctionRequested", "correctionJoined", "routeAdvised", "ownerAssigned",
      "ownershipTransferred", "consentRequested", "consentGiven", "consentRefused",
      "consentLapsed", "manualFixProposed", "manualFixApproved", "manualFixDeclined",
      "manualFixApplied", "fixVerified", "fixNotFound", "correctionResolved",
      "correctionConfirmed", "correctionReopened", "correctionRejected", "correctionWithdrawn",
      "noteAdded", "informationRequested", "informationSupplied", "requestedValueChanged",
      "heldValueChanged", "merged", "linked", "categorySet", "planGiven", "reminderSent",
      "manualFixFailed", "confirmationLapsed", "incidentRaised", "incidentClosed",
      "referenceAdded", "mpxnUpdated", "mpxnCleared",
    ] {
      #expect(names[name, default: 0] >= 1, "\(name): \(names)")
    }
  }
}
