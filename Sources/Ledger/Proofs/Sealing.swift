public import Corrections
public import EventLog

/// A seal of all timelines, and where it stands.
public struct Sealed: Hashable, Sendable {
  /// The position of the event.
  public let position: Int
  /// What it says.
  public let event: TimelinesSealed
  /// Whether it was recorded just now.
  public let isNew: Bool
}

extension Ledger {
  /// Commits to all timelines as they are now, so that it can be proven of each that it leaves nothing out.
  ///
  /// Durable on return. Where nothing was recorded since the newest seal, that one is given back. Costs by
  /// what was recorded since the last seal, the first time by the whole log; memory does not grow with it.
  ///
  /// - Throws: ``LogError``: `busy` while somebody else seals.
  public func seal(
    by actor: Corrections.Actor, progress: (Int) -> Void = { _ in }
  ) throws -> Sealed {
    try withSeal(by: actor, isEnough: { _ in false }, progress, { _, sealed in sealed })
  }

  /// The newest seal; nil before the first.
  public func newestSeal() throws -> Sealed? {
    guard let position = try log.lastPosition(of: Tag.seals),
      case .upkeep(.timelinesSealed(let event))? = try log.event(at: position)?.recorded().event
    else { return nil }
    return Sealed(position: position, event: event, isNew: false)
  }

  /// Works with a seal: the newest one where it is enough, or says all there is, else with a new one.
  ///
  /// What is derived is compared with the newest seal before anything is built on it; where the two say
  /// different things it is derived again, and then the log has the last word.
  func withSeal<R>(
    by actor: Corrections.Actor, isEnough: (Sealed) throws -> Bool,
    _ progress: (Int) -> Void = { _ in }, _ body: (TimelineSeal, Sealed) throws -> R
  ) throws -> R {
    try log.withSeal { seal in
      let head = try head()
      if let newest = try newestSeal(), try seal.upTo <= newest.event.upTo {
        let root = try seal.advance(to: newest.event.upTo, progress: progress)
        let isSame = TimelinesSealed(root) == newest.event
        guard isSame || seal.isAnew else { throw SealFileDamaged() }
        let isAll = newest.position == head && newest.event.upTo == head - 1
        if isSame, try isAll || isEnough(newest) { return try body(seal, newest) }
      }
      let event = TimelinesSealed(try seal.advance(to: head, progress: progress))
      let appended = try append([.upkeep(.timelinesSealed(event))], [], by: actor, at: now())
      return try body(seal, Sealed(position: appended, event: event, isNew: true))
    }
  }
}

extension TimelinesSealed {
  /// What is recorded of a root.
  init(_ root: TimelineSeal.Root) {
    self.init(upTo: root.upTo, tags: root.tags, root: root.root.description)
  }
}

/// That a timeline leaves nothing out up to a seal: its events, and the way from them to the sealed root.
public struct ProvenTimeline: Sendable {
  /// The seal.
  public let sealed: Sealed
  /// The way to its root.
  public let proof: CompletenessProof
  /// All events of the timeline up to the seal, in order.
  public let events: [StoredEvent]
}

extension Ledger {
  /// Proves of a timeline that it leaves nothing out, sealed first where that is needed; nil when no event
  /// has the tag.
  ///
  /// What it presumes: that somebody has verified the content of the log, which counts every seal anew.
  public func proveCompleteness(
    of tag: String, by actor: Corrections.Actor, progress: (Int) -> Void = { _ in }
  ) throws -> ProvenTimeline? {
    guard let last = try log.lastPosition(of: tag) else { return nil }
    return try withSeal(
      by: actor, isEnough: { $0.event.upTo >= last }, progress,
      { seal, sealed in try provenTimeline(tag, seal, sealed) })
  }

  /// The proof of a timeline by a seal that is at hand.
  ///
  /// Where the two don't fit the seal's file is to blame, unless it was made anew.
  func provenTimeline(
    _ tag: String, _ seal: TimelineSeal, _ sealed: Sealed
  ) throws -> ProvenTimeline? {
    let events = try log.timeline(tag, upTo: sealed.event.upTo)
    guard let proof = try seal.proof(of: tag) else {
      guard events.isEmpty else { throw SealFileDamaged() }
      return nil
    }
    // What is handed out was checked here.
    guard
      proof.root(of: events.map { ($0.position, $0.leaf) }).description == sealed.event.root
    else {
      guard seal.isAnew else { throw SealFileDamaged() }
      throw LogError.damaged(
        position: sealed.position,
        what: "the timeline \(tag) does not come to what was sealed here; see verify")
    }
    return ProvenTimeline(sealed: sealed, proof: proof, events: events)
  }
}
