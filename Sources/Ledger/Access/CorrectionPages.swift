public import Corrections
internal import EventLog
internal import Foundation
internal import GRDB

/// What one page of a list is taken from.
public struct PageQuery: Sendable {
  /// What is let through.
  public var filter: CorrectionFilter
  /// As of which position; each page of one list is of the same.
  public var position: Int?
  /// The last number of the page before.
  public var after: Int
  /// How many are wanted, at most.
  public var limit: Int
  /// How many candidates are looked at before the views are asked again.
  var candidatesAtOnce = 500

  /// Asks for the first page of what a filter lets through.
  public init(_ filter: CorrectionFilter, limit: Int) {
    self.filter = filter
    self.limit = limit
    after = 0
  }
}

/// One page of a list, in the order of the numbers.
public struct CorrectionPage: Sendable {
  /// What is on it.
  public let corrections: [Correction]
  /// As of which position.
  public let position: Int
  /// Whether more follows.
  public let hasMore: Bool
}

extension Ledger {
  /// A page of the corrections that a filter and a reader's sight let through, as they stood at one
  /// position.
  ///
  /// Candidates are those that the views name now, and those that changed since the position or are no
  /// corrections any more; each is folded from the log up to the position and asked again. So nothing is
  /// missed or shown twice while others write, and what the reader may not see leaves no trace, not even a
  /// shorter page. `mine` is a party to whose corrections the reader is bound: then only those that name it,
  /// and running ones, are looked at.
  public func corrections(
    _ query: PageQuery, at moment: Instant, boundTo mine: String? = nil,
    where isSeen: (Correction) throws -> Bool
  ) throws -> CorrectionPage {
    var found: [Correction] = []
    var after = query.after
    var position = query.position ?? 0
    while true {
      let (candidates, read) = try readViews { db in
        (
          try self.candidates(query, after: after, since: position == 0 ? nil : position, mine, db),
          try Int.fetchOne(db, sql: "SELECT position FROM view_state") ?? 0
        )
      }
      // The first page says as of which position all are.
      if position == 0 { position = read }
      let hasMore = try log.atOneMoment {
        for candidate in candidates {
          after = candidate.number
          guard let correction = try correction(candidate, upTo: position),
            query.filter.takes(correction, at: moment), try isSeen(correction)
          else { continue }
          guard found.count < query.limit else { return true }
          found.append(correction)
        }
        return false
      }
      if hasMore { return CorrectionPage(corrections: found, position: position, hasMore: true) }
      guard candidates.count == query.candidatesAtOnce else {
        return CorrectionPage(corrections: found, position: position, hasMore: false)
      }
    }
  }

  /// A correction that may be on a page.
  private struct Candidate {
    let number: Int
    /// The position of what changed it last, as the views have read.
    let changed: Int
  }

  /// How many corrections are kept as they were folded, at most: some 9 KB each.
  private static let mostKept = 30_000

  /// A candidate as it stood at a position: kept from the last time that it was folded, where nothing has
  /// changed it since.
  private func correction(_ candidate: Candidate, upTo position: Int) throws -> Correction? {
    let isUnchanged = candidate.changed <= position
    if isUnchanged, let kept = keptCorrections.withLock({ $0[candidate.number] }),
      kept.position == candidate.changed
    {
      return kept
    }
    let folded = try correction(CorrectionID(number: candidate.number), upTo: position)
    if isUnchanged, let folded {
      keptCorrections.withLock { kept in
        if kept.count >= Ledger.mostKept { kept = [:] }
        kept[candidate.number] = folded
      }
    }
    return folded
  }

  private func candidates(
    _ query: PageQuery, after: Int, since position: Int?, _ mine: String?, _ db: Database
  ) throws -> [Candidate] {
    let filter = query.filter
    var conditions: [String] = []
    var arguments: [String: (any DatabaseValueConvertible)?] = [
      "after": after, "limit": query.candidatesAtOnce, "position": position,
    ]
    func narrow(_ sql: String, _ name: String, _ value: String?) {
      guard let value else { return }
      conditions.append(sql)
      arguments[name] = value
    }
    narrow("state = :state", "state", filter.state?.rawValue)
    if filter.state == nil, !filter.includesEnded { conditions.append("has_ended = 0") }
    // Whose turn it is follows from the time, too, so the rows do not narrow by it.
    narrow("device = :device", "device", filter.device?.description)
    narrow("route = :route", "route", filter.route?.rawValue)
    narrow("batch = :batch", "batch", filter.batch)
    narrow(
      "correction IN (SELECT correction FROM correction_party WHERE party = :party)", "party",
      filter.party)
    let asked = conditions.isEmpty ? "1" : conditions.joined(separator: " AND ")
    let bound =
      mine == nil
      ? "1"
      : """
      (correction IN (SELECT correction FROM correction_party WHERE party = :mine)
        OR (resolved_at IS NULL AND closed_at IS NULL))
      """
    if let mine { arguments["mine"] = mine }
    return try Row.fetchAll(
      db,
      sql: """
        SELECT correction, position FROM correction
          WHERE correction > :after AND ((\(asked)) AND \(bound) OR position > :position)
        UNION ALL
        SELECT correction, \(Int.max) FROM correction_gone
          WHERE correction > :after AND :position IS NOT NULL
          ORDER BY correction LIMIT :limit
        """,
      arguments: StatementArguments(arguments)
    ).map { Candidate(number: $0[0], changed: $0[1]) }
  }

  /// How the views stand, as they lie in the folder: nothing is caught up for it.
  ///
  /// - Returns: The position that they have read, and the open corrections by holder; nil when there are
  ///   none yet.
  public func viewState() throws -> (position: Int, openByHolder: [String: Int])? {
    let files = ViewFiles(folder: folder)
    guard let generation = files.current() else { return nil }
    let lock = try FolderLock(path: files.lockFile(generation))
    try lock.lock(shared: true, timeout: 1_000)
    defer { lock.unlock() }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(1)
    let queue = try DatabaseQueue(path: files.file(generation), configuration: configuration)
    defer { try? queue.close() }
    return try queue.read { db in
      let position = try Int.fetchOne(db, sql: "SELECT position FROM view_state") ?? 0
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT holder, count(*) AS n FROM correction
            WHERE resolved_at IS NULL AND closed_at IS NULL GROUP BY holder
          """)
      return (
        position,
        Dictionary(uniqueKeysWithValues: rows.map { ($0["holder"] as String, $0["n"] as Int) })
      )
    }
  }
}
