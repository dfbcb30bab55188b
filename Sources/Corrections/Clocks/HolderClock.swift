/// How long each holder had a correction, up to a moment.
///
/// A fold over turns: it keeps every interval it counted and the calendars, so that a figure can be
/// explained, and the times per holder add up to the total to the millisecond. The turns come in order and don't
/// overlap; what lies after the moment isn't counted.
public struct HolderClock: Hashable, Sendable {
  /// A turn as far as it was counted.
  public struct CountedInterval: Hashable, Sendable {
    /// Who had the turn.
    public let holder: Holder
    /// The party code of the holder, where the holder is one.
    public let party: String?
    /// When the turn began.
    public let from: Instant
    /// The end of the turn, or the moment if it ran on.
    public let to: Instant
    /// The turn was still running at the moment.
    public let isRunning: Bool
    /// What it adds to the total.
    public let time: ClockTime
  }

  /// What was counted, in the order of the turns.
  public let counted: [CountedInterval]
  /// Which days counted as working days.
  public let calendars: CalendarHistory

  /// Measures turns up to a moment by the calendars in force.
  public init(_ turns: [Turn], at moment: Instant, calendars: CalendarHistory) {
    self.calendars = calendars
    counted = turns.compactMap { turn in
      guard turn.from <= moment else { return nil }
      let isRunning = turn.to.map { $0 > moment } ?? true
      let end = max(turn.from, isRunning ? moment : turn.to ?? moment)
      return CountedInterval(
        holder: turn.holder, party: turn.party, from: turn.from, to: end, isRunning: isRunning,
        time: ClockTime(from: turn.from, to: end, calendars: calendars))
    }
  }

  /// The time of all turns.
  public var total: ClockTime { time { _ in true } }

  /// The time of all turns but the requester's own.
  public var totalExcludingRequester: ClockTime { time { $0.holder != .requester } }

  /// The time of each holder that had a turn.
  public var byHolder: [Holder: ClockTime] {
    counted.reduce(into: [:]) { $0[$1.holder, default: .zero] += $1.time }
  }

  /// The time of each party that had a turn, whatever its part in the correction was.
  public var byParty: [String: ClockTime] {
    counted.reduce(into: [:]) { times, interval in
      if let party = interval.party { times[party, default: .zero] += interval.time }
    }
  }

  private func time(where counts: (CountedInterval) -> Bool) -> ClockTime {
    counted.reduce(into: .zero) { if counts($1) { $0 += $1.time } }
  }
}
