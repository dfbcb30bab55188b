import Corrections
import EventLog
import Foundation
import OwnThread
import Testing

@testable import Ledger

extension Submitted {
  /// Demands the code that came back.
  func expect(_ code: String, _ location: SourceLocation = #_sourceLocation) {
    #expect(response?.code == code, sourceLocation: location)
  }
}

@Suite struct `Submitting requests` {
  @Test func `an accepted update changes the SMI and is answered I99`() throws {
    let test = try TestLedger()
    let submitted = try test.submit(update(Fixture.ofA, device: Fixture.other, counter: 1))
    #expect(submitted.judgement?.accepted == true)
    #expect(submitted.response?.code == "I99")
    let device = try #require(try test.ledger.device(try eui(Fixture.other)))
    let now = try #require(device.current(.importMPxN))
    #expect(try test.ledger.mpxn(now.value)?.digits == Fixture.ofA)
  }

  @Test func `a refused update is answered with its code and changes nothing`() throws {
    let test = try TestLedger()
    let before = try test.ledger.device(try eui(Fixture.device))
    let submitted = try test.submit(update(Fixture.ofB, counter: 1))
    #expect(submitted.response?.code == "E080415")
    #expect(submitted.judgement?.route == .twoSupplier)
    #expect(try test.ledger.device(try eui(Fixture.device)) == before)
  }

  @Test func `who is let in is asked at the moment that is judged on`() throws {
    struct NotTheirs: Error {}
    let test = try TestLedger()
    let request = try update(Fixture.ofA, device: Fixture.other, counter: 1)
    let head = try test.ledger.head()
    #expect(throws: NotTheirs.self) {
      try test.ledger.submit(request, raw: []) { throw NotTheirs() }
    }
    #expect(try test.ledger.head() == head, "nothing is recorded of who is not let in")
    var moments: [Int] = []
    let submitted = try test.ledger.submit(request, raw: []) {
      // Somebody else changes the device just then: it is judged again, and so asked again.
      if moments.isEmpty {
        let another = try test.another()
        let writer = OwnThread {
          _ = try? another.submit(
            try update(Fixture.ofB, device: Fixture.other, counter: 2), raw: [], by: nil, at: nil)
        }
        writer.join()
      }
      moments.append(try test.ledger.head())
      return nil
    }
    #expect(moments.count == 2 && moments[0] == head && moments[1] > head, "\(moments)")
    #expect(submitted.response?.code == "I99")
  }

  @Test func `the same request again returns the first outcome and appends nothing`() throws {
    let test = try TestLedger()
    let first = try test.submit(update(Fixture.ofB, counter: 1))
    let head = try test.ledger.head()
    let again = try test.submit(update(Fixture.ofB, counter: 1))
    #expect(again.repeated)
    #expect(again.contentCompared)
    #expect(again.position == first.position)
    #expect(again.response == first.response)
    #expect(again.judgement == first.judgement)
    #expect(try test.ledger.head() == head)
  }

  @Test func `the same RequestID with other content is refused and leaves no trace`() throws {
    let test = try TestLedger()
    let first = try test.submit(update(Fixture.ofB, counter: 1))
    let head = try test.ledger.head()
    #expect {
      try test.submit(update(Fixture.ofA, counter: 1))
    } throws: { error in
      (error as? RequestIDReused)?.position == first.position
    }
    #expect(try test.ledger.head() == head)
    let never = try test.ledger.log.token(kind: "mpxn", value: Fixture.ofA)
    let fresh = try test.ledger.log.token(kind: "mpxn", value: Fixture.ofNobody)
    #expect(never != nil, "it is registered")
    #expect(fresh == nil)
  }

  @Test
  func `a registration that isn't held refuses in an authority and stays open in an observer`()
    throws
  {
    let authority = try TestLedger()
    let refused = try authority.submit(update(Fixture.ofNobody, counter: 1))
    #expect(refused.judgement?.code == "E080415")
    #expect(refused.judgement?.findings.last?.answer == .unknown)
    let observer = try TestLedger(mode: .observer)
    let predicted = try observer.submit(update(Fixture.ofNobody, counter: 1))
    #expect(predicted.judgement?.code == nil)
    #expect(predicted.response == nil)
  }

  @Test func `an observer changes no inventory by itself`() throws {
    let test = try TestLedger(mode: .observer)
    let before = try test.ledger.device(try eui(Fixture.other))
    let submitted = try test.submit(update(Fixture.ofA, device: Fixture.other, counter: 1))
    #expect(submitted.judgement?.accepted == true)
    #expect(try test.ledger.device(try eui(Fixture.other)) == before)
  }

  @Test func `each branch that is accepted changes the SMI, and nothing else`() throws {
    let test = try TestLedger()
    let pending = try eui(Fixture.pending)
    let hub = try eui(Fixture.hub)
    let meter = try eui(Fixture.other)
    try test.importProducts()
    try test.submit(
      changing(
        pending, .details(DeviceDetails(firmwareVersion: "0002012F")), by: Fixture.mapX, counter: 1)
    ).expect("I99")
    try test.submit(changing(pending, .delete, by: Fixture.mapX, counter: 2)).expect("I99")
    #expect(try test.ledger.device(pending)?.removed != nil)
    try test.submit(changing(hub, .statusCH(.withdrawn), counter: 3)).expect("I99")
    #expect(try test.ledger.device(hub)?.currentStatus?.value == .withdrawn)
    try test.submit(changing(meter, .statusExceptCH(.pending), counter: 4)).expect("I99")
    #expect(try test.ledger.device(meter)?.currentStatus?.value == .pending)
    #expect(try test.ledger.device(meter)?.flags == [])
    // What is gone can be added again, by somebody else, and is Pending then.
    try test.submit(prenotifying(pending, counter: 5)).expect("I99")
    let again = try #require(try test.ledger.device(pending))
    #expect(again.removed == nil)
    #expect(again.prenotifiedBy == (try eui(Fixture.supA)))
    #expect(again.currentStatus?.value == .pending)
    #expect(again.history(.importMPxN).current?.value == .some(nil))
  }

  @Test func `judging says what submitting then says, and records nothing`() throws {
    let test = try TestLedger()
    let values = [Fixture.ofA, Fixture.ofB, Fixture.ofNobody]
    let devices = [
      Fixture.device, Fixture.other, "00-DB-12-34-56-78-90-A2", "00-00-00-00-00-00-00-01",
    ]
    var counter: UInt64 = 0
    for mpxn in values {
      for device in devices {
        for originator in [Fixture.supA, Fixture.supB, "00-00-00-00-00-00-00-99"] {
          counter += 1
          let request = try update(mpxn, device: device, by: originator, counter: counter)
          let head = try test.ledger.head()
          let judged = try test.ledger.judge(request, at: test.now())
          #expect(try test.ledger.head() == head)
          let submitted = try #require(try test.submit(request).judgement)
          let foreseen = try #require(judged.judgement)
          // A value seen for the first time gets its token only when it is recorded.
          #expect(submitted.code == foreseen.code)
          #expect(submitted.route == foreseen.route)
          #expect(submitted.warnings == foreseen.warnings)
          #expect(submitted.findings.map(\.answer) == foreseen.findings.map(\.answer))
          #expect(submitted.findings.map(\.because) == foreseen.findings.map(\.because))
        }
      }
    }
  }

  @Test func `callers at once record each request once, and one of them first`() async throws {
    let test = try TestLedger()
    let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask { try test.submit(update(Fixture.ofB, counter: 77)).repeated }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.filter { !$0 }.count == 1)
  }
}
