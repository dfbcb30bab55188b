import Corrections
import Crypto
import Foundation
import GRDB
import Testing

@testable import EventLog
@testable import Ledger

/// Each kind of change that somebody makes to the files by hand, and which verification finds it.
@Suite struct `Changes made by hand` {
  /// What a verification comes to: of the content, and of the tree alone, with and without a checkpoint
  /// that was kept elsewhere.
  struct Row: Sendable {
    let change: String
    let sql: [String]
    let content: Verification.Answer
    let contentSince: Verification.Answer
    let treeSince: Verification.Answer
  }

  static let table = [
    Row(
      change: "nothing", sql: [], content: .proven, contentSince: .proven, treeSince: .proven),
    Row(
      change: "a byte of a record",
      sql: [
        "UPDATE event SET record = CAST(replace(CAST(record AS TEXT), 'E080415', 'E080414') AS BLOB) "
          + "WHERE position = 100"
      ], content: .broken, contentSince: .broken, treeSince: .proven),
    Row(
      change: "a leaf hash of a full tile",
      sql: ["UPDATE event SET leaf = zeroblob(32) WHERE position = 100"],
      content: .broken, contentSince: .broken, treeSince: .proven),
    Row(
      change: "a leaf hash of the open tile",
      sql: [
        "UPDATE event SET leaf = zeroblob(32) WHERE position = (SELECT max(position) FROM event)"
      ],
      content: .broken, contentSince: .broken, treeSince: .broken),
    Row(
      change: "a tile", sql: ["UPDATE tile SET hashes = zeroblob(8192) WHERE level = 0"],
      content: .broken, contentSince: .broken, treeSince: .broken),
    Row(
      change: "a tile taken away", sql: ["DELETE FROM tile WHERE level = 0"],
      content: .broken, contentSince: .broken, treeSince: .broken),
    Row(
      change: "an index column",
      sql: ["UPDATE event SET marks = zeroblob(12) WHERE position = 100"],
      content: .broken, contentSince: .broken, treeSince: .proven),
    Row(
      change: "two values swapped",
      sql: [
        "UPDATE subject SET value = value || 'x' WHERE kind = 'mpxn' "
          + "AND value = (SELECT min(value) FROM subject WHERE kind = 'mpxn')"
      ], content: .broken, contentSince: .broken, treeSince: .proven),
    Row(
      change: "the newest events cut off",
      sql: ["DELETE FROM event WHERE position > 280"],
      content: .broken, contentSince: .broken, treeSince: .broken),
    Row(
      change: "an event taken out of the middle",
      sql: ["DELETE FROM event WHERE position = 150"],
      content: .broken, contentSince: .broken, treeSince: .proven),
    Row(
      change: "the row that says how far the index is, with a record",
      sql: [
        "DELETE FROM index_state",
        "UPDATE event SET record = CAST(replace(CAST(record AS TEXT), 'E080415', 'E080414') AS BLOB) "
          + "WHERE position = 100",
      ], content: .broken, contentSince: .broken, treeSince: .proven),
    Row(
      change: "the newest record",
      sql: [
        "UPDATE event SET record = x'00' WHERE position = (SELECT max(position) FROM event)"
      ], content: .broken, contentSince: .broken, treeSince: .proven),
    Row(
      change: "an event of the open tile taken away",
      sql: ["DELETE FROM event WHERE position = (SELECT max(position) - 2 FROM event)"],
      content: .broken, contentSince: .broken, treeSince: .broken),
    Row(
      change: "a tile cut short",
      sql: [
        "PRAGMA ignore_check_constraints = ON", "UPDATE tile SET hashes = substr(hashes, 1, 96)",
      ],
      content: .broken, contentSince: .broken, treeSince: .broken),
    Row(
      change: "how far the index is, beyond all numbers",
      sql: ["UPDATE index_state SET indexed_to = 9223372036854775807"],
      content: .broken, contentSince: .broken, treeSince: .proven),
    Row(
      change: "how many rows the index holds, below none",
      sql: ["UPDATE index_state SET chunk_rows = -1"],
      content: .broken, contentSince: .broken, treeSince: .proven),
    Row(
      change: "up to where a piece of the index goes, beyond all numbers",
      sql: ["UPDATE index_state SET chunk_to = 9223372036854775807"],
      content: .broken, contentSince: .broken, treeSince: .proven),
    Row(
      change: "a row of registrations",
      sql: [
        "UPDATE reference_row SET content = "
          + "CAST(replace(CAST(content AS TEXT), 'SUPA', 'SUPB') AS BLOB) WHERE set_id = 1"
      ], content: .broken, contentSince: .broken, treeSince: .proven),
  ]

  /// A ledger of some three hundred events: one full tile, and an open one.
  private func made() throws -> (test: TestLedger, since: Checkpoint) {
    let test = try TestLedger()
    _ = try test.ledger.append((0..<280).map(issued), [], by: Self.actor, at: test.now())
    return (test, try test.ledger.checkpoint())
  }

  private static let actor = Corrections.Actor(user: nil, party: "DCC", role: nil, via: .system)

