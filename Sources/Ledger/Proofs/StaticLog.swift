internal import EventLog
internal import Foundation

/// A folder that is no earlier state of this log; nothing was written into it.
public struct NotOurStaticLog: Error, Sendable {
  /// The folder.
  public let folder: String
  /// What was expected there, and found.
  public let what: String
}

/// A folder that somebody else writes into; nothing was written.
public struct FolderBusy: Error, Sendable {
  /// The folder.
  public let folder: String
  /// How long it was waited for.
  public let seconds: Int
}

/// The log as static files that any C2SP `tlog-tiles` client can follow: checkpoint, tiles, entries.
struct StaticLog {
  let ledger: Ledger
  let folder: String
  /// Whether only its owner may read it, as part of a backup; then it may go on from before a fork, too.
  var isPrivate = false

  /// What was found in the folder.
  enum Found {
    /// Nothing, or the beginning of a first export.
    case nothing
    /// A whole earlier state.
    case earlier(Checkpoint)

    /// How many events its files are known to hold, each of them whole.
    var size: Int { if case .earlier(let checkpoint) = self { checkpoint.size } else { 0 } }
  }

  /// Writes what is missing up to a checkpoint, the checkpoint last, so that who reads meanwhile finds
  /// every file that the checkpoint there asks for.
  ///
  /// - Returns: How many files were written.
  func write(
    _ checkpoint: Checkpoint, over found: Found, progress: (Int, Int) -> Void,
    beforeLast: () throws -> Int = { 0 }
  ) throws -> Int {
    var written = 0
    if case .nothing = found { _ = try put(Array(checkpoint.note.utf8), Self.unfinished) }
    for level in 0..<8 where checkpoint.size >> (8 * level) > 0 {
      written += try writeTiles(
        level, count: checkpoint.size >> (8 * level), known: found.size >> (8 * level))
    }
    written += try writeEntries(checkpoint.size, known: found.size, progress: progress)
    written += try beforeLast()
    // Nothing that the checkpoint asks for may be lost when it is not.
    try WholeFile.syncFileSystem(folder)
    if case .earlier(let earlier) = found, earlier.size == checkpoint.size,
      earlier.origin == checkpoint.origin
    {
      return written
    }
    written += try put(Array(checkpoint.note.utf8), "checkpoint", isSynced: true) ? 1 : 0
    WholeFile.remove(folder + "/" + Self.unfinished)
    return written
  }

  /// What marks a folder whose first export has begun, and says of what.
  private static let unfinished = ".unfinished-smi-ledger-export"
  private static let lockName = ".smi-ledger-export.lock"

  /// Whether a first export was begun here and never completed.
  var isBegun: Bool { WholeFile.exists(folder + "/" + Self.unfinished) }

  /// The notes in a folder, each signed before it was put there: no log that is shorter may be signed for
  /// under their name.
  static func signed(in folder: String) throws -> [Checkpoint] {
    try ["checkpoint", unfinished].compactMap { name in
      try WholeFile.read(folder + "/" + name).flatMap {
        try? Checkpoint(reading: String(decoding: $0, as: UTF8.self))
      }
    }
  }

  /// The file whose lock keeps others out of a folder.
  static func lockFile(in folder: String) -> String { folder + "/" + lockName }

  /// Looks whether the folder is empty, or holds an earlier state of the same log; nothing else is written
  /// into.
  func found() throws -> Found {
    let files = FileManager.default
    guard files.fileExists(atPath: folder) else { return .nothing }
    let names = try files.contentsOfDirectory(atPath: folder).filter { $0 != Self.lockName }
    guard !names.isEmpty else { return .nothing }
    // A first export that was interrupted goes on, where it was one of this log.
    let name = names.contains("checkpoint") ? "checkpoint" : Self.unfinished
    guard let bytes = try WholeFile.read(folder + "/" + name) else {
      throw NotOurStaticLog(
        folder: folder, what: "expected an empty folder, or one with a checkpoint; found neither")
    }
    if bytes.isEmpty, name == Self.unfinished { return .nothing }
    guard let earlier = try? Checkpoint(reading: String(decoding: bytes, as: UTF8.self)) else {
      throw NotOurStaticLog(
        folder: folder, what: "expected a checkpoint in \(name); found something else")
    }
    let signing = try ledger.signing().origin
    let isOurs =
      isPrivate
      ? try ledger.signers().contains {
        $0.key.name == earlier.origin && $0.counts(for: earlier.size)
      }
      : earlier.origin == signing
    guard isOurs, try ledger.holds(earlier) else {
      throw NotOurStaticLog(
        folder: folder,
        what: "expected an earlier state of \(signing); found a checkpoint of "
          + "\(Ledger.visible(earlier.origin)) over \(earlier.size) events that is none")
    }
    return name == "checkpoint" ? .earlier(earlier) : .nothing
  }

