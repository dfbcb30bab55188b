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

extension Ledger {
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
      if let holder = filter.holder {
        // What waited for a day that has come is the requester's turn.
        narrow("iif(holder = 'nobody' AND waits_until <= ?, 'requester', holder)", now().stored)
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
