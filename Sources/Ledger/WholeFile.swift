internal import EventLog
internal import Foundation
internal import Glibc

/// Files that are there whole, with their old content or the new, whatever happens meanwhile.
enum WholeFile {
  /// Writes a file that its owner alone can read: beside, synced, renamed over, the folder synced.
  ///
  /// - Throws: ``LogError/ioFailure(code:what:)``, and then the file is as it was.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let name = (path as NSString).lastPathComponent
    let beside = path + ".new-\(getpid())"
    let descriptor = Glibc.open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("making \(name)") }
    do {
      defer { Glibc.close(descriptor) }
      var done = 0
      while done < bytes.count {
        let written = bytes[done...].withUnsafeBytes {
          Glibc.write(descriptor, $0.baseAddress, $0.count)
        }
        guard written > 0 else { throw failure("writing \(name)") }
        done += written
      }
      guard fsync(descriptor) == 0 else { throw failure("syncing \(name)") }
      guard rename(beside, path) == 0 else { throw failure("renaming \(name)") }
    } catch {
      unlink(beside)
      throw error
    }
    let folder = Glibc.open((path as NSString).deletingLastPathComponent, O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { throw failure("syncing the folder of \(name)") }
    defer { Glibc.close(folder) }
    guard fsync(folder) == 0 else { throw failure("syncing the folder of \(name)") }
  }

  private static func failure(_ what: String) -> LogError {
    .ioFailure(code: Int(errno), what: what)
  }
}
