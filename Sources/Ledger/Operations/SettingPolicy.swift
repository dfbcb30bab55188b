public import Corrections
internal import EventLog

/// What of a policy is to change; nil stays as it is.
public struct PolicyChange: Sendable {
  /// Working days for a turn, by holder; `nobody` has none.
  public var turns: [Holder: Int] = [:]
  /// The local hour after which a day no longer counts.
  public var cutOffHour: Int?
  /// Who makes the change once everybody has agreed.
  public var afterConsents: Policy.AfterConsents?
  /// Working days after a reminder until silence leads to an Incident.
  public var escalateAfter: Int?
  /// Working days of silence after which a resolution counts as accepted.
  public var confirmWithin: Int?
  /// Working days within which a fault that comes back opens the old correction again.
  public var reopenWithin: Int?
  /// Working days within which a supplier gives its customer a plan.
  public var planWithin: Int?
  /// The calendar by which working days are counted.
  public var calendar: WorkingCalendar?
  /// Targets by category; one that is named replaces that one.
  public var targets: [ServiceTargets.Target] = []
  /// Whether the targets were held against SEC Appendix AG.
  public var targetsAreVerified: Bool?

  /// Makes a change that changes nothing yet.
  public init() {}
}

extension Ledger {
  /// Sets the policy, the calendar or the targets from a moment on; what is named changes, the rest
  /// stays as it is in force then.
  ///
  /// Durable on return, in one append. Gives back what was recorded; nothing when nothing changes.
  ///
  /// - Throws: ``LogError`` when the log can't be read or written.
  public func setPolicy(
    _ change: PolicyChange, from: Instant, by user: User, via: Via, dryRun: Bool = false
  ) throws -> (events: [Event], position: Int?) {
    try retrying {
      let position = try head()
      let terms = try terms(upTo: position)
      let events = terms.events(of: change, from: from)
      guard !events.isEmpty, !dryRun else { return (events, nil) }
      let actor = Corrections.Actor(
        user: user.id, party: user.party, role: UserRole.dcc.rawValue, via: via)
      let appended = try append(
        AppendRequest(
          condition: AppendCondition(
            noEventTagged: [Tag.terms, Tag.user(user.id)], after: position)
        ) { _ in
          events.map { Ledger.draft($0, by: actor, at: from, cause: nil) }
        })
      return (events, appended.positions.lowerBound)
    }
  }
}

extension Terms {
  fileprivate func events(of change: PolicyChange, from: Instant) -> [Event] {
    var events: [Event] = []
    let old = policy(at: from)
    func days(_ holder: Holder) -> Int { change.turns[holder] ?? old.days(for: holder) ?? 0 }
    let new = Policy(
      version: lastVersion + 1, from: from,
      cutOffHour: change.cutOffHour ?? old.cutOffHour,
      turns: Policy.Turns(
        requester: days(.requester), counterparty: days(.counterparty),
        otherUser: days(.otherUser), dcc: days(.dcc), dsp: days(.dsp)),
      afterConsents: change.afterConsents ?? old.afterConsents,
      escalateAfter: change.escalateAfter ?? old.escalateAfter,
      confirmWithin: change.confirmWithin ?? old.confirmWithin,
      reopenWithin: change.reopenWithin ?? old.reopenWithin,
      planWithin: change.planWithin ?? old.planWithin)
    if !new.saysTheSame(as: old) { events.append(.policySet(new)) }
    if let calendar = change.calendar, calendar != self.calendar(at: from) {
      events.append(.calendarSet(CalendarSet(calendar: calendar.rawValue, from: from)))
    }
    let held = targets(at: from)
    let named = Set(change.targets.map(\.category))
    let all = ((held?.targets ?? []).filter { !named.contains($0.category) } + change.targets)
      .sorted { $0.category < $1.category }
    let isVerified = change.targetsAreVerified ?? (named.isEmpty ? held?.isVerified : false)
    if all != held?.targets ?? [] || isVerified != held?.isVerified {
      events.append(
        .serviceTargetsSet(
          ServiceTargets(from: from, isVerified: isVerified ?? false, targets: all)))
    }
    return events
  }
}

extension Policy {
  /// Whether everything but its number and its beginning is the same.
  fileprivate func saysTheSame(as other: Policy) -> Bool {
    self
      == Policy(
        version: version, from: from, cutOffHour: other.cutOffHour, turns: other.turns,
        afterConsents: other.afterConsents, escalateAfter: other.escalateAfter,
        confirmWithin: other.confirmWithin, reopenWithin: other.reopenWithin,
        planWithin: other.planWithin)
  }
}
