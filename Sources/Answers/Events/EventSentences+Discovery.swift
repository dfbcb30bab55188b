package import Corrections
import Wire

extension EventSentences {
  /// What looking for errors led to.
  package func sentence(_ event: Discovery) -> String {
    switch event {
    case .found(let found):
      "\(found.discrepancy), \(found.suspicion.rule.title): \(wording.because(found.suspicion))"
    case .cleared(let ended): "\(ended.discrepancy), \(ended.rule.title), is gone"
    case .dismissed(let dismissed):
      "\(dismissed.about.discrepancy) was said to be none: \(text(dismissed.reason))"
    }
  }
}
