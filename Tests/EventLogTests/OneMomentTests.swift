import OwnThread
import Testing

@testable import EventLog

@Suite struct `one moment of the log` {
  private func fill(_ log: EventLog, _ count: Int) throws {
    for number in 0..<count { try log.append(.test(tags: ["device:\(number % 3)"])) }
  }

  @Test(arguments: [1, 4, 1000], [1, 100])
  func `shows nothing that is appended meanwhile, wherever the index stands`(
    chunk: Int, slice: Int
  ) throws {
    let folder = try TemporaryFolder()
    let configuration = LogConfiguration.test(chunk: chunk, slice: slice)
    let log = try EventLog.make(folder, configuration)
    try fill(log, 20)
    let tags = (0..<3).map { "device:\($0)" }
    let before = try tags.map { try log.timeline($0).map(\.position) }
    let last = try log.lastPosition()
    try log.atOneMoment {
      // Appended by another thread: what goes from the tail into the index meanwhile is neither lost
      // nor seen twice.
      let writer = OwnThread { try? fill(log, 40) }
      writer.join()
      #expect(try tags.map { try log.timeline($0).map(\.position) } == before)
      #expect(try log.lastPosition() == last)
      #expect(try log.head().position == last)
      #expect(try log.event(at: last + 1) == nil)
      let within = try log.atOneMoment { try log.lastPosition() }
      #expect(within == last)
    }
    #expect(try log.lastPosition() == last + 40)
    #expect(try log.timeline("device:0").count > before[0].count)
  }

  @Test func `is each thread's own, and of one log`() throws {
    let (folder, second) = (try TemporaryFolder(), try TemporaryFolder())
    let log = try EventLog.make(folder, .test())
    let other = try EventLog.make(second, .test())
    let last = try log.lastPosition()
    try log.atOneMoment {
      let thread = OwnThread {
        try? fill(log, 3)
        let seen = try? log.lastPosition()
        #expect(seen == last + 3, "another thread sees the newest")
      }
      thread.join()
      #expect(try log.lastPosition() == last)
      try other.append(.test())
      #expect(try other.lastPosition() == 2, "another log shows its newest")
    }
  }

  @Test func `makes a thing once, also one that is nothing, and without a moment each time`() throws
  {
    struct Stop: Error {}
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder, .test())
    var made: [String] = []
    func make(_ name: String, _ value: Int?) -> Int? {
      log.onceInMoment(name) {
        made.append(name)
        return value
      }
    }
    let last = try log.lastPosition()
    #expect(log.momentEnd == nil)
    try log.atOneMoment {
      #expect(log.momentEnd == last)
      // One that was not made yet is not taken for one that is nothing.
      #expect(make("a", 1) == 1)
      #expect(make("b", nil) == nil)
      #expect(make("a", 2) == 1)
      #expect(make("b", 2) == nil)
      #expect(made == ["a", "b"])
      #expect(throws: Stop.self) { try log.onceInMoment("c") { () throws -> Int? in throw Stop() } }
      #expect(make("c", 3) == 3, "what could not be made is made by the next that asks")
      for number in 0..<100 { _ = make("\(number)", number) }
      #expect(make("99", 0) == 99)
      #expect(make("a", 4) == 4, "a moment remembers little")
    }
    try log.atOneMoment { #expect(make("99", 5) == 5, "another moment knows nothing of it") }
    #expect(make("99", 6) == 6)
    #expect(make("99", 7) == 7)
  }

  @Test func `ends with what its body throws, and the log goes on`() throws {
    struct Stop: Error {}
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder, .test())
    for _ in 0..<20 {
      #expect(throws: Stop.self) { try log.atOneMoment { throw Stop() } }
    }
    try fill(log, 1)
    #expect(try log.lastPosition() == 2)
  }

  @Test func `is had by more threads than there are readers, each with a moment of its own`() throws
  {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder, .test())
    let threads = (0..<(3 * Readers.most)).map { _ in
      OwnThread {
        do {
          for _ in 0..<20 {
            _ = try log.append(.test(tags: ["device:0"]))
            try log.atOneMoment {
              let (count, last) = (try log.timeline("device:0").count, try log.lastPosition())
              #expect(last == count + 1)
            }
          }
        } catch {
          Issue.record(error)
        }
      }
    }
    for thread in threads { thread.join() }
    #expect(try log.timeline("device:0").count == 3 * Readers.most * 20)
  }

  @Test func `is not to be had of a log that is closed`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder, .test())
    log.close()
    #expect(throws: LogError.self) { try log.lastPosition() }
    #expect(throws: LogError.self) { try log.atOneMoment {} }
  }
}
