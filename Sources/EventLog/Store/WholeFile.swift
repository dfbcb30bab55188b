internal import CLedgerShim

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What the system said of a file beside the log.
public struct FileFailure: Error, Hashable, Sendable {
  /// The file.
  public let path: String
  /// The system's number for the reason.
  public let code: Int32

  /// The reason in words.
  public var reason: String { LedgerFiles.reason(code) }

  /// Whether the place is at fault, such as a folder that can't be written, and not the disk.
  public var isOfPlace: Bool {
    [EACCES, EPERM, EROFS, ENOENT, ENOTDIR, EISDIR, EEXIST, ENAMETOOLONG, ELOOP].contains(code)
  }
}

/// Files that are there whole or not at all, also after a power cut.
package enum WholeFile {
  /// What the name of a file ends in until it is whole.
  package static let unfinished = ".new"

  /// Writes a file beside the one to be, and puts it in its place.
  ///
  /// Where it is not synced it is on the disk only after ``syncFileSystem(_:)``, and nothing may refer to it
  /// before.
  package static func write(
    _ bytes: [UInt8], to path: String, mode: UInt32 = 0o600, isSynced: Bool = true
  ) throws(FileFailure) {
    let file = try FileWriter(path, mode: mode)
    do throws(FileFailure) {
      try file.write(bytes)
      try file.finish(isSynced: isSynced)
    } catch {
      file.discard()
      throw error
    }
  }

  /// Writes a file under the name that it has until it is in its place, and leaves it there.
  package static func leave(_ bytes: [UInt8], for path: String) throws(FileFailure) {
    let file = try FileWriter(path)
    do throws(FileFailure) {
      try file.write(bytes)
      try file.end(isSynced: true)
    } catch {
      file.discard()
      throw error
    }
  }

  /// The bytes of a file, or `nil` when it isn't there.
  package static func read(_ path: String) throws(FileFailure) -> [UInt8]? {
    do throws(FileFailure) {
      let file = try FileReader(path)
      var bytes: [UInt8] = []
      bytes.reserveCapacity(file.size)
      while let piece = try file.next(FileReader.pieceBytes) { bytes += piece }
      return bytes
    } catch  where error.code == ENOENT {
      return nil
    }
  }

  /// Makes an empty file that only its owner can read.
  package static func make(_ path: String) throws(FileFailure) {
    let descriptor = openFile(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileFailure(path: path, code: errno) }
    close(descriptor)
  }

  /// Makes a folder with those that it stands in.
  package static func makeFolder(_ path: String, mode: UInt32 = 0o700) throws(FileFailure) {
    guard mkdir(path, mode_t(mode)) != 0, errno != EEXIST else { return }
    let error = errno
    let parent = LedgerFiles(folder: path).parent
    guard error == ENOENT, parent != path else { throw FileFailure(path: path, code: error) }
    try makeFolder(parent, mode: mode)
    guard mkdir(path, mode_t(mode)) == 0 || errno == EEXIST else {
      throw FileFailure(path: path, code: errno)
    }
  }

  /// Puts a file that is on the disk in the place of another, for good.
  package static func replace(_ path: String, by new: String) throws(FileFailure) {
    guard LedgerFiles(folder: path).rename(new, to: path) else {
      throw FileFailure(path: path, code: errno)
    }
    try syncFolder(LedgerFiles(folder: path).parent)
  }

  /// Makes sure that the names in a folder are on the disk.
  package static func syncFolder(_ path: String) throws(FileFailure) {
    guard LedgerFiles.syncFolder(path) else { throw FileFailure(path: path, code: errno) }
  }

  /// Makes sure that the bytes of a file are on the disk.
  package static func sync(_ path: String) throws(FileFailure) {
    let descriptor = openFile(path, O_RDONLY | O_CLOEXEC, 0)
    guard descriptor >= 0 else { throw FileFailure(path: path, code: errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileFailure(path: path, code: errno) }
  }

  /// Makes sure that all that was written to the file system of a folder is on the disk.
  package static func syncFileSystem(_ folder: String) throws(FileFailure) {
    let descriptor = openFile(folder, O_RDONLY | O_CLOEXEC, 0)
    guard descriptor >= 0 else { throw FileFailure(path: folder, code: errno) }
    defer { close(descriptor) }
    let error = ledger_sync_file_system(descriptor)
    guard error == 0 else { throw FileFailure(path: folder, code: error) }
  }

  /// Takes a file away, if it is there.
  package static func remove(_ path: String) { _ = unlink(path) }

  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Whether files can be made in a folder.
  package static func isWritable(_ folder: String) -> Bool { access(folder, W_OK | X_OK) == 0 }

  fileprivate static func openFile(_ path: String, _ flags: Int32, _ mode: UInt32) -> Int32 {
    open(path, flags, mode_t(mode))
  }

  /// How long each of some syncs of a small file in a folder takes, in microseconds; empty where none
  /// can be made there.
  package static func syncTimes(in folder: String, count: Int) -> [Int] {
    let path = folder + "/.sync-\(getpid())"
    let descriptor = openFile(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return [] }
    // Without a name it is gone with this process, whatever happens.
    remove(path)
    defer { close(descriptor) }
    var times: [Int] = []
    for number in 0..<count {
      let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 4096)
      let start = FolderLock.microseconds()
      guard bytes.withUnsafeBytes({ pwrite(descriptor, $0.baseAddress, $0.count, 0) }) == 4096,
        fdatasync(descriptor) == 0
      else { return [] }
      times.append(FolderLock.microseconds() - start)
    }
    return times
  }
}

