import Corrections
import EventLog
import Foundation
import Testing
import Wire

@testable import Ledger

@Suite struct `Importing meter technical details` {
  private static let importer = Corrections.Actor(
    user: nil, party: "ledger", role: nil, via: .import)

  private func importing(
    _ test: TestLedger, _ rows: [String], dryRun: Bool = false
  ) throws -> Imported {
    let path = test.folder + "/\(UUID().uuidString).csv"
    try (["device_id,mpxn,kind,effective_from"] + rows).joined(separator: "\n").write(
      toFile: path, atomically: true, encoding: .utf8)
    var options = ImportOptions()
    options.isDryRun = dryRun
    return try test.ledger.importTechnicalDetails(
      path, by: Self.importer, at: test.now(), options: options)
  }

  private func device(_ number: Int) -> String {
    "\(EUI64(bits: 0x00DB_1234_5600_0000 + UInt64(number)))"
  }

  private func point(_ number: Int) -> String { "1\(100_000_000_000 + number)" }

  private func row(_ number: Int, at point: Int? = nil, from: String = "") -> String {
    "\(device(number)),\(self.point(point ?? number)),import,\(from)"
  }

  private func counts(_ imported: Imported) -> [Int] {
    [imported.rows, imported.added, imported.changed, imported.unchanged]
  }

  @Test func `rows of several batches are told once each, and then by their differences`() throws {
    let test = try TestLedger(filled: false)
    let rows = (0..<1_201).map { row($0) }
    let empty = try test.ledger.head()
    #expect(counts(try importing(test, rows, dryRun: true)) == [1_201, 1_201, 0, 0])
    #expect(try test.ledger.head() == empty, "a dry run records nothing")
    #expect(counts(try importing(test, rows)) == [1_201, 1_201, 0, 0])
    let head = try test.ledger.head()
    #expect(counts(try importing(test, rows)) == [1_201, 0, 0, 1_201])
    #expect(try test.ledger.head() == head, "what says the same is no event")
    var changed = rows
    changed[700] = row(700, at: 5_000)
    #expect(counts(try importing(test, changed)) == [1_201, 0, 1, 1_200])
    #expect(try test.ledger.head() == head + 2)
    #expect(try test.ledger.log.verifyContent().isEmpty)
  }

  @Test func `two meter points of one device need a start each`() throws {
    let test = try TestLedger(filled: false)
    let head = try test.ledger.head()
    #expect {
      try importing(test, [row(1), row(2), row(1, at: 9), row(2)])
    } throws: { error in
      guard let found = error as? CSVProblems else { return false }
      return found.total == 1 && found.problems[0].line == 4 && found.areBetweenRows
        && found.problems[0].message.contains("line 2")
        && !found.problems[0].message.contains(point(9))
    }
    #expect(try test.ledger.head() == head)
    let told = try importing(
      test, [row(1, from: "2024-01-01"), row(1, at: 9, from: "2025-01-01"), row(2)])
    #expect(counts(told) == [3, 2, 1, 0])
    #expect(
      counts(try importing(test, [row(1, from: "2024-01-01"), row(1, at: 9)])) == [2, 0, 0, 2],
      "without a start it is what was true last")
  }

  @Test func `what was recorded in error does not count as told`() throws {
    let test = try TestLedger()
    _ = try importing(test, [row(1)])
    let id = try #require(EUI64(device(1)))
    let told = try #require(try test.ledger.timeline(Tag.device(id)).last)
    let user = try #require(try test.ledger.user("DCC-017"))
    _ = try test.ledger.annul(
      told.position, reason: "read from another file", replacedBy: nil, by: user, via: .system)
    #expect(counts(try importing(test, [row(1)])) == [1, 1, 0, 0])
  }
}
