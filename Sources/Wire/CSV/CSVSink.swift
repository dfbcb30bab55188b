internal import Foundation

/// A file to which rows are written with one more cell.
struct CSVSink {
  private let handle: FileHandle
  private let path: String
  private var pending: [UInt8] = []

  /// Creates the file, or empties it; never the one that is being read.
  init(path: String, unlike input: String?) throws(FileProblem) {
    func real(_ path: String) -> String {
      URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
    }
    if let input, real(path) == real(input) { throw .sameFile(path) }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw .isFolder(path)
    }
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else { throw .unwritable(path, reason: "it can't be created") }
    self.handle = handle
    self.path = path
  }

  /// Writes the current row as it stands, filled up to the width, and then the problem.
  mutating func put(
    row: CSVScanner, without old: Int?, width: Int, problem: String
  ) throws(FileProblem) {
    for (index, cell) in row.cells.enumerated() where index != old {
      pending += row.buffer[cell.raw]
      pending.append(44)
    }
    try end(row.cells.count, old, width, problem, lineEnd: row.buffer[row.rowEnd])
  }

  /// Writes a row that holds nothing but a problem.
  mutating func put(problem: String, width: Int, without old: Int?) throws(FileProblem) {
    try end(0, old, width, problem, lineEnd: [])
  }

  private mutating func end(
    _ cells: Int, _ old: Int?, _ width: Int, _ problem: String, lineEnd: ArraySlice<UInt8>
  ) throws(FileProblem) {
    for index in cells..<max(cells, width) where index != old { pending.append(44) }
    if problem.contains(where: { $0 == "\"" || $0 == "," || $0.isNewline }) {
      pending.append(34)
      for byte in problem.utf8 { pending += byte == 34 ? [34, 34] : [byte] }
      pending.append(34)
    } else {
      pending += problem.utf8
    }
    pending += lineEnd.isEmpty ? [13, 10] : lineEnd
    if pending.count > CSVBlocks.size { try flush() }
  }

  mutating func put(_ bytes: [UInt8]) throws(FileProblem) { pending += bytes }

  /// Hands everything to the file.
  mutating func flush() throws(FileProblem) {
    do {
      try handle.write(contentsOf: pending)
      pending.removeAll(keepingCapacity: true)
    } catch {
      throw .unwritable(path, reason: error.localizedDescription)
    }
  }

  func close() { try? handle.close() }
}
