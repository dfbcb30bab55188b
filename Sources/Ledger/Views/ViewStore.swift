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
  /// What a new generation has met, so that its rows need not be asked while they are written; of others
  /// the rows say what they know.
  private lazy var met = Met()

  /// States of the newest generation kept in memory, at most; the one before it is kept too.
  private let kept: Int

  /// How many things a new generation lets change before it writes their rows.
  private let unwritten: Int

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
    _ ledger: Ledger, at path: String, _ keeping: Keeping, effectiveAt moment: Instant? = nil,
    kept: Int = 10_000, unwritten: Int = 15_000
  ) throws {
    self.kept = kept
    self.unwritten = unwritten
    self.ledger = ledger
    self.moment = moment
    isNew = keeping == .new
    let isNew = isNew
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
        try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -81920")
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
  /// Of a new generation the rows of a thing are written when many things have changed, not with every
  /// batch that changes it, by another thread while events go on being applied: what is not finished is
  /// thrown away. Kept views write and commit each batch.
  func advance(to head: Int, batch: Int = 4_000, progress: (Int) -> Void = { _ in }) throws {
    guard isNew else {
      return try forEachBatch(to: head, batch) { events, read in
        try queue.write { db in
          try apply(events, knownToRows(db))
          let calendars = try ledger.terms(upTo: read).calendars
          try ViewStore.write(fold.takeChanges(), upTo: read, calendars, db)
          fold.age(keeping: kept)
        }
        progress(read)
      }
    }
    let start = try position()
    guard start < head else { return }
    let writing = RowWriting(queue)
    defer { writing.giveUp() }
    let known = knownSoFar(writing)
    try forEachBatch(from: start, to: head, batch) { events, read in
      try apply(events, known)
      if read == head || fold.changeCount >= unwritten {
        let (changes, calendars) = (fold.takeChanges(), try ledger.terms(upTo: read).calendars)
        try writing.begin { db in try ViewStore.write(changes, upTo: read, calendars, db) }
        fold.age(keeping: kept)
      }
      progress(read)
    }
    try writing.finish()
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

  /// What a new generation has met so far.
  private final class Met {
    var devices = MetDevices()
    /// Far fewer than all.
    var answered = MetDevices(words: 1 << 17)
    var correction = 0
    var discrepancy = 0
  }

  /// What may be known of a thing whose state is not in memory; then the log is asked.
  private struct Known {
    let device: (EUI64) throws -> Bool
    let correction: (CorrectionID) throws -> Bool
    let discrepancy: (DiscrepancyID) throws -> Bool
    /// Whether the last 8.4 about a device was accepted; nil where none was.
    let lastAnswer: (EUI64) throws -> Bool?
  }

  private func knownToRows(_ db: Database) throws -> Known {
    let device = try RowStatement(db, "SELECT 1 FROM device WHERE device = ?")
    let correction = try RowStatement(db, "SELECT 1 FROM correction WHERE correction = ?")
    let discrepancy = try RowStatement(db, "SELECT 1 FROM discrepancy WHERE discrepancy = ?")
    return Known(
      device: { try device.finds(.text($0.description)) },
      correction: { try correction.finds(.of($0.number)) },
      discrepancy: { try discrepancy.finds(.of($0.number)) },
      lastAnswer: { try ViewStore.lastAnswer($0, db) })
  }

  /// Numbers are given out in their order, so one above all that were met is news.
  private func knownSoFar(_ writing: RowWriting) -> Known {
    Known(
      device: { [self] in met.devices.meet($0) },
      correction: { [self] id in
        defer { met.correction = max(met.correction, id.number) }
        return id.number <= met.correction
      },
      discrepancy: { [self] id in
        defer { met.discrepancy = max(met.discrepancy, id.number) }
        return id.number <= met.discrepancy
      },
      lastAnswer: { [self] id in
        guard met.answered.meet(id) else { return nil }
        return try writing.read { try ViewStore.lastAnswer(id, $0) }
      })
  }

  private static func lastAnswer(_ device: EUI64, _ db: Database) throws -> Bool? {
    let answers = try RowStatement(db, "SELECT 1 FROM last_answer WHERE device = ?")
    guard try answers.finds(.text(device.description)) else { return nil }
    let accepted = try RowStatement(
      db, "SELECT 1 FROM last_answer WHERE device = ? AND is_accepted = 1")
    return try accepted.finds(.text(device.description))
  }

  private func apply(_ events: [[Recorded]], _ known: Known) throws {
    let (ledger, moment) = (ledger, moment)
    let source = ViewFold.Source(
      deviceBefore: { id, position in
        guard try known.device(id) else { return nil }
        return try ledger.device(id, upTo: position - 1, effectiveAt: moment)
      }, deviceAt: { try ledger.device($0, upTo: $1, effectiveAt: moment) },
      correctionBefore: { id, position in
        guard try known.correction(id) else { return nil }
        return try ledger.correction(id, upTo: position - 1, effectiveAt: moment)
      }, correctionAt: { try ledger.correction($0, upTo: $1, effectiveAt: moment) },
      discrepancyBefore: { id, position in
        guard try known.discrepancy(id) else { return nil }
        return try ledger.discrepancy(id, upTo: position - 1, effectiveAt: moment)
      }, discrepancyAt: { try ledger.discrepancy($0, upTo: $1, effectiveAt: moment) },
      lastAnswer: known.lastAnswer,
      answers: { try ledger.updateAnswers(about: $0, upTo: $1, effectiveAt: moment) },
      outcomes: { try ledger.outcomes(of: $0, upTo: $1, effectiveAt: moment) },
      event: { try ledger.log.event(at: $0)?.recorded() })
    for recorded in events.joined() { try fold.apply(recorded, from: source) }
  }

  /// Writes what has changed and how far was read.
  private static func write(
    _ changes: ViewChanges, upTo read: Int, _ calendars: CalendarHistory, _ db: Database
  ) throws {
    let rows = try ViewRows(db, calendars)
    try rows.write(changes)
    let counted = try String.fetchOne(db, sql: "SELECT calendars FROM view_state")
    if let counted, counted != calendars.stored, !counted.isEmpty {
      // Days of the past count otherwise now.
      try ResolutionTimes(db).countAnew(calendars, rows)
    }
    try db.execute(
      sql: "UPDATE view_state SET position = ?, calendars = ?",
      arguments: [read, calendars.stored])
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
