import EventLog
import Foundation
import OwnThread

/// Many threads that append one event a time to one log, each as fast as it gets answers.
final class Callers: @unchecked Sendable {
  // Unchecked because each thread writes its own element under the lock, and they are read once all
  // threads have left.
  private var outcomes: [AppendBench.Outcome]
  private let lock = NSLock()
  private let start = DispatchSemaphore(value: 0)

  private init(count: Int) { outcomes = Array(repeating: AppendBench.Outcome(), count: count) }

  /// Runs one thread for each share, from a common start, for some seconds.
  static func run(
    _ shares: [[BenchLog.Ready]], on log: EventLog, seconds: Double, head: Int
  ) -> [AppendBench.Outcome] {
    let callers = Callers(count: shares.count)
    let threads = shares.indices.map { index in
      OwnThread {
        callers.start.wait()
        let outcome = append(shares[index], to: log, seconds: seconds, head: head)
        callers.lock.withLock { callers.outcomes[index] = outcome }
      }
    }
    for _ in shares { callers.start.signal() }
    for thread in threads { thread.join() }
    return callers.lock.withLock { callers.outcomes }
  }

  /// A caller owns its corrections, so it knows the position after which nothing may have come.
  private static func append(
    _ share: [BenchLog.Ready], to log: EventLog, seconds: Double, head: Int
  ) -> AppendBench.Outcome {
    var outcome = AppendBench.Outcome()
    var lastPosition: [UInt32: Int] = [:]
    lastPosition.reserveCapacity(share.count)
    let clock = ContinuousClock()
    let began = clock.now
    let end = seconds.isFinite ? began + .seconds(seconds) : began + .seconds(86_400)
    var before = began
    for ready in share where before < end {
      do {
        let after = lastPosition[ready.correction] ?? head
        let appended = try log.append(ready.request(after: after))
        lastPosition[ready.correction] = appended.positions.upperBound
        outcome.events += 1
      } catch {
        outcome.errors += 1
        outcome.firstError = outcome.firstError ?? "\(error)"
      }
      let now = clock.now
      outcome.latencies.add(now - before)
      before = now
    }
    outcome.took = before - began
    return outcome
  }
}
