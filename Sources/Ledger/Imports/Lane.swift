internal import Foundation
internal import Synchronization

/// Does one thing at a time on another thread, while the caller makes the next one ready.
///
/// What an import writes waits for the disk and for hashes, and what it reads for neither: side by side
/// they take two cores.
final class Lane<Outcome: Sendable>: Sendable {
  private struct State {
    var isBegun = false
    var outcome: Result<Outcome, any Error>?
  }

  private let queue = DispatchQueue(label: "import")
  private let done = DispatchSemaphore(value: 0)
  private let state = Mutex(State())

  /// Begins something; what was begun before has been waited for.
  func start(_ work: @escaping @Sendable () throws -> Outcome) {
    state.withLock { state in
      precondition(!state.isBegun, "what was begun before was not waited for")
      state.isBegun = true
    }
    queue.async {
      let outcome = Result(catching: work)
      self.state.withLock { $0.outcome = outcome }
      self.done.signal()
    }
  }

  /// What came of it; waits for that.
  func wait() throws -> Outcome {
    done.wait()
    let outcome = state.withLock { state in
      defer { state = State() }
      return state.outcome
    }
    guard let outcome else { preconditionFailure("nothing was begun") }
    return try outcome.get()
  }

  /// Waits for what was begun, if anything was, whatever comes of it: nothing goes on behind the back of
  /// whoever gives up.
  func drain() { _ = try? settle() }

  /// What came of what was begun; nil when nothing was.
  @discardableResult
  func settle() throws -> Outcome? {
    state.withLock { $0.isBegun } ? try wait() : nil
  }
}
