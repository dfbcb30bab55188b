internal import GRDB

extension VerificationPass {
  /// Recomputes tokens and document names, and looks for commitments that belong to no key.
  mutating func checkErasables(of log: EventLog, size: Int) throws(LogError) {
    try scan(
      log,
      "SELECT token, kind, value, random FROM subject WHERE token > ? ORDER BY token LIMIT 1000"
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
    try scan(
      log, "SELECT name, random, bytes FROM document WHERE name > ? ORDER BY name LIMIT 100"
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
    try checkCommitments(of: log, size: size)
    for table in ["subject", "document", "reference_row", "reference_set", "tile"] {
      let answers = try log.read { database in
        let statement = try database.statement("PRAGMA integrity_check(\(table))")
        defer { statement.reset() }
        var answers: [String] = []
        while try statement.step() { answers.append(statement.text(0)) }
        return answers
      }
      for answer in answers where answer != "ok" {
        problems.add(nil, "SQLite finds table \(table) damaged: \(answer)")
      }
    }
  }

  /// Goes through a table by a blob key, some rows a transaction; `check` gives the key of its row.
  private mutating func scan(
    _ log: EventLog, _ sql: String, _ check: (Statement, inout Problems) throws -> [UInt8]
  ) throws(LogError) {
    var last: [UInt8] = []
    while true {
      let (found, next) = try log.read { database in
        let statement = try database.statement(sql)
        defer { statement.reset() }
        statement.bind(1, last)
        var found = Problems()
        var next: [UInt8]?
        while try statement.step() { next = try check(statement, &found) }
        return (found, next)
      }
      problems.add(found)
      guard let next else { return }
      last = next
    }
  }

  private mutating func checkCommitments(of log: EventLog, size: Int) throws(LogError) {
    var last = 0
    while true {
      let (found, next) = try log.read { database in
        let statement = try database.statement(
          """
          SELECT content.position, event.record FROM content
          LEFT JOIN event ON event.position = content.position
          WHERE content.position > ? ORDER BY content.position LIMIT 1000
          """)
        defer { statement.reset() }
        statement.bind(1, last)
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
      problems.add(found)
      guard let next else { return }
      last = next
    }
  }

  /// Recomputes the roots of all reference sets that events name.
  mutating func checkReferences(of log: EventLog, size: Int) throws(LogError) {
    var stored: [Int: Int] = [:]
    for (set, position) in try log.finishedSets(upTo: size) { stored[set] = position }
    for (set, named) in finishedSets.sorted(by: { $0.key < $1.key }) {
      if stored[set] != named.position {
        problems.add(
          named.position,
          "expected reference set \(set) to be finished here; the table says "
            + (stored[set].map { "at \($0)" } ?? "it is not finished"))
      }
      let found = try log.referenceSet(set)
      if found.rows != named.set.rows {
        problems.add(
          named.position,
          "expected \(named.set.rows) rows in reference set \(set); found \(found.rows)")
      } else if found.root != named.set.root {
        problems.add(
          named.position,
          "expected reference set \(set) to have the root \(named.set.root); found \(found.root): "
            + "a row was changed")
      }
    }
    for (set, position) in stored.sorted(by: { $0.key < $1.key }) where finishedSets[set] == nil {
      problems.add(
        position, "expected an event that finishes reference set \(set); found one that does not")
    }
  }
}
