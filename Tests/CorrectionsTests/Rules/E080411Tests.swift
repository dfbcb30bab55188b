import Testing

@testable import Corrections

@Suite struct `E080411: nobody has published what it asks` {
  private func judged(_ facts: RequestFacts) throws -> Finding {
    try #require(RuleCode.e080411.finding(given: facts))
  }

  private func request(_ known: Device?, by user: User? = The.supA) -> RequestFacts {
    asking(.status(.statusCH, .commissioned), by: user, of: known)
  }

  @Test func `is unknown whatever is known, and sending again can't help`() throws {
    for known in [device(.chf, holding: nil), device(.gpf, .pending, holding: nil), nil] {
      for user in [The.supA, The.maker, nil] {
        let finding = try judged(request(known, by: user))
        #expect(finding.says == "unknown: notPublished")
        #expect(finding.missing == .rule)
        #expect(finding.inferred)
        #expect(finding.retry == .no)
        #expect(finding.facts.isEmpty)
      }
    }
  }

  @Test(arguments: LedgerMode.allCases)
  func `blocks nothing`(_ mode: LedgerMode) {
    let facts = request(device(.chf, holding: nil)).asked(in: mode)
    #expect(Judgement.of(facts, warnings: []).code == "I99")
    #expect(!RuleCode.e080411.isPublished)
  }

  @Test func `is asked, as inferred, of the branch statusCH only`() {
    for asks in everyRequest {
      let isAsked = RuleCode.e080411.finding(given: asking(asks)) != nil
      #expect(isAsked == (asks.branch == .statusCH))
    }
  }
}
