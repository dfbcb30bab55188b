import Foundation
import Testing

@testable import Wire

@Suite struct `A file that is read ahead` {
  private static let batch = CSVReadAhead<RegistrationRow>.rowsOfBatch

  private func withFile<R>(_ text: String, _ body: (String) throws -> R) throws -> R {
    try withFolder { folder in
      let path = "\(folder)/march.csv"
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      return try body(path)
    }
  }

  @Test(arguments: [0, 1, batch - 1, batch, batch + 1, 14 * batch, 30 * batch + 7])
  func `gives every row once, in order, with its line`(_ count: Int) throws {
    let text = manyRegistrations(count)
    let expected = try rows(text, as: RegistrationRow.self)
    try withFile(text) { path in
      var found: [RegistrationRow] = []
      var lines: [Int] = []
      let summary = try CSVFile<RegistrationRow>.read(path) { row, line in
        found.append(row)
        lines.append(line)
      }
      #expect(found == expected.rows && lines == expected.lines && summary.rows == count)
      #expect(found.count == count)
    }
  }

  @Test(arguments: [0, 1, batch - 1, batch, 3 * batch + 1, 29 * batch])
  func `gives the rows before a problem, none after it, and then the problem`(
    _ place: Int
  ) throws {
    var lines = manyRegistrations(30 * Self.batch).split(
      separator: "\n", omittingEmptySubsequences: false)
    lines[place + 1] = "none,import,SUPA,2026-01-01,"
    try withFile(lines.joined(separator: "\n")) { path in
      var found = 0
      #expect(throws: CSVProblems.self) {
        try CSVFile<RegistrationRow>.read(path) { _, _ in found += 1 }
      }
      #expect(found == place)
    }
  }

  /// Whoever takes the rows stops at one: the reader, which waits for room by then, ends with it.
  @Test(arguments: [0, 1, batch, 20 * batch])
  func `is left where whoever takes its rows throws`(_ place: Int) throws {
    struct Stop: Error {}
    try withFile(manyRegistrations(40 * Self.batch)) { path in
      var found = 0
      #expect(throws: Stop.self) {
        try CSVFile<RegistrationRow>.read(path) { _, _ in
          if found == place { throw Stop() }
          found += 1
        }
      }
      #expect(found == place)
      // The file is closed and can be had again.
      let whole = try CSVFile<RegistrationRow>.validate(path)
      #expect(whole.rows == 40 * Self.batch)
    }
  }

  @Test func `that is not there is no file, whoever reads`() {
    #expect(throws: FileProblem.self) {
      try CSVFile<RegistrationRow>.read("/nowhere/march.csv") { _, _ in }
    }
  }
}
