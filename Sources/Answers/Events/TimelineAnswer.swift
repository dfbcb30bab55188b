package import Corrections
package import Ledger
package import Wire

/// Events as programs and spreadsheets read them, one by one.
package struct TimelineAnswer {
  package private(set) var events: [Recorded]
  package let ledger: Ledger
  /// What says of an event that it was recorded in error.
  private let sentences: EventSentences
  package let annulments: [Int: Recorded]

  package init(events: [Recorded], ledger: Ledger, sight: Sight = .whole) {
    sentences = EventSentences(ledger: ledger, sight: sight)
    self.events = events
    self.ledger = ledger
    annulments = events.annulments
  }

  /// The same with the events after a position only, and what says of any that it was recorded in error.
  package func after(_ position: Int) -> TimelineAnswer {
    var newer = self
    newer.events.removeAll { $0.position <= position }
    return newer
  }

  package func json() -> JSON { .array(events.map { .object(members($0)) }) }

  /// What a program reads of one event.
  package func members(_ recorded: Recorded) -> [(key: String, value: JSON)] {
    [
      ("position", .integer(recorded.position)),
      ("type", .string(StoredForm.encode(recorded.event).type)),
      ("effectiveAt", .string(recorded.effectiveAt.stored)),
      ("recordedAt", .string(recorded.recordedAt.stored)),
      (
        "actor",
        .pairs([
          "user": .of(recorded.actor.user), "party": .string(recorded.actor.party),
          "role": .of(recorded.actor.role), "via": .string(recorded.actor.via.stored),
        ])
      ), ("cause", .of(recorded.cause)),
      ("summary", .string(sentences.sentence(recorded))),
      ("annulledAt", .of(annulments[recorded.position]?.position)),
    ]
  }

  package func csv() -> String {
    var table = Table([
      "position", "type", "effectiveAt", "recordedAt", "user", "party", "role", "via", "cause",
      "summary", "annulledAt",
    ])
    for recorded in events {
      table.add([
        String(recorded.position), StoredForm.encode(recorded.event).type,
        recorded.effectiveAt.stored, recorded.recordedAt.stored, recorded.actor.user ?? "",
        recorded.actor.party, recorded.actor.role ?? "", recorded.actor.via.stored,
        recorded.cause.map { String($0) } ?? "", sentences.sentence(recorded),
        annulments[recorded.position].map { String($0.position) } ?? "",
      ])
    }
    return table.csv(freeText: [9])
  }
}

extension Actor {
  /// `SUPA`, `DCC-017`: staff by their code, suppliers by their party.
  package var shortName: String {
    guard let user, EUI64(user) == nil else { return party }
    return user
  }
}
