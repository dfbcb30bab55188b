internal import GRDB

extension VerificationPass {
  /// The tables that SQLite itself is asked about: no hash of a record covers what they hold.
  private static let tables = ["reference_row", "subject", "tile", "document", "reference_set"]

  /// The recomputing of tokens and document names, the search for commitments that belong to no key, and
  /// what SQLite says of the tables.
  func valueParts(of log: EventLog) -> [VerificationPart] {
    let size = size
    let tables = Self.tables.map { table in
      VerificationPart(.values) { () throws(LogError) in try Self.checkTable(table, of: log) }
    }
    let named = (0..<16).flatMap { number in
      [
        VerificationPart(.values) { () throws(LogError) in
          try Self.checkSubjects(of: log, BlobRange(number))
        },
        VerificationPart(.values) { () throws(LogError) in
          try Self.checkDocuments(of: log, BlobRange(number))
        },
      ]
    }
    let stretch = max(1000, size / 16 + 1)
    let commitments = stride(from: 0, through: size, by: stretch).map { first in
      // The last also takes what stands behind the last event.
      let positions = first...(first + stretch > size ? .max : first + stretch - 1)
      return VerificationPart(.values) { () throws(LogError) in
        try Self.checkCommitments(of: log, at: positions, size: size)
      }
    }
    return tables + named + commitments
  }

  private static func checkTable(
    _ table: String, of log: EventLog
  ) throws(LogError) -> VerificationPart.Finding {
    let answers = try log.read { database in
      let statement = try database.statement("PRAGMA integrity_check(\(table))")
      defer { statement.reset() }
      var answers: [String] = []
      while try statement.step() { answers.append(statement.text(0)) }
      return answers
    }
    var finding = VerificationPart.Finding()
    for answer in answers where answer != "ok" {
      finding.problems.add(nil, "SQLite finds table \(table) damaged: \(answer)")
    }
    return finding
  }

  private static func checkSubjects(
    of log: EventLog, _ range: BlobRange
  ) throws(LogError) -> VerificationPart.Finding {
    try scan(
      log,
      """
      SELECT token, kind, value, random FROM subject
      WHERE token > ? AND token < ? ORDER BY token LIMIT 1000
      """, range
    ) { statement, problems in
      let token = statement.bytes(0)
      let kind = statement.text(1)
      let value = statement.text(2)
      let fits =
        kind.utf8.count <= Subject.longest.kind && value.utf8.count <= Subject.longest.value
      if !fits
        || Subject.token(kind: kind, value: value, random: statement.bytes(3)).bytes != token
      {
        problems.add(
          nil,
          "expected the token \(Base64.urlText(token)) to be made from its value; it is not: value, "
            + "kind or random bytes were changed")
      }
      return token
    }
  }

  private static func checkDocuments(
    of log: EventLog, _ range: BlobRange
  ) throws(LogError) -> VerificationPart.Finding {
    try scan(
      log,
      """
      SELECT name, random, bytes FROM document
      WHERE name > ? AND name < ? ORDER BY name LIMIT 100
      """, range
    ) { statement, problems in
      let name = statement.bytes(0)
      if Document.name(bytes: statement.bytes(2), random: statement.bytes(1)).bytes != name {
        problems.add(
          nil,
          "expected the document \(Base64.urlText(name)) to be named after its bytes; it is not: "
            + "bytes or random bytes were changed")
      }
      return name
    }
  }

  /// Goes through a range of a table by a blob key, some rows a transaction; `check` gives the key of its row.
  private static func scan(
    _ log: EventLog, _ sql: String, _ range: BlobRange,
    _ check: (Statement, inout Problems) throws -> [UInt8]
  ) throws(LogError) -> VerificationPart.Finding {
    var finding = VerificationPart.Finding()
    var last = range.before
    while true {
      let (found, next) = try log.read { database in
        let statement = try database.statement(sql)
        defer { statement.reset() }
        statement.bind(1, last)
        statement.bind(2, range.behind)
        var found = Problems()
        var next: [UInt8]?
        while try statement.step() { next = try check(statement, &found) }
        return (found, next)
      }
      finding.problems.add(found)
      guard let next else { return finding }
      last = next
    }
  }

  private static func checkCommitments(
    of log: EventLog, at positions: ClosedRange<Int>, size: Int
  ) throws(LogError) -> VerificationPart.Finding {
    var finding = VerificationPart.Finding()
    var from = positions.lowerBound
    while true {
      let (found, next) = try log.read { database in
        let statement = try database.statement(
          """
          SELECT content.position, event.record FROM content
          LEFT JOIN event ON event.position = content.position
          WHERE content.position BETWEEN ? AND ? ORDER BY content.position LIMIT 1000
          """)
        defer { statement.reset() }
        statement.bind(1, from)
        statement.bind(2, positions.upperBound)
        var found = Problems()
        var next: Int?
        while try statement.step() {
          let position = statement.int(0)
          next = position
          let record = try? Record(reading: statement.lentBytes(1).bindMemory(to: UInt8.self))
          if position <= size, record?.append?.key == nil {
            found.add(
              position, "expected a commitment to content only beside a key; found one without")
          }
        }
        return (found, next)
      }
      finding.problems.add(found)
      guard let next, next < positions.upperBound else { return finding }
      from = next + 1
    }
  }

  /// The recomputing of the roots of all reference sets that events name.
  func referenceParts(of log: EventLog) -> [VerificationPart] {
    let (size, named) = (size, finishedSets)
    let table = VerificationPart(.references) { () throws(LogError) in
      try Self.checkSets(of: log, size: size, named: named.mapValues { $0.position })
    }
    let sets = named.sorted { $0.key < $1.key }.map { set, named in
      VerificationPart(.references) { () throws(LogError) in
        var finding = VerificationPart.Finding()
        let found = try log.referenceSet(set)
        if found.rows != named.set.rows {
          finding.problems.add(
            named.position,
            "expected \(named.set.rows) rows in reference set \(set); found \(found.rows)")
        } else if found.root != named.set.root {
          finding.problems.add(
            named.position,
            "expected reference set \(set) to have the root \(named.set.root); found \(found.root): "
              + "a row was changed")
        }
        return finding
      }
    }
    return [table] + sets
  }

  /// Compares where events finish sets of reference rows with what the table says.
  private static func checkSets(
    of log: EventLog, size: Int, named: [Int: Int]
  ) throws(LogError) -> VerificationPart.Finding {
    var finding = VerificationPart.Finding()
    var stored: [Int: Int] = [:]
    for (set, position) in try log.finishedSets(upTo: size) { stored[set] = position }
    for (set, position) in named.sorted(by: { $0.key < $1.key }) where stored[set] != position {
      finding.problems.add(
        position,
        "expected reference set \(set) to be finished here; the table says "
          + (stored[set].map { "at \($0)" } ?? "it is not finished"))
    }
    for (set, position) in stored.sorted(by: { $0.key < $1.key }) where named[set] == nil {
      finding.problems.add(
        position, "expected an event that finishes reference set \(set); found one that does not")
    }
    return finding
  }
}

/// One of sixteen equal ranges of keys that are hashes.
private struct BlobRange {
  /// A key that sorts before all of the range.
  let before: [UInt8]
  /// A key that sorts behind all of the range.
  let behind: [UInt8]

  init(_ number: Int) {
    before = number == 0 ? [] : [UInt8(number << 4)]
    behind = number == 15 ? Array(repeating: 0xFF, count: 64) : [UInt8((number + 1) << 4)]
  }
}
