public import Corrections
internal import EventLog

/// A moment at which something was known that the ledger can't answer for.
public enum NotKnownYet: Error, Sendable {
  /// The ledger began later.
  case beforeTheLedger(Instant, opened: Instant)
  /// The log does not reach that far.
  case beyondTheLog(Int, head: Int)
}

extension Ledger {
  /// The last position that was recorded by a moment: what was known then is what stands up to it.
  ///
  /// - Throws: ``NotKnownYet``, or ``LogError`` when the log can't be read.
  public func position(knownAt moment: Instant) throws -> Int {
    var low = 1
    var high = try head()
    guard try recordedAt(low) <= moment else {
      throw NotKnownYet.beforeTheLedger(moment, opened: try recordedAt(low))
    }
    // Recorded times never go back.
    while low < high {
      let middle = (low + high + 1) / 2
      if try recordedAt(middle) <= moment { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// When an event was recorded.
  ///
  /// - Throws: ``NotKnownYet``, or ``LogError`` when the log can't be read.
  public func recordedAt(_ position: Int) throws -> Instant {
    guard let event = try log.event(at: position) else {
      throw NotKnownYet.beyondTheLog(position, head: try head())
    }
    return try event.recorded().recordedAt
  }
}