/// A file that is being written under another name, some bytes at a time.
package final class FileWriter {
  private let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var isOpen = true
  private static let most = 256 * 1024

  package init(_ path: String, mode: UInt32 = 0o600) throws(FileFailure) {
    self.path = path
    let new = path + WholeFile.unfinished
    // What a killed process has left may be a link to elsewhere by now; it is not followed.
    WholeFile.remove(new)
    descriptor = WholeFile.openFile(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw FileFailure(path: new, code: errno) }
  }

  deinit { if isOpen { close(descriptor) } }

  package func write(_ bytes: [UInt8]) throws(FileFailure) {
    buffer += bytes
    if buffer.count >= Self.most { try flush() }
  }

  package func write(_ number: Int, width: Int) throws(FileFailure) {
    for shift in stride(from: (width - 1) * 8, through: 0, by: -8) {
      buffer.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  private func flush() throws(FileFailure) {
    var done = 0
    while done < buffer.count {
      let count = buffer.withUnsafeBytes {
        systemWrite(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileFailure(path: path, code: errno) }
      done += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Puts the file in its place.
  package func finish(isSynced: Bool = true) throws(FileFailure) {
    try end(isSynced: isSynced)
    let files = LedgerFiles(folder: path)
    guard files.rename(path + WholeFile.unfinished, to: path) else {
      throw FileFailure(path: path, code: errno)
    }
    if isSynced { try WholeFile.syncFolder(files.parent) }
  }

  /// Leaves the file whole, under its other name.
  fileprivate func end(isSynced: Bool) throws(FileFailure) {
    try flush()
    guard !isSynced || fsync(descriptor) == 0 else { throw FileFailure(path: path, code: errno) }
    isOpen = false
    guard close(descriptor) == 0 else { throw FileFailure(path: path, code: errno) }
  }

  package func discard() { WholeFile.remove(path + WholeFile.unfinished) }
}

/// A file that is being read, some bytes at a time.
package final class FileReader {
  package let path: String
  package let size: Int
  private let descriptor: Int32
  static let pieceBytes = 256 * 1024

  package init(_ path: String) throws(FileFailure) {
    self.path = path
    descriptor = WholeFile.openFile(path, O_RDONLY | O_CLOEXEC, 0)
    guard descriptor >= 0 else { throw FileFailure(path: path, code: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileFailure(path: path, code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileFailure(path: path, code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
    }
    size = Int(status.st_size)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The next bytes, at most so many; `nil` at the end.
  package func next(_ most: Int) throws(FileFailure) -> [UInt8]? {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: most) { buffer, filled in
      filled = 0
      while filled < most {
        let count = systemRead(descriptor, buffer.baseAddress?.advanced(by: filled), most - filled)
        if count < 0, errno == EINTR { continue }
        if count < 0 { failure = errno }
        guard count > 0 else { return }
        filled += count
      }
    }
    guard failure == 0 else { throw FileFailure(path: path, code: failure) }
    return bytes.isEmpty ? nil : bytes
  }
}

// Methods of the same names hide the system's.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}

private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutablePointer<UInt8>?, _ count: Int)
  -> Int
{
  read(descriptor, bytes, count)
}
