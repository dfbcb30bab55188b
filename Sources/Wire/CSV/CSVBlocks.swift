internal import Foundation

/// The bytes of a file as they stand on disk, a block at a time, held to what another pass read.
final class CSVBlocks {
  static let size = 1 << 18

  /// How many bytes are read at once.
  let block: Int
  /// How long the file is, where that can be known before its end.
  let length: Int?
  /// What has been read.
  private(set) var mark = CSVMark()

  private let path: String
  private let origin: Origin
  private let wanted: CSVMark?

  private enum Origin {
    case memory([UInt8])
    case file(Int32, opened: stat)
    case spool(CSVSpool)
  }

  /// Opens a file, or takes what was kept of standard input.
  init(path: String, spool: CSVSpool?, same wanted: CSVMark?) throws(FileProblem) {
    self.path = path
    self.wanted = wanted
    block = CSVBlocks.size
    if let spool {
      origin = .spool(spool)
      length = spool.bytes
      return
    }
    var found = stat()
    guard stat(path, &found) == 0 else {
      throw errno == ENOENT || errno == ENOTDIR
        ? .missing(path) : .unreadable(path, reason: FileProblem.systemReason())
    }
    if found.st_mode & S_IFMT == S_IFDIR { throw .isFolder(path) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0, fstat(descriptor, &found) == 0 else {
      let reason = FileProblem.systemReason()
      if descriptor >= 0 { Foundation.close(descriptor) }
      throw .unreadable(path, reason: reason)
    }
    origin = .file(descriptor, opened: found)
    length = found.st_mode & S_IFMT == S_IFREG ? Int(found.st_size) : nil
    if let wanted, let length, length != wanted.bytes {
      Foundation.close(descriptor)
      throw .changed(path, what: CSVBlocks.otherLength(wanted.bytes, length))
    }
  }

  /// Takes bytes already in memory.
  init(bytes: [UInt8], block: Int) {
    path = ""
    wanted = nil
    self.block = block
    length = bytes.count
    origin = .memory(bytes)
  }

  deinit {
    if case .file(let descriptor, _) = origin { Foundation.close(descriptor) }
  }

  /// Fills the beginning of an area with the next block; 0 at the end.
  func next(into area: UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int {
    let count = try fill(UnsafeMutableRawBufferPointer(rebasing: area[..<block]))
    guard count > 0 else {
      try checkEnd()
      return 0
    }
    mark.add(CSVMark.sum(UnsafeRawBufferPointer(rebasing: area[..<count])), bytes: count)
    if let wanted, !mark.begins(wanted) {
      throw .changed(
        path,
        what: "what stands between bytes \(mark.bytes - count) and \(mark.bytes) is not "
          + "what was checked")
    }
    return count
  }

  /// Fills an area, which only the end of the file leaves partly empty.
  private func fill(_ area: UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int {
    var count = 0
    while count < area.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: area[count...])
      let more: Int
      switch origin {
      case .memory(let bytes):
        let part = bytes[mark.bytes...].prefix(area.count)
        rest.copyBytes(from: part)
        return part.count
      case .file(let descriptor, _):
        more = read(descriptor, rest.baseAddress, rest.count)
      case .spool(let spool):
        more = pread(spool.descriptor, rest.baseAddress, rest.count, off_t(mark.bytes + count))
      }
      if more == 0 { break }
      if more < 0 {
        if errno == EINTR { continue }
        throw .unreadable(path, reason: FileProblem.systemReason())
      }
      count += more
    }
    return count
  }

  /// Refuses a file that ended elsewhere than before, or that was written to while it was read.
  private func checkEnd() throws(FileProblem) {
    if let wanted, mark.bytes != wanted.bytes {
      throw .changed(path, what: CSVBlocks.otherLength(wanted.bytes, mark.bytes))
    }
    guard wanted == nil, case .file(let descriptor, let opened) = origin, length != nil else {
      return
    }
    var now = stat()
    guard fstat(descriptor, &now) == 0 else {
      throw .unreadable(path, reason: FileProblem.systemReason())
    }
    guard Int(opened.st_size) == mark.bytes, Int(now.st_size) == mark.bytes, now.hasTime(of: opened)
    else {
      throw .changed(path, what: "it was written to meanwhile")
    }
  }

  private static func otherLength(_ before: Int, _ now: Int) -> String {
    "it had \(before) bytes when it was checked, and has \(now) now"
  }
}

extension stat {
  /// Whether the file was last written to at the same time.
  fileprivate func hasTime(of other: stat) -> Bool {
    #if canImport(Darwin)
      st_mtimespec.tv_sec == other.st_mtimespec.tv_sec
        && st_mtimespec.tv_nsec == other.st_mtimespec.tv_nsec
    #else
      st_mtim.tv_sec == other.st_mtim.tv_sec && st_mtim.tv_nsec == other.st_mtim.tv_nsec
    #endif
  }
}
