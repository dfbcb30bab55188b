internal import Dispatch

/// Does pieces of work on all cores, and takes their results in order while others go on.
///
/// - Throws: What the first piece that failed says; no piece is begun after one has failed.
func onAllCores<R: Sendable>(
  _ pieces: Int, _ work: @Sendable (Int) throws(LogError) -> R, take: (Int, R) -> Void
) throws(LogError) {
  let failed = withoutActuallyEscaping(take) { take in
    let results = Results(take)
    DispatchQueue.concurrentPerform(iterations: pieces) { number in
      guard results.goOn else { return }
      results.add(number, Result { () throws(LogError) in try work(number) })
    }
    return results.failed
  }
  if let failed { throw failed }
}

/// Hands on the results of pieces in the order of their numbers.
///
/// `@unchecked Sendable` because `take` is only called with the lock of `state` held.
private final class Results<R: Sendable>: @unchecked Sendable {
  private struct State {
    var taken = 0
    /// Results that wait for those of the pieces before them.
    var waiting: [Int: R] = [:]
    var failed: (number: Int, error: LogError)?
  }

  private let state = Guarded(State())
  private let take: (Int, R) -> Void

  init(_ take: @escaping (Int, R) -> Void) { self.take = take }

  var goOn: Bool { state.withLock { $0.failed == nil } }

  var failed: LogError? { state.withLock { $0.failed?.error } }

  func add(_ number: Int, _ result: Result<R, LogError>) {
    state.withLock { state in
      switch result {
      case .failure(let error):
        if number < state.failed?.number ?? .max { state.failed = (number, error) }
      case .success(let result):
        state.waiting[number] = result
        while let next = state.waiting.removeValue(forKey: state.taken) {
          take(state.taken, next)
          state.taken += 1
        }
      }
    }
  }
}
