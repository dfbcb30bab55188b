public import Corrections
public import EventLog
internal import Wire

/// Everything that shows one timeline to somebody who trusts nobody: its events, that they are in the
/// signed log, that no other is, and what the tokens and documents in them stand for.
public struct Evidence: Sendable {
  /// A record at its place, and the way from it to the checkpoint's root.
  public struct Entry: Sendable {
    /// Its position.
    public let position: Int
    /// The very bytes that were hashed.
    public let record: [UInt8]
    /// The audit path of RFC 6962, the leaf's sibling first; 32 bytes each.
    public let inclusion: [Hash256]
  }

  /// One timeline, whole up to the seal.
  public struct Timeline: Sendable {
    /// That it has no other events.
    public let proof: CompletenessProof
    /// All its events, in order.
    public let entries: [Entry]
  }

  /// What is named in the records and not disclosed.
  public struct Withheld: Hashable, Sendable {
    /// The token, or the name of the document.
    public let name: String
    /// Whether it is a document.
    public let isDocument: Bool
    /// Whether it was erased; else whoever asked wanted nothing disclosed.
    public let isErased: Bool
  }

  /// The timeline that it is about.
  public let tag: String
  /// The seal that completeness rests on; what is shown is as of its last position, and clocks run to the
  /// moment at which it was recorded.
  public let sealed: Sealed
  /// When the seal was recorded.
  public let at: Instant
  /// The signed checkpoint that all inclusions lead to.
  public let checkpoint: Checkpoint
  /// The records of the first two appends: what the ledger is, and the terms that it began with.
  public let beginning: [Entry]
  /// The seal's own record.
  public let seal: Entry
  /// The timeline, and those of the terms and of restores where there are any.
  public let timelines: [Timeline]
  /// What tokens and documents stand for.
  public let disclosed: [Disclosure]
  /// What was not disclosed.
  public let withheld: [Withheld]
  /// The events by which what is gone was erased.
  public let erasures: [Entry]
  /// The calendar in force at ``at``.
  public let calendar: WorkingCalendar
}

extension Ledger {
  /// Makes evidence of one timeline, sealed first where something happened on it since the last seal, and
  /// records that it was handed out; nil when no event has the tag.
  ///
  /// With `redacted` no value is disclosed. Else its holder recognises each token in every record, later
  /// ones too.
  ///
  /// - Throws: ``CannotSign``, and then nothing was recorded; or ``LogError``.
  public func evidence(
    of tag: String, redacted: Bool, by actor: Corrections.Actor,
    progress: (Int) -> Void = { _ in }
  ) throws -> Evidence? {
    let beside = [Tag.terms, Tag.restores]
    guard try log.lastPosition(of: tag) != nil else { return nil }
    _ = try checkpoint()  // Whoever can't sign seals nothing for it.
    let newest = try ([tag] + beside).compactMap { try log.lastPosition(of: $0) }.max() ?? 0
    let evidence = try withSeal(
      by: actor, isEnough: { $0.event.upTo >= newest }, progress,
      { seal, sealed in
        try self.evidence(
          ([tag] + beside).compactMap { try provenTimeline($0, seal, sealed) }, sealed,
          redacted: redacted)
      })
    let exported = EvidenceExported(
      tag: tag, upTo: evidence.sealed.event.upTo, size: evidence.checkpoint.size,
      discloses: !evidence.disclosed.isEmpty)
    _ = try append([.upkeep(.evidenceExported(exported))], [], by: actor, at: now())
    return evidence
  }

  private func evidence(
    _ timelines: [ProvenTimeline], _ sealed: Sealed, redacted: Bool
  ) throws -> Evidence {
    let checkpoint = try checkpoint()
    func entry(_ event: StoredEvent) throws -> Evidence.Entry {
      Evidence.Entry(
        position: event.position, record: event.record,
        inclusion: try log.inclusionProof(of: event.position, in: checkpoint.size))
    }
    guard let seal = try log.event(at: sealed.position) else {
      throw LogError.damaged(position: sealed.position, what: "the seal is not there")
    }
    var disclosed: [Disclosure] = []
    var withheld: [Evidence.Withheld] = []
    var seen: Set<String> = []
    var gone: Set<String> = []
    func show(_ name: String, isDocument: Bool) throws {
      guard seen.insert(name).inserted else { return }
      let value =
        try isDocument ? log.disclose(document: name) : log.disclose(subject: name)
      if let value, !redacted {
        disclosed.append(value)
      } else {
        if value == nil { gone.insert(name) }
        withheld.append(
          Evidence.Withheld(name: name, isDocument: isDocument, isErased: value == nil))
      }
    }
    for event in timelines.flatMap(\.events) {
      let names = try event.names()
      for token in names.tokens { try show(token, isDocument: false) }
      for document in names.documents { try show(document, isDocument: true) }
    }
    let at = Instant(milliseconds: try seal.read().recordedAt)
    return Evidence(
      tag: timelines[0].proof.tag, sealed: sealed, at: at, checkpoint: checkpoint,
      beginning: try beginning(upTo: sealed.event.upTo).map(entry), seal: try entry(seal),
      timelines: try timelines.map {
        Evidence.Timeline(proof: $0.proof, entries: try $0.events.map(entry))
      }, disclosed: disclosed, withheld: withheld,
      erasures: try erasures(of: gone, upTo: checkpoint.size).map(entry),
      calendar: try terms(upTo: sealed.event.upTo).calendar(at: at))
  }

  /// The events by which each of some tokens and documents was erased; what is gone without one was taken
  /// away by hand.
  private func erasures(of gone: Set<String>, upTo size: Int) throws -> [StoredEvent] {
    guard !gone.isEmpty else { return [] }
    var rest = gone
    let events = try log.timeline(Tag.erasures, upTo: size).filter { event in
      let names = try event.names()
      let found = rest.intersection(names.tokens + names.documents)
      rest.subtract(found)
      return !found.isEmpty
    }
    if let lost = rest.min() {
      throw LogError.damaged(
        position: nil, what: "\(lost) stands for nothing, and no event erased it; see verify")
    }
    return events
  }

  /// The records of the first two appends.
  private func beginning(upTo last: Int) throws -> [StoredEvent] {
    let first = try log.append(of: 1).upperBound
    let end = first < last ? try log.append(of: first + 1).upperBound : first
    return try log.events(from: 1, through: end)
  }
}
