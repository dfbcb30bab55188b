import Foundation
import Testing

@testable import Wire

@Suite struct `A file that changes between two passes` {
  private let text = manyRegistrations(20_000)

  private func write(_ bytes: [UInt8], _ path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  /// Writes into a file in its place, as a program does that goes on writing it.
  private func put(_ bytes: [UInt8], at offset: UInt64, in path: String) throws {
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    try handle.seek(toOffset: offset)
    try handle.write(contentsOf: bytes)
    try handle.close()
  }

  /// The rows that a second pass hands on, and what stops it.
  private func second(
    _ path: String, same whole: CSVSummary
  ) -> (rows: [RegistrationRow], problem: FileProblem?) {
    var rows: [RegistrationRow] = []
    do {
      _ = try CSVFile<RegistrationRow>.read(path, same: whole) { row, _ in rows.append(row) }
      return (rows, nil)
    } catch {
      return (rows, error as? FileProblem)
    }
  }

  @Test(arguments: [false, true])
  func `is found out before any row that changed is handed on`(isPacked: Bool) throws {
    try withFolder { folder in
      let path = "\(folder)/march.csv"
      let bytes = isPacked ? try gzipped(noise()) : Array(text.utf8)
      try #require(bytes.count > 2 * CSVBlocks.size)
      try write(bytes, path)
      var checked: [RegistrationRow] = []
      let whole = try CSVFile<RegistrationRow>.read(path) { row, _ in checked.append(row) }
      #expect(second(path, same: whole).rows == checked)
      let at = CSVBlocks.size * 3 / 2
      try put([bytes[at] ^ 1], at: UInt64(at), in: path)
      let (rows, problem) = second(path, same: whole)
      #expect(
        problem?.description
          == "\(path) changed while it was read: what stands between bytes 262144 and 524288 is "
          + "not what was checked")
      #expect(!rows.isEmpty && rows.count < checked.count)
      #expect(rows[...] == checked.prefix(rows.count))
    }
  }

  /// Rows that compress badly, so that there are several blocks.
  private func noise() -> String {
    var random = Seeded(seed: 3)
    return registrationHeader
      + (0..<60_000).map { _ in
        "\(Int.random(in: 1_000_000_000_000..<10_000_000_000_000, using: &random)),import,"
          + "S\(Int.random(in: 0..<1_000_000_000, using: &random)),2026-01-01,\n"
      }.joined()
  }

  @Test func `is found out by its length before anything is read`() throws {
    try withFolder { folder in
      let path = "\(folder)/march.csv"
      try write(Array(text.utf8), path)
      let whole = try CSVFile<RegistrationRow>.validate(path)
      for other in [text + registration, String(text.dropLast(40))] {
        try write(Array(other.utf8), path)
        let (rows, problem) = second(path, same: whole)
        #expect(rows.isEmpty)
        #expect(
          problem?.description
            == "\(path) changed while it was read: it had \(text.utf8.count) bytes when it was "
            + "checked, and has \(other.utf8.count) now")
      }
    }
  }

  @Test func `and that is still being written is refused by the check itself`() throws {
    try withFolder { folder in
      let path = "\(folder)/march.csv"
      try write(Array(text.utf8), path)
      var isFirst = true
      #expect(throws: FileProblem.changed(path, what: "it was written to meanwhile")) {
        try CSVFile<RegistrationRow>.read(path) { _, _ in
          if isFirst { try put(Array(registration.utf8), at: UInt64(text.utf8.count), in: path) }
          isFirst = false
        }
      }
    }
  }

  @Test func `is the same file where only its name, time or place changed`() throws {
    try withFolder { folder in
      let path = "\(folder)/march.csv"
      try write(Array(text.utf8), path)
      let whole = try CSVFile<RegistrationRow>.validate(path)
      try FileManager.default.removeItem(atPath: path)
      try write(Array(text.utf8), path)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: path)
      let (rows, problem) = second(path, same: whole)
      #expect(problem == nil && rows.count == 20_000)
    }
  }

  @Test func `has a sum that every bit counts in, and where it stands`() {
    var bytes = [UInt8](repeating: 48, count: 29)
    var sums: Set<UInt64> = [bytes.withUnsafeBytes(CSVMark.sum)]
    for at in bytes.indices {
      for bit in 0..<8 {
        bytes[at] ^= 1 << UInt8(bit)
        sums.insert(bytes.withUnsafeBytes(CSVMark.sum))
        bytes[at] ^= 1 << UInt8(bit)
      }
    }
    #expect(sums.count == 29 * 8 + 1)
    sums.insert(bytes.dropLast().withUnsafeBytes(CSVMark.sum))
    #expect(sums.count == 29 * 8 + 2)
  }
}
