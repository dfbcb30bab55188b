import Corrections
import EventLog
import Foundation
import Testing
import Wire

@testable import Ledger

@Suite struct `Recording what isn't judged` {
  private func request(
    _ content: ServiceRequest.Content, _ reference: String, by originator: String = Fixture.supA
  ) throws -> ServiceRequest {
    ServiceRequest(
      id: RequestID(
        originator: try eui(originator), target: try eui(Fixture.broker), counter: 500),
      schemaVersion: "5.4", commandVariant: 8, serviceReference: reference,
      serviceReferenceVariant: reference, content: content)
  }

  private func contents() throws -> [(ServiceRequest.Content, String)] {
    let device = try eui(Fixture.device)
    return [
      (.other(element: "DecommissionDevice", deviceID: device), "8.3"),
      (.other(element: "ReadFirmwareVersion", deviceID: nil), "11.2"),
    ]
  }

  @Test func `another request is recorded alone and changes nothing`() throws {
    for (content, reference) in try contents() {
      let test = try TestLedger()
      let before = try test.ledger.device(try eui(Fixture.device))
      let head = try test.ledger.head()
      let submitted = try test.submit(request(content, reference))
      #expect(submitted.judgement == nil)
      #expect(submitted.response == nil)
      #expect(submitted.position == head + 1)
      #expect(try test.ledger.head() == head + 1)
      #expect(try test.ledger.device(try eui(Fixture.device)) == before)
      #expect(try test.submit(request(content, reference)).repeated)
    }
  }

  @Test
  func
    `a refused update of any branch opens a correction of its field, but of nothing that is so already`()
    throws
  {
    let test = try TestLedger()
    let device = try eui(Fixture.device)
    let updates: [InventoryUpdate] = [
      .statusCH(.withdrawn), .details(DeviceDetails(manufacturer: "AB02")),
      .details(DeviceDetails()), .delete,
    ]
    let fields: [CorrectionField] = [.status, .details, .details, .deletion]
    for (index, update) in updates.enumerated() {
      let request = try changing(device, update, counter: UInt64(index))
      let before = try test.ledger.device(device)
      let submitted = try test.submit(request)
      #expect(submitted.judgement?.accepted == false)
      #expect(
        submitted.judgement?.findings.map(\.code)
          == UpdateInventoryRules.codes(for: update.branch))
      #expect(try test.ledger.device(device) == before)
      if case .details(let given) = update, given.isEmpty {
        #expect(throws: Refusal.alreadyHeld(deviceID: device, field: .details)) {
          try test.ledger.openCorrection(from: request.id, by: nil, at: test.now())
        }
        continue
      }
      let opened = try test.ledger.openCorrection(from: request.id, by: nil, at: test.now())
      #expect(opened.correction.field == fields[index])
      #expect(opened.correction.advice?.route == .incident)
    }
  }

  @Test func `a request of an unknown sender or for an unknown device is recorded and answered`()
    throws
  {
    let test = try TestLedger()
    let stranger = try test.submit(
      update(Fixture.ofA, by: "00-00-00-00-00-00-00-99", counter: 1))
    #expect(stranger.judgement?.code == "E1")
    #expect(stranger.judgement?.findings.first?.because == .senderNotKnown)
    #expect(throws: CannotOpen.self) {
      try test.ledger.openCorrection(from: stranger.requestID, by: nil, at: test.now())
    }
    let nowhere = try test.submit(
      update(Fixture.ofA, device: "00-00-00-00-00-00-00-01", counter: 2))
    #expect(nowhere.judgement?.findings.map(\.because).contains(.deviceNotKnown) == true)
    #expect(nowhere.judgement?.accepted == false)
    #expect {
      try test.ledger.openCorrection(from: nowhere.requestID, by: nil, at: test.now())
    } throws: { error in
      if case .noSuchDevice? = error as? CannotOpen { true } else { false }
    }
  }

  @Test func `an accepted request for the value already held changes nothing`() throws {
    let test = try TestLedger()
    let submitted = try test.submit(update("1655500011126", device: Fixture.other, counter: 1))
    #expect(submitted.judgement?.accepted == true)
    let types = try test.ledger.timeline(Tag.request(submitted.requestID)).map(\.event)
    #expect(types.count == 3, "received, validated, answered")
  }

  @Test func `nothing is opened for an accepted request or one that isn't there`() throws {
    let test = try TestLedger()
    let accepted = try test.submit(update(Fixture.ofA, device: Fixture.other, counter: 1))
    #expect {
      try test.ledger.openCorrection(from: accepted.requestID, by: nil, at: test.now())
    } throws: { error in
      if case .requestAccepted? = error as? CannotOpen { true } else { false }
    }
    #expect {
      try test.ledger.openCorrection(
        from: update(Fixture.ofA, counter: 99).id, by: nil, at: test.now())
    } throws: { error in
      if case .noSuchRequest? = error as? CannotOpen { true } else { false }
    }
  }

  @Test func `a request dated back heals a correction no earlier than it was opened`() throws {
    let test = try TestLedger()
    let user = try #require(try test.ledger.user(Fixture.supA))
    let opened = try test.ledger.openCorrection(
      device: try eui(Fixture.other), .mpxn(.importMPxN, try point(Fixture.ofA)),
      by: Corrections.Actor(user: user.id, party: user.party, role: nil, via: .system),
      at: test.now()
    ).correction
    let request = try update(Fixture.ofA, device: Fixture.other, counter: 3)
    _ = try test.ledger.submit(
      request, raw: [1], by: nil, at: opened.openedAt.advanced(byMilliseconds: -3_600_000))
    let healed = try #require(try test.ledger.correction(opened.id))
    #expect(healed.state == .resolved)
    #expect(try #require(healed.resolvedAt) >= healed.openedAt)
  }

  @Test func `the rules look at registrations of the time that is given`() throws {
    let test = try TestLedger()
    let request = try update(Fixture.ofB, by: Fixture.supB, counter: 1)
    let before = try #require(Instant(stored: "2026-01-08T00:00:00.000Z"))
    let after = try #require(Instant(stored: "2026-01-09T00:00:00.000Z"))
    func answer(_ time: Instant) throws -> Finding.Answer? {
      try test.ledger.judge(request, at: time).judgement?.findings.last?.answer
    }
    #expect(try answer(before) == .fails)
    #expect(try answer(after) == .holds)
    let ahead = try #require(Instant(stored: "2036-01-09T00:00:00.000Z"))
    #expect(try answer(ahead) == .holds)
  }
}
