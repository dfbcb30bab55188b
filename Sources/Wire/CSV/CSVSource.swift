internal import Foundation

/// Where the bytes of a file come from, a chunk at a time.
struct CSVSource {
  private var handle: FileHandle?
  private var rest: ArraySlice<UInt8>
  private let path: String
  private let chunk: Int

  static let chunk = 1 << 18

  /// Opens a file.
  init(path: String) throws(FileProblem) {
    self.path = path
    rest = []
    chunk = CSVSource.chunk
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
  init(bytes: [UInt8], chunk: Int = CSVSource.chunk) {
    path = ""
    handle = nil
    rest = bytes[...]
    self.chunk = chunk
  }

  /// Appends the next chunk; false at the end.
  mutating func read(into buffer: inout [UInt8]) throws(FileProblem) -> Bool {
    guard let handle else {
      let part = rest.prefix(chunk)
      rest = rest.dropFirst(part.count)
      buffer += part
      return !part.isEmpty
    }
    do {
      guard let data = try handle.read(upToCount: chunk), !data.isEmpty else {
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
