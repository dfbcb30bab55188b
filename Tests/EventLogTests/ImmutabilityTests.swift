import CanonicalJSON
import Testing

@testable import EventLog

@Suite struct `what is stored` {
  /// A ledger with at least one row in each table.
  static func filled(_ folder: TemporaryFolder) throws -> EventLog {
    var configuration = LogConfiguration.test()
    configuration.indexChunk = 100
    let log = try EventLog.make(folder, configuration)
    let subject = try log.makeSubject(kind: "mpxn", value: "1234567890123")
    let document = log.makeDocument([1, 2, 3])
    _ = try log.append(
      AppendRequest(
        key: AppendKey(kind: "k", within: "P", value: "v"), content: [9], subjects: [subject],
        documents: [document], numbers: ["correction"]
      ) { context in
        let number = Int64(context.number("correction"))
        return [
          Draft(
            type: "Tested", actor: Actor(party: "P", via: "system"),
            body: .object(["tags": ["device:A"], "number": .integer(number)]))
        ]
      })
    let set = try log.beginSet()
    try log.appendRows(
      toSet: set, startingAt: 1,
      [(subject.digest.bytes, Array("{}".utf8)), ([7], Array("{}".utf8))])
    let finished = try log.referenceSet(set)
    _ = try log.append(AppendRequest(references: finished) { _ in [.test("Imported")] })
    for round in 0..<3 {
      _ = try log.append(AppendRequest { _ in (0..<100).map { .test(tags: ["device:\($0)"]) } })
      // So that some events are in the index table and some are not.
      if round == 1 { try log.indexAll() }
    }
    return log
  }

  @Test(arguments: [
    "UPDATE event SET record = x'00' WHERE position = 1",
    "UPDATE event SET position = 9999 WHERE position = 303",
    "DELETE FROM event WHERE position = 303",
    "DELETE FROM event",
    "INSERT OR REPLACE INTO event SELECT 1, leaf, marks, record FROM event WHERE position = 2",
    "REPLACE INTO event (position, leaf, marks, record) SELECT 303, leaf, marks, record FROM event LIMIT 1",
    "INSERT INTO event SELECT 1, leaf, marks, record FROM event WHERE position = 2 ON CONFLICT (position) DO UPDATE SET record = x'00'",
    "INSERT INTO event SELECT 999, leaf, marks, record FROM event LIMIT 1",
    "INSERT INTO event (leaf, marks, record) SELECT leaf, marks, record FROM event LIMIT 1",
    "INSERT INTO event SELECT 0, leaf, marks, record FROM event LIMIT 1",
    "UPDATE OR REPLACE event SET position = 1 WHERE position = 2",
    "UPDATE tile SET hashes = zeroblob(8192)",
    "DELETE FROM tile",
    "INSERT OR REPLACE INTO tile SELECT level, idx, zeroblob(8192) FROM tile",
    "UPDATE reference_row SET content = x'00'",
    "DELETE FROM reference_row",
    "INSERT OR REPLACE INTO reference_row VALUES (1, 1, x'00', x'00')",
    "INSERT INTO reference_row VALUES (1, 3, x'00', x'00')",
    "INSERT INTO reference_row VALUES (2, 2, x'00', x'00')",
    "UPDATE reference_set SET position = 1",
    "DELETE FROM reference_set",
    "INSERT OR REPLACE INTO reference_set VALUES (1, 1)",
    "INSERT OR REPLACE INTO reference_set SELECT 2, position FROM reference_set",
    "INSERT INTO reference_set (position) VALUES (1)",
    "UPDATE subject SET value = 'x'",
    "INSERT OR REPLACE INTO subject SELECT token, kind, 'x', random FROM subject",
    "INSERT OR REPLACE INTO subject SELECT zeroblob(32), kind, value, random FROM subject",
    "UPDATE document SET bytes = x'00'",
    "INSERT OR REPLACE INTO document SELECT name, random, x'00' FROM document",
    "INSERT OR REPLACE INTO document (rowid, name, random, bytes) SELECT rowid, zeroblob(32), random, x'00' FROM document",
    "UPDATE content SET digest = zeroblob(32)",
    "INSERT OR REPLACE INTO content SELECT position, random, zeroblob(32) FROM content",
  ])
  func `is not changed by any statement`(_ statement: String) throws {
    let folder = try TemporaryFolder()
    let log = try Self.filled(folder)
    let raw = try RawDatabase(folder.database)
    #expect(throws: SQLiteFailure.self, "\(statement)") { try raw.execute(statement) }
    #expect(try log.verifyContent().isEmpty)
  }

  /// The writer's connection runs no triggers; what it adds takes a place that must be free all the same.
  @Test func `is not added again by the writer's own statements`() throws {
    let folder = try TemporaryFolder()
    let log = try Self.filled(folder)
    let raw = try RawDatabase(folder.database)
    let writer = try WriterConnection(
      path: folder.database, synchronousNormal: false, keepWALOnClose: true)
    defer { writer.close() }
    let blob = [UInt8](repeating: 7, count: 32)
    let token = try #require(try raw.text("SELECT hex(token) FROM subject"))
    let name = try #require(try raw.text("SELECT hex(name) FROM document"))
    func bytes(_ hex: String) -> [UInt8] {
      stride(from: 0, to: hex.count, by: 2).compactMap {
        UInt8(hex.dropFirst($0).prefix(2), radix: 16)
      }
    }
    func refused(_ statement: Statement, _ bind: (Statement) -> Void) {
      bind(statement)
      #expect(throws: SQLiteFailure.self) { try statement.run() }
    }
    let content = try #require(try raw.number("SELECT position FROM content"))
    refused(writer.insertEvent) { event in
      event.bind(1, 303)
      event.bind(2, blob)
      event.bind(3, [])
      event.bind(4, blob)
    }
    refused(writer.insertTile) { tile in
      tile.bind(1, 0)
      tile.bind(2, 0)
      tile.bind(3, [UInt8](repeating: 0, count: 8192))
    }
    for (key, value) in [(bytes(token), "another"), (blob, "1234567890123")] {
      refused(writer.insertSubject) { subject in
        subject.bind(1, key)
        subject.bind(2, "mpxn")
        subject.bind(3, value)
        subject.bind(4, blob)
      }
    }
    refused(writer.insertDocument) { document in
      document.bind(1, bytes(name))
      document.bind(2, blob)
      document.bind(3, blob)
    }
    refused(writer.insertContent) { commitment in
      commitment.bind(1, content)
      commitment.bind(2, blob)
      commitment.bind(3, blob)
    }
    refused(writer.insertRow) { row in
      row.bind(1, 1)
      row.bind(2, 1)
      row.bind(3, blob)
      row.bind(4, blob)
    }
    refused(writer.insertSet) { set in
      set.bind(1, 1)
      set.bind(2, 4)
    }
    #expect(try log.verifyContent().isEmpty)
  }

  @Test(arguments: ["subject", "document", "content"])
  func `in an erasable table can be deleted`(_ table: String) throws {
    let folder = try TemporaryFolder()
    let log = try Self.filled(folder)
    let raw = try RawDatabase(folder.database)
    #expect(try raw.number("SELECT count(*) FROM \(table)") == 1)
    try raw.execute("DELETE FROM \(table)")
    #expect(try log.verifyContent().isEmpty)
  }
}
