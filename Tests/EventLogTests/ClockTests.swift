import Testing

@testable import EventLog

@Suite struct `time of a record` {
  @Test func `never goes back, and a clock a little behind is forgiven`() throws {
    let folder = try TemporaryFolder()
    let clock = TestClock(1_000_000)
    let log = try EventLog.make(folder, .test(clock: clock))
    clock.now = 1_000_000 - 5000
    #expect(try log.append(.test()).recordedAt == 1_000_000)
    clock.now = 1_000_001
    #expect(try log.append(.test()).recordedAt == 1_000_001)
  }

  @Test func `more than five seconds behind is refused, saying so`() throws {
    let folder = try TemporaryFolder()
    let clock = TestClock(1_000_000)
    let log = try EventLog.make(folder, .test(clock: clock))
    clock.now = 1_000_000 - 5001
    var found: (Int, Int64)?
    do { try log.append(.test()) } catch LogError.clockBehind(let seconds, let last) {
      found = (seconds, last)
    }
    #expect(found?.0 == 5 && found?.1 == 1_000_000)
    #expect(try log.head().position == 1)
    log.close()
    let again = try EventLog.open(at: folder.ledger, configuration: .test(clock: clock))
    #expect(throws: LogError.self) { try again.append(.test()) }
  }

  @Test func `is put right by the one event that may go back`() throws {
    let folder = try TemporaryFolder()
    let clock = TestClock(1_000)
    let log = try EventLog.make(folder, .test(clock: clock))
    clock.now = 2_000
    try log.append(.test())
    clock.now = 90_000_000
    try log.append(.test())
    clock.now = 3_000
    #expect(throws: LogError.self) {
      try log.append(AppendRequest(correctsClock: true) { _ in [.test()] })
    }
    #expect(
      try log.append(AppendRequest(correctsClock: true) { _ in [.test("ClockCorrected")] })
        .recordedAt == 3_000)
    clock.now = 4_000
    #expect(try log.append(.test()).recordedAt == 4_000)
    #expect(try log.verifyContent() == [])

    for (time, position) in [(999, 0), (1_000, 1), (2_500, 2), (3_000, 4), (3_999, 4), (4_000, 5)] {
      #expect(try log.position(atOrBefore: Int64(time)) == position, "at \(time)")
    }
    #expect(try log.position(atOrBefore: 100_000_000) == 5)
  }

  @Test func `finds a position by halves`() throws {
    let folder = try TemporaryFolder()
    let clock = TestClock(0)
    let log = try EventLog.make(folder, .test(clock: clock))
    for index in 1...40 {
      clock.now = Int64(index / 3) * 100
      try log.append(.test())
    }
    for time in stride(from: -50, through: 1500, by: 50) {
      var expected = 0
      for event in try log.events(from: 1, through: 100)
      where try event.read().recordedAt <= Int64(time) {
        expected = event.position
      }
      #expect(try log.position(atOrBefore: Int64(time)) == expected)
    }
  }
}

@Suite struct `text of a time` {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (1_709_164_800_123, "2024-02-29T00:00:00.123Z"),
      (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
      (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
      (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
    ] as [(Int64, String)])
  func `is read back as the same time`(_ milliseconds: Int64, _ text: String) {
    #expect(Timestamp.text(milliseconds) == text)
    #expect(Timestamp.milliseconds(text) == milliseconds)
  }

  @Test(arguments: [
    "2023-02-29T00:00:00.000Z", "2100-02-29T00:00:00.000Z", "2024-13-01T00:00:00.000Z",
    "2024-00-01T00:00:00.000Z", "2024-01-00T00:00:00.000Z", "2024-01-01T24:00:00.000Z",
    "2024-01-01T00:60:00.000Z", "2024-01-01T00:00:60.000Z", "2024-01-01T00:00:00Z",
    "2024-01-01T00:00:00.000+00:00", "2024-01-01t00:00:00.000Z", "2024-01-01T00:00:00.0000Z", "",
    "-024-01-01T00:00:00.000Z",
  ])
  func `is refused in any other form`(_ text: String) {
    #expect(Timestamp.milliseconds(text) == nil)
  }

  @Test func `agrees with its reading on a long walk`() {
    for day in stride(from: Int64(-719_528), through: 2_932_896, by: 17) {
      let milliseconds = day * 86_400_000 + 12_345
      #expect(Timestamp.milliseconds(Timestamp.text(milliseconds)) == milliseconds)
    }
  }
}
