import Corrections
import Testing
import Wire

@Suite struct `A route in words` {
  private static let all = Route.allCases.flatMap { route in
    RouteAdvice.Because.allCases.map { RouteAdvice(route: route, because: $0) }
  }

  @Test func `says that 8.4 can't express it only where that is the reason`() {
    for advice in Self.all {
      let says = Wording.sentence(advice).contains("can't express")
      let isSo =
        advice.route == .incident
        && [.notExpressible, .supplierPartyNotKnown].contains(advice.because)
      #expect(says == isSo, "\(advice.route) \(advice.because)")
    }
  }

  @Test func `says something else than its reason`() {
    for advice in Self.all {
      let sentence = Wording.sentence(advice)
      #expect(!sentence.isEmpty)
      #expect(sentence != Wording.sentence(advice.because))
    }
    let prenotified = RouteAdvice(route: .preNotifier, because: .anotherPrenotified)
    #expect(!Wording.sentence(prenotified).contains("pre-notified"))
  }

  @Test(arguments: [(true, "ledger"), (false, "DSP")])
  func `says who makes the change that both suppliers agree on`(_ isByLedger: Bool, _ who: String) {
    let advice = RouteAdvice(route: .twoSupplier, because: .suppliersDiffer)
    #expect(
      Wording.sentence(advice, isByLedger: isByLedger).hasSuffix("then the \(who) makes the change")
    )
  }

  @Test func `is marked where no source says so`() {
    #expect(
      RouteAdvice.Because.allCases.filter(\.isInferred) == [
        .suppliersDiffer, .devicePending, .statusForbids, .anotherInstalled,
      ])
  }
}
