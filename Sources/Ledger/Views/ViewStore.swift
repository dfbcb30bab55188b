internal import Corrections
internal import EventLog
internal import Foundation
internal import GRDB

/// One generation of views: applies the log to it, batch by batch.
///
/// Rows and the position they have read are committed together, and the position moves past events
/// that show nowhere. An event of an unknown type or version stops it; nothing is ever skipped.
final class ViewStore {
  let queue: DatabaseQueue
  /// Views that a ledger itself holds must not hold it.
  private unowned let ledger: Ledger
  private let isNew: Bool
  /// Until when what is applied was effective; nil for all.
  private let moment: Instant?
  private let fold: ViewFold
  /// Whether every thing that the rows know is also in memory, so that a miss is news.
  private var holdsAll: Bool

  /// States of the newest generation kept in memory, at most; the one before it is kept too.
  private static let kept = 10_000

  /// How many things a new generation lets change before it writes their rows.
  private static let unwritten = 15_000

  /// How many batches are decoded, or being so, while one is applied: writing rows takes longer now
  /// and then, and decoding goes on meanwhile.
  private static let ahead = 4

  /// Whether views are made anew sooner than these are caught up, as after a first import.
  ///
  /// What is kept for readers is committed batch by batch, which takes three times as long for an event.
  static func isMadeSoonerAnew(from position: Int, to head: Int) -> Bool {
    head - position > 50_000 && 3 * (head - position) > head
  }

  /// What becomes of the file.
  enum Keeping {
    /// It is filled from nothing, and thrown away when that is not finished.
    case new
    /// It stays, and readers look at it meanwhile.
    case kept
    /// Only this store looks at it, and nobody after it.
    case passing
  }

