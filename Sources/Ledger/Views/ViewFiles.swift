internal import EventLog
internal import Foundation

/// The files of the views: `views-<generation>.sqlite` behind the symlink `views.sqlite`.
///
/// A rebuild fills the next generation and replaces the link by rename; a reader holds a shared
/// lock on its generation, and one that nobody holds is deleted together with its write-ahead log.
struct ViewFiles {
  let folder: String

  var link: String { folder + "/views.sqlite" }
  var writerLock: String { folder + "/views.lock" }
  func file(_ generation: Int) -> String { folder + "/views-\(generation).sqlite" }
  func lockFile(_ generation: Int) -> String { folder + "/views-\(generation).lock" }

  /// The generation that the link names; nil when there are no views yet.
  func current() -> Int? {
    guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: link),
      target.hasPrefix("views-"), target.hasSuffix(".sqlite"),
      let generation = Int(target.dropFirst(6).dropLast(7)),
      FileManager.default.fileExists(atPath: file(generation))
    else { return nil }
    return generation
  }

  /// All generations that lie in the folder.
  func generations() -> [Int] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.compactMap { name in
      guard name.hasPrefix("views-"), name.hasSuffix(".sqlite") else { return nil }
      return Int(name.dropFirst(6).dropLast(7))
    }.sorted()
  }

  /// Makes a generation the current one, so that a reader sees the old or the new, never none.
  func publish(_ generation: Int) throws {
    let next = folder + "/views.sqlite.next"
    try? FileManager.default.removeItem(atPath: next)
    try FileManager.default.createSymbolicLink(
      atPath: next, withDestinationPath: "views-\(generation).sqlite")
    guard rename(next, link) == 0 else { throw CocoaError(.fileWriteUnknown) }
    try Ledger.syncFolder(folder)
  }

  /// Deletes one generation, whoever holds it.
  func remove(_ generation: Int) {
    for suffix in ["", "-wal", "-shm", "-journal"] {
      try? FileManager.default.removeItem(atPath: file(generation) + suffix)
    }
  }

  /// Deletes every generation but one that no reader holds.
  func prune(keeping kept: Int?) {
    for generation in generations() where generation != kept {
      guard let lock = try? FolderLock(path: lockFile(generation)), lock.tryLock() else { continue }
      remove(generation)
      try? FileManager.default.removeItem(atPath: lockFile(generation))
      lock.unlock()
    }
  }
}
