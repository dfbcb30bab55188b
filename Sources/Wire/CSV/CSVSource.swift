internal import Foundation

/// Where the bytes of a file come from, a chunk at a time.
struct CSVSource {
  private var handle: FileHandle?
  private var rest: [UInt8]
  private let path: String

  static let chunk = 1 << 18

  /// Opens a file.
  init(path: String) throws(FileProblem) {
    self.path = path
    rest = []
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .missing(path)
    }
    if isFolder.boolValue { throw .isFolder(path) }
    do {
      handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    } catch {
      throw .unreadable(path, reason: error.localizedDescription)
    }
  }

  /// Takes bytes already in memory.
  init(bytes: [UInt8]) {
    path = ""
    handle = nil
    rest = bytes
  }

  /// Appends the next chunk; false at the end.
  mutating func read(into buffer: inout [UInt8]) throws(FileProblem) -> Bool {
    guard let handle else {
      defer { rest = [] }
      buffer += rest
      return !rest.isEmpty
    }
    do {
      guard let data = try handle.read(upToCount: CSVSource.chunk), !data.isEmpty else {
        return false
      }
      buffer += data
      return true
    } catch {
      throw .unreadable(path, reason: error.localizedDescription)
    }
  }

  func close() { try? handle?.close() }
}
