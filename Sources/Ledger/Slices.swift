import Foundation
import Synchronization

/// Work on the slices of a list at once, for a machine with more than one core.
enum Slices {
  /// What `body` makes of each of so many slices of `count` elements, in their order.
  static func concurrently<Result: Sendable>(
    _ count: Int, in slices: Int, _ body: @Sendable (Range<Int>) throws -> Result
  ) throws -> [Result] {
    let results = Mutex<[Swift.Result<Result, any Error>?]>(Array(repeating: nil, count: slices))
    DispatchQueue.concurrentPerform(iterations: slices) { slice in
      let result = Swift.Result {
        try body(count * slice / slices..<count * (slice + 1) / slices)
      }
      results.withLock { $0[slice] = result }
    }
    return try results.withLock { $0 }.compactMap { $0 }.map { try $0.get() }
  }
}
