public import Corrections
internal import EventLog
internal import Wire

/// An event that counts as never effective from now on.
public struct Annulled: Sendable {
  /// The event that was recorded in error.
  public let event: Recorded
  /// Events that it caused, that rest on what it says of the inventory, or that have no effect without
  /// it, and that stand.
  public let caused: [Recorded]
  /// The position of the annulment; nil when it was only tried.
  public let position: Int?
}

/// Why an event can't be annulled; nothing was recorded.
public enum CannotAnnul: Error, Sendable {
  /// The log does not reach that far.
  case noSuchEvent(Int, head: Int)
  /// Nothing annuls an event of this type.
  case exempt(Int, type: String)
  /// It was annulled before, by the event at `by`.
  case annulledAlready(Int, by: Int)
  /// A correction would be open again beside another one of the same device and field.
  case opensBeside(Int, CorrectionID, open: CorrectionID)
}

extension Ledger {
  /// Records that an event was recorded in error: from now on it counts as never effective, for
  /// states, clocks and views; what was known before is shown as it was.
  ///
  /// The event and its proofs stay. What it caused stands, too, and is given back: each event is
  /// annulled by itself. Durable on return; with `dryRun` nothing is recorded.
  ///
  /// - Throws: ``CannotAnnul``, or ``LogError`` when the log can't be read or written.
  public func annul(
    _ position: Int, reason: String, replacedBy: Int?, by user: User, via: Via,
    dryRun: Bool = false
  ) throws -> Annulled {
    try retrying {
      let head = try head()
      for named in [position, replacedBy].compactMap({ $0 }) where !(1...head).contains(named) {
        throw CannotAnnul.noSuchEvent(named, head: head)
      }
      guard let stored = try log.event(at: position) else {
        throw CannotAnnul.noSuchEvent(position, head: head)
      }
      let event = try stored.recorded()
      let form = StoredForm.encode(event.event)
      guard !EventAnnulled.exempt.contains(form.type) else {
        throw CannotAnnul.exempt(position, type: form.type)
      }
      if let before = try timeline(Tag.event(position)).first {
        throw CannotAnnul.annulledAlready(position, by: before.position)
      }
      try refuseOpening(without: position, event.event.corrections, upTo: head)
      let tags = try stored.read().tags
      let caused = try caused(by: event, on: tags)
      guard !dryRun else { return Annulled(event: event, caused: caused, position: nil) }
      let before = try concerned(by: event.event)
      let document = log.makeDocument(Array(reason.utf8))
      let annulled = EventAnnulled(
        position: position, type: form.type, tags: tags, replacedBy: replacedBy,
        reason: document.name)
      let actor = Corrections.Actor(user: user.id, party: user.party, role: nil, via: via)
      let conditions = tags.filter { !$0.hasPrefix("party:") && !$0.hasPrefix("product:") }
      let now = now()
      let appended = try append(
        AppendRequest(
          condition: AppendCondition(
            noEventTagged: conditions + [Tag.event(position)], after: head),
          documents: [document]
        ) { _ in
          [Ledger.draft(.eventAnnulled(annulled), by: actor, at: now, cause: position)]
        })
      reviewAfterwards(try before + concerned(by: event.event))
      return Annulled(event: event, caused: caused, position: appended.positions.lowerBound)
    }
  }

  /// The corrections to which an event matters: its own, those linked with them, and those of the
  /// devices that it tells of.
  private func concerned(by event: Event) throws -> [CorrectionID] {
    let own = try event.corrections.compactMap { try correction($0) }
    let watched = try event.inventoryDevices.flatMap { try device($0)?.watchedCorrections ?? [] }
    return own.map(\.id) + own.flatMap(\.linked) + watched
  }

  /// Refuses to make as if it had never been what ended a correction, while another one is open for the
  /// same device and field.
  private func refuseOpening(
    without position: Int, _ corrections: [CorrectionID], upTo head: Int
  ) throws {
    for id in corrections {
      let rest = try standing(Tag.correction(id), upTo: head).filter { $0.position != position }
      guard let correction = Correction.fold(id, rest), correction.isOpen,
        correction.field != .other, let device = correction.knownDevice,
        let open = try self.device(device, upTo: head)?.openCorrection(of: correction.field),
        open != id
      else { continue }
      throw CannotAnnul.opensBeside(position, id, open: open)
    }
  }

  /// The events on some timelines that name an event as their cause or evidence, or make sense only
  /// after it, and stand.
  private func caused(by event: Recorded, on tags: [String]) throws -> [Recorded] {
    var found: [Int: Recorded] = [:]
    for tag in tags where !tag.hasPrefix("party:") {
      for recorded in try standing(tag)
      where recorded.cause == event.position || recorded.event.evidence == event.position {
        found[recorded.position] = recorded
      }
    }
    for id in event.event.corrections {
      let later = try standing(Tag.correction(id)).filter { $0.position > event.position }
      for recorded in event.event.carries(among: later, in: id) {
        found[recorded.position] = recorded
      }
    }
    return found.keys.sorted().compactMap { found[$0] }
  }
}

extension Event {
  /// Those of the later events of a correction that have no effect without this one: what was done to it
  /// once it was open again, and the confirmation that it was resolved.
  fileprivate func carries(among later: [Recorded], in id: CorrectionID) -> [Recorded] {
    switch self {
    case .correctionReopened:
      return later.prefix { !$0.event.isReopening }.filter { !$0.event.isOfEnded }
    case .correctionResolved(let event) where event.correction == id:
      return later.prefix { !$0.event.isReopening }.filter { recorded in
        switch recorded.event {
        case .correctionConfirmed: return true
        case .correctionStep(let step): return step.what == .confirmationLapsed
        default: return false
        }
      }
    default: return []
    }
  }

  private var isReopening: Bool {
    if case .correctionReopened = self { true } else { false }
  }
}
