internal import Answers
internal import Corrections
internal import Wire

/// One thing that happened, as a page tells it.
struct EventView {
  let position: Int
  let when: String
  /// How long after it was true the ledger learned it, where that is a day or more.
  let learned: String?
  let who: String
  let eventWords: String
  let isStruck: Bool
  /// Who said that it was recorded in error, and why.
  let struckWords: String?
  let evidence: [String]

  init(_ recorded: Recorded, _ sentences: EventSentences, annulledBy annulment: Recorded?) {
    position = recorded.position
    when = Wording.time(recorded.effectiveAt)
    learned = EventView.learned(recorded)
    who = recorded.actor.shortName
    eventWords = EventView.words(sentences.sentence(recorded), by: who)
    isStruck = annulment != nil
    struckWords = annulment.map { annulment in
      let why: String =
        if case .eventAnnulled(let event) = annulment.event { sentences.text(event.reason) } else {
          ""
        }
      return "\(annulment.actor.shortName), \(Wording.date(annulment.effectiveAt)), position "
        + "\(annulment.position): \(why)"
    }
    let actor = recorded.actor
    evidence = [
      "Recorded \(Wording.time(recorded.recordedAt)) by \(actor.party)"
        + (actor.user.map { ", user \($0)" } ?? "") + (actor.role.map { ", as \($0)" } ?? "")
        + ", \(Wording.sentence(actor.via)).",
      recorded.cause.map { "It follows from what stands at position \($0)." },
    ].compactMap { $0 }
  }

  /// A sentence that follows the name of who acted, and need not begin with it again.
  static func words(_ sentence: String, by who: String) -> String {
    sentence.hasPrefix(who + " ") ? String(sentence.dropFirst(who.count + 1)) : sentence
  }

  /// `learned 6 days after`.
  static func learned(_ recorded: Recorded) -> String? {
    let days =
      (recorded.recordedAt.milliseconds - recorded.effectiveAt.milliseconds) / 86_400_000
    return days > 0 ? "learned \(Wording.count(Int(days), "day")) after" : nil
  }
}
