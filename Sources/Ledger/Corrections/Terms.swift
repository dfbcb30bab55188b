public import Corrections
internal import EventLog

/// The policies and calendars in force, by which turns are due and days are counted.
public struct Terms: Sendable {
  /// Every policy that was set, in the order of the log.
  public let policies: [Policy]
  /// The calendars that were set, by which each day counts.
  public let calendars: CalendarHistory
  /// Every set of targets, in the order of the log.
  public let targets: [ServiceTargets]
  /// The highest number that a policy was given, also one that was recorded in error.
  let lastVersion: Int

  /// The policy in force at a moment: the one that came into force last; of several from the same
  /// moment the one that was set last.
  public func policy(at moment: Instant) -> Policy {
    policies.inForce(at: moment, from: \.from) ?? Policy.initial(from: moment)
  }

  /// The targets in force at a moment, found as a policy is; nil when none were set.
  public func targets(at moment: Instant) -> ServiceTargets? {
    targets.inForce(at: moment, from: \.from)
  }

  /// When a correction of a category is to be resolved, by the targets in force at its opening, and
  /// whether those are verified; nil without a category or a target.
  ///
  /// Working time is counted in whole days, to the end of the last one.
  public func target(of category: Int?, openedAt: Instant) -> ReportCase.Target? {
    guard let category, let set = targets(at: openedAt),
      let target = set.targets.first(where: { $0.category == category })
    else { return nil }
    let dueAt =
      switch target.counting {
      case .elapsed: openedAt.advanced(byMilliseconds: Int64(target.minutes) * 60_000)
      case .working:
        clock(at: openedAt).dueAt(openedAt: openedAt, workingDays: (target.minutes + 1439) / 1440)
      }
    return ReportCase.Target(dueAt: dueAt, isVerified: set.isVerified)
  }

  /// Until when a supplier is to give its customer a plan; nil where the policy says nothing of it.
  public func planDueAt(openedAt: Instant) -> Instant? {
    policy(at: openedAt).planWithin.map {
      clock(at: openedAt).dueAt(openedAt: openedAt, workingDays: $0)
    }
  }

  /// The calendar in force at a moment.
  public func calendar(at moment: Instant) -> WorkingCalendar {
    calendars.calendar(at: moment)
  }

  /// When a turn is due: the end of its last working day; nil when nobody holds it.
  public func dueAt(_ turn: Turn) -> Instant? {
    guard let days = policy(at: turn.from).days(for: turn.holder) else { return nil }
    return clock(at: turn.from).dueAt(openedAt: turn.from, workingDays: days)
  }

  /// How days are counted under the policy of a moment, each by its own calendar.
  public func clock(at moment: Instant) -> ClockPolicy {
    let policy = policy(at: moment)
    return ClockPolicy(
      version: policy.version, calendars: calendars, cutOffHour: policy.cutOffHour)
      ?? .standard
  }
}

extension Array {
  /// What came into force last by a moment, of what was set in this order.
  ///
  /// The first one is what a ledger begins with: it counts before all of it, and gives way to what is
  /// set for a time before the ledger.
  fileprivate func inForce(at moment: Instant, from: (Element) -> Instant) -> Element? {
    dropFirst().reversed().filter { from($0) <= moment }.max { from($0) < from($1) } ?? first
  }
}

extension Ledger {
  /// The terms that the log sets, as known now or at a position.
  public func terms(upTo position: Int? = nil) throws -> Terms {
    let position = try position ?? head()
    let first = try firstTerms(upTo: position)
    let events = try first + wholeTimeline(Tag.terms, upTo: position)
    // What stands at a position never changes.
    let positions = events.map(\.position)
    if let kept = keptTerms.withLock({ $0 }), kept.positions == positions { return kept.terms }
    let terms = Terms(events)
    keptTerms.withLock { $0 = KeptTerms(positions: positions, terms: terms) }
    return terms
  }

  /// What an early ledger began with: policy and calendar stood right after the opening, on no
  /// timeline.
  private func firstTerms(upTo position: Int) throws -> [Recorded] {
    let first: [Recorded]
    if let early = earlyTerms.withLock({ $0 }) {
      first = early
    } else {
      let stored = try log.events(from: 2, through: 3)
      let early = try stored.filter { try $0.read().tags.isEmpty }.map { try $0.recorded() }
      if stored.count == 2 { earlyTerms.withLock { $0 = early } }
      first = early
    }
    return try first.filter { $0.position <= position }.flatMap {
      [$0] + (try wholeTimeline(Tag.event($0.position), upTo: position))
    }
  }
}

/// The terms that some events set, as they were put together last.
struct KeptTerms: Sendable {
  let positions: [Int]
  let terms: Terms
}

extension Terms {
  /// What some events set, in the order of the log.
  init(_ events: [Recorded]) {
    let versions = events.compactMap { recorded -> Int? in
      if case .policySet(let policy) = recorded.event { return policy.version }
      return nil
    }
    var policies: [Policy] = []
    var calendars: [CalendarSet] = []
    var targets: [ServiceTargets] = []
    for recorded in events.standing {
      switch recorded.event {
      case .policySet(let policy): policies.append(policy)
      case .calendarSet(let calendar): calendars.append(calendar)
      case .serviceTargetsSet(let set): targets.append(set)
      default: break
      }
    }
    if let first = calendars.first, let earliest = calendars.map(\.from).min() {
      // What a ledger begins with gives way to what is set for a time before it.
      calendars[0] = CalendarSet(calendar: first.calendar, from: earliest)
    }
    self.init(
      policies: policies, calendars: CalendarHistory(of: calendars), targets: targets,
      lastVersion: versions.max() ?? 0)
  }
}
