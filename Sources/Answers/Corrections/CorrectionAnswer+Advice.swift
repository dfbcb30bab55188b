package import Corrections
import Ledger
package import Wire

extension CorrectionAnswer {
  /// The newest advice with why it is this one; null while there is none.
  package var advice: JSON {
    guard let advice = correction.advice else { return .null }
    return .pairs([
      "route": .string(advice.route.rawValue), "because": .string(advice.because.rawValue),
      "explanation": .string(explanation(of: advice)), "party": .of(advice.party),
      "user": .of(advice.user?.description), "until": .of(advice.until?.stored),
      "otherDevices": .array(advice.otherDevices.map { .string($0.description) }),
      "inferred": .bool(isInferred(advice)),
    ])
  }

  /// Why it is this route, and what it comes to.
  package func explanation(of advice: RouteAdvice) -> String {
    let isByLedger =
      ledger.opened.mode == .authority && terms.policy(at: now).afterConsents == .ledger
    return "\(Wording.sentence(advice.because)); "
      + Wording.sentence(advice, isByLedger: isByLedger)
  }

  /// Whether the advice rests on what no source says: the reason, or that one set of consents serves a
  /// whole ring.
  package func isInferred(_ advice: RouteAdvice) -> Bool {
    advice.because.isInferred || (!correction.linked.isEmpty && !advice.consents.isEmpty)
  }

  /// Other devices that hold the wanted meter point as far as is known; none once it has ended.
  package var otherHolders: [EUI64] {
    guard correction.isOpen, let token = correction.requested.mpxn,
      let device = correction.knownDevice
    else { return [] }
    return
      (try? ledger.otherHolders(
        of: token, than: device, upTo: known ?? ledger.head(), at: effectiveAt)) ?? []
  }

  /// What is worth a look about the wanted meter point while it is open, as `check` says it.
  package func warnings(wanting mpxn: MPxN? = nil) -> [Warning] {
    guard correction.isOpen else { return [] }
    let all =
      (try? ledger.warnings(
        about: correction, wanting: mpxn, upTo: known, effectiveAt: effectiveAt)) ?? []
    // What a ring settles together needs no settling first.
    return correction.linked.isEmpty ? all : all.filter { $0 != .heldByAnotherDevice }
  }
}