  /// Runs something while nobody else writes into the folder; one that isn't there is made.
  func whileLocked<R>(_ body: () throws -> R) throws -> R {
    try WholeFile.makeFolder(folder, mode: folderMode)
    let lock = try FolderLock(path: Self.lockFile(in: folder))
    do throws(FolderLock.Failure) {
      try lock.lock(timeout: 10_000)
    } catch {
      throw FolderBusy(folder: folder, seconds: 10)
    }
    defer { lock.unlock() }
    return try body()
  }

  private func writeTiles(_ level: Int, count: Int, known: Int) throws -> Int {
    var written = 0
    for index in 0..<count / 256 {
      let path = "tile/\(level)/\(TilePath.text(index))"
      if (index + 1) * 256 <= known, isThere(path) { continue }
      let hashes = try ledger.log.hashes(level: level, index * 256..<(index + 1) * 256)
      if try put(hashes.flatMap(\.bytes), path) { written += 1 }
      removePartial(path)
    }
    let width = count % 256
    guard width > 0 else { return written }
    let first = count - width
    let hashes = try ledger.log.hashes(level: level, first..<count)
    let path = "tile/\(level)/\(TilePath.text(first / 256)).p/\(width)"
    return try put(hashes.flatMap(\.bytes), path) ? written + 1 : written
  }

  /// Bundles of 256 records, each after its length in two bytes.
  private func writeEntries(
    _ size: Int, known: Int, progress: (Int, Int) -> Void
  ) throws -> Int {
    var written = 0
    for index in 0...(size - 1) / 256 {
      let width = min(256, size - index * 256)
      let path = "tile/entries/\(TilePath.text(index))" + (width == 256 ? "" : ".p/\(width)")
      if width == 256, (index + 1) * 256 <= known, isThere(path) { continue }
      guard let bundle = try ledger.entryBundle(index, width: width) else {
        throw LogError.damaged(
          position: index * 256 + 1, what: "the log has become shorter; see verify")
      }
      if try put(bundle, path) { written += 1 }
      if width == 256 { removePartial(path) }
      progress(index * 256 + width, size)
    }
    return written
  }

  /// Once a tile or bundle is full, its partial ones may go.
  private func removePartial(_ path: String) {
    let partial = folder + "/" + path + ".p"
    if WholeFile.exists(partial) { try? FileManager.default.removeItem(atPath: partial) }
  }

  private func isThere(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + path)
    return ((attributes?[.size] as? Int) ?? 0) > 0
  }

  private var fileMode: UInt32 { isPrivate ? 0o600 : 0o666 }
  private var folderMode: UInt32 { isPrivate ? 0o700 : 0o777 }

  /// Puts a file there, whole or not at all; false when it was there with these bytes.
  private func put(_ bytes: [UInt8], _ path: String, isSynced: Bool = false) throws -> Bool {
    let path = folder + "/" + path
    if let there = try? WholeFile.read(path), there == bytes { return false }
    try WholeFile.makeFolder((path as NSString).deletingLastPathComponent, mode: folderMode)
    try WholeFile.write(bytes, to: path, mode: fileMode, isSynced: isSynced)
    return true
  }
}

extension Ledger {
  /// Lays the log out as static files for C2SP `tlog-tiles` clients: tiles, entry bundles and a signed
  /// checkpoint, which is written last.
  ///
  /// A folder that holds an earlier state of this log gets what is missing; one export at a time writes
  /// into it. Memory does not grow with the log. Records are written as they are: they hold tokens, never
  /// a personal value.
  ///
  /// - Returns: The checkpoint, and how many files were written.
  /// - Throws: ``NotOurStaticLog``, ``FolderBusy``, ``CannotSign``, ``LogError``, or ``FileFailure``.
  public func exportStaticLog(
    to folder: String, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> (checkpoint: Checkpoint, files: Int) {
    let files = StaticLog(ledger: self, folder: Ledger.absolutePath(folder))
    // Somebody else's folder gets not even a lock.
    _ = try files.found()
    return try files.whileLocked {
      // Signed when nobody else writes any more, so that what is there is never newer.
      let checkpoint = try checkpoint()
      return (checkpoint, try files.write(checkpoint, over: files.found(), progress: progress))
    }
  }

  /// A text of somebody else's file, fit to be shown in a line.
  static func visible(_ text: String) -> String {
    String(text.prefix(200).map { $0.isNewline || $0 < " " ? "?" : $0 })
  }
}
