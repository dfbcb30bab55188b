/// What appends of this process came to, and how long they took.
public struct AppendStatistics: Hashable, Sendable {
  /// The upper bounds of ``buckets``, in seconds.
  public static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1]

  /// How many were recorded, or were a repeat of what was.
  public internal(set) var appends = 0
  /// How many were refused, or could not be written.
  public internal(set) var refused = 0
  /// How many stand in line or are being written now.
  public internal(set) var waiting = 0
  /// How long all of them took, from standing in line to the answer.
  public internal(set) var seconds = 0.0
  /// How many took no longer than each of ``bounds``.
  public internal(set) var buckets = [Int](repeating: 0, count: bounds.count)

  mutating func end(after duration: Duration, recorded: Bool) {
    waiting -= 1
    if recorded { appends += 1 } else { refused += 1 }
    let taken = duration / .seconds(1)
    seconds += taken
    for (index, bound) in AppendStatistics.bounds.enumerated() where taken <= bound {
      buckets[index] += 1
    }
  }
}
