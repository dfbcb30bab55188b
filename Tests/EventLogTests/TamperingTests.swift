import Testing

@testable import EventLog

@Suite struct `verification` {
  /// Every trigger gone, as whoever owns the file can do.
  private static let disarm = """
    DROP TRIGGER event_insert; DROP TRIGGER event_update; DROP TRIGGER event_delete;
    DROP TRIGGER tile_insert; DROP TRIGGER tile_update; DROP TRIGGER tile_delete;
    DROP TRIGGER reference_row_insert; DROP TRIGGER reference_row_update;
    DROP TRIGGER reference_row_delete; DROP TRIGGER reference_set_insert;
    DROP TRIGGER reference_set_update; DROP TRIGGER reference_set_delete;
    DROP TRIGGER subject_insert; DROP TRIGGER subject_update; DROP TRIGGER document_insert;
    DROP TRIGGER document_update; DROP TRIGGER content_insert; DROP TRIGGER content_update;
    """

  /// What verification finds after a statement, apart from the missing triggers.
  private func problems(_ statement: String) throws -> [VerificationProblem] {
    let folder = try TemporaryFolder()
    let log = try `what is stored`.filled(folder)
    #expect(try log.verifyContent() == [])
    let raw = try RawDatabase(folder.database)
    let triggers = 18
    try raw.execute(Self.disarm)
    try raw.execute(statement)
    let found = try log.verifyContent()
    #expect(found.count { $0.what.contains("expected the trigger ") } == triggers)
    return found.filter { !$0.what.contains("expected the trigger ") }
  }

  private static func flip(_ table: String, _ column: String, byte: Int, where condition: String)
    -> String
  {
    """
    UPDATE \(table) SET \(column) = CAST(substr(\(column), 1, \(byte)) || \
    CASE substr(\(column), \(byte) + 1, 1) WHEN x'30' THEN x'31' ELSE x'30' END || \
    substr(\(column), \(byte) + 2) AS BLOB) WHERE \(condition)
    """
  }

  @Test(arguments: [1, 2, 3, 4, 100, 255, 256, 257, 303])
  func `names the event of a byte changed in record, leaf or marks`(position: Int) throws {
    let condition = "position = \(position)"
    for byte in [0, 12, 60, 150] {
      let found = try problems(Self.flip("event", "record", byte: byte, where: condition))
      #expect(found.contains { $0.position == position }, "record byte \(byte): \(found)")
      #expect(found.allSatisfy { $0.position == nil || abs(($0.position ?? 0) - position) <= 1 })
    }
    let leaf = try problems(Self.flip("event", "leaf", byte: 31, where: condition))
    #expect(leaf.map(\.position) == [position])
    guard ![1, 3].contains(position) else { return }
    let marks = try problems(Self.flip("event", "marks", byte: 5, where: condition))
    #expect(marks.contains { $0.position == position })
  }

  @Test(
    arguments: [
      ("UPDATE tile SET hashes = CAST(zeroblob(32) || substr(hashes, 33) AS BLOB)", 1),
      (
        "UPDATE tile SET hashes = CAST(substr(hashes, 1, 99 * 32) || zeroblob(32) || substr(hashes, 100 * 32 + 1) AS BLOB)",
        100
      ),
      ("DELETE FROM tile", 256),
      ("DELETE FROM event WHERE position = 50", 50),
      ("DELETE FROM event WHERE position = 303", 302),
      ("DELETE FROM event WHERE position = 1", 1),
      (
        "UPDATE event SET record = (SELECT record FROM event WHERE position = 51) WHERE position = 50",
        50
      ),
      (
        "UPDATE event SET leaf = (SELECT leaf FROM event e WHERE e.position = 103 - event.position), record = (SELECT record FROM event e WHERE e.position = 103 - event.position), marks = (SELECT marks FROM event e WHERE e.position = 103 - event.position) WHERE position IN (51, 52)",
        51
      ),
      ("DELETE FROM tag_index WHERE position = 20", 20),
      ("INSERT INTO tag_index VALUES (1, 20)", 20),
      ("UPDATE tag_index SET mark = 5 WHERE position = 20", 20),
      ("INSERT INTO content VALUES (1, zeroblob(32), zeroblob(32))", 1),
      ("UPDATE reference_row SET content = x'7B7E' WHERE row = 1", 3),
      ("UPDATE reference_row SET key = x'08' WHERE row = 2", 3),
      ("DELETE FROM reference_row WHERE row = 2", 3),
      ("DELETE FROM reference_set", 3),
      ("UPDATE reference_set SET position = 4", 3),
      ("INSERT INTO reference_set VALUES (9, 5)", 5),
    ] as [(String, Int)])
  func `names the event of`(_ statement: String, position: Int) throws {
    let found = try problems(statement)
    #expect(found.contains { $0.position == position }, "\(found)")
  }

