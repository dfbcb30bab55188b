import Testing

@testable import EventLog

@Suite struct `tag index` {
  private static let kinds = 7

  private func fill(_ log: EventLog, _ count: Int) throws {
    for number in 0..<count {
      try log.append(.test(tags: ["device:\(number % Self.kinds)", "request:\(number)"]))
    }
  }

  private func expectComplete(_ log: EventLog) throws {
    var expected: [String: [Int]] = [:]
    try log.forEachEvent { event in
      for tag in try event.read().tags { expected[tag, default: []].append(event.position) }
    }
    for (tag, positions) in expected {
      #expect(try log.timeline(tag).map(\.position) == positions, "\(tag)")
      #expect(try log.lastPosition(of: tag) == positions.last)
    }
    // From every position on, within one moment and without.
    let (tag, positions) = try #require(
      expected.max { ($0.value.count, $0.key) < ($1.value.count, $1.key) })
    for after in 0...(try log.lastPosition()) {
      let later = positions.filter { $0 > after }
      #expect(try log.timeline(tag, after: after).map(\.position) == later, "\(after)")
      let atOneMoment = try log.atOneMoment { try log.timeline(tag, after: after) }
      #expect(atOneMoment.map(\.position) == later, "\(after)")
    }
  }

  @Test(arguments: [1, 2, 10, 33, 1000], [1, 3, 100])
  func `and the tail make a complete timeline, however far the index is behind`(
    chunk: Int, slice: Int
  ) throws {
    let folder = try TemporaryFolder()
    let configuration = LogConfiguration.test(chunk: chunk, slice: slice)
    let log = try EventLog.make(folder, configuration)
    try fill(log, 100)
    try expectComplete(log)
    #expect(try log.verifyContent() == [])
    log.close()
    let again = try EventLog.open(at: folder.ledger, configuration: configuration)
    try expectComplete(again)
    try fill(again, 30)
    try expectComplete(again)
    try again.indexAll()
    #expect(try RawDatabase(folder.database).number("SELECT indexed_to FROM index_state") == 131)
    try expectComplete(again)
    #expect(try again.verifyContent() == [])
  }

  @Test func `lets a reader begin where the index ends`() throws {
    let folder = try TemporaryFolder()
    var configuration = LogConfiguration.test()
    configuration.indexChunk = 10
    let log = try EventLog.make(folder, configuration)
    try fill(log, 100)
    try log.indexAll()
    let reader = try EventLog.open(
      at: folder.ledger, access: .readOnly, configuration: configuration)
    #expect(reader.shared.tail.withLock { $0.start } == 102)
    try fill(log, 7)
    try expectComplete(reader)
    #expect(reader.shared.tail.withLock { $0.end - $0.start } == 6)
  }

  @Test func `written by half when the process ended is gone on with by the next`() throws {
    let folder = try TemporaryFolder()
    var configuration = LogConfiguration.test()
    configuration.indexChunk = 20
    configuration.indexSlice = 1
    let log = try EventLog.make(folder, configuration)
    try fill(log, 25)
    let raw = try RawDatabase(folder.database)
    func state() throws -> [Int?] {
      try ["indexed_to", "chunk_to", "chunk_rows"].map {
        try raw.number("SELECT \($0) FROM index_state")
      }
    }
    let half = try #require(try raw.number("SELECT count(*) FROM tag_index"))
    #expect(half > 0 && half < 38)
    #expect(try state() == [0, 20, half])
    // Another process, which has other limits and ends without closing: it goes on all the same.
    configuration.indexChunk = 7
    let again = try EventLog.open(at: folder.ledger, configuration: configuration)
    try fill(again, 2)
    #expect(try raw.number("SELECT count(*) FROM tag_index") ?? 0 > half)
    #expect(try state().prefix(2) == [0, 20])
    try fill(log, 40)
    try fill(again, 40)
    #expect(try #require(try state()[0]) >= 20)
    try expectComplete(again)
    try expectComplete(log)
    #expect(try again.verifyContent() == [])
  }

  @Test func `gets on although every process appends only once`() throws {
    let folder = try TemporaryFolder()
    var configuration = LogConfiguration.test()
    configuration.indexChunk = 10
    try EventLog.make(folder, configuration).close()
    for _ in 0..<40 {
      let log = try EventLog.open(at: folder.ledger, configuration: configuration)
      try fill(log, 1)
      log.close()
    }
    let log = try EventLog.open(at: folder.ledger, configuration: configuration)
    let raw = try RawDatabase(folder.database)
    #expect(try raw.number("SELECT indexed_to FROM index_state") ?? 0 >= 30)
    try expectComplete(log)
    #expect(try log.verifyContent() == [])
  }

  /// Rows are put in by whoever is there, in an order that all agree on: those of the events up to
  /// `indexed_to`, and then as many as `chunk_rows` says.
  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `holds what its state says, whoever comes and goes`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let folder = try TemporaryFolder()
    var configuration = LogConfiguration.test()
    configuration.indexChunk = 15
    var logs = [try EventLog.make(folder, configuration)]
    let raw = try RawDatabase(folder.database)
    var furthest = 0
    for _ in 0..<120 {
      let place = Int(random.next() % UInt64(logs.count))
      switch random.next() % 10 {
      case 0 where logs.count < 3:
        configuration.indexChunk = 5 + Int(random.next() % 40)
        configuration.indexSlice = 1 + Int(random.next() % 20)
        logs.append(try EventLog.open(at: folder.ledger, configuration: configuration))
      case 1 where logs.count > 1: logs.remove(at: place).close()
      case 2 where random.next() % 4 == 0: try logs[place].indexAll()
      case let other: try fill(logs[place], 1 + Int(other) % 3)
      }
      let expected = try raw.number(
        """
        SELECT (SELECT ifnull(sum(length(marks) / 6), 0) FROM event WHERE position <= indexed_to)
          + chunk_rows FROM index_state
        """)
      #expect(try raw.number("SELECT count(*) FROM tag_index") == expected)
      let indexed = try #require(try raw.number("SELECT indexed_to FROM index_state"))
      #expect(indexed >= furthest)
      furthest = indexed
    }
    for log in logs {
      try expectComplete(log)
      #expect(try log.verifyContent() == [])
    }
  }

  @Test func `cut off from its position is used from there on`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    try fill(log, 50)
    #expect(try log.timeline("device:0", after: 10, upTo: 30).map(\.position) == [16, 23, 30])
    #expect(try log.timeline("device:0", limit: 2).map(\.position) == [2, 9])
    #expect(try log.lastPosition(of: "device:0", upTo: 29) == 23)
    try log.indexAll()
    #expect(try log.timeline("device:0", after: 10, upTo: 30).map(\.position) == [16, 23, 30])
  }

  @Test func `is complete for two processes that append in turn`() throws {
    let folder = try TemporaryFolder()
    var configuration = LogConfiguration.test()
    configuration.indexChunk = 10
    configuration.indexSlice = 2
    let one = try EventLog.make(folder, configuration)
    let two = try EventLog.open(at: folder.ledger, configuration: configuration)
    let reader = try EventLog.open(
      at: folder.ledger, access: .readOnly, configuration: configuration)
    for round in 0..<25 {
      try fill(round % 2 == 0 ? one : two, round % 4 + 1)
      if round % 5 == 0 { try expectComplete(reader) }
    }
    for log in [one, two, reader] { try expectComplete(log) }
    #expect(try two.verifyContent() == [])
  }
}
