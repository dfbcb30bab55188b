internal import Corrections
internal import Foundation
internal import GRDB

extension Ledger {
  /// Reads the views at their newest, or as they were at a position, of what was effective by a moment.
  ///
  /// Asked for a position or a moment the log is folded up to there, in a file without a name, so
  /// memory does not grow with it; time does.
  ///
  /// - Throws: ``NotKnownYet`` for a position that isn't there, or ``LogError``.
  func readViews<Result>(
    knownAt known: Int?, effectiveAt moment: Instant? = nil, _ body: (Database) throws -> Result
  ) throws -> Result {
    guard known != nil || moment != nil else { return try readViews(body) }
    let views = try PassingViews(self, upTo: try known ?? head(), effectiveAt: moment)
    return try views.store.queue.read(body)
  }
}

/// Views in a file without a name, which goes with whoever looks at them, however they end.
///
/// They begin as a copy of the views in the ledger's folder where there are any, so that only what
/// was appended since is read; nothing in the ledger's folder is written.
final class PassingViews {
  let store: ViewStore

  /// Views as they were at a position, made anew from the log; with a moment, of what was effective by
  /// it.
  init(_ ledger: Ledger, upTo position: Int, effectiveAt moment: Instant? = nil) throws {
    let head = try ledger.head()
    guard (1...head).contains(position) else {
      throw NotKnownYet.beyondTheLog(position, head: head)
    }
    let folder = try PassingViews.makeFolder()
    // SQLite goes on with the files that it has open.
    defer { try? FileManager.default.removeItem(atPath: folder) }
    store = try ViewStore(ledger, at: folder + "/new.sqlite", .new, effectiveAt: moment)
    try store.advance(to: position)
  }

  private static func makeFolder() throws -> String {
    let folder = NSTemporaryDirectory() + "smi-ledger-views-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    return folder
  }

  init(_ ledger: Ledger) throws {
    let folder = try PassingViews.makeFolder()
    // SQLite goes on with the files that it has open.
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/views.sqlite"
    if try PassingViews.copy(ViewFiles(folder: ledger.folder), of: ledger, to: path),
      let store = try ledger.usable(path, upTo: try ledger.head(), keeping: .passing)
    {
      self.store = store
    } else {
      store = try ViewStore(ledger, at: folder + "/new.sqlite", .new)
    }
  }

  /// Copies the views in place while nobody writes them; false when that can't be had.
  private static func copy(_ files: ViewFiles, of ledger: Ledger, to path: String) throws -> Bool {
    guard let generation = files.current(),
      FileManager.default.isWritableFile(atPath: files.writerLock)
    else { return false }
    do {
      try ledger.withViewsLock(files, waiting: 2_000) {
        let file = files.file(generation)
        try FileManager.default.copyItem(atPath: file, toPath: path)
        if FileManager.default.fileExists(atPath: file + "-wal") {
          try FileManager.default.copyItem(atPath: file + "-wal", toPath: path + "-wal")
        }
      }
      return true
    } catch {
      return false
    }
  }
}
