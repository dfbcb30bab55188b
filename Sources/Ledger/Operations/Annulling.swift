public import Corrections
internal import EventLog
internal import Wire

/// An event that counts as never effective from now on.
public struct Annulled: Sendable {
  /// The event that was recorded in error.
  public let event: Recorded
  /// Events that it caused, or that rest on what it says of the inventory, and that stand.
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
      let caused = try caused(by: position, on: tags)
      guard !dryRun else { return Annulled(event: event, caused: caused, position: nil) }
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
      for id in event.event.inventoryDevices {
        reviewAfterwards(try device(id)?.watchedCorrections ?? [])
      }
      return Annulled(event: event, caused: caused, position: appended.positions.lowerBound)
    }
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

  /// The events on some timelines that name a position as their cause or evidence, and stand.
  private func caused(by position: Int, on tags: [String]) throws -> [Recorded] {
    var found: [Int: Recorded] = [:]
    for tag in tags where !tag.hasPrefix("party:") {
      for recorded in try standing(tag)
      where recorded.cause == position || recorded.event.evidence == position {
        found[recorded.position] = recorded
      }
    }
    return found.keys.sorted().compactMap { found[$0] }
  }
}
