extension Writer {
  /// Refuses to finish a set whose rows are not those that the caller counted.
  func check(_ references: ReferenceSet) throws(LogError) {
    do throws(SQLiteFailure) {
      let rows = try rowCount(ofUnfinished: references.set)
      guard rows == references.rows else {
        throw SQLiteFailure(code: 0, what: "\(rows ?? -1)")
      }
    } catch {
      guard error.code == 0 else { throw error.beforeCommit }
      throw .referenceRowsMoved(
        set: references.set, expected: references.rows, found: Int(error.what) ?? -1)
    }
  }

  /// Adds rows behind those a set has, with the subjects they name.
  func appendRows(
    toSet set: Int, startingAt first: Int, _ rows: ArraySlice<(key: [UInt8], content: [UInt8])>,
    subjects: ArraySlice<Subject>
  ) throws {
    let found = try rowCount(ofUnfinished: set)
    guard let found, found == first - 1 else {
      throw LogError.referenceRowsMoved(set: set, expected: first - 1, found: found ?? -1)
    }
    try check(subjects)
    for subject in subjects where !subject.isStored { try insert(subject) }
    let insert = connection.insertRow
    insert.bind(1, set)
    for (offset, row) in rows.enumerated() {
      insert.bind(2, first + offset)
      insert.bind(3, row.key)
      insert.bind(4, row.content)
      try insert.run()
    }
  }

  /// How many rows a set has, or `nil` when it is finished.
  private func rowCount(ofUnfinished set: Int) throws(SQLiteFailure) -> Int? {
    let finished = connection.setPosition
    finished.bind(1, set)
    defer { finished.reset() }
    if try finished.step() { return nil }
    let last = connection.lastRow
    last.bind(1, set)
    defer { last.reset() }
    return try last.step() ? last.int(0) : 0
  }
}
