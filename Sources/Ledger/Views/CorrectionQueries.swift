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
  /// Only those with this route.
  public var route: Route?
  /// Only those that were opened under this label.
  public var batch: String?
  /// Ended ones too.
  public var includesEnded = false

  /// Makes a filter that lets everything through that has not ended.
  public init() {}
}

extension CorrectionFilter {
  /// Whether it lets a correction through as it stands at a moment.
  ///
  /// The same that the views are asked: `corrections(_:knownAt:effectiveAt:at:)` is held to it.
  public func takes(_ correction: Correction, at moment: Instant) -> Bool {
    if let state {
      guard correction.state == state else { return false }
    } else if correction.hasEnded, !includesEnded {
      return false
    }
    return (holder.map { $0 == correction.holder(at: moment).holder } ?? true)
      && (device.map { $0 == correction.knownDevice } ?? true)
      && (party.map(correction.parties.contains) ?? true)
      && (route.map { $0 == correction.advice?.route } ?? true)
      && (batch.map { $0 == correction.batch } ?? true)
  }
}

extension Ledger {
  /// Corrections, folded from the log as of now or of a moment, of those that the views name.
  ///
  /// The views are caught up first. In the order of their numbers, complete at the position that is
  /// returned with them. As it was known at a position the log is folded up to there; of what was
  /// effective by a moment each correction is folded that was opened by then and had not ended. Whose turn
  /// it is follows at `moment`, which is now unless it is given.
  ///
  /// - Throws: ``NotKnownYet`` for a position that isn't there, or ``LogError``.
  public func corrections(
    _ filter: CorrectionFilter, knownAt known: Int? = nil, effectiveAt effective: Instant? = nil,
    at moment: Instant? = nil
  ) throws -> (corrections: [Correction], position: Int) {
    let moment = moment ?? now()
    let (numbers, position) = try readViews(knownAt: known) { db -> ([Int], Int) in
      let numbers =
        try effective.map { try self.numbers(filter, effectiveAt: $0, db) }
        ?? self.numbers(filter, at: moment, db)
      return (numbers, try Int.fetchOne(db, sql: "SELECT position FROM view_state") ?? 0)
    }
    var corrections: [Correction] = []
    for number in numbers {
      guard
        let correction = try correction(
          CorrectionID(number: number), upTo: position, effectiveAt: effective),
        effective == nil || filter.takes(correction, at: moment)
      else { continue }
      corrections.append(correction)
    }
    return (corrections, position)
  }

  private func numbers(
    _ filter: CorrectionFilter, at moment: Instant, _ db: Database
  ) throws -> [Int] {
    var conditions: [String] = []
    var arguments: [any DatabaseValueConvertible] = []
    func narrow(_ sql: String, _ argument: any DatabaseValueConvertible) {
      conditions.append(sql)
      arguments.append(argument)
    }
    if let holder = filter.holder {
      // What waited for a day that has come is the requester's turn.
      narrow("iif(holder = 'nobody' AND waits_until <= ?, 'requester', holder)", moment.stored)
      conditions[conditions.count - 1] += " = ?"
      arguments.append(holder.rawValue)
    }
    if let state = filter.state {
      narrow("state = ?", state.rawValue)
    } else if !filter.includesEnded {
      conditions.append("has_ended = 0")
    }
    if let device = filter.device { narrow("device = ?", device.description) }
    if let route = filter.route { narrow("route = ?", route.rawValue) }
    if let batch = filter.batch { narrow("batch = ?", batch) }
    if let party = filter.party {
      narrow("correction IN (SELECT correction FROM correction_party WHERE party = ?)", party)
    }
    let whereClause = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
    return try Int.fetchAll(
      db, sql: "SELECT correction FROM correction \(whereClause) ORDER BY correction",
      arguments: StatementArguments(arguments))
  }

  /// What may be let through of what was effective by a moment: the rows say what was effective later,
  /// too, so each is to be folded.
  ///
  /// What had ended by then is over in the rows, too: time never runs backwards in a thread.
  private func numbers(
    _ filter: CorrectionFilter, effectiveAt moment: Instant, _ db: Database
  ) throws -> [Int] {
    let wantsEnded = filter.includesEnded || filter.state != nil
    return try Int.fetchAll(
      db,
      sql: """
        SELECT correction FROM correction
          WHERE opened_at <= :moment AND (:device IS NULL OR device = :device)
            AND (:batch IS NULL OR batch = :batch)
            AND (:ended OR has_ended = 0 OR holder_since > :moment
              OR confirmed_at > :moment OR closed_at > :moment)
          ORDER BY correction
        """,
      arguments: [
        "moment": moment.stored, "device": filter.device?.description, "batch": filter.batch,
        "ended": wantsEnded,
      ])
  }
}
