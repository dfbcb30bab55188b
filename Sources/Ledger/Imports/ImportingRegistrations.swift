public import Corrections
internal import EventLog
internal import Foundation
internal import GRDB
internal import Wire

extension Ledger {
  /// Takes over registrations: rows that are new or end otherwise than held.
  ///
  /// The whole file is checked first. Rows are stored in slices, and none counts for any reader
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
    let whole = try CSVFile<RegistrationRow>.read(path, options.csv) { row, line in
      options.checked(line)
      try CodeGuard.check([("supplier", row.supplier)], file: path, line: line)
    }
    let position = try head()
    let source = RegistrationSource(
      ledger: self, path: path, mode: mode, position: position, time: time, rows: whole.rows,
      options: options, whole: whole)
    if options.isDryRun {
      let counts = try source.read(naming: SubjectPool(log)) { _ in }
      return counts.imported(whole)
    }
    do {
      return try store(source, in: log.newestUnfinishedSet()?.set, whole, by: actor, at: time)
    } catch is RegistrationSlices.OtherRows {
      // What an earlier import left behind belongs to another file; it stays, and counts for
      // nobody.
      return try store(source, in: nil, whole, by: actor, at: time)
    }
  }

  private func store(
    _ source: RegistrationSource, in unfinished: Int?, _ whole: CSVSummary,
    by actor: Corrections.Actor, at time: Instant
  ) throws -> Imported {
    let slices = try RegistrationSlices(self, continuing: unfinished)
    var counts = try source.read(naming: slices.subjects, slices.add)
    try slices.flush()
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

  func read(naming subjects: SubjectPool, _ change: (Registration) throws -> Void) throws
    -> Counts
  {
    var counts = Counts()
    let listed = mode == .full ? try ListedRegistrations() : nil
    _ = try CSVFile<RegistrationRow>.read(path, options.csv, same: whole) { row, _ in
      let subject = try subjects.subject(Ledger.mpxnKind, row.mpxn.digits)
      guard let token = Token(subject.token) else { return }
      let wanted = Registration(
        mpxn: token, kind: row.kind, supplier: row.supplier, from: row.effectiveFrom,
        to: row.effectiveTo, imported: 0)
      try listed?.add(wanted)
      let held =
        subject.isStored
        ? try ledger.registrations(of: token, upTo: position).first { $0.hasIdentity(of: wanted) }
        : nil
      switch held {
      case nil: counts.added += 1
      case let held? where held.to == wanted.to: counts.unchanged += 1
      case _?: counts.changed += 1
      }
      counts.done += 1
      if counts.done % 10_000 == 0 {
        options.progress(counts.done, rows)
        if options.isDryRun { subjects.reset() }
      }
      if held == nil || held?.to != wanted.to { try change(wanted) }
    }
    try listed?.forEachUnlisted(in: ledger, upTo: position) { row in
      guard row.to.map({ $0 > time }) ?? true else { return }
      counts.changed += 1
      counts.ended += 1
      let ended = Registration(
        mpxn: row.mpxn, kind: row.kind, supplier: row.supplier, from: row.from,
        to: max(row.from, time), isUnlisted: true, imported: 0)
      try change(ended)
    }
    options.progress(counts.done, rows)
    return counts
  }
}

extension Registration {
  func hasIdentity(of other: Registration) -> Bool {
    mpxn == other.mpxn && kind == other.kind && supplier == other.supplier && from == other.from
  }

  /// What tells one registration from another, in bytes.
  var identity: String { "\(mpxn.text) \(kind.rawValue) \(supplier) \(from.stored)" }
}

/// Writes rows to a set in slices, or checks them against what an interrupted import has written.
final class RegistrationSlices {
  /// The set that was to be continued holds rows of something else.
  struct OtherRows: Error {}

  private let ledger: Ledger
  private let set: Int
  private let written: Int
  private var seen = 0
  private var page: [ReferenceRow] = []
  private var pageStart = 1
  private var rows: [(key: [UInt8], content: [UInt8])] = []
  let subjects: SubjectPool

  init(_ ledger: Ledger, continuing unfinished: Int?) throws {
    self.ledger = ledger
    subjects = SubjectPool(ledger.log)
    set = try unfinished ?? ledger.log.beginSet()
    written = try unfinished.map { try ledger.log.referenceSet($0).rows } ?? 0
  }

  func add(_ row: Registration) throws {
    let content = try RegistrationRowForm.bytes(row)
    if seen < written {
      seen += 1
      guard try stored(seen) == content else { throw OtherRows() }
      return
    }
    seen += 1
    rows.append((row.mpxn.bytes, content))
    if rows.count == 500 { try flush() }
  }

  /// The content of a row that an interrupted import has written.
  private func stored(_ row: Int) throws -> [UInt8]? {
    if row >= pageStart + page.count {
      pageStart = row
      page = try ledger.log.rows(ofSet: set, after: row - 1, limit: 1000)
    }
    return row - pageStart < page.count ? page[row - pageStart].content : nil
  }

  func flush() throws {
    guard !rows.isEmpty else { return }
    try ledger.log.appendRows(
      toSet: set, startingAt: seen - rows.count + 1, rows, subjects: subjects.all)
    rows = []
    subjects.reset()
  }

  func finished() throws -> ReferenceSet {
    guard seen >= written else { throw OtherRows() }
    return try ledger.log.referenceSet(set)
  }
}

/// The registrations that a full file lists, kept on disk.
final class ListedRegistrations {
  private let queue: DatabaseQueue

  init() throws {
    queue = try DatabaseQueue(path: "")
    try queue.write { db in
      try db.execute(
        sql: """
          CREATE TABLE listed (identity TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
          CREATE TABLE held (identity TEXT PRIMARY KEY, content BLOB NOT NULL)
            STRICT, WITHOUT ROWID;
          """)
    }
  }

  func add(_ row: Registration) throws {
    try queue.inDatabase { db in
      try db.cachedStatement(sql: "INSERT OR IGNORE INTO listed VALUES (?)")
        .execute(arguments: [row.identity])
    }
  }

  /// Hands on every registration that is held and is not listed, in a fixed order.
  func forEachUnlisted(
    in ledger: Ledger, upTo position: Int, _ body: (Registration) throws -> Void
  ) throws {
    for set in try ledger.log.finishedSets(upTo: position) {
      try ledger.log.forEachRow(ofSet: set.set) { stored in
        let row = try RegistrationRowForm.read(stored.content, imported: set.position)
        try queue.inDatabase { db in
          try db.cachedStatement(sql: "INSERT OR REPLACE INTO held VALUES (?, ?)")
            .execute(arguments: [row.identity, Data(stored.content)])
        }
      }
    }
    let unlisted = try queue.read { db in
      try Data.fetchAll(
        db,
        sql: """
          SELECT content FROM held WHERE NOT EXISTS
            (SELECT 1 FROM listed WHERE listed.identity = held.identity) ORDER BY identity
          """)
    }
    for content in unlisted {
      let row = try RegistrationRowForm.read(Array(content), imported: 0)
      // What was erased can't be listed: its meter point, should it be, has another token now.
      if try ledger.log.subject(row.mpxn.text) != nil { try body(row) }
    }
  }
}
