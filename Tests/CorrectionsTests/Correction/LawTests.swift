import Testing

@testable import Corrections

/// What is true of all corrections of several devices, whatever anybody does in whatever order.
@Suite struct `Laws of corrections` {
  private static let steps = 120

  /// Lets a world run, looking at it after every step.
  @discardableResult
  private func run(
    _ seed: UInt64, _ check: (RandomActs, String) throws -> Void = { _, _ in }
  ) throws -> SmallWorld {
    var acts = RandomActs(seed: seed)
    for step in 0..<Self.steps {
      try acts.step()
      try check(acts, "seed \(seed), step \(step)")
    }
    return acts.world
  }

  @Test(arguments: Array(1...30) as [UInt64])
  func `one holder at any time, and the times of all sum to the whole`(seed: UInt64) throws {
    try run(seed) { acts, comment in
      for correction in acts.world.corrections.values {
        let turns = correction.turns(at: acts.world.now)
        #expect(turns.first?.from == correction.openedAt, "\(comment)")
        #expect(turns.count { $0.to == nil } == 1 && turns.last?.to == nil, "\(comment)")
        for (turn, next) in zip(turns, turns.dropFirst()) {
          #expect(turn.to == next.from, "a gap: \(comment)")
        }
        let clock = HolderClock(turns, at: acts.world.now, calendars: .standard)
        let elapsed = acts.world.now.milliseconds - correction.openedAt.milliseconds
        #expect(clock.total.elapsedMilliseconds == elapsed, "\(comment)")
        let parts = clock.byHolder.values.map(\.elapsedMilliseconds).reduce(0, +)
        #expect(parts == elapsed, "\(comment)")
        let last = correction.turns.last
        #expect(last?.holder == correction.holder.holder, "\(comment)")
        #expect(last?.party == correction.holder.party, "\(comment)")
        #expect((correction.holder.holder == .nobody) || correction.isOpen || !correction.hasEnded)
      }
    }
  }

  @Test(arguments: Array(101...130) as [UInt64])
  func `each field of a device has one open correction at most, and its device knows it`(
    seed: UInt64
  ) throws {
    try run(seed) { acts, comment in
      var open: [String: CorrectionID] = [:]
      for (id, correction) in acts.world.corrections {
        let mark = acts.world.devices[correction.deviceID]?.corrections.first { $0.id == id }
        #expect(mark?.isOpen == correction.isOpen, "\(id), \(comment)")
        #expect(mark?.field == correction.field, "\(comment)")
        guard correction.isOpen, correction.field != .other else { continue }
        let place = "\(correction.deviceID) \(correction.field)"
        #expect(open[place] == nil, "\(place): \(comment)")
        open[place] = id
      }
    }
  }

  @Test(arguments: Array(201...280) as [UInt64])
  func `all of a ring is changed by hand or none of it, and by whom everybody agreed with`(
    seed: UInt64
  ) throws {
    try run(seed) { acts, comment in
      let (events, before) = acts.last
      let changed = events.flatMap(\.changedByHand)
      for id in changed {
        guard let correction = before.corrections[id] else { continue }
        let facts = before.facts(of: correction)
        #expect(Set(changed).isSuperset(of: facts.ring.map(\.id)), "half a ring: \(comment)")
        #expect(Set(changed).count == facts.ring.count + 1, "\(comment)")
        #expect(facts.heldElsewhere.isEmpty || correction.proposal?.explanation != nil)
        guard !correction.isEscalated, let mpxn = facts.mpxn else { continue }
        let after = acts.world.corrections[id]?.consents ?? []
        for answer in [mpxn.heldRegistration, mpxn.wantedRegistration] {
          guard let row = answer.registration else { continue }
          #expect(
            after.contains { $0.party == row.supplier && $0.mpxn == row.mpxn && $0.answer.stands },
            "\(row.supplier) has not agreed: \(comment)")
        }
      }
    }
  }

  @Test func `the histories change whole rings, by the DSP and by agreement`() throws {
    var (byDSP, byAgreement) = (0, 0)
    for seed in 201...280 as ClosedRange<UInt64> {
      try run(seed) { acts, _ in
        let names = acts.last.events.names
        guard Set(acts.last.events.flatMap(\.changedByHand)).count > 1 else { return }
        if names.contains("manualFixApplied") { byDSP += 1 } else { byAgreement += 1 }
      }
    }
    #expect(byDSP > 0)
    #expect(byAgreement > 0)
  }

  @Test(arguments: Array(301...330) as [UInt64])
  func `a task is reminded of once, and only then leads to an Incident`(seed: UInt64) throws {
    var turn: [CorrectionID: Int] = [:]
    var reminded: [CorrectionID: Instant] = [:]
    try run(seed) { acts, comment in
      for event in acts.last.events {
        guard case .correctionStep(let step) = event,
          let before = acts.last.before.corrections[step.correction]
        else { continue }
        switch step.what {
        case .reminderSent(_, _, let dueAt):
          #expect(dueAt <= acts.world.now, "\(comment)")
          #expect(before.reminders.isEmpty, "\(comment)")
          #expect(reminded[step.correction] != before.taskSince, "twice: \(comment)")
          reminded[step.correction] = before.taskSince
        case .incidentRaised(.silence, _):
          #expect(before.reminders.count == 1, "\(comment)")
          #expect([.counterparty, .otherUser].contains(before.holder.holder), "\(comment)")
        default: break
        }
      }
      for (id, correction) in acts.world.corrections {
        #expect(correction.reminders.count <= 1, "\(comment)")
        #expect(correction.turns.count >= turn[id, default: 0], "\(comment)")
        turn[id] = correction.turns.count
      }
    }
  }

  @Test(arguments: Array(401...420) as [UInt64])
  func `what is due is done once: asked again at the same moment nothing is left`(
    seed: UInt64
  ) throws {
    var world = try run(seed)
    // A route that leads elsewhere comes first, and gives a turn that may be due as well.
    for _ in 0..<3 { try world.due() }
    #expect(try world.due().isEmpty, "seed \(seed)")
  }

  @Test(arguments: Array(501...530) as [UInt64])
  func `folding step by step is folding at once, at any position`(seed: UInt64) throws {
    let world = try run(seed)
    for count in stride(from: 1, through: world.log.count, by: 17) {
      var stepwise: [CorrectionID: Correction?] = [:]
      for id in world.corrections.keys { stepwise[id] = .some(nil) }
      for event in world.log.prefix(count) {
        for id in world.corrections.keys {
          var correction = stepwise[id] ?? nil
          Correction.evolve(&correction, id: id, with: event)
          stepwise[id] = correction
        }
      }
      for id in world.corrections.keys {
        #expect((stepwise[id] ?? nil) == Correction.fold(id, world.log.prefix(count)))
      }
    }
    for (id, correction) in world.corrections {
      #expect(Correction.fold(id, world.log) == correction)
    }
    for (id, device) in world.devices { #expect(Device.fold(id, world.log) == device) }
  }
}

extension Event {
  /// The correction by whose hand an entry changed, or an observer's DSP says that it did.
  fileprivate var changedByHand: [CorrectionID] {
    switch self {
    case .mpxnUpdated(let event) where event.basis == .manual:
      event.correction.map { [$0] } ?? []
    case .manualFixApplied(let event): [event.correction]
    default: []
    }
  }
}
