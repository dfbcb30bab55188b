internal import EventLog
internal import Foundation

/// A folder that is no earlier state of this log; nothing was written into it.
public struct NotOurStaticLog: Error, Sendable {
  /// The folder.
  public let folder: String
  /// What was expected there, and found.
  public let what: String
}

/// The log as static files that any C2SP `tlog-tiles` client can follow: checkpoint, tiles, entries.
struct StaticLog {
  let ledger: Ledger
  let folder: String

  /// Writes what is missing up to a checkpoint, the checkpoint last, so that who reads meanwhile finds
  /// every file that the checkpoint there asks for.
  ///
  /// - Returns: How many files were written.
  func write(_ checkpoint: Checkpoint, progress: (Int, Int) -> Void) throws -> Int {
    try mustBeOurs(checkpoint)
    var written = 0
    for level in 0..<8 where checkpoint.size >> (8 * level) > 0 {
      written += try writeTiles(level, count: checkpoint.size >> (8 * level))
    }
    written += try writeEntries(checkpoint.size, progress: progress)
    try put(Array(checkpoint.note.utf8), "checkpoint")
    try? FileManager.default.removeItem(atPath: folder + "/" + Self.unfinished)
    return written + 1
  }

  /// What marks a folder whose first export has begun.
  private static let unfinished = ".unfinished-smi-ledger-export"

  /// Only an empty folder, or an earlier state of the same log, is written into.
  private func mustBeOurs(_ checkpoint: Checkpoint) throws {
    let files = FileManager.default
    guard files.fileExists(atPath: folder) else { return try put([], Self.unfinished) }
    let names = try files.contentsOfDirectory(atPath: folder)
    guard !names.isEmpty else { return try put([], Self.unfinished) }
    // A first export that was interrupted goes on.
    if names.contains(Self.unfinished), !names.contains("checkpoint") { return }
    guard let text = try? String(contentsOfFile: folder + "/checkpoint", encoding: .utf8),
      let earlier = try? Checkpoint(reading: text)
    else {
      throw NotOurStaticLog(
        folder: folder, what: "expected an empty folder, or one with a checkpoint; found neither")
    }
    guard earlier.origin == checkpoint.origin, earlier.size <= checkpoint.size,
      try ledger.holds(earlier)
    else {
      throw NotOurStaticLog(
        folder: folder,
        what: "expected an earlier state of \(checkpoint.origin); found a checkpoint of "
          + "\(earlier.origin) over \(earlier.size) events that is none")
    }
  }

  private func writeTiles(_ level: Int, count: Int) throws -> Int {
    var written = 0
    for index in 0..<count / 256 {
      let path = "tile/\(level)/\(Self.path(index))"
      guard !isThere(path) else { continue }
      let hashes = try ledger.log.hashes(level: level, index * 256..<(index + 1) * 256)
      try put(hashes.flatMap(\.bytes), path)
      removePartial(path, 256)
      written += 1
    }
    let width = count % 256
    guard width > 0 else { return written }
    let first = count - width
    let hashes = try ledger.log.hashes(level: level, first..<count)
    try put(hashes.flatMap(\.bytes), "tile/\(level)/\(Self.path(first / 256)).p/\(width)")
    return written + 1
  }

  /// Bundles of 256 records, each after its length in two bytes.
  private func writeEntries(_ size: Int, progress: (Int, Int) -> Void) throws -> Int {
    var written = 0
    for index in 0...(size - 1) / 256 {
      let width = min(256, size - index * 256)
      let path =
        "tile/entries/\(Self.path(index))" + (width == 256 ? "" : ".p/\(width)")
      if width == 256, isThere(path) { continue }
      var bundle: [UInt8] = []
      var count = 0
      try ledger.log.forEachBatch(
        from: index * 256 + 1, through: index * 256 + width, batch: 256
      ) { events in
        for event in events {
          count += 1
          guard event.isAsHashed else {
            throw LogError.damaged(
              position: event.position, what: "its record is not what was hashed; see verify")
          }
          bundle += [UInt8(event.record.count >> 8), UInt8(event.record.count & 255)]
          bundle += event.record
        }
      }
      guard count == width else {
        throw LogError.damaged(
          position: index * 256 + 1, what: "of \(width) events \(count) are there; see verify")
      }
      try put(bundle, path)
      removePartial("tile/entries/\(Self.path(index))", width)
      written += 1
      progress(index * 256 + width, size)
    }
    return written
  }

  /// `x001/x234/067`.
  static func path(_ index: Int) -> String {
    var parts: [String] = []
    var rest = index
    repeat {
      let part = String(rest % 1000)
      parts.append(String(repeating: "0", count: 3 - part.count) + part)
      rest /= 1000
    } while rest > 0
    return parts.reversed().enumerated().map { $0 + 1 < parts.count ? "x" + $1 : $1 }
      .joined(separator: "/")
  }

  /// Once a tile or bundle is full, its partial ones may go.
  private func removePartial(_ path: String, _ width: Int) {
    if width == 256 { try? FileManager.default.removeItem(atPath: folder + "/" + path + ".p") }
  }

  private func isThere(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + path)
    return ((attributes?[.size] as? Int) ?? 0) > 0
  }

  /// A file is there whole or not at all.
  private func put(_ bytes: [UInt8], _ path: String) throws {
    let url = URL(fileURLWithPath: folder + "/" + path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url, options: .atomic)
  }
}

extension Ledger {
  /// Lays the log out as static files for C2SP `tlog-tiles` clients: tiles, entry bundles and a signed
  /// checkpoint, which is written last.
  ///
  /// A folder that holds an earlier state of this log gets what is missing. Memory does not grow with
  /// the log. Records are written as they are: they hold tokens, never a personal value.
  ///
  /// - Returns: The checkpoint, and how many files were written.
  /// - Throws: ``NotOurStaticLog``, ``CannotSign``, ``LogError``, or what the system says of a file.
  public func exportStaticLog(
    to folder: String, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> (checkpoint: Checkpoint, files: Int) {
    let checkpoint = try checkpoint()
    let files = try StaticLog(ledger: self, folder: Ledger.absolutePath(folder)).write(
      checkpoint, progress: progress)
    return (checkpoint, files)
  }
}
