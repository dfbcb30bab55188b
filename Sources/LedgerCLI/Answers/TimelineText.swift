import Answers
import Corrections
import Ledger
import Wire

/// Events as people read them, one line each.
extension TimelineAnswer {
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
        recorded.actor.shortName, struckThrough(sentences.sentence(recorded), recorded),
      ])
    }
    return table.text(indent: indent)
  }
}
