internal import Foundation
internal import GRDB

/// Writes rows on another thread, one lot at a time and in order, while the next lot is made ready.
final class RowWriting {
  private let queue: DatabaseQueue
  private let lane = Lane<Void>()

  init(_ queue: DatabaseQueue) {
    self.queue = queue
  }

  /// Begins to write, once what was begun before is written.
  ///
  /// - Throws: What writing that threw.
  func begin(_ write: @escaping @Sendable (Database) throws -> Void) throws {
    try finish()
    lane.start { [queue] in try queue.write(write) }
  }

  /// Waits until all that was begun is written.
  func finish() throws { try lane.settle() }

  /// Reads what was written, all of it.
  func read<R>(_ body: (Database) throws -> R) throws -> R {
    try finish()
    return try queue.read(body)
  }

  /// Waits for what was begun, whatever comes of it.
  func giveUp() { lane.drain() }
}
