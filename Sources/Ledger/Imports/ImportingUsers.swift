public import Corrections
internal import EventLog
internal import Wire

extension Ledger {
  /// Records the users of a file that are new or different; the whole file is checked first.
  ///
  /// Durable on return, in slices of 500 rows; after an interruption the same file goes on where it
  /// was, since what is held already is passed over.
  ///
  /// - Throws: ``CSVProblems``, ``FileProblem`` or ``WireError`` when the file is refused; nothing
  ///   is recorded then. ``LogError`` when the log can't be read or written.
  public func importUsers(
    _ path: String, by actor: Corrections.Actor, at time: Instant, options: ImportOptions
  ) throws -> Imported {
    let whole = try CSVFile<UserRow>.read(path, options.csv) { row, line in
      try CodeGuard.check(
        [("user_id", row.staffCode), ("party", row.party)]
          + row.marketParticipantIDs.map { ("market_participant_ids", $0) },
        file: path, line: line)
      if Corrections.Actor.reservedParties.contains(row.party.lowercased()) {
        throw WireError(
          .value, file: path, line: line, place: "party", expected: "the code of a party",
          found: "\(row.party), which stands for the program or for nobody known",
          next: "Nothing of this file was recorded")
      }
    }
    var counts = Counts()
    try CSVFile<UserRow>.readSlices(of: path, options.csv, same: whole, rows: 500) { rows in
      try record(rows, &counts, by: actor, at: time, options)
      options.progress(counts.done, whole.rows)
    }
    return counts.imported(whole)
  }

  private func record(
    _ rows: [UserRow], _ counts: inout Counts, by actor: Corrections.Actor, at time: Instant,
    _ options: ImportOptions
  ) throws {
    var events: [Event] = []
    // A user may stand in a file twice; what the file said of it before counts as held.
    var listed: [String: User] = [:]
    let subjects = SubjectPool(log)
    for row in rows {
      let user = User(
        id: row.id, party: row.party, marketParticipantIDs: row.marketParticipantIDs,
        roles: row.roles, status: row.status,
        name: try subjects.token("person", row.name))
      let held = try listed[user.id.uppercased()] ?? self.user(user.id)
      switch held {
      case user?: counts.unchanged += 1
      case nil: counts.added += 1
      case _?: counts.changed += 1
      }
      guard held != user else { continue }
      listed[user.id.uppercased()] = user
      events.append(.userRegistered(user))
    }
    counts.done += rows.count
    guard !events.isEmpty, !options.isDryRun else { return }
    counts.position = try append(events, subjects.all, by: actor, at: time)
  }
}

/// What an import has counted so far.
struct Counts {
  var added = 0
  var changed = 0
  var unchanged = 0
  /// Of the changed ones, those that a full file leaves out.
  var ended = 0
  var done = 0
  var position: Int?

  mutating func add(_ part: Counts) {
    added += part.added
    changed += part.changed
    unchanged += part.unchanged
    ended += part.ended
    done += part.done
    position = part.position ?? position
  }

  func imported(_ summary: CSVSummary) -> Imported {
    Imported(
      rows: summary.rows, added: added, changed: changed, unchanged: unchanged,
      position: position, warnings: summary.warnings,
      warningCount: summary.warningCounts.values.reduce(0, +))
  }
}

extension Ledger {
  /// Appends events that nothing stands in the way of; returns the position of the last.
  func append(
    _ events: [Event], _ subjects: [Subject], by actor: Corrections.Actor, at time: Instant
  ) throws -> Int {
    let appended = try append(
      AppendRequest(subjects: subjects) { _ in
        events.map { Ledger.draft($0, by: actor, at: time, cause: nil) }
      })
    return appended.positions.upperBound
  }
}

extension UserRow {
  /// The id, where it is a member of staff's code.
  var staffCode: String? { EUI64(id) == nil ? id : nil }
}
