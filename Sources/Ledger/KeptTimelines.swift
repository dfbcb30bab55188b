import Corrections
import EventLog

/// A timeline as far as it was read: what was recorded never changes, so only what came since needs
/// to be looked for.
struct KeptTimeline: Sendable {
  var events: [Recorded]
  var upTo: Int
}

extension Ledger {
  /// How many timelines are kept, at most.
  private static let most = 5_000

  /// How many events of others may pass before it is kept that none of them belongs to a timeline: to keep
  /// it each time would make everybody wait for everybody.
  private static let tolerated = 1_000

  /// A timeline that many decisions rest on and few events belong to, such as a user's.
  ///
  /// It is what ``standing(_:passingOver:upTo:)`` gives, without decoding again what was decoded
  /// before.
  func keptTimeline(_ tag: String, upTo position: Int?) throws -> [Recorded] {
    let position = try position ?? head()
    return try wholeTimeline(tag, upTo: position).standing
  }

  /// The same with what was recorded in error, and the annulments.
  func wholeTimeline(_ tag: String, upTo position: Int) throws -> [Recorded] {
    let kept = keptTimelines.withLock { $0[tag] }
    guard let kept else {
      let events = try timeline(tag, upTo: position)
      keep(KeptTimeline(events: events, upTo: position), as: tag)
      return events
    }
    guard kept.upTo < position else {
      return kept.upTo == position ? kept.events : kept.events.filter { $0.position <= position }
    }
    let newer = try log.timeline(tag, after: kept.upTo, upTo: position).map { try $0.recorded() }
    let events = newer.isEmpty ? kept.events : kept.events + newer
    if !newer.isEmpty || position - kept.upTo >= Ledger.tolerated {
      keep(KeptTimeline(events: events, upTo: position), as: tag)
    }
    return events
  }

  private func keep(_ timeline: KeptTimeline, as tag: String) {
    keptTimelines.withLock { kept in
      if kept.count >= Ledger.most, kept[tag] == nil { kept = [:] }
      if kept[tag].map({ $0.upTo < timeline.upTo }) ?? true { kept[tag] = timeline }
    }
  }
}
