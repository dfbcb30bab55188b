import Testing

@testable import Corrections

/// What is true of every correction, whatever anybody does in whatever order.
@Suite struct `Laws of a correction` {
  /// Lets random people give random commands while registrations and the SMI change under them.
  private func history(_ seed: UInt64, steps: Int = 60) throws -> Story {
    var generator = SeededGenerator(seed: seed)
    var story = Story()
    if Bool.random(using: &generator) { story.held = [row(heldMPxN, pick(&generator))] }
    if Bool.random(using: &generator) { story.wanted = [row(wantedMPxN, pick(&generator))] }
    if Int.random(in: 0..<5, using: &generator) == 0 { story.held = [] }
    if Bool.random(using: &generator) { story.mode = .observer }
    try story.report(by: pick(&generator))
    for step in 0..<steps {
      story.pass(hours: .random(in: 0..<40, using: &generator))
      switch Int.random(in: 0..<24, using: &generator) {
      case 0:
        let from = story.now.advanced(
          byMilliseconds: .random(in: -5...5, using: &generator) * 86_400_000)
        story.held.append(row(heldMPxN, pick(&generator), from: from, imported: 200 + step))
      case 1: story.wanted.append(row(wantedMPxN, pick(&generator), imported: 200 + step))
      case 2:
        let values = [heldMPxN, wantedMPxN, token("Z")]
        story.observe(values.randomElement(using: &generator) ?? heldMPxN)
      case 3: if story.correction?.isOpen == true { try story.report(by: pick(&generator)) }
      default: try act(&story, &generator)
      }
      try check(story, "seed \(seed), step \(step)")
      if story.correction?.possible == [.note] { break }
    }
    return story
  }

  private func pick(_ generator: inout SeededGenerator) -> String {
    ["SUPA", "SUPB", "SUPC"].randomElement(using: &generator) ?? "SUPA"
  }

  private func act(_ story: inout Story, _ generator: inout SeededGenerator) throws {
    let correction = try #require(story.correction)
    let commands =
      Correction.Command.each + [
        (.assign(owner: "DCC-SC-2", reason: "D"), By.otherDCC), (.resolve(.serviceRequest), By.dcc),
        (.consent, By.supA), (.consent, By.supC), (.approve, By.dcc), (.propose, By.otherDCC),
      ]
    // What leads on stands first among what is possible, and is taken most of the time.
    let leading = correction.possible.first
    let choice = Int.random(in: 0..<10, using: &generator)
    let among = commands.filter {
      choice < 6
        ? $0.command.name == leading
        : choice == 9 || correction.possible.contains($0.command.name)
    }
    let (command, usual) = among.randomElement(using: &generator) ?? (.note("D"), By.auditor)
    let actor = choice == 9 ? By.everybody.randomElement(using: &generator) ?? usual : usual
    let facts = story.facts()
    do throws(Refusal) {
      let events = try correction.decide(command, by: actor, given: facts)
      try applied(events, correction, facts)
      story.record(events, by: actor)
    } catch {
      if case .notInThisState(let name, _, let can) = error {
        #expect(!can.contains(name))
      }
    }
  }

