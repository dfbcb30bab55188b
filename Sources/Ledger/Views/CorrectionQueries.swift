public import Corrections
internal import Foundation
internal import GRDB

/// What a list of corrections is narrowed to.
public struct CorrectionFilter: Sendable {
  /// Only those whose turn it is.
  public var holder: Holder?
  /// Only those in this state, also an ended one.
  public var state: Correction.State?
  /// Only those of this device.
  public var device: EUI64?
  /// Only those that this party has or had to do with.
  public var party: String?
  /// Ended ones too.
  public var includesEnded = false

  /// Makes a filter that lets everything through that has not ended.
  public init() {}
}

/// The policies and calendars in force, by which turns are due and days are counted.
public struct Terms: Sendable {
  /// Every policy that was set, in the order of the log.
  public let policies: [Policy]
  /// The calendars that were set, by which each day counts.
  public let calendars: CalendarHistory

  /// The policy in force at a moment.
  public func policy(at moment: Instant) -> Policy {
    policies.last { $0.from <= moment } ?? policies.first ?? Policy.initial(from: moment)
  }

  /// The calendar in force at a moment.
  public func calendar(at moment: Instant) -> WorkingCalendar {
    calendars.calendar(at: moment)
  }

  /// When a turn is due: the end of its last working day; nil when nobody holds it.
  public func dueAt(_ turn: Turn) -> Instant? {
    let policy = policy(at: turn.from)
    let days: Int
    switch turn.holder {
    case .requester: days = policy.turns.requester
    case .counterparty: days = policy.turns.counterparty
    case .otherUser: days = policy.turns.otherUser
    case .dcc: days = policy.turns.dcc
    case .dsp: days = policy.turns.dsp
    case .nobody: return nil
    }
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

extension Ledger {
  /// The terms that the log sets.
  public func terms() throws -> Terms {
    try readViews { db in
      let policies = try Row.fetchAll(db, sql: "SELECT * FROM policy ORDER BY position").map {
        row in
        Policy(
          version: row["policy"], from: Instant(stored: row["in_force_from"]) ?? now(),
          cutOffHour: row["cut_off_hour"],
          turns: Policy.Turns(
            requester: row["requester"], counterparty: row["counterparty"],
            otherUser: row["other_user"], dcc: row["dcc"], dsp: row["dsp"]))
      }
      let calendars = try Row.fetchAll(db, sql: "SELECT * FROM calendar ORDER BY position").map {
        row in
        CalendarSet(
          calendar: row["calendar"], from: Instant(stored: row["in_force_from"]) ?? now())
      }
      return Terms(policies: policies, calendars: CalendarHistory(of: calendars))
    }
  }

  /// Corrections, folded from the log as of now, of those that the views name.
  ///
  /// The views are caught up first. In the order of their numbers, complete at the position that is
  /// returned with them.
  public func corrections(_ filter: CorrectionFilter) throws -> (
    corrections: [Correction], position: Int
  ) {
    let (numbers, position) = try readViews { db -> ([Int], Int) in
      var conditions: [String] = []
      var arguments: [any DatabaseValueConvertible] = []
      func narrow(_ sql: String, _ argument: any DatabaseValueConvertible) {
        conditions.append(sql)
        arguments.append(argument)
      }
      if let holder = filter.holder { narrow("holder = ?", holder.rawValue) }
      if let state = filter.state {
        narrow("state = ?", state.rawValue)
      } else if !filter.includesEnded {
        conditions.append("state NOT IN ('confirmed', 'rejected', 'withdrawn')")
      }
      if let device = filter.device { narrow("device = ?", device.description) }
      if let party = filter.party {
        narrow("correction IN (SELECT correction FROM correction_party WHERE party = ?)", party)
      }
      let whereClause = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
      let numbers = try Int.fetchAll(
        db, sql: "SELECT correction FROM correction \(whereClause) ORDER BY correction",
        arguments: StatementArguments(arguments))
      return (numbers, try Int.fetchOne(db, sql: "SELECT position FROM view_state") ?? 0)
    }
    let corrections = try numbers.compactMap {
      try correction(CorrectionID(number: $0), upTo: position)
    }
    return (corrections, position)
  }
}