  private func issued(_ number: Int) throws -> Event {
    .serviceResponseIssued(
      ServiceResponseIssued(
        requestID: RequestID(
          originator: try eui(Fixture.supA), target: try eui(Fixture.broker),
          counter: UInt64(number)), party: "SUPA", serviceReference: "8.4",
        deviceID: try eui(Fixture.device), code: "E080415"))
  }

  private func change(_ test: TestLedger, _ statements: [String]) throws {
    test.ledger.log.close()
    let queue = try DatabaseQueue(path: test.folder + "/ledger.sqlite")
    try queue.write { db in
      let triggers = try GRDB.Row.fetchAll(
        db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
      for sql in statements { try db.execute(sql: sql) }
      for trigger in triggers { try db.execute(sql: trigger["sql"]) }
    }
    try queue.close()
  }

  @Test(arguments: table.indices)
  func `are found at the depth that the table says`(_ index: Int) throws {
    let row = Self.table[index]
    let (test, since) = try made()
    try change(test, row.sql)
    func answer(_ depth: Verification.Depth, _ since: Checkpoint?) throws -> Verification.Answer {
      try Verification.run(at: test.folder, depth: depth, since: since) { _, _ in }.answer
    }
    #expect(try answer(.content, nil) == row.content, "\(row.change), content")
    #expect(try answer(.content, since) == row.contentSince, "\(row.change), content since")
    #expect(try answer(.consistency, since) == row.treeSince, "\(row.change), tree since")
    let alone = try answer(.consistency, nil)
    #expect(alone != .proven, "\(row.change): the tree alone proves nothing")
  }

  @Test(arguments: table.indices)
  func `end no program that opens the ledger, reads it and records something`(_ index: Int) throws {
    let row = Self.table[index]
    let (test, _) = try made()
    try change(test, row.sql)
    for access in [EventLog.Access.readWrite, .readOnly] {
      do {
        let ledger = try Ledger.open(at: test.folder, access: access)
        defer { ledger.log.close() }
        _ = try? ledger.device(eui(Fixture.device))
        _ = try? ledger.timeline(Tag.device(eui(Fixture.other)))
        _ = try? ledger.checkpoint()
        _ = try ledger.append([issued(900)], [], by: Self.actor, at: test.now())
      } catch is LogError {
        // It says that it is damaged, or read only.
      }
    }
  }

  @Test func `are handed to nobody as a bundle of the log`() throws {
    let (test, _) = try made()
    try change(test, ["DELETE FROM event WHERE position = 150"])
    let ledger = try Ledger.open(at: test.folder, access: .readOnly)
    for width in [256, 200, 150] {
      #expect {
        try ledger.entryBundle(0, width: width)
      } throws: { error in
        guard case .damaged? = error as? LogError else { return false }
        return true
      }
    }
    #expect(try ledger.entryBundle(0, width: 149) != nil)
    #expect(try ledger.entryBundle(9, width: 1) == nil, "the log is not so long")
    ledger.log.close()
  }

  @Test func `that rewrite a whole log soundly are found by a checkpoint alone`() throws {
    let (_, since) = try made()
    let (other, _) = try made()
    // Another log by the same name and key: sound in itself, and not what was signed.
    let verified = try Verification.run(at: other.folder) { _, _ in }
    #expect(verified.answer == .proven)
    let key = try #require(try other.ledger.verifierKey)
    let text = Checkpoint.text(other.ledger.opened.origin, since.size, since.root)
    let signing = try Curve25519.Signing.PrivateKey(
      rawRepresentation: try #require(
        Data(
          base64Encoded: try String(
            contentsOfFile: other.folder + "/ledger.key", encoding: .utf8
          ).trimmingCharacters(in: .newlines))))
    let signed = Checkpoint(
      origin: other.ledger.opened.origin, size: since.size, root: since.root, key: key,
      signature: Array(try signing.signature(for: Array(text.utf8))))
    for depth in Verification.Depth.allCases {
      let found = try Verification.run(at: other.folder, depth: depth, since: signed) { _, _ in }
      #expect(found.answer == .broken)
      #expect(found.problems.last?.what.contains("some of them were changed since") == true)
    }
  }

  @Test func `to a checkpoint establish nothing`() throws {
    let (test, since) = try made()
    let note = since.note
    for (old, new) in [
      ("\n\(since.size)\n", "\n\(since.size - 1)\n"),
      (since.origin, "other.invalid/ledger"),
    ] {
      let forged = try Checkpoint(reading: note.replacing(old, with: new))
      let found = try Verification.run(at: test.folder, since: forged) { _, _ in }
      #expect(found.answer == .notEstablished && found.missing != nil, "\(old)")
    }
    let (other, _) = try made()
    // A key that was kept, and a first event that names another: the beginning was replaced.
    let replaced = try Verification.run(
      at: test.folder, since: since, key: other.ledger.verifierKey
    ) { _, _ in }
    #expect(replaced.answer == .broken)
    #expect(replaced.problems.last?.what.contains("its beginning was replaced") == true)
  }
}
