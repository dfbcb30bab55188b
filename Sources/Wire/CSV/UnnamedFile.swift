internal import Foundation

/// A temporary file without a name, which only this account can read: it goes with the process, however
/// that ends.
package final class UnnamedFile: Sendable {
  let descriptor: Int32
  private let folder: String

  /// Makes a file of mode 0600 in a folder, by default where temporary files are, and takes its name away
  /// at once.
  package convenience init(in folder: String? = nil) throws(FileProblem) {
    let folder = folder ?? FileManager.default.temporaryDirectory.path
    var name = Array("\(folder)/smi-ledger-XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else {
      throw .unwritable(folder, reason: FileProblem.systemReason())
    }
    unlink(name)
    self.init(descriptor, in: folder)
  }

  /// Takes an open file over, which it closes at its end.
  init(_ descriptor: Int32, in folder: String) {
    self.descriptor = descriptor
    self.folder = folder
  }

  deinit { close(descriptor) }

  /// Puts bytes at an offset.
  ///
  /// - Parameters:
  ///   - bytes: what is put.
  ///   - offset: where it begins.
  ///   - name: what is kept here, as a full disk is told of it.
  /// - Throws: ``FileProblem`` when the disk is full or can't be written.
  package func put(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, keeping name: String
  ) throws(FileProblem) {
    var done = 0
    while done < bytes.count {
      let count = pwrite(
        descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done,
        off_t(offset + done))
      guard count > 0 else {
        if count < 0, errno == EINTR { continue }
        throw errno == ENOSPC || errno == EDQUOT
          ? .full(folder, keeping: name)
          : .unwritable(folder, reason: FileProblem.systemReason())
      }
      done += count
    }
  }

  /// Fills an area with what was put from an offset on.
  package func fill(
    _ area: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(FileProblem) {
    var done = 0
    while done < area.count {
      let count = pread(
        descriptor, area.baseAddress?.advanced(by: done), area.count - done, off_t(offset + done))
      guard count > 0 else {
        if count < 0, errno == EINTR { continue }
        let reason = count == 0 ? "a temporary file ended early" : FileProblem.systemReason()
        throw .unreadable(folder, reason: reason)
      }
      done += count
    }
  }
}
