import Corrections
import Ledger
import Wire

/// Events as people and programs read them, one line each.
struct TimelineText {
  let events: [Recorded]
  let ledger: Ledger
  /// What says of an event that it was recorded in error.
  private let annulments: [Int: Recorded]

  init(events: [Recorded], ledger: Ledger) {
    self.events = events
    self.ledger = ledger
    annulments = events.annulments
  }

  /// The sentence, marked where the event was recorded in error.
  func struckThrough(_ sentence: String, _ recorded: Recorded) -> String {
    guard let annulment = annulments[recorded.position] else { return sentence }
    return "ANNULLED (\(annulment.position)): \(Output.struckThrough(sentence))"
  }

  func text(indent: Int = 0) -> String {
    var table = Table(["", "", "", ""], rightAligned: [0])
    let sentences = EventSentences(ledger: ledger)
    for recorded in events {
      table.add([
        String(recorded.position), Wording.time(recorded.effectiveAt),
        TimelineText.who(recorded.actor), struckThrough(sentences.sentence(recorded), recorded),
      ])
    }
    return table.text(indent: indent)
  }

  func json() -> JSON { .array(events.map { .object(members($0)) }) }

  /// What a program reads of one event.
  func members(_ recorded: Recorded) -> [(key: String, value: JSON)] {
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
      ("summary", .string(EventSentences(ledger: ledger).sentence(recorded))),
      ("annulledAt", .of(annulments[recorded.position]?.position)),
    ]
  }

  func csv() -> String {
    var table = Table([
      "position", "type", "effectiveAt", "recordedAt", "user", "party", "role", "via", "cause",
      "summary", "annulledAt",
    ])
    let sentences = EventSentences(ledger: ledger)
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

  /// `SUPA`, `DCC-017`: staff by their code, suppliers by their party.
  static func who(_ actor: Actor) -> String {
    guard let user = actor.user, EUI64(user) == nil else { return actor.party }
    return user
  }
}
