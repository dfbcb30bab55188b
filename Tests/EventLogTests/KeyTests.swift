import Testing

@testable import EventLog

@Suite struct `key of an append` {
  private func request(
    _ value: String = "R:1", within: String = "P1", kind: String = "submit", content: String = "x",
    events: Int = 2
  ) -> AppendRequest {
    AppendRequest(
      key: AppendKey(kind: kind, within: within, value: value), content: Array(content.utf8)
    ) { _ in (0..<events).map { .test(tags: ["device:\($0)"]) } }
  }

  @Test(arguments: [1, 1000])
  func `gives the first outcome when it comes again`(chunk: Int) throws {
    let folder = try TemporaryFolder()
    let clock = TestClock()
    var configuration = LogConfiguration.test(clock: clock)
    configuration.indexChunk = chunk
    let log = try EventLog.make(folder, configuration)
    let first = try log.append(request())
    for _ in 0..<5 { try log.append(.test(tags: ["device:7"])) }
    clock.now += 5000
    let again = try log.append(request())
    #expect(again.repeated && again.contentCompared)
    #expect(again.positions == first.positions)
    #expect(again.recordedAt == first.recordedAt)
    #expect(try log.head().position == 8)
    #expect(try log.position(of: AppendKey(kind: "submit", within: "P1", value: "R:1")) == 2)
  }

  @Test func `is another within another party or for another kind of command`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    for request in [
      request(), request(within: "P2"), request(kind: "record"), request("R:2"),
      request("R", within: "1P1"),
    ] {
      #expect(try !log.append(request).repeated)
    }
  }

  @Test func `is refused with other content, and nothing is recorded`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    _ = try log.append(request())
    var found: Int?
    do { _ = try log.append(request(content: "y")) } catch LogError.keyReusedWithOtherContent(
      let at)
    {
      found = at
    }
    #expect(found == 2)
    #expect(try log.head().position == 3)
  }

  @Test func `gives the first outcome without comparing when the commitment was erased`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let first = try log.append(request())
    try RawDatabase(folder.database).execute("DELETE FROM content")
    let again = try log.append(request(content: "y"))
    #expect(again.repeated && !again.contentCompared)
    #expect(again.positions == first.positions)
  }

  @Test func `answers a repeat even when the condition no longer holds and the clock is wrong`()
    throws
  {
    let folder = try TemporaryFolder()
    let clock = TestClock()
    let log = try EventLog.make(folder, .test(clock: clock))
    var conditional = request()
    conditional.condition = AppendCondition(noEventTagged: ["device:0"], after: 1)
    let first = try log.append(conditional)
    clock.now -= 60_000
    #expect(try log.append(conditional).positions == first.positions)
  }

  @Test func `used by many at the same time is recorded once`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let outcomes = inParallel(16) { _ in Result { try log.append(request()) } }
    let appended = try outcomes.map { try $0.get() }
    #expect(appended.count { !$0.repeated } == 1)
    #expect(Set(appended.map(\.positions)).count == 1)
    #expect(try log.head().position == 3)
  }
}
