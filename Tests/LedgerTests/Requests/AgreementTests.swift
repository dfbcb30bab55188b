import Corrections
import Foundation
import Testing
import Wire

@testable import Ledger

/// How many requests each law sees; `SMI_REQUESTS` asks for more.
private let requests = Amount.of("SMI_REQUESTS", atLeast: 300)

@Suite struct `Requests drawn at random` {
  @Test(arguments: [LedgerMode.authority, .observer])
  func `are answered by submit as judging them just before said`(_ mode: LedgerMode) throws {
    let test = try TestLedger(mode: mode)
    try test.importProducts()
    var traffic = try Traffic(seed: 41, newDevices: 3 + requests / 100)
    var codes: Set<String?> = []
    for index in 0..<requests {
      let request = traffic.judgedRequest()
      let judged = try test.ledger.judge(request, at: test.now())
      let head = try test.ledger.head()
      let submitted = try test.submit(request)
      #expect(judged.position == head)
      #expect(judged.judgement == submitted.judgement, "request \(index)")
      #expect(submitted.response?.code == (mode == .authority ? judged.judgement?.code : nil))
      codes.insert(judged.judgement?.code)
      // What the DCC says in between changes what the next ones are judged on.
      if index.isMultiple(of: 5) {
        let alert = traffic.alert(at: test.now())
        _ = try test.ledger.record(alert, raw: alert.canonical, by: nil)
      }
    }
    #expect(codes.count > 8, "the requests meet many rules: \(codes)")
  }

  @Test func `and answered by an authority diverge from no prediction of an observer`() throws {
    let authority = try TestLedger()
    let observer = try TestLedger(mode: .observer)
    try authority.importProducts()
    try observer.importProducts()
    var traffic = try Traffic(seed: 43, newDevices: 3 + requests / 100)
    var predicted = 0
    for _ in 0..<requests {
      let request = traffic.judgedRequest()
      let time = authority.now()
      let answered = try authority.submit(request)
      let prediction = try observer.ledger.submit(
        request, raw: Array("raw \(request.id)".utf8), by: nil, at: time)
      if prediction.judgement?.code != nil { predicted += 1 }
      let response = try #require(answered.response)
      let raw = DUIS.write(response)
      guard case .response(let read) = try DUIS.read(raw) else {
        Issue.record("what the authority answers is not read as a response")
        continue
      }
      let recorded = try observer.ledger.record(read, raw: raw, by: nil)
      #expect(
        !recorded.consequences.contains {
          if case .responseDiverged = $0.event { true } else { false }
        }, "\(request)")
    }
    #expect(predicted > requests / 2)
    for id in traffic.devices {
      let (ours, theirs) = (try authority.ledger.device(id), try observer.ledger.device(id))
      #expect(ours?.currentStatus?.value == theirs?.currentStatus?.value)
      #expect(ours?.details == theirs?.details)
      #expect(ours?.removed == nil && theirs?.removed == nil || ours?.removed != nil)
      for field in MPxNField.allCases {
        let (mine, other) = (ours?.current(field)?.value, theirs?.current(field)?.value)
        #expect(
          try mine.flatMap { try authority.ledger.mpxn($0) }
            == other.flatMap { try observer.ledger.mpxn($0) })
      }
    }
  }
}
