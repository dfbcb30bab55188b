import Testing

@testable import Corrections

@Suite struct `A suspicion` {
  private func suspicion(
    _ confidence: Confidence = .likely, others: [EUI64] = [The.otherDevice],
    field: CorrectionField? = .importMPxN, mpxns: [Token] = [heldMPxN],
    parties: [String] = ["SUPA"], facts: [Fact] = [.typed(), .holding()],
    wanted: EntryValue? = .mpxn(wantedMPxN), route: Route? = .selfServe
  ) -> Suspicion {
    Suspicion(
      .mpxnTwice, confidence, of: The.device, others: others, field: field, mpxns: mpxns,
      parties: parties, facts: facts, wanted: wanted, route: route)
  }

  @Test func `says the same wherever its facts were learned`() {
    let later = suspicion(facts: [.typed(.esme, at: 77), .holding(heldMPxN, at: 78)])
    let fromNowhere = suspicion(facts: [
      Fact(.deviceType, .text("ESME")),
      Fact(.heldMPxN, .token(heldMPxN), from: .registrations(3)),
    ])
    #expect(suspicion().saysTheSame(as: later) && later.saysTheSame(as: suspicion()))
    #expect(suspicion().saysTheSame(as: fromNowhere))
    #expect(suspicion() != later)
  }

  @Test func `says something else where anything that is told is another`() {
    for other in [
      suspicion(.possible), suspicion(others: []), suspicion(field: .exportMPAN),
      suspicion(mpxns: [wantedMPxN]), suspicion(parties: ["SUPB"]), suspicion(facts: [.typed()]),
      suspicion(facts: [.typed(), .holding(wantedMPxN)]), suspicion(wanted: nil),
      suspicion(wanted: .empty), suspicion(route: nil),
      suspicion(facts: [.holding(), .typed()]),
    ] {
      #expect(!suspicion().saysTheSame(as: other), "\(other)")
    }
  }

  @Test func `is the same one by rule, device and field`() {
    #expect(suspicion(.possible, others: [], mpxns: []).identity == suspicion().identity)
    #expect(suspicion(field: .exportMPAN).identity != suspicion().identity)
    #expect(suspicion(field: nil).identity != suspicion().identity)
  }

  @Test func `names no more than one event can put on timelines`() {
    let letters = "ABCDEFGHIJ".map { token($0) }
    let full = suspicion(
      others: The.higherDevices, mpxns: letters, parties: (0..<9).map { "P\($0)" })
    #expect(full.others == Array(The.higherDevices.prefix(6)))
    #expect(full.mpxns == Array(letters.prefix(3)))
    #expect(full.parties == ["P0", "P1", "P2", "P3"])
  }

  @Test func `names each meter point and party once, parties in their order`() {
    let doubled = suspicion(
      mpxns: [wantedMPxN, heldMPxN, wantedMPxN, token("A")], parties: ["SUPB", "SUPA", "SUPB"])
    #expect(doubled.mpxns == [wantedMPxN, heldMPxN, token("A")])
    #expect(doubled.parties == ["SUPA", "SUPB"])
  }
}