  /// Whoever is registered for either value has agreed, and two people have seen it.
  private func applied(
    _ events: [Event], _ correction: Correction, _ facts: MPxNFacts
  ) throws(Refusal) {
    guard events.names.contains("manualFixApplied") else { return }
    #expect(correction.proposal?.proposedBy != correction.proposal?.approvedBy)
    #expect(correction.proposal?.approvedBy != nil)
    #expect(facts.heldValue == correction.proposal?.expected)
    for answer in [facts.heldRegistration, facts.wantedRegistration] {
      guard let registration = answer.registration else { continue }
      let party = facts.party(of: registration)
      #expect(
        correction.consents.contains {
          $0.party == party && $0.mpxn == registration.mpxn && $0.answer.stands
        }, "\(party) has not agreed")
    }
  }

  private func check(_ story: Story, _ comment: String) throws {
    let correction = try #require(story.correction)
    let turns = correction.turns
    #expect(turns.first?.from == correction.openedAt, "\(comment)")
    #expect(turns.last?.to == nil, "\(comment)")
    for (turn, next) in zip(turns, turns.dropFirst()) {
      #expect(turn.to == next.from, "a gap: \(comment)")
    }
    let holder = correction.holder
    #expect(turns.last?.holder == holder.holder && turns.last?.party == holder.party, "\(comment)")
    let clock = HolderClock(turns, at: story.now, calendars: .standard)
    #expect(
      clock.total.elapsedMilliseconds
        == story.now.milliseconds - correction.openedAt.milliseconds, "\(comment)")
    #expect(
      correction.state != .awaitingConsent || !correction.pendingConsents.isEmpty, "\(comment)")
    #expect(
      ![.awaitingFix, .awaitingVerification].contains(correction.state)
        || correction.pendingConsents.isEmpty, "\(comment)")
    #expect(
      (correction.resolvedAt != nil) == [.resolved, .confirmed].contains(correction.state),
      "\(comment)")
    #expect((correction.closedAt != nil) == [.rejected, .withdrawn].contains(correction.state))
    #expect((correction.confirmedAt != nil) == (correction.state == .confirmed))
    #expect(correction.isOpen || correction.possible.contains(.note))
    if let resolvedAt = correction.resolvedAt { #expect(resolvedAt >= correction.openedAt) }
    let transfers = story.thread.count {
      if case .ownershipTransferred = $0.event { true } else { false }
    }
    #expect(correction.handovers == transfers, "\(comment)")
    #expect(Set(correction.reporters).count == correction.reporters.count)
    if correction.isOpen, correction.state != .awaitingVerification {
      #expect(correction.possible.contains(.advise), "\(comment)")
    }
  }

  @Test(arguments: Array(1...40) as [UInt64])
  func `one holder at any time, turns without gaps, four eyes and every consent`(
    seed: UInt64
  ) throws {
    _ = try history(seed)
  }

  @Test(arguments: Array(101...120) as [UInt64])
  func `folding step by step is folding at once, at any position`(seed: UInt64) throws {
    let story = try history(seed)
    var stepwise: Correction?
    for (index, event) in story.thread.enumerated() {
      Correction.evolve(&stepwise, id: Story.id, with: event)
      #expect(stepwise == Correction.fold(Story.id, story.thread.prefix(index + 1)))
    }
    #expect(stepwise == story.correction)
  }

  @Test(arguments: Array(201...210) as [UInt64])
  func `its device knows whether it is open`(seed: UInt64) throws {
    let story = try history(seed)
    for count in 1...story.thread.count {
      let events = story.inventory.prefix(1) + story.thread.prefix(count)
      let device = Device.fold(The.device, events)
      let correction = Correction.fold(Story.id, story.thread.prefix(count))
      #expect((device?.openCorrection(of: .importMPxN) != nil) == (correction?.isOpen == true))
    }
  }

  @Test func `the histories reach every state and every event of a thread`() throws {
    var names: [String: Int] = [:]
    var states: Set<Correction.State> = []
    for seed in 1...60 as ClosedRange<UInt64> {
      let story = try history(seed)
      for name in story.thread.map(\.event).names { names[name, default: 0] += 1 }
      for count in 1...story.thread.count {
        if let state = Correction.fold(Story.id, story.thread.prefix(count))?.state {
          states.insert(state)
        }
      }
    }
    #expect(states == Set(Correction.State.allCases))
    for name in [
      "correctionJoined", "routeAdvised", "ownerAssigned", "ownershipTransferred",
      "consentRequested", "consentGiven", "consentRefused", "consentLapsed", "manualFixProposed",
      "manualFixApproved", "manualFixDeclined", "manualFixApplied", "fixVerified", "fixNotFound",
      "correctionResolved", "correctionConfirmed", "correctionReopened", "correctionRejected",
      "correctionWithdrawn", "noteAdded",
    ] {
      #expect(names[name, default: 0] >= 1, "\(name): \(names)")
    }
  }
}
