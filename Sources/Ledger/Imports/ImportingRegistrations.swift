public import Corrections
internal import EventLog
internal import Foundation
internal import Wire

extension Ledger {
  /// Takes over registrations: rows that are new or end otherwise than held.
  ///
  /// The whole file is checked first; two rows that are in force at the same time for one meter point
  /// are kept, and a warning names them. Rows are stored in slices, and none counts for any reader
  /// until the event at the end; after an interruption the same file goes on where it was. With
  /// `full`, what is held as in force and not listed ends at `time`, and says that it was not listed.
  ///
  /// - Throws: ``CSVProblems``, ``FileProblem`` or ``WireError`` when the file is refused; nothing
  ///   is recorded then. ``LogError`` when the log can't be read or written, or another import was
  ///   taken over meanwhile.
  public func importRegistrations(
    _ path: String, mode: RegistrationsImported.Mode, by actor: Corrections.Actor,
    at time: Instant, options: ImportOptions
  ) throws -> Imported {
    let overlapping = OverlappingRegistrations()
    var whole = try CSVFile<RegistrationRow>.read(path, options.csv) { row, line in
      try CodeGuard.check([("supplier", row.supplier)], file: path, line: line)
      try overlapping.add(row, line: line)
    }
    try overlapping.warn(&whole, kept: options.csv.kept)
    let position = try head()
    let source = RegistrationSource(
      ledger: self, path: path, mode: mode, position: position, time: time, rows: whole.rows,
      options: options, whole: whole)
    if options.isDryRun {
      let counts = try source.read { _, _ in }
      return counts.imported(whole)
    }
    defer { log.endImport() }
    var unfinished = try log.newestUnfinishedSet()
    var attempts = 1
    while true {
      do {
        return try store(source, in: unfinished, whole, by: actor, at: time)
      } catch is RegistrationSlices.OtherRows {
        // What an earlier import left behind belongs to another file; it stays, and counts for
        // nobody.
        unfinished = nil
      } catch LogError.subjectMinted where attempts < 10 {
        // Somebody else named one of the meter points first; the rows go on where they are.
        attempts += 1
        unfinished = try log.newestUnfinishedSet()
      }
    }
  }

  private func store(
    _ source: RegistrationSource, in unfinished: (set: Int, rows: Int)?, _ whole: CSVSummary,
    by actor: Corrections.Actor, at time: Instant
  ) throws -> Imported {
    let slices = try RegistrationSlices(self, continuing: unfinished)
    var counts = try source.read { try slices.add($0, naming: $1) }
    guard counts.added + counts.changed > 0 else { return counts.imported(whole) }
    let finished = try slices.finished()
    let event = RegistrationsImported(
      set: finished.set, base: try registrationImport(upTo: source.position), mode: source.mode,
      rows: whole.rows, added: counts.added, changed: counts.changed - counts.ended,
      ended: counts.ended,
      root: Data(finished.root.bytes).base64EncodedString())
    // The rows are a difference to what was held at the source's position, so nothing else may have
    // been taken over since.
    let appended = try append(
      AppendRequest(
        condition: AppendCondition(noEventTagged: [Tag.registrations], after: source.position),
        references: finished
      ) { _ in
        [Ledger.draft(.registrationsImported(event), by: actor, at: time, cause: nil)]
      })
    counts.position = appended.positions.upperBound
    reviewAllAfterwards()
    return counts.imported(whole)
  }
}

/// The rows that a file changes, in an order that is the same each time it is read.
struct RegistrationSource {
  let ledger: Ledger
  let path: String
  let mode: RegistrationsImported.Mode
  let position: Int
  let time: Instant
  let rows: Int
  let options: ImportOptions
  /// What the first pass read, which the rows are held to.
  var whole: CSVSummary?

  /// Hands on, slice by slice, the rows that the file changes, with the subjects that they name; a slice
  /// that changes nothing, too.
  ///
  /// What one slice names must be stored once the next one has been taken.
  func read(_ change: ([Registration], [Subject]) throws -> Void) throws -> Counts {
    var counts = Counts()
    let listed = mode == .full ? ListedRegistrations() : nil
    var subjects = SubjectPool(ledger.log)
    try CSVFile<RegistrationRow>.readSlices(
      of: path, options.csv, same: whole, rows: options.rowsOfSlice
    ) { slice in
      subjects = SubjectPool(ledger.log, after: subjects)
      let (rows, named) = try compare(slice, subjects, listed, &counts)
      try change(rows, named)
      counts.done += slice.count
      options.progress(counts.done, self.rows)
    }
    var ended: [Registration] = []
    try listed?.forEachUnlisted(in: ledger, upTo: position) { row in
      guard row.to.map({ $0 > time }) ?? true else { return }
      counts.changed += 1
      counts.ended += 1
      ended.append(
        Registration(
          mpxn: row.mpxn, kind: row.kind, supplier: row.supplier, from: row.from,
          to: max(row.from, time), isUnlisted: true, imported: 0))
      if ended.count == options.rowsOfSlice {
        try change(ended, [])
        ended.removeAll(keepingCapacity: true)
      }
    }
    if !ended.isEmpty { try change(ended, []) }
    return counts
  }

  /// The rows of a slice that are new or end otherwise than held.
  private func compare(
    _ slice: [RegistrationRow], _ subjects: SubjectPool, _ listed: ListedRegistrations?,
    _ counts: inout Counts
  ) throws -> (rows: [Registration], named: [Subject]) {
    let found = try subjects.find(slice.map { (Ledger.mpxnKind, $0.mpxn.digits) })
    var points: [(subject: Subject, token: Token)] = []
    points.reserveCapacity(slice.count)
    var tokens: Set<Token> = []
    for case let subject? in found {
      guard let token = Token(subject.token) else {
        preconditionFailure("a subject's token is one")
      }
      if subject.isStored { tokens.insert(token) }
      points.append((subject, token))
    }
    let held = try ledger.registrations(of: Array(tokens), upTo: position)
    var rows: [Registration] = []
    var named: [String: Subject] = [:]
    for (row, (subject, token)) in zip(slice, points) {
      let wanted = Registration(
        mpxn: token, kind: row.kind, supplier: row.supplier, from: row.effectiveFrom,
        to: row.effectiveTo, imported: 0)
      try listed?.add(wanted)
      switch held[token]?.first(where: { $0.hasIdentity(of: wanted) }) {
      case nil: counts.added += 1
      case let held? where held.to == wanted.to:
        counts.unchanged += 1
        continue
      case _?: counts.changed += 1
      }
      rows.append(wanted)
      named[subject.token] = subject
    }
    // Neighbours share pages.
    return (rows, named.values.sorted { $0.value < $1.value })
  }
}

extension Registration {
  func hasIdentity(of other: Registration) -> Bool {
    mpxn == other.mpxn && kind == other.kind && supplier == other.supplier && from == other.from
  }
}
