internal import Foundation
internal import Glibc

/// Looks for the very characters of a value in the bytes of every file of a folder.
///
/// A number inside a longer one is another one; else it is what `grep -a` finds, and UTF-16 besides.
struct FileSearch {
  private let patterns: [[UInt8]]
  private let isNumber: Bool

  init(_ value: String) {
    let bytes = Array(value.utf8)
    let wide = Array(value.utf16)
    isNumber = bytes.allSatisfy(Self.isDigit)
    // Of ASCII both orders of UTF-16 are the same but for a zero at the end; beginning with one would stop
    // at each of the many zeros of a database.
    let isASCII = bytes.allSatisfy { $0 < 0x80 }
    let little = wide.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let big = wide.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    patterns = [bytes] + (isASCII ? [Array(little.dropLast())] : [little, big])
  }

  /// Searches the files, the signing key left aside.
  func search(_ folder: String) throws -> (files: Int, found: [(file: String, times: Int)]) {
    var files = 0
    var found: [(file: String, times: Int)] = []
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
    where name != "ledger.key" {
      var status = stat()
      let path = folder + "/" + name
      // A file may go while others are searched; links lead to files that are searched themselves.
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      files += 1
      let times = try count(in: path)
      if times > 0 { found.append((name, times)) }
    }
    return (files, found)
  }

  /// A read-only look at the file's bytes opens no database: it takes none of SQLite's locks, and so
  /// drops none.
  private func count(in path: String) throws -> Int {
    guard let stream = fopen(path, "rbe") else {
      guard errno != ENOENT else { return 0 }
      throw CocoaError(.fileReadUnknown, userInfo: [NSFilePathErrorKey: path])
    }
    defer { fclose(stream) }
    let longest = patterns.map(\.count).max() ?? 0
    var times = 0
    var kept: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let read = fread(&chunk, 1, chunk.count, stream)
      guard read > 0 else {
        guard ferror(stream) == 0 else {
          throw CocoaError(.fileReadUnknown, userInfo: [NSFilePathErrorKey: path])
        }
        return times
      }
      let window = kept + chunk[..<read]
      for pattern in patterns where !pattern.isEmpty {
        // One that lies whole in what was kept was counted before.
        times += occurrences(of: pattern, in: window, beyond: kept.count)
      }
      kept = Array(window.suffix(max(0, longest - 1)))
    }
  }

  private func occurrences(of pattern: [UInt8], in bytes: [UInt8], beyond kept: Int) -> Int {
    bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      var times = 0
      var start = 0
      while start + pattern.count <= bytes.count,
        let hit = memchr(
          base + start, Int32(pattern[0]), bytes.count - start - pattern.count + 1)
      {
        let offset = UnsafeRawPointer(hit) - base
        start = offset + 1
        let end = offset + pattern.count
        guard end > kept, memcmp(hit, pattern, pattern.count) == 0 else { continue }
        let isOfLonger =
          (offset > 0 && Self.isDigit(bytes[offset - 1]))
          || (end < bytes.count && Self.isDigit(bytes[end]))
        if !isNumber || !isOfLonger { times += 1 }
      }
      return times
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