  @Test(arguments: [
    "UPDATE subject SET value = '1234567890124'", "UPDATE subject SET kind = 'uprn'",
    "UPDATE subject SET random = zeroblob(32)", "UPDATE subject SET token = zeroblob(32)",
    "UPDATE document SET bytes = x'00'", "UPDATE document SET random = zeroblob(32)",
    "UPDATE document SET name = zeroblob(32)", "UPDATE counter SET value = 0",
    "DELETE FROM counter", "UPDATE index_state SET indexed_to = 9999",
    "UPDATE index_state SET chunk_to = 9999", "UPDATE index_state SET chunk_rows = chunk_rows + 9",
    "CREATE TABLE extra (a)", "CREATE TRIGGER t AFTER INSERT ON event BEGIN SELECT 1; END",
    "DROP VIEW event_fields", "CREATE INDEX i ON event (leaf)",
    "INSERT INTO tile VALUES (0, 1, zeroblob(8192))",
    "INSERT INTO tile VALUES (3, 0, zeroblob(8192))",
  ])
  func `finds`(_ statement: String) throws {
    let found = try problems(statement)
    #expect(!found.isEmpty)
  }

  /// Values, documents and commitments are gone through in ranges, side by side: none may be left out between two.
  @Test func `finds every one of many`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let count = 300
    for number in 0..<count {
      let subject = try log.makeSubject(kind: "mpxn", value: "\(number)")
      let document = log.makeDocument([UInt8(number & 255), UInt8(number >> 8)])
      _ = try log.append(
        AppendRequest(
          key: AppendKey(kind: "k", within: "P", value: "\(number)"), content: [9],
          subjects: [subject], documents: [document]
        ) { _ in [.test(tags: ["device:\(number)"])] })
    }
    for _ in 0..<count { _ = try log.append(AppendRequest { _ in [.test()] }) }
    #expect(try log.verifyContent() == [])
    let raw = try RawDatabase(folder.database)
    try raw.execute(Self.disarm)
    try raw.execute(
      """
      UPDATE subject SET value = 'x' || value;
      UPDATE document SET bytes = CAST(bytes || x'00' AS BLOB);
      INSERT INTO content SELECT position + \(count), random, digest FROM content;
      """)
    let found = try log.verifyContent()
    #expect(found.count { $0.what.contains("expected the token ") } == count)
    #expect(found.count { $0.what.contains("expected the document ") } == count)
    let without = found.filter { $0.what.contains("expected a commitment ") }.compactMap(\.position)
    #expect(without == Array(count + 2...2 * count + 1))
  }

  @Test
  func `says nothing about a ledger that grows meanwhile`() throws {
    let folder = try TemporaryFolder()
    var configuration = LogConfiguration.test()
    configuration.indexChunk = 20
    let log = try EventLog.make(folder, configuration)
    let results = inParallel(2) { role -> [VerificationProblem] in
      var found: [VerificationProblem] = []
      for number in 0..<60 {
        if role == 0 {
          for _ in 0..<5 {
            _ = try? log.append(AppendRequest { _ in [.test(tags: ["device:\(number)"])] })
          }
        } else {
          found += (try? log.verifyContent()) ?? [VerificationProblem(position: nil, what: "threw")]
        }
      }
      return found
    }
    #expect(results == [[], []])
  }

  @Test func `tells how far it is`() throws {
    let folder = try TemporaryFolder()
    let log = try `what is stored`.filled(folder)
    var last = 0
    #expect(try log.verifyContent { last = $0 } == [])
    #expect(last == 303)
  }
}
