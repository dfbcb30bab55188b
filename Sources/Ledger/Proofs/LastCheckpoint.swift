internal import EventLog
internal import Foundation

/// The last checkpoint that was signed, kept in the ledger's folder so that a log that lost events since
/// signs no other history.
struct LastCheckpoint {
  let folder: String

  var file: String { folder + "/last-checkpoint" }

  /// The note, or nil when none is kept.
  func read() throws -> Checkpoint? {
    guard let bytes = try WholeFile.read(file) else { return nil }
    do {
      return try Checkpoint(reading: String(decoding: bytes, as: UTF8.self))
    } catch {
      throw CannotSign.lastUnreadable(file, expected: error.expected)
    }
  }

  /// Refuses when the log does not begin with what was signed last.
  func mustBegin(_ ledger: Ledger, with last: Checkpoint?, head: Int) throws {
    guard let last else { return }
    let isOurs = try ledger.signers().contains {
      $0.counts(for: last.size) && $0.key.name == last.origin && last.isSigned(by: $0.key) == true
    }
    guard isOurs else { throw CannotSign.lastOfOther(file, origin: last.origin) }
    guard last.size <= head else {
      throw CannotSign.shorter(file, signed: last.size, found: head)
    }
    let root = try ledger.log.root(at: last.size).bytes
    guard root == last.root else {
      throw CannotSign.rewritten(
        file, signed: last.size, expected: Data(last.root).base64EncodedString(),
        found: Data(root).base64EncodedString())
    }
  }

  /// Keeps a note, unless a larger one is kept already or the folder can only be read.
  func keep(_ checkpoint: Checkpoint) throws {
    guard WholeFile.isWritable(folder) else { return }
    let lock = try FolderLock(path: file + ".lock")
    try lock.lock(timeout: 10_000)
    defer { lock.unlock() }
    if let known = try read(), known.size >= checkpoint.size { return }
    try WholeFile.write(Array(checkpoint.note.utf8), to: file)
  }
}
