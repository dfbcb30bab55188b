import Foundation
import OwnThread
import Testing

@testable import EventLog

/// Runs something on threads of its own, all at once, and gives what each of them gave.
func inParallel<R: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> R) -> [R] {
  let results = Guarded<[R?]>(Array(repeating: nil, count: count))
  let threads = (0..<count).map { index in
    OwnThread {
      let result = body(index)
      results.withLock { $0[index] = result }
    }
  }
  for thread in threads { thread.join() }
  return results.withLock { $0.compactMap { $0 } }
}

@Suite struct `many callers` {
  @Test func `get dense positions, and each finds what it was told`() throws {
    let folder = try TemporaryFolder()
    var configuration = LogConfiguration.test()
    configuration.groupLimit = 7
    configuration.indexChunk = 40
    configuration.checkpointPages = 50
    let log = try EventLog.make(folder, configuration)
    let answers = inParallel(32) { caller in
      (0..<20).compactMap { number -> (String, ClosedRange<Int>)? in
        let tag = "request:\(caller)-\(number)"
        let drafts = (0...number % 3).map { _ in Draft.test(tags: [tag, "device:\(caller)"]) }
        guard let appended = try? log.append(AppendRequest { _ in drafts }) else { return nil }
        return (tag, appended.positions)
      }
    }.flatMap { $0 }
    #expect(answers.count == 640)
    let head = try log.head().position
    let all = answers.flatMap { Array($0.1) }.sorted()
    #expect(all == Array(2...head))
    for (tag, positions) in answers {
      #expect(try log.timeline(tag).map(\.position) == Array(positions))
    }
    for caller in 0..<32 {
      #expect(try log.timeline("device:\(caller)").count == 20 + 7 + 12)
    }
    #expect(try log.verifyContent() == [])
  }

  @Test func `are not disturbed by one that is refused`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    struct Refused: Error {}
    let outcomes = inParallel(24) { caller in
      (0..<10).map { number in
        Result {
          try log.append(
            AppendRequest { _ in
              if (caller + number) % 3 == 0 { throw Refused() }
              if (caller + number) % 3 == 1 { return [] }
              return [.test()]
            })
        }
      }
    }.flatMap { $0 }
    var appended = 0
    for outcome in outcomes {
      switch outcome {
      case .success: appended += 1
      case .failure(LogError.draftsFailed(let error)): #expect(error is Refused)
      case .failure(LogError.invalidRequest): break
      case .failure(let error): Issue.record(error)
      }
    }
    #expect(appended == 80)
    #expect(try log.head().position == 81)
    #expect(try log.verifyContent() == [])
  }

  @Test func `come in the order they stood in line`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let order = Guarded<[Int]>([])
    let started = DispatchSemaphore(value: 0)
    let go = DispatchSemaphore(value: 0)
    let threads = 10
    let first = OwnThread {
      _ = try? log.append(
        AppendRequest { _ in
          started.signal()
          go.wait()
          return [.test()]
        })
    }
    started.wait()
    let others = (0..<threads).map { index in
      let thread = OwnThread {
        _ = try? log.append(
          AppendRequest { _ in
            order.withLock { $0.append(index) }
            return [.test()]
          })
      }
      // Counted just before it stands in line, however late its thread comes to run.
      while log.statistics.waiting < index + 2 { usleep(1_000) }
      usleep(10_000)
      return thread
    }
    go.signal()
    for thread in [first] + others { thread.join() }
    #expect(order.withLock { $0 } == Array(0..<threads))
  }

  @Test func `read complete timelines while others append`() throws {
    let folder = try TemporaryFolder()
    var configuration = LogConfiguration.test()
    configuration.indexChunk = 30
    configuration.indexSlice = 2
    let log = try EventLog.make(folder, configuration)
    let failures = inParallel(4) { caller in
      var wrong = 0
      for number in 0..<150 {
        if caller < 2 {
          _ = try? log.append(
            AppendRequest { _ in [.test(tags: ["device:A", "request:\(number)"])] })
        } else {
          guard let head = try? log.head().position,
            let positions = try? log.timeline("device:A").map(\.position)
          else {
            wrong += 1
            continue
          }
          // Every event but the first has the tag: a complete timeline has no hole and reaches the
          // head.
          if positions != Array(2..<2 + positions.count) || positions.count < head - 1 {
            wrong += 1
          }
        }
      }
      return wrong
    }
    #expect(failures == [0, 0, 0, 0])
  }
}
