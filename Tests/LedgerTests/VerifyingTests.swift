import Corrections
import EventLog
import Foundation
import GRDB
import Testing

@testable import Ledger

@Suite struct `Verifying a ledger` {
  private func lived(_ seed: UInt64) throws -> TestLedger {
    let test = try TestLedger()
    var history = RandomHistory(test, seed: seed)
    for _ in 0..<40 { try history.step() }
    test.ledger.log.close()
    return test
  }

  private func change(_ test: TestLedger, _ sql: String) throws {
    let queue = try DatabaseQueue(path: test.folder + "/ledger.sqlite")
    try queue.write { db in
      let triggers = try Row.fetchAll(
        db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
      try db.execute(sql: sql)
      for trigger in triggers { try db.execute(sql: trigger["sql"]) }
    }
    try queue.close()
  }

  @Test(arguments: [41, 42] as [UInt64])
  func `finds nothing after a random history, and counts every event`(seed: UInt64) throws {
    let test = try lived(seed)
    let verified = try Verification.run(at: test.folder) { _, _ in }
    #expect(verified.problems.isEmpty)
    let reader = try Ledger.open(at: test.folder, access: .readOnly)
    #expect(verified.events == (try reader.head()))
    #expect(verified.root != nil)
  }

  @Test(arguments: [43] as [UInt64])
  func `names the one position of a flipped byte`(seed: UInt64) throws {
    let test = try lived(seed)
    try change(
      test,
      """
      UPDATE event SET record = CAST(replace(CAST(record AS TEXT), 'SUPA', 'SUPB') AS BLOB)
      WHERE position = (SELECT min(position) FROM event WHERE position > 20
        AND instr(CAST(record AS TEXT), 'SUPA') > 0)
      """)
    let position = try #require(
      try Verification.run(at: test.folder) { _, _ in }.problems.first?.position)
    #expect(position > 20)
    let positions = try Verification.run(at: test.folder) { _, _ in }.problems.map(\.position)
    #expect(Set(positions) == [position])
  }

  @Test func `names what was taken away or put in`() throws {
    let test = try lived(44)
    try change(test, "DELETE FROM event WHERE position = (SELECT max(position) - 3 FROM event)")
    #expect(!(try Verification.run(at: test.folder) { _, _ in }.problems.isEmpty))
    let registrations = try lived(45)
    try change(
      registrations,
      """
      UPDATE reference_row SET content =
        CAST(replace(CAST(content AS TEXT), 'SUPA', 'SUPB') AS BLOB) WHERE set_id = 1
      """)
    #expect(!(try Verification.run(at: registrations.folder) { _, _ in }.problems.isEmpty))
    let named = try lived(46)
    try change(named, "UPDATE subject SET value = '2001234501019x' WHERE value = '2001234501019'")
    #expect(!(try Verification.run(at: named.folder) { _, _ in }.problems.isEmpty))
  }

  @Test func `needs no more than reading`() throws {
    let test = try lived(47)
    let before = try FileManager.default.contentsOfDirectory(atPath: test.folder).sorted()
    _ = try Verification.run(at: test.folder) { _, _ in }
    #expect(try FileManager.default.contentsOfDirectory(atPath: test.folder).sorted() == before)
  }
}
