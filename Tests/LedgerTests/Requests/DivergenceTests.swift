import Corrections
import EventLog
import Testing
import Wire

@testable import Ledger

@Suite struct `A response that is not the one predicted` {
  private func diverged() throws -> (TestLedger, RequestID) {
    let test = try TestLedger(mode: .observer)
    let request = try update(Fixture.ofA, device: Fixture.other, counter: 1)
    #expect(try test.submit(request).judgement?.code == "I99")
    try test.record(Message.response("E080410", to: request.id))
    return (test, request.id)
  }

  @Test func `is recorded with both codes and the findings of the rules that they name`() throws {
    let (test, id) = try diverged()
    let timeline = try test.ledger.timeline(Tag.request(id))
    guard case .responseDiverged(let event)? = timeline.last?.event else {
      Issue.record("the request's timeline ends otherwise: \(timeline.count)")
      return
    }
    #expect(event.predicted == "I99" && event.returned == "E080410")
    #expect(event.findings.map(\.code) == [.e080410])
    guard case .serviceRequestValidated(let validated) = timeline[1].event else {
      Issue.record("the request was not judged")
      return
    }
    #expect(event.validated == timeline[1].position)
    #expect(event.factsUpTo == validated.factsUpTo)
    #expect(event.findings == validated.judgement.findings.filter { $0.code == .e080410 })
  }

  @Test func `is flagged on the device`() throws {
    let (test, _) = try diverged()
    #expect(try test.device(Fixture.other).flags.map(\.name) == ["responseDiverged"])
  }

  @Test func `is counted by codes and month, once for each code that came back`() throws {
    let (test, id) = try diverged()
    try test.record(Message.response("E080410", to: id, at: "2026-03-04T09:20:00Z"))
    try test.record(Message.response("E080413", to: id, at: "2026-03-04T09:30:00Z"))
    let counts = try test.ledger.divergences(in: nil).counts
    #expect(counts.map(\.returned) == ["E080410", "E080413"])
    #expect(counts.map(\.responses) == [1, 1])
    #expect(try test.ledger.divergences(in: Month("2026-03")).counts == counts)
    #expect(try test.ledger.divergences(in: Month("2026-02")).counts.isEmpty)
  }

  @Test(arguments: ["I0", "I99", "E20", "E21", "E30", "E089999"])
  func `is not one when it says success, or nothing of the rules`(_ code: String) throws {
    let test = try TestLedger(mode: .observer)
    let request = try update(Fixture.ofA, device: Fixture.other, counter: 1)
    try test.submit(request)
    #expect(try test.record(Message.response(code, to: request.id)).divergence == nil)
    #expect(try test.ledger.divergences(in: nil).counts.isEmpty)
  }

  @Test func `is none where nothing could be predicted`() throws {
    let test = try TestLedger(mode: .observer)
    let request = try update(Fixture.ofNobody, counter: 1)
    #expect(try test.submit(request).judgement?.code == nil)
    #expect(try test.record(Message.response("E080415", to: request.id)).divergence == nil)
  }

  @Test func `counts in the month's report by the first answer to each request`() throws {
    let (test, id) = try diverged()
    try test.record(Message.response("E080413", to: id, at: "2026-03-04T09:30:00Z"))
    let reported = try test.ledger.report(try #require(Month("2026-03")))
    #expect(reported.requests == ["E080410": 1])
  }
}
