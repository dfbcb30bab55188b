import EventLog
import NIOCore
import NIOPosix

/// Threads for calls that wait for a disk; none of them ever runs on an event loop.
///
/// Each kind has its own threads and its own bound on how many may wait, so that a slow report keeps
/// nobody from asking for one correction, and a full line is said at once instead of growing.
package final class Workers: Sendable {
  /// What a call is for.
  package enum Kind: Int, CaseIterable, Sendable {
    /// Reads of a few rows.
    case read
    /// What may append: many, since they share one sync.
    case write
    /// What reads much: reports, evidence, what was known then.
    case slow
  }

  /// How many threads there are of a kind, and how many calls may be under way or wait.
  package struct Bounds: Sendable {
    package var threads: Int
    package var calls: Int

    package init(threads: Int, calls: Int) {
      self.threads = threads
      self.calls = calls
    }

    /// Two a core read, since what they read is mostly in memory and more of them only change places; at
    /// least four, so that a slow disk does not stop them all, and no more than have a connection each.
    private static let readers = min(8, max(4, 2 * System.coreCount))

    /// What one machine bears.
    package static func standard(_ kind: Kind) -> Bounds {
      switch kind {
      case .read: Bounds(threads: readers, calls: 512)
      case .write: Bounds(threads: 32, calls: 256)
      case .slow: Bounds(threads: 2, calls: 8)
      }
    }
  }

  private struct Pool {
    let threads: NIOThreadPool
    let most: Int
  }

  private let pools: [Pool]
  private let underWay = Guarded([Int](repeating: 0, count: Kind.allCases.count))

  package init(bounds: (Kind) -> Bounds = Bounds.standard) {
    pools = Kind.allCases.map { kind in
      let bounds = bounds(kind)
      let threads = NIOThreadPool(numberOfThreads: bounds.threads)
      threads.start()
      return Pool(threads: threads, most: bounds.calls)
    }
  }

  /// Runs a blocking call on a thread of its kind.
  ///
  /// - Throws: ``WebProblem`` of the kind busy when too many wait, else what the call throws.
  package func run<Value: Sendable>(
    _ kind: Kind, _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    let pool = pools[kind.rawValue]
    try underWay.withLock { counts in
      guard counts[kind.rawValue] < pool.most else {
        throw WebProblem(.busy, "\(pool.most) calls are under way or wait; nothing was recorded")
      }
      counts[kind.rawValue] += 1
    }
    defer { underWay.withLock { $0[kind.rawValue] -= 1 } }
    return try await pool.threads.runIfActive(body)
  }

  /// How many calls of a kind are under way or wait.
  package func count(_ kind: Kind) -> Int { underWay.withLock { $0[kind.rawValue] } }

  /// Ends the threads when what they do is done.
  package func shutDown() async {
    for pool in pools { try? await pool.threads.shutdownGracefully() }
  }
}
