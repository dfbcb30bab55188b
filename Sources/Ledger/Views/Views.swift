internal import Corrections
internal import EventLog
internal import Foundation
internal import GRDB

extension Ledger {
  /// What a rebuild did.
  public struct Rebuilt: Sendable {
    /// The position that the views have read, and so the number of events.
    public let events: Int
    /// How long the making took, without comparing and publishing.
    public let seconds: Double
    /// The number of the views that are in place now.
    public let generation: Int
    /// Whether the views replaced were row for row the same; nil when there were none to compare.
    public let same: Bool?
  }

  /// Brings the views up to the head, making them first when there are none or they are of another
  /// form, or anew when most of the log came since; returns the position they have read.
  ///
  /// It waits so many milliseconds for another process that has the views, and throws
  /// `FolderLock.Failure` after that, or `LogError` when the log can't be read.
  @discardableResult
  public func catchUpViews(waiting milliseconds: Int = 60_000) throws -> Int {
    let files = ViewFiles(folder: folder)
    return try withViewsLock(files, waiting: milliseconds) {
      let head = try head()
      guard let generation = files.current() else {
        return try build(files, to: head, progress: { _ in }).position
      }
      guard var store = try usable(files.file(generation), upTo: head) else {
        return try build(files, to: head, progress: { _ in }).position
      }
      if try ViewStore.isMadeSoonerAnew(from: store.position(), to: head) {
        try store.close()
        do {
          return try build(files, to: head, progress: { _ in }).position
        } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
          // There is no room for both: these go on as they are.
          guard let same = try usable(files.file(generation), upTo: head) else { throw error }
          store = same
        }
      }
      try store.advance(to: head)
      let position = try store.position()
      try store.close()
      return position
    }
  }

  /// Makes the views anew from the log, compares them with the ones in place, and replaces those.
  ///
  /// Readers see the old views or the new, never none. Progress is told as events read and events
  /// in all.
  public func rebuildViews(progress: (Int, Int) -> Void = { _, _ in }) throws -> Rebuilt {
    let files = ViewFiles(folder: folder)
    return try withViewsLock(files) {
      let head = try head()
      let old = files.current()
      var same: Bool?
      if let old, let store = try usable(files.file(old), upTo: head) {
        try store.advance(to: head)
        try store.close()
        same = true
      }
      let built = try build(files, to: head, comparing: same == true ? old : nil) {
        progress($0, head)
      }
      return Rebuilt(
        events: built.position, seconds: built.seconds,
        generation: built.generation, same: built.same)
    }
  }

  /// The views in a file, if they are of this ledger and form; what is broken is made anew.
  func usable(
    _ path: String, upTo head: Int, keeping: ViewStore.Keeping = .kept
  ) throws -> ViewStore? {
    do {
      let store = try ViewStore(self, at: path, keeping)
      if try store.isUsable(), try store.position() <= head { return store }
      try store.close()
      return nil
    } catch let error as DatabaseError
      where [.SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_ERROR].contains(error.resultCode)
    {
      return nil
    }
  }

  func withViewsLock<Result>(
    _ files: ViewFiles, waiting milliseconds: Int = 60_000, _ body: () throws -> Result
  ) throws -> Result {
    let lock = try FolderLock(path: files.writerLock)
    try lock.lock(timeout: milliseconds)
    defer { lock.unlock() }
    return try body()
  }

  private func build(
    _ files: ViewFiles, to head: Int, comparing old: Int? = nil, progress: (Int) -> Void
  ) throws -> (position: Int, generation: Int, seconds: Double, same: Bool?) {
    // What was not finished before goes first.
    files.prune(keeping: files.current())
    let generation = (files.generations().last ?? 0) + 1
    let path = files.file(generation)
    files.remove(generation)
    var isPublished = false
    defer { if !isPublished { files.remove(generation) } }
    let started = Date()
    let store = try ViewStore(self, at: path, .new)
    try store.advance(to: head, progress: progress)
    let position = try store.position()
    let seconds = Date().timeIntervalSince(started)
    let same = try old.map { try ViewComparison.same(store.queue, files.file($0)) }
    try store.finish()
    try store.close()
    try files.publish(generation)
    isPublished = true
    files.prune(keeping: generation)
    return (position, generation, seconds, same)
  }

  /// Reads the views at their newest, after catching them up.
  ///
  /// Where the folder may only be read, or nothing in it is to be touched, a copy is caught up in a
  /// temporary folder.
  func readViews<Result>(_ body: (Database) throws -> Result) throws -> Result {
    let files = ViewFiles(folder: folder)
    guard keepsViews, FileManager.default.isWritableFile(atPath: folder) else {
      let queue = try passingViews.withLock { views in
        let held = try views ?? PassingViews(self)
        // What was applied by half would be applied again, so after an error they are made anew.
        views = nil
        try held.store.advance(to: try head())
        views = held
        return held.store.queue
      }
      return try queue.read(body)
    }
    try catchUpViews()
    for _ in 0..<5 {
      guard let generation = files.current() else { break }
      let lock = try FolderLock(path: files.lockFile(generation))
      try lock.lock(shared: true, timeout: 10_000)
      defer { lock.unlock() }
      guard files.current() == generation else { continue }
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(5)
      configuration.prepareDatabase { db in
        // A report reads several tables side by side: 32 MiB hold the upper pages of all.
        try db.execute(sql: "PRAGMA cache_size = -32768")
      }
      let queue = try DatabaseQueue(path: files.file(generation), configuration: configuration)
      defer { try? queue.close() }
      return try queue.read(body)
    }
    throw LogError.ioFailure(code: 0, what: "the views were replaced again and again")
  }
}

/// Compares two generations row for row.
enum ViewComparison {
  static func same(_ queue: DatabaseQueue, _ otherPath: String) throws -> Bool {
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "ATTACH DATABASE ? AS other", arguments: [otherPath])
      defer { try? db.execute(sql: "DETACH DATABASE other") }
      return try ViewSchema.tables.allSatisfy { table in
        let differences = try Int.fetchOne(
          db,
          sql: """
            SELECT count(*) FROM (
              SELECT * FROM (SELECT * FROM main.\(table) EXCEPT SELECT * FROM other.\(table))
              UNION ALL
              SELECT * FROM (SELECT * FROM other.\(table) EXCEPT SELECT * FROM main.\(table)))
            """)
        return differences == 0
      }
    }
  }
}
