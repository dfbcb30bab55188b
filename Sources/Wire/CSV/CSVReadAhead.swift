internal import Foundation

/// Parses a file on another thread, some batches of rows ahead of whoever takes them: checking a row, or
/// comparing it with what is held, goes on meanwhile.
///
/// `@unchecked Sendable` because everything that both threads use is used with the lock held.
final class CSVReadAhead<Row: CSVRow>: @unchecked Sendable {
  /// Rows, each with the line on which it begins.
  typealias Batch = [(row: Row, line: Int)]

  static var rowsOfBatch: Int { 512 }
  private static var most: Int { 12 }

  private let change = NSCondition()
  private var batches: [Batch] = []
  private var outcome: Result<CSVSummary, any Error>?
  private var isGivenUp = false

  /// Begins to read; `open` is called on the thread that reads.
  init(_ open: @escaping @Sendable () throws -> CSVPass<Row>) {
    DispatchQueue(label: "csv").async { [self] in
      let outcome = Result { try read(try open()) }
      locked { self.outcome = outcome }
    }
  }

  /// The next rows, in order; nil when there are none any more.
  func next() -> Batch? {
    change.lock()
    defer { change.unlock() }
    while batches.isEmpty, outcome == nil { change.wait() }
    guard !batches.isEmpty else { return nil }
    defer { change.broadcast() }
    return batches.removeFirst()
  }

  /// What was read, or all that was wrong, once there are no more rows.
  func finish() throws -> CSVSummary {
    change.lock()
    defer { change.unlock() }
    while outcome == nil { change.wait() }
    guard let outcome else { preconditionFailure("a file that was read has an outcome") }
    return try outcome.get()
  }

  /// Has the reading end where it is, and waits until it has.
  func giveUp() {
    locked { isGivenUp = true }
    _ = try? finish()
  }

  private func read(_ pass: consuming CSVPass<Row>) throws -> CSVSummary {
    var batch: Batch = []
    // Also what came before something that ends the reading.
    defer { if !batch.isEmpty { _ = hand(on: batch) } }
    while let (row, line) = try pass.next() {
      guard let row, !pass.hasProblems else {
        if isUnwanted { break }
        continue
      }
      batch.append((row, line))
      guard batch.count == Self.rowsOfBatch else { continue }
      let isWanted = hand(on: batch)
      batch = []
      guard isWanted else { break }
      batch.reserveCapacity(Self.rowsOfBatch)
    }
    return try pass.finish()
  }

  private var isUnwanted: Bool { locked { isGivenUp } }

  /// Waits for room; whether anybody wants more.
  private func hand(on batch: Batch) -> Bool {
    locked {
      while batches.count >= Self.most, !isGivenUp { change.wait() }
      if !isGivenUp { batches.append(batch) }
      return !isGivenUp
    }
  }

  private func locked<R>(_ body: () -> R) -> R {
    change.lock()
    defer {
      change.broadcast()
      change.unlock()
    }
    return body()
  }
}
