import Foundation

/// A text file, written a megabyte at a time.
final class Lines {
  private let file: FileHandle
  private var bytes: [UInt8] = []

  init(_ path: String) throws {
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }

  func add(_ line: String) throws {
    bytes.append(contentsOf: line.utf8)
    bytes.append(10)
    if bytes.count > 1 << 20 { try flush() }
  }

  func end() throws {
    try flush()
    try file.close()
  }

  private func flush() throws {
    try file.write(contentsOf: bytes)
    bytes.removeAll(keepingCapacity: true)
  }
}
