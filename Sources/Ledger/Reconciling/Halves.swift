import Foundation
import Synchronization

/// Work on the two halves of a list at once, for a machine with more than one core.
enum Halves {
  /// What `body` makes of the first half and of the second, in that order.
  static func concurrently<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ body: @Sendable (ArraySlice<Element>) throws -> Result
  ) throws -> [Result] {
    let middle = elements.count / 2
    let halves = [elements[..<middle], elements[middle...]]
    let results = Mutex<[Swift.Result<Result, any Error>?]>([nil, nil])
    DispatchQueue.concurrentPerform(iterations: 2) { index in
      let result = Swift.Result { try body(halves[index]) }
      results.withLock { $0[index] = result }
    }
    return try results.withLock { $0 }.compactMap { $0 }.map { try $0.get() }
  }
}
