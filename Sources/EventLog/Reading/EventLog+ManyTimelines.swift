internal import GRDB

extension EventLog {
  /// Lends every record on some timelines, each timeline in position order; `body` is given the place
  /// of the timeline's tag in `tags`.
  ///
  /// One moment of the log for all of them, and one look at the index. `body` keeps nothing of the
  /// bytes, and does not use the log.
  ///
  /// - Returns: The newest position that there was.
  /// - Precondition: Not within ``atOneMoment(_:)``.
  package func forEachRecord(
    onTimelines tags: [String], after: Int = 0, _ body: (_ index: Int, LentRecord) -> Void
  ) throws(LogError) -> Int {
    precondition(snapshot == nil, "many timelines are read at a moment of their own")
    let marks = tags.map(Mark.tag)
    var found: [Place] = []
    let tailEnd = shared.tail.withLock { tail in
      for (index, mark) in marks.enumerated() {
        for position in tail.positions(of: mark, after: after, upTo: .max) {
          found.append(Place(position: position, index: index))
        }
      }
      return tail.end
    }
    // As with one timeline: what left the tail since is in the table by now, and what was committed
    // since is found in the rows themselves.
    return try read { database in
      try database.addIndexed(marks, after: after, to: &found)
      let newer = try database.newerMarks(than: tailEnd)
      if !newer.isEmpty {
        Self.add(newer.filter { $0.0 > after }, of: marks, to: &found)
        try takeOver(newer, from: database)
      }
      found.sort { ($0.position, $0.index) < ($1.position, $1.index) }
      let statement = try database.statement("SELECT record FROM event WHERE position = ?")
      var last = Place(position: 0, index: -1)
      for place in found where place != last {
        last = place
        statement.bind(1, place.position)
        defer { statement.reset() }
        guard try statement.step() else {
          throw LogError.damaged(
            position: place.position, what: "the index names a missing event")
        }
        let record = statement.lentBytes(0)
        if RecordScan.hasTag(record, tags[place.index]) {
          body(place.index, LentRecord(position: place.position, bytes: record))
        }
      }
      return try database.lastPosition()
    }
  }

  private static func add(
    _ newer: [(Int, [Int64])], of marks: [Int64], to found: inout [Place]
  ) {
    var places: [Int64: [Int]] = [:]
    for (index, mark) in marks.enumerated() { places[mark, default: []].append(index) }
    for (position, marks) in newer {
      for mark in marks {
        for index in places[mark] ?? [] {
          found.append(Place(position: position, index: index))
        }
      }
    }
  }

  /// The subjects of some values, in their order: the live ones, or candidates with fresh random bytes
  /// that an append is to store.
  ///
  /// - Precondition: No value stands twice; each kind has at most 255 bytes, each value at most 65,535.
  public func makeSubjects(
    _ values: [(kind: String, value: String)]
  ) throws(LogError) -> [Subject] {
    guard !values.isEmpty else { return [] }
    var stored: [[UInt8]?] = Array(repeating: nil, count: values.count)
    let order = values.indices.sorted {
      (values[$0].kind, values[$0].value) < (values[$1].kind, values[$1].value)
    }
    var missing = values.count
    try read { database in
      let statement = try database.statement(
        "SELECT random FROM subject WHERE kind = ? AND value = ?")
      // Neighbours share pages.
      for index in order {
        statement.bind(1, values[index].kind)
        statement.bind(2, values[index].value)
        defer { statement.reset() }
        if try statement.step() {
          stored[index] = statement.bytes(0)
          missing -= 1
        }
      }
    }
    let random = missing > 0 ? configuration.random(32 * missing) : []
    var used = 0
    return values.indices.map { index in
      let (kind, value) = values[index]
      if let held = stored[index] {
        return Subject(kind: kind, value: value, random: held, isStored: true)
      }
      defer { used += 32 }
      return Subject(
        kind: kind, value: value, random: Array(random[used..<used + 32]), isStored: false)
    }
  }

  /// The rows with each of some keys, as ``rows(forKey:upTo:)`` gives them, at one moment.
  public func rows(
    forKeys keys: [[UInt8]], upTo position: Int
  ) throws(LogError) -> [[ReferenceRow]] {
    var rows: [[ReferenceRow]] = Array(repeating: [], count: keys.count)
    let order = keys.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }
    try read { database in
      for index in order {
        rows[index] = try database.rows(forKey: keys[index], upTo: position)
      }
    }
    return rows
  }
}

/// A record that is on one of many timelines.
private struct Place: Hashable {
  let position: Int
  let index: Int
}

extension Database {
  /// Adds where marks occur as the index table knows it, in the order of the table.
  fileprivate func addIndexed(
    _ marks: [Int64], after: Int, to found: inout [Place]
  ) throws {
    // What the table does not hold whole is in the tail.
    guard try reach().indexedTo > after else { return }
    let statement = try statement(
      "SELECT position FROM tag_index WHERE mark = ? AND position > ?")
    for index in marks.indices.sorted(by: { marks[$0] < marks[$1] }) {
      statement.bind(1, Int(marks[index]))
      statement.bind(2, after)
      defer { statement.reset() }
      while try statement.step() {
        found.append(Place(position: statement.int(0), index: index))
      }
    }
  }
}