  /// With a moment only what was effective by it is applied.
  init(
    _ ledger: Ledger, at path: String, _ keeping: Keeping, effectiveAt moment: Instant? = nil
  ) throws {
    self.ledger = ledger
    self.moment = moment
    isNew = keeping == .new
    let isNew = isNew
    holdsAll = isNew
    fold = ViewFold(readsAll: isNew, effectiveAt: moment)
    var configuration = Configuration()
    configuration.label = "views"
    // Whoever closes the file last while another opens it holds it for a moment.
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA secure_delete = ON")
      switch keeping {
      case .new:
        // A generation that is not finished is thrown away, so nothing here needs to survive.
        try db.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -131072")
      case .kept:
        try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
        try db.execute(sql: "PRAGMA cache_size = -65536")
      case .passing:
        try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY")
        try db.execute(sql: "PRAGMA synchronous = OFF")
      }
    }
    queue = try DatabaseQueue(path: path, configuration: configuration)
    if isNew {
      try queue.write { db in
        try db.execute(sql: ViewSchema.sql)
        try db.execute(sql: ViewSchema.reports)
        try db.execute(
          sql: "INSERT INTO view_state VALUES (1, ?, ?, 0, '')",
          arguments: [ViewSchema.version, ledger.opened.ledgerID])
      }
    }
  }

  /// Whether the file holds views of this ledger in this program's form.
  func isUsable() throws -> Bool {
    try queue.read { db in
      let row = try Row.fetchOne(db, sql: "SELECT schema, ledger FROM view_state")
      return row?["schema"] == ViewSchema.version && row?["ledger"] == ledger.opened.ledgerID
    }
  }

  /// The position that the rows have read.
  func position() throws -> Int {
    try queue.read { try Int.fetchOne($0, sql: "SELECT position FROM view_state") ?? 0 }
  }

  /// Applies the log up to a position.
  ///
  /// A new generation is filled in one transaction, since what is not finished is thrown away, and
  /// the rows of a thing are written when many things have changed, not with every batch that
  /// changes it; kept views write and commit each batch.
  func advance(to head: Int, batch: Int = 4_000, progress: (Int) -> Void = { _ in }) throws {
    guard isNew else {
      return try forEachBatch(to: head, batch) { events, read in
        try queue.write { db in
          try apply(events, db)
          try writeRows(upTo: read, db)
        }
        progress(read)
      }
    }
    let start = try position()
    guard start < head else { return }
    try queue.write { db in
      try forEachBatch(from: start, to: head, batch) { events, read in
        try apply(events, db)
        let changed =
          fold.changedDevices.count + fold.changedCorrections.count
          + fold.changedDiscrepancies.count
        if read == head || changed >= ViewStore.unwritten { try writeRows(upTo: read, db) }
        progress(read)
      }
    }
  }

  /// Hands on the events that show somewhere, batch by batch, while others decode the next ones.
  private func forEachBatch(
    from start: Int? = nil, to head: Int, _ batch: Int, _ body: ([[Recorded]], Int) throws -> Void
  ) throws {
    var position = try start ?? self.position()
    let thread = DispatchQueue(label: "views.decode")
    var decoding: [Decoding] = []
    var decodedTo = position
    while position < head {
      while decoding.count < ViewStore.ahead, decodedTo < head {
        decoding.append(decode(after: decodedTo, head, batch, on: thread))
        decodedTo += batch
      }
      let events = try decoding.removeFirst().wait()
      position = min(position + batch, head)
      try body(events, position)
    }
  }

  private func apply(_ events: [[Recorded]], _ db: Database) throws {
    let knownDevice = try RowStatement(db, "SELECT 1 FROM device WHERE device = ?")
    let knownCorrection = try RowStatement(db, "SELECT 1 FROM correction WHERE correction = ?")
    let knownDiscrepancy = try RowStatement(
      db, "SELECT 1 FROM discrepancy WHERE discrepancy = ?")
    let answers = try RowStatement(db, "SELECT 1 FROM last_answer WHERE device = ?")
    let accepted = try RowStatement(
      db, "SELECT 1 FROM last_answer WHERE device = ? AND is_accepted = 1")
    let (ledger, moment) = (ledger, moment)
    let source = ViewFold.Source(
      deviceBefore: { [self] id, position in
        // The rows say whether it was known at all.
        guard !holdsAll, try knownDevice.finds(.text(id.description)) else { return nil }
        return try ledger.device(id, upTo: position - 1, effectiveAt: moment)
      }, deviceAt: { try ledger.device($0, upTo: $1, effectiveAt: moment) },
      correctionBefore: { [self] id, position in
        guard !holdsAll, try knownCorrection.finds(.of(id.number)) else { return nil }
        return try ledger.correction(id, upTo: position - 1, effectiveAt: moment)
      }, correctionAt: { try ledger.correction($0, upTo: $1, effectiveAt: moment) },
      discrepancyBefore: { [self] id, position in
        guard !holdsAll, try knownDiscrepancy.finds(.of(id.number)) else { return nil }
        return try ledger.discrepancy(id, upTo: position - 1, effectiveAt: moment)
      }, discrepancyAt: { try ledger.discrepancy($0, upTo: $1, effectiveAt: moment) },
      lastAnswer: { [self] id in
        guard !holdsAll, try answers.finds(.text(id.description)) else { return nil }
        return try accepted.finds(.text(id.description))
      }, answers: { try ledger.updateAnswers(about: $0, upTo: $1, effectiveAt: moment) },
      outcomes: { try ledger.outcomes(of: $0, upTo: $1, effectiveAt: moment) },
      event: { try ledger.log.event(at: $0)?.recorded() })
    for recorded in events.joined() { try fold.apply(recorded, from: source) }
  }

  /// Writes what has changed and how far was read; only then may states be forgotten.
  private func writeRows(upTo read: Int, _ db: Database) throws {
    let calendars = try ledger.terms(upTo: read).calendars
    let rows = try ViewRows(db, calendars)
    try rows.write(fold)
    let counted = try String.fetchOne(db, sql: "SELECT calendars FROM view_state")
    if let counted, counted != calendars.stored, !counted.isEmpty {
      // Days of the past count otherwise now.
      try ResolutionTimes(db).countAnew(calendars, rows)
    }
    try db.execute(
      sql: "UPDATE view_state SET position = ?, calendars = ?",
      arguments: [read, calendars.stored])
    if fold.age(keeping: ViewStore.kept) { holdsAll = false }
  }

  /// Makes a finished generation safe against a power cut, and fit for readers beside a writer.
  func finish() throws {
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA locking_mode = NORMAL; PRAGMA synchronous = FULL")
      try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }

  func close() throws { try queue.close() }

  private func decode(after position: Int, _ head: Int, _ batch: Int, on queue: DispatchQueue)
    -> Decoding
  {
    let decoding = Decoding()
    let log = ledger.log
    let last = min(position + batch, head)
    queue.async {
      decoding.finish(Result { try EventDecoder.relevant(position + 1...last, of: log) })
    }
    return decoding
  }
}

/// One batch that another thread reads and decodes.
private final class Decoding: @unchecked Sendable {
  // Unchecked because the semaphore orders the one write before the one read.
  private let done = DispatchSemaphore(value: 0)
  private var result: Result<[[Recorded]], any Error>?

  func finish(_ result: Result<[[Recorded]], any Error>) {
    self.result = result
    done.signal()
  }

  func wait() throws -> [[Recorded]] {
    done.wait()
    guard let result else { preconditionFailure("a decoding is finished once") }
    return try result.get()
  }
}
