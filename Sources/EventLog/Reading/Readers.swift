internal import Dispatch
internal import GRDB

/// Connections that only read, each lent to one thread at a time.
///
/// GRDB's pool would do, but it takes several locks and asks for the schema's version at each read,
/// which for reads as short as these is a seventh of a judgement. The connection that was given back
/// last is lent first: its pages are the freshest.
final class Readers: Sendable {
  /// The most connections there are.
  static let most = 8

  private struct State {
    var free: [DatabaseQueue] = []
    var isClosing = false
    var isClosed = false
  }

  private let path: String
  private let configuration: Configuration
  private let permits = DispatchSemaphore(value: Readers.most)
  private let state = Guarded(State())

  /// Opens the first connection; the others follow when they are needed.
  init(path: String, configuration: Configuration) throws {
    self.path = path
    self.configuration = configuration
    let first = try DatabaseQueue(path: path, configuration: configuration)
    state.withLock { $0.free.append(first) }
  }

  /// Runs something with a connection, waiting for one if all are lent.
  func read<R>(_ body: (Database) throws -> R) throws -> R {
    permits.wait()
    defer { permits.signal() }
    let reader = try take()
    defer { giveBack(reader) }
    return try reader.unsafeRead(body)
  }

  /// Closes all connections when none is lent any more; later reads find them closed.
  func close() {
    let isFirst = state.withLock { state in
      defer { state.isClosing = true }
      return !state.isClosing
    }
    guard isFirst else { return }
    for _ in 0..<Readers.most { permits.wait() }
    defer { for _ in 0..<Readers.most { permits.signal() } }
    let free = state.withLock { state in
      state.isClosed = true
      defer { state.free = [] }
      return state.free
    }
    for reader in free { try? reader.close() }
  }

  private func take() throws -> DatabaseQueue {
    let free = try state.withLock { state in
      guard !state.isClosed else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
      return state.free.popLast()
    }
    return try free ?? DatabaseQueue(path: path, configuration: configuration)
  }

  private func giveBack(_ reader: DatabaseQueue) {
    state.withLock { $0.free.append(reader) }
  }
}
