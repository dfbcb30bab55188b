internal import CanonicalJSON

extension Writer {
  /// Refuses when an event with one of the tags came after the position.
  func check(_ condition: AppendCondition) throws {
    guard condition.after < state.head.position else { return }
    for tag in condition.tags {
      let found = try newestPosition(of: Mark.tag(tag), after: condition.after) { record in
        RecordScan.hasTag(record, tag)
      }
      if let found {
        throw LogError.conflict(Conflict(tag: tag, after: condition.after, found: found))
      }
    }
  }

  /// Where a key was used, if it was.
  func position(of key: AppendKey) throws -> Int? {
    try newestPosition(of: Mark.key(key), after: 0) { bytes in
      do throws(Record.Malformed) {
        return try Record(reading: bytes.bindMemory(to: UInt8.self)).append?.key == key
      } catch {
        throw LogError.damaged(
          position: nil, what: "a record with this key can't be read: \(error)")
      }
    }
  }

  /// The outcome of the first time.
  func repeated(_ request: AppendRequest, first: Int) throws -> Appended {
    let content = connection.content
    content.bind(1, first)
    defer { content.reset() }
    let isStored = try content.step()
    if isStored {
      let digest = ContentCommitment.digest(of: request.content, random: content.bytes(0))
      guard Hash256(content.lentBytes(1)) == digest else {
        throw LogError.keyReusedWithOtherContent(firstPosition: first)
      }
    }
    let (count, recordedAt) = try withRecord(at: first) { bytes in
      do throws(Record.Malformed) {
        let record = try Record(reading: bytes.bindMemory(to: UInt8.self))
        return (record.append?.count ?? 1, record.recordedAt)
      } catch {
        throw LogError.damaged(position: first, what: "\(error)")
      }
    }
    return Appended(
      positions: first...first + count - 1, recordedAt: recordedAt, repeated: true,
      contentCompared: isStored)
  }

  /// Refuses candidates that somebody else got ahead of, and stored subjects that are gone.
  func check(_ subjects: some Sequence<Subject>) throws(LogError) {
    do throws(SQLiteFailure) {
      for subject in subjects {
        let byValue = connection.subjectByValue
        byValue.bind(1, subject.kind)
        byValue.bind(2, subject.value)
        defer { byValue.reset() }
        let live = try byValue.step() ? Hash256(byValue.lentBytes(0)) : nil
        let wanted = subject.isStored ? subject.digest : nil
        guard live == wanted else { throw SQLiteFailure(code: 0, what: subject.kind) }
      }
    } catch {
      throw error.code == 0 ? .subjectMinted(kind: error.what) : error.beforeCommit
    }
  }

  func insertErasables(_ request: AppendRequest, at position: Int) throws(SQLiteFailure) {
    for subject in request.subjects where !subject.isStored { try insert(subject) }
    for document in request.documents {
      connection.insertDocument.bind(1, document.digest)
      connection.insertDocument.bind(2, document.random)
      connection.insertDocument.bind(3, document.bytes)
      try connection.insertDocument.run()
    }
    if request.key != nil {
      let random = encoder.salt()
      connection.insertContent.bind(1, position)
      connection.insertContent.bind(2, random)
      connection.insertContent.bind(
        3, ContentCommitment.digest(of: request.content, random: random))
      try connection.insertContent.run()
    }
  }

  func insert(_ subject: Subject) throws(SQLiteFailure) {
    connection.insertSubject.bind(1, subject.digest)
    connection.insertSubject.bind(2, subject.kind)
    connection.insertSubject.bind(3, subject.value)
    connection.insertSubject.bind(4, subject.random)
    try connection.insertSubject.run()
  }

  /// The newest event with a mark after a position, whose record is what was meant and not a
  /// collision.
  private func newestPosition(
    of mark: Int64, after: Int, isMeant: (UnsafeRawBufferPointer) throws -> Bool
  ) throws -> Int? {
    var found: Int?
    try pending.forEachPosition(of: mark) { position in
      guard position > after else { return false }
      if try withRecord(at: position, isMeant) { found = position }
      return found == nil
    }
    if let found { return found }
    let inTail = shared.tail.withLock { tail in
      tail.end > after ? tail.positions(of: mark, after: after, upTo: .max) : []
    }
    for position in inTail.reversed() where try withRecord(at: position, isMeant) {
      return position
    }
    guard after < state.indexedTo else { return nil }
    let indexed = connection.indexed
    indexed.bind(1, Int(mark))
    indexed.bind(2, after)
    defer { indexed.reset() }
    while try indexed.step() {
      let position = indexed.int(0)
      if try withRecord(at: position, isMeant) { return position }
    }
    return nil
  }

  private func withRecord<R>(
    at position: Int, _ body: (UnsafeRawBufferPointer) throws -> R
  ) throws -> R {
    let record = connection.record
    record.bind(1, position)
    defer { record.reset() }
    guard try record.step() else {
      throw LogError.damaged(position: position, what: "the index names an event that is not there")
    }
    return try body(record.lentBytes(0))
  }
}
