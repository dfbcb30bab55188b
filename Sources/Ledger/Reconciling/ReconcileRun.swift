import Corrections
import EventLog
import Wire

/// One run: what was found so far, and what is still to be recorded.
struct ReconcileRun: Sendable {
  struct Counts: Sendable {
    var found = 0
    var changed = 0
    var unchanged = 0
    var dismissed = 0
    var cleared = 0
    var recorded = 0
    var open: [DiscrepancyRule: Int] = [:]
  }

  private let ledger: Ledger
  private let actor: Corrections.Actor
  private let time: Instant
  private let options: ReconcileOptions
  private(set) var counts = Counts()

  init(
    _ ledger: Ledger, by actor: Corrections.Actor, at time: Instant, _ options: ReconcileOptions
  ) {
    (self.ledger, self.actor, self.time, self.options) = (ledger, actor, time, options)
  }

  func reconciled(position: Int, judged: Int) throws -> Reconciled {
    Reconciled(
      position: position, at: time, judged: judged, found: counts.found, changed: counts.changed,
      unchanged: counts.unchanged, dismissed: counts.dismissed, cleared: counts.cleared,
      open: counts.open, recorded: counts.recorded)
  }

  /// How many devices are judged at a time: what all rules find of so many fits in one append.
  static let batch = 25

  /// Judges twice as many devices as go together, on two threads; what is new of each half is recorded in
  /// turn.
  mutating func judgeHalves(of devices: [EUI64], crowds: [EUI64: [EUI64]]) throws {
    let run = self
    let halves = try Slices.concurrently(devices.count, in: 2) { half in
      let own = Array(devices[half])
      return (own, try run.ledger.log.atOneMoment { try run.look(at: own, crowds) })
    }
    for (own, outcome) in halves {
      do {
        try take(outcome)
      } catch LogError.conflict {
        // One of them has moved since, perhaps by what the other half recorded.
        try judge(own, crowds: crowds)
      }
    }
  }

  private mutating func take(_ outcome: Outcome) throws {
    if !options.isDryRun, !outcome.steps.isEmpty {
      try record(outcome.steps, after: outcome.position)
      counts.recorded += outcome.steps.count
    }
    counts.add(outcome.counts)
  }

  /// Judges some devices, and records what is new of them in one append, on the condition that none of
  /// them has moved meanwhile.
  ///
  /// Where some move all the time, fewer are judged at once.
  mutating func judge(_ devices: [EUI64], crowds: [EUI64: [EUI64]]) throws {
    do {
      try judgeTogether(devices, crowds)
    } catch LogError.conflict where devices.count > 1 {
      let half = devices.count / 2
      try judge(Array(devices[..<half]), crowds: crowds)
      try judge(Array(devices[half...]), crowds: crowds)
    }
  }

  private mutating func judgeTogether(_ devices: [EUI64], _ crowds: [EUI64: [EUI64]]) throws {
    try ledger.retrying {
      try take(ledger.log.atOneMoment { try look(at: devices, crowds) })
    }
  }

  /// A device's new, changed or gone discrepancies.
  private enum Step: Sendable {
    /// Nil for one that was never found before.
    case found(Suspicion, as: DiscrepancyID?)
    case cleared(DiscrepancyEnded)

    var device: EUI64 {
      switch self {
      case .found(let suspicion, _): suspicion.device
      case .cleared(let ended): ended.device
      }
    }
  }

  private struct Outcome: Sendable {
    let position: Int
    var steps: [Step] = []
    var counts = Counts()
  }

  private func look(at devices: [EUI64], _ crowds: [EUI64: [EUI64]]) throws -> Outcome {
    let position = try ledger.head()
    var outcome = Outcome(position: position)
    for device in devices {
      let facts = try ledger.discrepancyFacts(
        device, crowd: crowds[device] ?? [], at: time, upTo: position)
      let suspicions =
        facts.map { DiscrepancyCheck.suspicions(of: $0, by: options.rules) } ?? []
      try compare(
        suspicions, with: ledger.discrepancies(about: device, upTo: position), &outcome)
    }
    return outcome
  }

  private func compare(
    _ suspicions: [Suspicion], with known: [Discrepancy], _ outcome: inout Outcome
  ) {
    var left = Dictionary(
      known.filter { options.rules.contains($0.suspicion.rule) }
        .map { ($0.suspicion.identity, $0) }, uniquingKeysWith: { $1 })
    for suspicion in suspicions {
      let held = left.removeValue(forKey: suspicion.identity)
      let isSame = held.map { $0.suspicion.saysTheSame(as: suspicion) } ?? false
      switch held?.state {
      case .open where isSame: outcome.counts.unchanged += 1
      case .dismissed where isSame:
        outcome.counts.unchanged += 1
        outcome.counts.dismissed += 1
        continue
      case .open, .dismissed:
        outcome.counts.changed += 1
        outcome.steps.append(.found(suspicion, as: held?.id))
      case .cleared, nil:
        outcome.counts.found += 1
        outcome.steps.append(.found(suspicion, as: held?.id))
      }
      outcome.counts.open[suspicion.rule, default: 0] += 1
    }
    for gone in left.values.sorted(by: { $0.id < $1.id }) where gone.state != .cleared {
      outcome.counts.cleared += 1
      outcome.steps.append(.cleared(gone.ending))
    }
  }

  private func record(_ steps: [Step], after position: Int) throws {
    let tags =
      Set(steps.map { Tag.device($0.device) }).sorted() + [Tag.registrations]
    let isNew = steps.contains { if case .found(_, nil) = $0 { true } else { false } }
    let (actor, time) = (actor, time)
    _ = try ledger.append(
      AppendRequest(
        condition: AppendCondition(noEventTagged: tags, after: position),
        numbers: isNew ? ["discrepancy"] : []
      ) { context in
        steps.map { step in
          let event: Discovery =
            switch step {
            case .found(let suspicion, let id):
              .found(
                DiscrepancyFound(
                  discrepancy: id ?? DiscrepancyID(number: context.number("discrepancy")),
                  suspicion: suspicion, rules: DiscrepancyCheck.version))
            case .cleared(let ended): .cleared(ended)
            }
          return Ledger.draft(.discovery(event), by: actor, at: time, cause: nil)
        }
      })
  }
}

extension ReconcileRun.Counts {
  mutating func add(_ other: Self) {
    found += other.found
    changed += other.changed
    unchanged += other.unchanged
    dismissed += other.dismissed
    cleared += other.cleared
    open.merge(other.open) { $0 + $1 }
  }
}

extension Ledger {
  /// The discrepancies about a device first of all, in the order of their numbers, as of a position.
  func discrepancies(about device: EUI64, upTo position: Int) throws -> [Discrepancy] {
    let found = try log.timeline(
      Tag.device(device), upTo: position, passingOver: Event.typesBesideDiscovery)
    let ids = try Set(
      found.map { try $0.recorded().event }.compactMap { event -> DiscrepancyID? in
        guard case .discovery(.found(let found)) = event, found.suspicion.device == device
        else { return nil }
        return found.discrepancy
      })
    return try ids.sorted().compactMap { try discrepancy($0, upTo: position) }
  }
}
